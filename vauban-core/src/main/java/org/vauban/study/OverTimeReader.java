package org.vauban.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.vauban.document.Fields;
import org.vauban.problem.Phrase;
import org.vauban.study.overtime.ExposureMeasure;
import org.vauban.study.spline.RestrictedCubicSpline;

/** Reads the design of a study of an exposure that changes in time, and what it asks of the exposure. */
final class OverTimeReader {
    private static final int UPDATE_DAYS = 30;
    private static final int KNOTS = 4;
    /** Two knots are a line. */
    private static final int LINE = 2;

    private OverTimeReader() {}

    private enum As {
        CURRENT,
        RECENCY,
        CUMULATIVE_STEPS,
        CUMULATIVE_SPLINE,
        EVER
    }

    static Optional<Design> design(Fields fields, Set<String> cohorts) {
        String population = StudyReader.reference(fields, "population", cohorts);
        String exposure = StudyReader.reference(fields, "exposure", cohorts);
        String outcome = StudyReader.reference(fields, "outcome", cohorts);
        if (!outcome.isEmpty() && outcome.equals(exposure)) {
            fields.wrongValue("outcome", Phrase.ANOTHER_COHORT, outcome);
        }
        var entry = fields.choice("entry", Design.Exposure.class, Design.Exposure.FIRST);
        int priorObservation = fields.whole("prior-observation-days", 0, StudyReader.DAYS_MAX, 0);
        Design.PriorOutcome prior = fields.optionalObject("prior-outcome")
                .map(StudyReader::priorOutcome)
                .orElse(new Design.PriorOutcome(true, OptionalInt.empty()));
        boolean newUsers = fields.truth("new-users", true);
        OptionalInt followUp = fields.has("follow-up-days")
                ? OptionalInt.of(fields.whole("follow-up-days", 1, StudyReader.DAYS_MAX, 1))
                : OptionalInt.empty();
        var limits = fields.optionalObject("limits")
                .map(OverTimeReader::limits)
                .orElse(Design.ExposureOverTime.Limits.usual());
        fields.noOthers();
        return Optional.of(new Design.ExposureOverTime(
                population, exposure, outcome, entry, priorObservation, prior, newUsers, followUp, limits));
    }

    private static Design.ExposureOverTime.Limits limits(Fields fields) {
        var usual = Design.ExposureOverTime.Limits.usual();
        var limits = new Design.ExposureOverTime.Limits(
                StudyReader.number(fields, "immortal-time", 0, 1, usual.immortalTime()),
                StudyReader.number(fields, "detectable-ratio", 1, 1000, usual.detectableRatio()));
        fields.noOthers();
        return limits;
    }

    static Analysis overTime(String name, Fields fields, Set<String> covariates) {
        Fields exposure = fields.object("exposure");
        ExposureMeasure measure = measure(exposure);
        exposure.noOthers();
        return new Analysis.OverTime(name, measure, StudyReader.known("covariates", fields, covariates));
    }

    private static ExposureMeasure measure(Fields fields) {
        As as = fields.choice("as", As.class, null);
        int lag = as == As.EVER ? 0 : fields.whole("lag-days", 0, StudyReader.DAYS_MAX, 0);
        return switch (as) {
            case CURRENT -> new ExposureMeasure.Current(lag, fields.whole("grace-days", 0, StudyReader.DAYS_MAX, 0));
            case RECENCY -> new ExposureMeasure.Recency(lag, days(fields, "bands"));
            case CUMULATIVE_STEPS -> new ExposureMeasure.CumulativeSteps(lag, days(fields, "bounds"), update(fields));
            case CUMULATIVE_SPLINE ->
                new ExposureMeasure.CumulativeSpline(
                        lag,
                        fields.whole("knots", LINE, RestrictedCubicSpline.KNOTS_MOST, KNOTS),
                        days(fields, "at"),
                        update(fields));
            case EVER -> new ExposureMeasure.Ever();
        };
    }

    private static int update(Fields fields) {
        return fields.whole("update-days", 1, StudyReader.DAYS_MAX, UPDATE_DAYS);
    }

    /** Numbers of days that ascend; a mistake is named, and what is read is valid. */
    private static List<Integer> days(Fields fields, String field) {
        List<Integer> days = new ArrayList<>();
        for (long day : fields.wholes(field)) {
            int least = days.isEmpty() ? 1 : days.getLast() + 1;
            if (day < least || day > StudyReader.DAYS_MAX) {
                fields.wrongValue(field, Phrase.FROM_TO.with(least, StudyReader.DAYS_MAX), String.valueOf(day));
            } else {
                days.add((int) day);
            }
        }
        if (days.isEmpty()) {
            fields.wrongValue(field, Phrase.DAYS_EACH_ONCE, Phrase.NONE);
            return List.of(1);
        }
        return days;
    }

    static Analysis targetTrial(String name, Fields fields, Set<String> covariates) {
        if (!fields.has("grace-days")) {
            fields.missing("grace-days");
        }
        int grace = fields.whole("grace-days", 1, StudyReader.DAYS_MAX, 1);
        int interval = fields.whole("interval-days", 1, StudyReader.DAYS_MAX, 1);
        if (grace % interval != 0) {
            fields.wrongValue("interval-days", Phrase.A_DIVISOR_OF.with(grace), String.valueOf(interval));
            interval = grace;
        }
        return new Analysis.TargetTrial(name, grace, interval, StudyReader.known("covariates", fields, covariates));
    }
}
