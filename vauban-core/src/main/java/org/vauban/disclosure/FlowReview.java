package org.vauban.disclosure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.vauban.output.AttritionFlow;
import org.vauban.output.PersonSet;

/**
 * Reviews an attrition flow. What remains after a step and what is lost in it are figures alike: each is nobody or enough
 * people. A step that loses too few is merged with its neighbour.
 */
final class FlowReview {
    private FlowReview() {}

    static Verdict review(AttritionFlow flow, DisclosureRules rules) {
        List<Reason> reasons = new ArrayList<>();
        List<Merged> arms = new ArrayList<>();
        for (AttritionFlow.Arm arm : flow.arms()) {
            if (arm.steps().stream()
                    .anyMatch(step -> rules.isSmall(step.remaining().size()))) {
                reasons.add(Reason.of(Reason.Code.GROUP_TOO_SMALL, arm.label()));
            } else if (!arm.steps().isEmpty()) {
                arms.add(merge(arm, rules));
            }
        }
        arms.sort(Comparator.comparing(Merged::label));
        List<Cleared.Behind> persons =
                arms.stream().flatMap(arm -> arm.behind().stream()).toList();
        SmallDifferences.find(persons, rules)
                .ifPresent(place -> reasons.add(Reason.of(Reason.Code.ALMOST_THE_SAME_PERSONS, place)));
        if (!reasons.isEmpty()) {
            return new WithheldOutput(flow.name(), reasons);
        }
        int figures = flow.arms().stream()
                .mapToInt(arm -> Math.max(0, 2 * arm.steps().size() - 1))
                .sum();
        int kept = arms.stream().mapToInt(arm -> 2 * arm.steps().size() - 1).sum();
        return new ClearedOutput(
                new ShownFlow(
                        flow.name(), arms.stream().map(arm -> arm.shown(rules)).toList()),
                persons,
                new Cleared.Tally(figures, figures - kept, rules.rounding() == Rounding.NONE ? 0 : kept));
    }

    private record Merged(String label, List<MergedStep> steps) {
        List<Cleared.Behind> behind() {
            List<Cleared.Behind> behind = new ArrayList<>();
            for (MergedStep step : steps) {
                String place = label + ": " + String.join("; ", step.labels());
                behind.add(new Cleared.Behind(place, step.remaining()));
                if (step.lost().size() > 0) {
                    behind.add(new Cleared.Behind(place + " (lost)", step.lost()));
                }
            }
            return behind;
        }

        ShownFlow.Arm shown(DisclosureRules rules) {
            return new ShownFlow.Arm(
                    label,
                    steps.stream()
                            .map(step -> new ShownFlow.Step(
                                    step.labels(),
                                    rules.shown(step.remaining().size()),
                                    rules.shown(step.lost().size())))
                            .toList());
        }
    }

    private record MergedStep(List<String> labels, PersonSet remaining, PersonSet lost) {}

    private static Merged merge(AttritionFlow.Arm arm, DisclosureRules rules) {
        List<MergedStep> merged = new ArrayList<>();
        for (AttritionFlow.Step step : arm.steps()) {
            PersonSet before =
                    merged.isEmpty() ? step.remaining() : merged.getLast().remaining();
            merged.add(new MergedStep(List.of(step.label()), step.remaining(), before.minus(step.remaining())));
            if (merged.size() > 2
                    && rules.isSmall(merged.get(merged.size() - 2).lost().size())) {
                joinLastTwo(merged);
            }
        }
        // A small loss at the end has no step after it: it joins what stands before, at worst the first entry.
        while (merged.size() > 1 && rules.isSmall(merged.getLast().lost().size())) {
            joinLastTwo(merged);
        }
        return new Merged(arm.label(), List.copyOf(merged));
    }

    private static void joinLastTwo(List<MergedStep> merged) {
        MergedStep last = merged.removeLast();
        MergedStep before = merged.removeLast();
        List<String> labels = new ArrayList<>(before.labels());
        labels.addAll(last.labels());
        // The first entry lost nobody; joined with it, a loss is no longer shown.
        PersonSet lost = merged.isEmpty() ? PersonSet.empty() : before.lost().or(last.lost());
        merged.add(new MergedStep(List.copyOf(labels), last.remaining(), lost));
    }
}
