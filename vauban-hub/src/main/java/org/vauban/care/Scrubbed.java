package org.vauban.care;

import java.util.List;

/**
 * What a scrub found.
 *
 * @param files how many files were read
 * @param bytes of all of them
 * @param damages those that are not what they were
 * @param notChecked kinds of file for which there is no hash elsewhere, each of them told and none called whole
 */
public record Scrubbed(long files, long bytes, List<Damage> damages, List<String> notChecked) {
    public Scrubbed {
        damages = List.copyOf(damages);
        notChecked = List.copyOf(notChecked);
    }

    /** True when what was checked is whole, or whole again. */
    public boolean isWhole() {
        return damages.stream().allMatch(Damage::healed);
    }
}
