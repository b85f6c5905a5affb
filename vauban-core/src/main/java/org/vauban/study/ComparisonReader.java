package org.vauban.study;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.vauban.document.Fields;
import org.vauban.omop.CdmTable;
import org.vauban.output.SurvivalCurves;
import org.vauban.problem.Phrase;
import org.vauban.study.Analysis.Comparison.Measure;
import org.vauban.study.Analysis.Comparison.Trim;
import org.vauban.study.propensity.Adjustment;
import org.vauban.study.propensity.BalancingWeights;
import org.vauban.study.propensity.LargeScaleScores;
import org.vauban.trajectory.Domain;
import org.vauban.vocabulary.ConceptSet;

/** Reads what STUDY.yaml says of comparisons by propensity score. */
final class ComparisonReader {
    private static final int STRATA_MAX = 100;
    private static final int RATIO_MAX = 100;
    /** Beside the name of an analysis an output's name holds what it is. */
    private static final int NAME_MAX = 50;

    private final Set<String> cohorts;
    private final Set<String> covariates;
    /** The cohorts of the question itself. */
    private final List<String> taken;

    ComparisonReader(Set<String> cohorts, Set<String> covariates, Optional<Design> design) {
        this.cohorts = cohorts;
        this.covariates = covariates;
        this.taken = design.filter(Design.NewUserActiveComparator.class::isInstance)
                .map(Design.NewUserActiveComparator.class::cast)
                .map(one -> List.of(one.target(), one.comparator(), one.outcome()))
                .orElse(List.of());
    }

    private enum Model {
        LOGISTIC,
        LARGE_SCALE
    }

    private enum Cost {
        CROSS_VALIDATED,
        PRIOR
    }

    private enum By {
        NONE,
        MATCHING,
        STRATIFICATION,
        IPTW,
        IPTW_TARGET,
        OVERLAP
    }

    /** The part that all comparisons share. */
    ComparisonDesign design(Fields fields) {
        Fields scoreFields = fields.object("scores");
        List<PropensityModel> scores = new ArrayList<>();
        for (String name : scoreFields.names()) {
            StudyReader.checkName(scoreFields, name);
            scores.add(score(name, scoreFields.object(name)));
        }
        Optional<String> competing = fields.has("competing")
                ? Optional.of(StudyReader.reference(fields, "competing", cohorts))
                : Optional.empty();
        List<String> controls = StudyReader.known("negative-controls", fields, cohorts);
        if (competing.isPresent() && controls.contains(competing.get())) {
            fields.wrongValue("negative-controls", Phrase.COHORTS_NOT_COMPETING, competing.get());
        }
        competing
                .filter(taken::contains)
                .ifPresent(one -> fields.wrongValue("competing", Phrase.A_COHORT_NOT_OF_THE_DESIGN, one));
        controls.stream()
                .filter(taken::contains)
                .forEach(one -> fields.wrongValue("negative-controls", Phrase.COHORTS_NOT_OF_THE_DESIGN, one));
        var limits =
                fields.optionalObject("limits").map(ComparisonReader::limits).orElse(ComparisonDesign.Limits.usual());
        fields.noOthers();
        return new ComparisonDesign(scores, competing, controls, limits);
    }

    private static ComparisonDesign.Limits limits(Fields fields) {
        var usual = ComparisonDesign.Limits.usual();
        var limits = new ComparisonDesign.Limits(
                StudyReader.number(fields, "standardised-difference", 0.001, 1, usual.standardisedDifference()),
                StudyReader.number(fields, "equipoise", 0, 1, usual.equipoise()),
                StudyReader.number(fields, "detectable-ratio", 1, 1000, usual.detectableRatio()),
                StudyReader.number(fields, "systematic-error", 0, 10, usual.systematicError()));
        fields.noOthers();
        return limits;
    }

    private PropensityModel score(String name, Fields fields) {
        PropensityModel read = switch (fields.choice("model", Model.class, null)) {
            case LOGISTIC -> named(name, fields);
            case LARGE_SCALE -> largeScale(name, fields);
        };
        fields.noOthers();
        return read;
    }

    private PropensityModel named(String name, Fields fields) {
        List<String> used = StudyReader.known("covariates", fields, covariates);
        if (used.isEmpty()) {
            fields.wrongValue("covariates", Phrase.AT_LEAST_ONE_COVARIATE, Phrase.NONE);
        }
        return new PropensityModel.Named(name, used);
    }

    private static PropensityModel largeScale(String name, Fields fields) {
        boolean demographics = fields.truth("demographics", true);
        List<PropensityModel.Window> windows = new ArrayList<>();
        fields.objects("records").forEach(each -> window(each).ifPresent(windows::add));
        if (fields.list("records").isEmpty()) {
            fields.wrongValue("records", Phrase.A_TABLE_WITH_ITS_DAYS, Phrase.NONE);
        }
        boolean descendants = fields.truth("exclude-descendants", true);
        List<ConceptSet.Item> excluded = StudyReader.concepts(fields, "exclude", descendants);
        int persons = fields.whole("persons-at-least", 1, 1_000_000, 10);
        LargeScaleScores.Cost cost = switch (fields.choice("penalty", Cost.class, Cost.CROSS_VALIDATED)) {
            case CROSS_VALIDATED ->
                new LargeScaleScores.Cost.CrossValidated(
                        fields.whole("folds", 2, 100, 10), fields.whole("seed", 0, Integer.MAX_VALUE, 1));
            case PRIOR -> new LargeScaleScores.Cost.Prior(StudyReader.number(fields, "variance", 1e-9, 1e9, 0.01));
        };
        return new PropensityModel.LargeScale(
                name, demographics, windows, new ConceptSet(0, name, excluded), persons, cost);
    }

    private static Optional<PropensityModel.Window> window(Fields fields) {
        String table = fields.text("table");
        Optional<Domain> domain = CdmTable.named(table).flatMap(Domain::of).filter(StudyReader::hasRecords);
        if (domain.isEmpty() && !table.isEmpty()) {
            fields.wrongValue("table", Phrase.A_TABLE_OF_EVENTS, table);
        }
        int from = StudyReader.day(fields, "from-day");
        int to = StudyReader.day(fields, "to-day");
        boolean ancestors = fields.truth("ancestors", false);
        fields.noOthers();
        if (to > 0) {
            // What comes after the start may be caused by it: a score never knows it.
            fields.wrongValue("to-day", Phrase.A_DAY_NOT_AFTER_THE_START, String.valueOf(to));
            return Optional.empty();
        }
        if (to < from) {
            fields.wrongValue("to-day", Phrase.A_DAY_NOT_BEFORE.with(from), String.valueOf(to));
            return Optional.empty();
        }
        return domain.map(found -> new PropensityModel.Window(found, from, to, ancestors));
    }

    /** One analysis; the design that it belongs to is read before. */
    Analysis.Comparison analysis(String name, Fields fields, ComparisonDesign design) {
        if (name.length() > NAME_MAX) {
            fields.wrongValue("name", Phrase.CHARACTERS_AT_MOST.with(NAME_MAX), name);
        }
        String score = StudyReader.reference(
                fields,
                "score",
                new HashSet<>(
                        design.scores().stream().map(PropensityModel::name).toList()));
        List<Trim> trims = new ArrayList<>();
        fields.objects("trim").forEach(each -> trim(each).ifPresent(trims::add));
        Adjustment adjustment = adjustment(fields.object("adjustment"));
        List<Measure> measures = measures(fields);
        List<Integer> horizons = horizons(fields);
        if (horizons.isEmpty() && measures.stream().anyMatch(Measure::hasHorizon)) {
            fields.wrongValue("horizons", Phrase.THE_HORIZONS, Phrase.NONE);
        }
        if (measures.contains(Measure.FINE_GRAY)) {
            checkCompeting(fields, adjustment, design);
        }
        var interval = fields.choice("interval", SurvivalCurves.Interval.class, SurvivalCurves.Interval.LOG_LOG);
        return new Analysis.Comparison(name, score, trims, adjustment, measures, horizons, interval);
    }

    /** Fine and Gray's model is fitted to persons who count alike. */
    private static void checkCompeting(Fields fields, Adjustment adjustment, ComparisonDesign design) {
        if (design.competing().isEmpty()) {
            fields.wrongValue("estimates", Phrase.FINE_GRAY_WITH_COMPETING, "fine-gray");
        }
        boolean alike = switch (adjustment) {
            case Adjustment.Unadjusted _ -> true;
            case Adjustment.Matching matching -> matching.ratio() == 1;
            case Adjustment.Stratification _, Adjustment.Weighting _ -> false;
        };
        if (!alike) {
            fields.wrongValue("estimates", Phrase.FINE_GRAY_WITH_PAIRS, "fine-gray");
        }
    }

    private static Optional<Trim> trim(Fields fields) {
        var scale = fields.choice("by", Trim.Scale.class, null);
        double from = StudyReader.number(fields, "from", 0, 1, 0);
        double to = StudyReader.number(fields, "to", 0, 1, 1);
        fields.noOthers();
        if (to <= from) {
            fields.wrongValue("to", Phrase.A_NUMBER_ABOVE.with(from), String.valueOf(to));
            return Optional.empty();
        }
        return Optional.of(new Trim(scale, from, to));
    }

    private static Adjustment adjustment(Fields fields) {
        Adjustment read = switch (fields.choice("by", By.class, null)) {
            case NONE -> new Adjustment.Unadjusted();
            case MATCHING ->
                new Adjustment.Matching(
                        fields.whole("ratio", 1, RATIO_MAX, 1),
                        StudyReader.number(fields, "caliper", 0.0001, 100, 0.2),
                        fields.whole("seed", 0, Integer.MAX_VALUE, 1));
            case STRATIFICATION -> new Adjustment.Stratification(fields.whole("strata", 2, STRATA_MAX, 5));
            case IPTW -> new Adjustment.Weighting(BalancingWeights.ALL_STABILISED);
            case IPTW_TARGET -> new Adjustment.Weighting(BalancingWeights.TREATED);
            case OVERLAP -> new Adjustment.Weighting(BalancingWeights.OVERLAP);
        };
        fields.noOthers();
        return read;
    }

    private static List<Measure> measures(Fields fields) {
        List<Measure> measures = new ArrayList<>();
        for (String word : fields.texts("estimates")) {
            Optional<Measure> measure = List.of(Measure.values()).stream()
                    .filter(each -> Fields.word(each).equals(word))
                    .findFirst();
            if (measure.isEmpty() || measures.contains(measure.get())) {
                fields.wrongValue("estimates", Phrase.ESTIMATES_EACH_ONCE, word);
            }
            measure.ifPresent(measures::add);
        }
        if (!fields.has("estimates")) {
            measures.add(Measure.COX);
        } else if (fields.list("estimates").isEmpty()) {
            fields.wrongValue("estimates", Phrase.AT_LEAST_ONE_ESTIMATE, Phrase.NONE);
        }
        return measures;
    }

    private static List<Integer> horizons(Fields fields) {
        List<Integer> horizons = new ArrayList<>();
        for (long day : fields.wholes("horizons")) {
            if (day < 1 || day > StudyReader.DAYS_MAX || horizons.contains((int) day)) {
                fields.wrongValue("horizons", Phrase.DAYS_EACH_ONCE, String.valueOf(day));
            } else {
                horizons.add((int) day);
            }
        }
        return horizons;
    }
}
