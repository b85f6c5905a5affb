package org.vauban.disclosure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.vauban.output.Features;
import org.vauban.output.PersonSet;

/**
 * Reviews records counted concept by concept. In each group a concept is a table of two cells, with it and without it, whose sum is the
 * group: both are shown, or neither.
 *
 * <ul>
 *   <li>A group has at least twice the threshold. So of two hidden cells one at least is large, and each keeps every small value.
 *   <li>A concept that is shown in no group is not listed, as is one that nobody has: what is absent tells of no one that there is somebody.
 *   <li>Groups have no person in common and no totals are shown over them, so no sum goes from one row, or one group, to another.
 *   <li>Of one concept in two tables or windows, where one holds all persons of the other but for a few, the smaller is hidden.
 * </ul>
 */
final class FeaturesReview {
    private final Features features;
    private final DisclosureRules rules;
    private final List<List<OptionalLong>> shown = new ArrayList<>();

    private FeaturesReview(Features features, DisclosureRules rules) {
        this.features = features;
        this.rules = rules;
    }

    static Verdict review(Features features, DisclosureRules rules) {
        return new FeaturesReview(features, rules).verdict();
    }

    private Verdict verdict() {
        List<Reason> reasons = features.groups().stream()
                .filter(group -> group.persons().size() < 2 * rules.threshold())
                .map(group -> Reason.of(Reason.Code.GROUP_TOO_SMALL, group.label()))
                .toList();
        if (!reasons.isEmpty()) {
            return new WithheldOutput(features.name(), reasons);
        }
        features.rows().forEach(row -> shown.add(shown(row)));
        hideAlmostTheSame();
        return shown.stream().allMatch(row -> row.stream().allMatch(OptionalLong::isEmpty))
                ? new WithheldOutput(features.name(), List.of(Reason.of(Reason.Code.NOTHING_LEFT)))
                : cleared();
    }

    private List<OptionalLong> shown(Features.Row row) {
        List<OptionalLong> cells = new ArrayList<>();
        for (int group = 0; group < features.groups().size(); group++) {
            int all = features.groups().get(group).persons().size();
            PersonSet having = row.persons().get(group);
            if (having.minus(features.groups().get(group).persons()).size() > 0) {
                throw new IllegalArgumentException("Who has a feature is of the group");
            }
            int with = having.size();
            cells.add(
                    rules.isLargeEnough(with) && rules.isLargeEnough(all - with)
                            ? OptionalLong.of(rules.shown(with))
                            : OptionalLong.empty());
        }
        return cells;
    }

    private void hideAlmostTheSame() {
        Map<Integer, List<Integer>> byConcept = new HashMap<>();
        for (int row = 0; row < features.rows().size(); row++) {
            byConcept
                    .computeIfAbsent(features.rows().get(row).concept(), _ -> new ArrayList<>())
                    .add(row);
        }
        for (List<Integer> rows : byConcept.values()) {
            for (int group = 0; group < features.groups().size(); group++) {
                for (int larger : rows) {
                    for (int smaller : rows) {
                        if (isAlmostAllOf(smaller, larger, group)) {
                            shown.get(smaller).set(group, OptionalLong.empty());
                        }
                    }
                }
            }
        }
    }

    private boolean isAlmostAllOf(int smaller, int larger, int group) {
        if (shown.get(smaller).get(group).isEmpty()
                || shown.get(larger).get(group).isEmpty()) {
            return false;
        }
        PersonSet few = features.rows().get(smaller).persons().get(group);
        PersonSet many = features.rows().get(larger).persons().get(group);
        return rules.isSmall(many.size() - few.size()) && few.minus(many).size() == 0;
    }

    private Cleared cleared() {
        List<ShownFeatures.Row> rows = new ArrayList<>();
        List<Cleared.Behind> behind = new ArrayList<>();
        features.groups().forEach(group -> behind.add(new Cleared.Behind(group.label(), group.persons())));
        int suppressed = 0;
        for (int place = 0; place < shown.size(); place++) {
            Features.Row row = features.rows().get(place);
            List<OptionalLong> cells = shown.get(place);
            suppressed += (int) cells.stream().filter(OptionalLong::isEmpty).count();
            if (cells.stream().anyMatch(OptionalLong::isPresent)) {
                rows.add(new ShownFeatures.Row(
                        row.table(), row.concept(), row.conceptName(), row.fromDay(), row.toDay(), cells));
                for (int group = 0; group < cells.size(); group++) {
                    if (cells.get(group).isPresent()) {
                        behind.add(new Cleared.Behind(
                                features.groups().get(group).label() + " / " + row.table() + " / " + row.concept()
                                        + " / " + row.fromDay() + " / " + row.toDay(),
                                row.persons().get(group)));
                    }
                }
            }
        }
        int cells = shown.size() * features.groups().size();
        return new ClearedOutput(
                new ShownFeatures(
                        features.name(),
                        features.groups().stream()
                                .map(group -> new ShownFeatures.Group(
                                        group.label(),
                                        rules.shown(group.persons().size())))
                                .toList(),
                        rows),
                behind,
                new Cleared.Tally(cells, suppressed, rules.rounding() == Rounding.NONE ? 0 : cells - suppressed));
    }
}
