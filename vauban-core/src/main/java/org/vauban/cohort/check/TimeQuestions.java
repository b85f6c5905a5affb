package org.vauban.cohort.check;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.vauban.cohort.CorrelatedCriterion;
import org.vauban.cohort.EventWindow;
import org.vauban.cohort.Occurrence;
import org.vauban.cohort.PrimaryCriteria;
import org.vauban.problem.ProblemCode;
import org.vauban.trajectory.Domain;

/** Do windows hold a day, and can what they ask for have been observed? */
final class TimeQuestions {
    private final Walk walk;
    private final Findings findings;

    TimeQuestions(Walk walk, Findings findings) {
        this.walk = walk;
        this.findings = findings;
    }

    void ask() {
        PrimaryCriteria primary = walk.definition().primary();
        askOfSign(primary.priorDays(), "$.PrimaryCriteria.ObservationWindow", "PriorDays");
        askOfSign(primary.postDays(), "$.PrimaryCriteria.ObservationWindow", "PostDays");
        for (Walk.Counted at : walk.counted()) {
            askOfWindow(at.piece().startWindow(), at.path() + ".StartWindow");
            at.piece().endWindow().ifPresent(window -> askOfWindow(window, at.path() + ".EndWindow"));
            askOfObservation(at);
            askOfDeath(at);
            askOfDrugEra(at);
        }
        askOfPattern();
    }

    private void askOfWindow(EventWindow window, String path) {
        window.start().days().ifPresent(days -> askOfSign(days, path + ".Start", "Days"));
        window.end().days().ifPresent(days -> askOfSign(days, path + ".End", "Days"));
        OptionalInt from = window.start().offset();
        OptionalInt to = window.end().offset();
        boolean isReversed = from.isPresent() && to.isPresent() && from.getAsInt() > to.getAsInt();
        boolean isInsideOut = from.isEmpty()
                && to.isEmpty()
                && !window.start().before()
                && window.end().before();
        if (isReversed || isInsideOut) {
            findings.add(ProblemCode.COHORT_WINDOW_REVERSED, path, "from", offset(from, "+"), "to", offset(to, "-"));
        }
    }

    private static String offset(OptionalInt days, String open) {
        return days.isPresent() ? "%+d".formatted(days.getAsInt()) : open + "∞";
    }

    private void askOfSign(int days, String path, String field) {
        if (days < 0) {
            findings.add(ProblemCode.COHORT_VALUE_NEGATIVE, path + "." + field, "field", field, "found", days);
        }
    }

    /** Nothing recorded is no absence when nobody looked: observation asked for must reach as far as the window. */
    private void askOfObservation(Walk.Counted at) {
        CorrelatedCriterion counted = at.piece();
        int observed = walk.definition().primary().priorDays();
        boolean asksForAbsence = counted.occurrence().kind() != Occurrence.Kind.AT_LEAST
                && counted.occurrence().count() == 0;
        int days = -counted.startWindow().start().offset().orElse(0);
        if (asksForAbsence && at.isOfEntry() && days > Math.max(observed, 0)) {
            findings.add(
                    ProblemCode.COHORT_ABSENCE_UNOBSERVED,
                    at.path() + ".StartWindow",
                    "days",
                    days,
                    "observed",
                    observed);
        }
    }

    private void askOfDeath(Walk.Counted at) {
        EventWindow window = at.piece().startWindow();
        boolean isBefore = window.start().before() && window.end().before();
        if (at.piece().criterion().domain() == Domain.DEATH && isBefore) {
            findings.add(ProblemCode.COHORT_DEATH_BEFORE_ENTRY, at.path() + ".StartWindow");
        }
    }

    private void askOfDrugEra(Walk.Counted at) {
        boolean isAnyTime = isOpen(at.piece().startWindow())
                && at.piece().endWindow().map(TimeQuestions::isOpen).orElse(true);
        if (at.piece().criterion().domain() == Domain.DRUG_ERA && isAnyTime) {
            findings.add(ProblemCode.COHORT_DRUG_ERA_ANY_TIME, at.criterionPath());
        }
    }

    private static boolean isOpen(EventWindow window) {
        return window.start().days().isEmpty() && window.end().days().isEmpty();
    }

    /** Windows that begin on another day than most others of the rules. */
    private void askOfPattern() {
        List<Walk.Counted> inRules = walk.counted().stream()
                .filter(at -> at.path().startsWith("$.InclusionRules"))
                .toList();
        Map<Integer, Long> frequency = inRules.stream()
                .map(TimeQuestions::firstDay)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        long most = frequency.values().stream().mapToLong(Long::longValue).max().orElse(0);
        List<Integer> usual = frequency.entrySet().stream()
                .filter(days -> days.getValue() == most)
                .map(Map.Entry::getKey)
                .toList();
        if (usual.size() != 1 || most < 2 || most * 2 < inRules.size()) {
            return;
        }
        inRules.stream()
                .filter(at -> !usual.contains(firstDay(at)))
                .forEach(at -> findings.add(
                        ProblemCode.COHORT_WINDOW_UNLIKE_OTHERS,
                        at.path() + ".StartWindow",
                        "found",
                        "%+d".formatted(firstDay(at)),
                        "expected",
                        "%+d".formatted(usual.getFirst())));
    }

    private static int firstDay(Walk.Counted at) {
        return at.piece().startWindow().start().offset().orElse(0);
    }
}
