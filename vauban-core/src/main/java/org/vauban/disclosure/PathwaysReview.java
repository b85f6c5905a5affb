package org.vauban.disclosure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.vauban.output.FrequencyTable;
import org.vauban.output.Pathways;
import org.vauban.output.PersonSet;

/**
 * Reviews paths. Those of too few persons are told together, as others; if the others are too few together, the rarest of the rest goes to
 * them, until they are enough. So each count is large enough, they add up to all persons, and no count is all of them but for a few.
 *
 * <p>Who is not treated stands in a path as well. So all persons are the same ones as at the end of the attrition, and the difference of the
 * two outputs is nobody.
 *
 * <p>What is left goes through the checks of every table of counts once more, as a second wall.
 */
final class PathwaysReview {
    private static final String PATH = "path";
    private static final String OTHERS = "others";

    private final Pathways pathways;
    private final DisclosureRules rules;

    private PathwaysReview(Pathways pathways, DisclosureRules rules) {
        this.pathways = pathways;
        this.rules = rules;
    }

    static Verdict review(Pathways pathways, DisclosureRules rules) {
        return new PathwaysReview(pathways, rules).verdict();
    }

    private Verdict verdict() {
        List<Pathways.Row> kept = new ArrayList<>();
        PersonSet others = PersonSet.empty();
        for (Pathways.Row row : byFrequency()) {
            if (rules.isLargeEnough(row.persons().size())) {
                kept.add(row);
            } else {
                others = others.or(row.persons());
            }
        }
        while (rules.isSmall(others.size()) && !kept.isEmpty()) {
            others = others.or(kept.removeLast().persons());
        }
        if (kept.isEmpty()) {
            return withheld(Reason.Code.NOTHING_LEFT);
        }
        return switch (new TableCheck(table(kept, others), List.of(PATH), rules, _ -> true).result()) {
            case TableCheck.Refused(var _, var code, var _, var _) -> withheld(code);
            case TableCheck.Protectable(var _, var shown, var _) ->
                shown.stream().anyMatch(java.util.OptionalLong::isEmpty)
                        ? withheld(Reason.Code.NOTHING_LEFT)
                        : cleared(
                                kept,
                                others,
                                shown.stream()
                                        .mapToLong(java.util.OptionalLong::getAsLong)
                                        .toArray());
        };
    }

    /** The most frequent first; of equally frequent ones their names decide, and not the order of the data. */
    private List<Pathways.Row> byFrequency() {
        return pathways.rows().stream()
                .filter(row -> row.persons().size() > 0)
                .sorted(Comparator.comparingInt(
                                (Pathways.Row row) -> -row.persons().size())
                        .thenComparing(row -> row.steps().toString()))
                .toList();
    }

    /** The paths that are kept, the others if there are any, and all together. */
    private static CountTable table(List<Pathways.Row> kept, PersonSet others) {
        List<List<String>> levels = new ArrayList<>();
        List<Long> counts = new ArrayList<>();
        for (int row = 0; row < kept.size(); row++) {
            levels.add(List.of(String.valueOf(row + 1)));
            counts.add((long) kept.get(row).persons().size());
        }
        if (others.size() > 0) {
            levels.add(List.of(OTHERS));
            counts.add((long) others.size());
        }
        levels.add(List.of(FrequencyTable.TOTAL));
        counts.add(counts.stream().mapToLong(Long::longValue).sum());
        // With a single path there still were others that nobody went: that everybody went it tells of each of them.
        if (levels.size() == 2) {
            levels.add(List.of(OTHERS));
            counts.add(0L);
        }
        return new CountTable(
                1, levels, counts.stream().mapToLong(Long::longValue).toArray(), new boolean[levels.size()]);
    }

    private Verdict cleared(List<Pathways.Row> kept, PersonSet others, long[] shown) {
        List<ShownPathways.Row> rows = new ArrayList<>();
        List<Cleared.Behind> behind = new ArrayList<>();
        for (int row = 0; row < kept.size(); row++) {
            rows.add(new ShownPathways.Row(kept.get(row).steps(), shown[row]));
            behind.add(new Cleared.Behind(
                    kept.get(row).steps().toString(), kept.get(row).persons()));
        }
        boolean hasOthers = others.size() > 0;
        if (hasOthers) {
            behind.add(new Cleared.Behind(OTHERS, others));
        }
        behind.add(new Cleared.Behind(pathways.target(), pathways.everybody()));
        int paths = byFrequency().size();
        int figures = kept.size() + (hasOthers ? 2 : 1);
        return new ClearedOutput(
                new ShownPathways(
                        pathways.name(),
                        pathways.target(),
                        shown[figures - 1],
                        rows,
                        hasOthers ? shown[kept.size()] : 0),
                behind,
                new Cleared.Tally(
                        Math.max(paths + 1, figures),
                        paths - kept.size(),
                        rules.rounding() == Rounding.NONE ? 0 : figures));
    }

    private Verdict withheld(Reason.Code code) {
        return new WithheldOutput(pathways.name(), List.of(Reason.of(code)));
    }
}
