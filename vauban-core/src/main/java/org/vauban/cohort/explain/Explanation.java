package org.vauban.cohort.explain;

import java.util.ArrayList;
import java.util.List;

/**
 * A sentence, and the sentences that say more under it.
 *
 * @param line the sentence
 * @param under what belongs to it, in order
 */
public record Explanation(String line, List<Explanation> under) {
    private static final String INDENT = "  ";

    public Explanation {
        under = List.copyOf(under);
    }

    static Explanation of(String line, Explanation... under) {
        return new Explanation(line, List.of(under));
    }

    /** The outline as indented lines. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        write(lines, 0);
        return List.copyOf(lines);
    }

    private void write(List<String> lines, int depth) {
        lines.add((depth < 2 ? INDENT.repeat(depth) : INDENT.repeat(depth) + "– ") + line);
        under.forEach(each -> each.write(lines, depth + 1));
    }
}
