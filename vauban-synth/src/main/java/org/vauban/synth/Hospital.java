package org.vauban.synth;

import java.util.List;

/**
 * A hospital. The first four give their own records to the hub; their numbers are invented. The others are seen in the
 * insurer's data alone.
 *
 * @param number in the national register of establishments, nine digits
 * @param geographic whether the number names a site of a large hospital group, under which stays appeared twice
 */
record Hospital(String number, boolean geographic) {
    static final int WITH_OWN_RECORDS = 4;

    static final List<Hospital> ALL = List.of(
            new Hospital("210990011", false),
            new Hospital("350990029", false),
            new Hospital("340990037", false),
            new Hospital("870990045", false),
            new Hospital("750712184", false),
            new Hospital("690781810", false),
            new Hospital("130786049", false),
            new Hospital("330781196", false),
            new Hospital("310781406", false),
            new Hospital("440000289", false),
            new Hospital("590780193", false),
            new Hospital("670780055", false));

    /** Sites of the three large public hospital groups of Paris, Lyon and Marseille. */
    static final List<Hospital> SITES_OF_GROUPS = List.of(
            new Hospital("750100042", true),
            new Hospital("750100125", true),
            new Hospital("690784137", true),
            new Hospital("130783236", true));

    /** A hospital without own records here. */
    static int elsewhere(Chance chance) {
        return chance.between(WITH_OWN_RECORDS, ALL.size() - 1);
    }
}
