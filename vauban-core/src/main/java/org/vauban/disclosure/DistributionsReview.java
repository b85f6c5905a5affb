package org.vauban.disclosure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.vauban.output.Distributions;
import org.vauban.output.PersonSet;

/**
 * Reviews medians and quartiles. A median is a person's own value, so none is shown: in its place stands the mean of as many persons as the
 * threshold asks for, those around it by rank. No person is behind two of the three.
 *
 * <ul>
 *   <li>Who has a value and who of the group has none are nobody or enough persons each, or the row is hidden. Where a value by itself
 *       tells something of a person's care, that everybody has one is hidden too.
 *   <li>Whole numbers are few and often the same, so that such a mean tells how many of its persons have the larger one, and with that how many
 *       persons lie beyond. So there are always as many as the threshold asks for on both sides: a median needs more than three times the
 *       threshold, quartiles more than six times.
 *   <li>Numbers of things are rounded to whole ones: a table may tell how many persons have one and how many two, and hide some of these
 *       counts.
 *   <li>Of two rows where one holds all persons of the other but for a few, the smaller is hidden.
 * </ul>
 */
final class DistributionsReview {
    private static final int FOR_MEDIAN = 3;
    private static final int FOR_QUARTILES = 6;
    private static final int FIGURES_PER_ROW = 4;

    private final Distributions distributions;
    private final DisclosureRules rules;
    private final List<PersonSet> having;
    private final boolean[] shown;

    private DistributionsReview(Distributions distributions, DisclosureRules rules) {
        this.distributions = distributions;
        this.rules = rules;
        this.having = distributions.rows().stream()
                .map(row -> PersonSet.of(row.persons()))
                .toList();
        this.shown = new boolean[having.size()];
    }

    static Verdict review(Distributions distributions, DisclosureRules rules) {
        return new DistributionsReview(distributions, rules).verdict();
    }

    private Verdict verdict() {
        if (!rules.isLargeEnough(distributions.persons().size())) {
            return new WithheldOutput(
                    distributions.name(), List.of(Reason.of(Reason.Code.GROUP_TOO_SMALL, distributions.group())));
        }
        for (int row = 0; row < shown.length; row++) {
            int with = having.get(row).size();
            int without = distributions.persons().size() - with;
            shown[row] = rules.isLargeEnough(with)
                    && !rules.isSmall(without)
                    && (without > 0 || !distributions.rows().get(row).telling());
        }
        hideAlmostTheSame();
        for (boolean each : shown) {
            if (each) {
                return cleared();
            }
        }
        return new WithheldOutput(distributions.name(), List.of(Reason.of(Reason.Code.NOTHING_LEFT)));
    }

    private void hideAlmostTheSame() {
        for (int larger = 0; larger < shown.length; larger++) {
            for (int smaller = 0; smaller < shown.length; smaller++) {
                if (shown[larger] && shown[smaller] && isAlmostAllOf(having.get(smaller), having.get(larger))) {
                    shown[smaller] = false;
                }
            }
        }
    }

    private boolean isAlmostAllOf(PersonSet few, PersonSet many) {
        return rules.isSmall(many.size() - few.size()) && few.minus(many).size() == 0;
    }

    private Cleared cleared() {
        List<ShownDistributions.Row> rows = new ArrayList<>();
        List<Cleared.Behind> behind = new ArrayList<>();
        behind.add(new Cleared.Behind(distributions.group(), distributions.persons()));
        int suppressed = 0;
        int rounded = 0;
        for (int place = 0; place < shown.length; place++) {
            ShownDistributions.Row row = row(place);
            rows.add(row);
            if (shown[place]) {
                behind.add(new Cleared.Behind(row.measure(), having.get(place)));
                rounded += rules.rounding() == Rounding.NONE ? 0 : 1;
            }
            suppressed += (row.persons().isEmpty() ? 1 : 0)
                    + (row.median().isEmpty() ? 1 : 0)
                    + (row.lower().isEmpty() ? 2 : 0);
        }
        return new ClearedOutput(
                new ShownDistributions(
                        distributions.name(),
                        distributions.group(),
                        rules.shown(distributions.persons().size()),
                        rows),
                behind,
                new Cleared.Tally(FIGURES_PER_ROW * rows.size(), suppressed, rounded));
    }

    private ShownDistributions.Row row(int place) {
        Distributions.Row row = distributions.rows().get(place);
        double[] sorted = row.values();
        Arrays.sort(sorted);
        boolean quartiles = shown[place] && sorted.length > FOR_QUARTILES * rules.threshold();
        return new ShownDistributions.Row(
                row.measure(),
                row.unit(),
                shown[place] ? OptionalLong.of(rules.shown(sorted.length)) : OptionalLong.empty(),
                quartiles ? around(row, sorted, 0.25) : OptionalDouble.empty(),
                shown[place] && sorted.length > FOR_MEDIAN * rules.threshold()
                        ? around(row, sorted, 0.5)
                        : OptionalDouble.empty(),
                quartiles ? around(row, sorted, 0.75) : OptionalDouble.empty());
    }

    /** The mean of as many persons as the threshold asks for, around the rank of a quantile. */
    private OptionalDouble around(Distributions.Row row, double[] sorted, double share) {
        int count = rules.threshold();
        int first = first(sorted.length, count, share);
        double mean = Arrays.stream(sorted, first, first + count).average().orElseThrow();
        return OptionalDouble.of(
                switch (row.unit()) {
                    case COUNT -> Math.rint(mean);
                    case DAYS, SHARE -> Digits.four(mean);
                });
    }

    /** The rank, from 0, of the first of so many persons around a quantile. */
    static int first(int persons, int count, double share) {
        return (int) Math.round(share * (persons - 1) - (count - 1) / 2.0);
    }
}
