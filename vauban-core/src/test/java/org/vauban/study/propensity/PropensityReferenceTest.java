package org.vauban.study.propensity;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vauban.study.Agreement;
import org.vauban.study.ReferenceCase;
import org.vauban.study.SharedReference;
import org.vauban.study.regression.Family;
import org.vauban.study.regression.RegressionCases;
import tools.jackson.databind.JsonNode;

/** Balance, strata, matched sets and doubly robust effects give the reference's numbers. */
class PropensityReferenceTest {
    private static final Agreement AGREEMENT = new Agreement("ps");

    static Stream<ReferenceCase> cases() {
        return ReferenceCase.of(SharedReference.folder("oracles/epi"), "ps");
    }

    @AfterAll
    static void tell() {
        System.out.println(AGREEMENT.report());
    }

    /** The table of a case, with the arms and the outcome under whichever of the known names they stand. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Persons(ReferenceCase.Table table, boolean[] treated, double[] outcome) {
        static Persons of(ReferenceCase reference) {
            ReferenceCase.Table table = reference.table("input.csv");
            return new Persons(
                    table, table.flags(named(table, "treat", "qsmk")), table.numbers(named(table, "re78", "wt82_71")));
        }

        private static String named(ReferenceCase.Table table, String... names) {
            return Arrays.stream(names)
                    .filter(table.columns()::containsKey)
                    .findFirst()
                    .orElseThrow();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void givesTheNumbersOfTheReference(ReferenceCase reference) {
        Agreement.Case figures = AGREEMENT.of(reference);
        if (reference.has("expected_pairs.csv")) {
            matching(figures, reference);
        } else if (reference.has("expected_strata.csv")) {
            strata(figures, reference);
        } else if (reference.has("expected_smd.csv")) {
            Persons persons = Persons.of(reference);
            double[] ones = new double[persons.treated.length];
            Arrays.fill(ones, 1);
            balance(figures, "expected_smd.csv", reference, persons, ones);
        } else if (RegressionCases.isOne(reference)) {
            RegressionCases.compare(figures, reference);
        } else if (reference.answer().has("outcome_covariates")) {
            augmented(figures, reference);
        } else {
            Assumptions.abort("not run: no comparison knows the form of " + reference.id());
        }
        figures.check();
    }

    private static void balance(
            Agreement.Case figures, String file, ReferenceCase reference, Persons persons, double[] weights) {
        List<String> covariates = reference.table(file).texts("covariate");
        List<Balance> balances = covariates.stream()
                .map(name -> Balance.of(persons.table.numbers(name), persons.treated, weights))
                .toList();
        column(figures, file, "mean_treated", balances, Balance::meanTreated);
        column(figures, file, "mean_control", balances, Balance::meanOthers);
        column(figures, file, "diff", balances, Balance::difference);
        column(figures, file, "smd_weighted_sample_var", balances, Balance::byWeightedSampleVariance);
        column(figures, file, "smd_weighted_pop_var", balances, Balance::byWeightedVariance);
        column(figures, file, "smd_unweighted_pooled_var", balances, Balance::byUnweightedVariance);
        column(figures, file, "smd_treated_sd", balances, Balance::byTreatedDeviation);
        column(figures, file, "smd_binary", balances, Balance::byShare);
        column(figures, file, "variance_ratio", balances, Balance::varianceRatio);
    }

    private static <T> void column(
            Agreement.Case figures, String file, String column, List<T> rows, ToDoubleFunction<T> value) {
        figures.column(file, column, 0, rows.stream().mapToDouble(value).toArray(), 1e-8, 1e-6);
    }

    private static void strata(Agreement.Case figures, ReferenceCase reference) {
        Persons persons = Persons.of(reference);
        double[] scores = persons.table.numbers("ps");
        int number = reference.table("expected_strata.csv").rows();
        String title = reference.expected().get("title").asString();
        ScoreStrata strata = title.endsWith("of treated")
                ? ScoreStrata.ofTreated(scores, persons.treated, number)
                : ScoreStrata.ofAll(scores, number);
        double[] breaks = strata.breaks();
        for (int each = 0; each < breaks.length; each++) {
            figures.number("breaks/" + (each + 1), breaks[each], 1e-8);
        }
        List<ScoreStrata.Row> rows = strata.rows(persons.outcome, persons.treated);
        String file = "expected_strata.csv";
        figures.column(
                file,
                "stratum",
                IntStream.rangeClosed(1, number).asDoubleStream().toArray(),
                0);
        column(figures, file, "n1", rows, ScoreStrata.Row::treated);
        column(figures, file, "n0", rows, ScoreStrata.Row::others);
        column(figures, file, "mean1", rows, ScoreStrata.Row::meanTreated);
        column(figures, file, "mean0", rows, ScoreStrata.Row::meanOthers);
        column(figures, file, "diff", rows, ScoreStrata.Row::difference);
        column(figures, file, "var", rows, ScoreStrata.Row::variance);
        List<Integer> everybody = IntStream.range(0, scores.length).boxed().toList();
        column(figures, "expected_assignment.csv", "row", everybody, person -> person + 1);
        column(figures, "expected_assignment.csv", "ps", everybody, person -> scores[person]);
        column(figures, "expected_assignment.csv", "stratum", everybody, person -> strata.stratum(person) + 1);
        figures.number("ate", ScoreStrata.inAll(rows).estimate(), 1e-8)
                .number("ate_se", ScoreStrata.inAll(rows).standardError(), 1e-7)
                .number("att", ScoreStrata.inTreated(rows).estimate(), 1e-8)
                .number("att_se", ScoreStrata.inTreated(rows).standardError(), 1e-7);
    }

    private static void matching(Agreement.Case figures, ReferenceCase reference) {
        Persons persons = Persons.of(reference);
        JsonNode answer = reference.answer();
        double[] distance = persons.table.numbers(answer.get("distance").asString());
        String call = reference.call();
        String share = call.replaceAll(".*caliper (NA|[0-9.]+) SD.*", "$1");
        double caliper = share.equals("NA")
                ? Double.POSITIVE_INFINITY
                : GreedyMatching.caliper(distance, Double.parseDouble(share));
        int ratio = Integer.parseInt(call.replaceAll(".*ratio ([0-9]+).*", "$1"));
        var order = call.contains("order data") ? GreedyMatching.Order.DATA : GreedyMatching.Order.LARGEST_FIRST;

        List<GreedyMatching.Pair> pairs = GreedyMatching.match(
                distance,
                persons.treated,
                new GreedyMatching.Options(caliper, ratio, order, call.contains("replace TRUE")));

        String file = "expected_pairs.csv";
        column(figures, file, "treated_row", pairs, pair -> pair.treated() + 1);
        column(figures, file, "control_row", pairs, pair -> pair.control() + 1);
        column(figures, file, "round", pairs, GreedyMatching.Pair::round);
        column(figures, file, "gap", pairs, GreedyMatching.Pair::gap);
        MatchedEffect effect = MatchedEffect.of(pairs, persons.outcome);
        double[] weights = GreedyMatching.weights(pairs, persons.treated.length);
        figures.number("sd_distance", GreedyMatching.caliper(distance, 1), 1e-8)
                .number("caliper_abs", caliper, 1e-8)
                .number("n_matched_treated", distinct(pairs, GreedyMatching.Pair::treated), 0)
                .number("n_matched_control", distinct(pairs, GreedyMatching.Pair::control), 0)
                .number("n_pairs", pairs.size(), 0)
                .number("effect_att", effect.estimate(), 1e-8)
                .number(
                        "sum_gap",
                        pairs.stream().mapToDouble(GreedyMatching.Pair::gap).sum(),
                        1e-8)
                .number(
                        "max_gap",
                        pairs.stream()
                                .mapToDouble(GreedyMatching.Pair::gap)
                                .max()
                                .orElse(0),
                        1e-8)
                .number("paired_se", effect.standardError(), 1e-7)
                .number("paired_t", effect.estimate() / effect.standardError(), 1e-7);
        if (figures.has("paired_mean_diff")) {
            figures.number("paired_mean_diff", effect.estimate(), 1e-8);
        }
        balance(figures, "expected_smd_after.csv", reference, persons, weights);
    }

    private static double distinct(List<GreedyMatching.Pair> pairs, ToIntFunction<GreedyMatching.Pair> row) {
        return pairs.stream().mapToInt(row).distinct().count();
    }

    private static void augmented(Agreement.Case figures, ReferenceCase reference) {
        Persons persons = Persons.of(reference);
        List<double[]> covariates = reference
                .answer()
                .get("outcome_covariates")
                .valueStream()
                .map(name -> persons.table.numbers(name.asString()))
                .toList();

        AverageEffect effect = AverageEffect.augmented(
                persons.outcome, persons.treated, persons.table.numbers("ps"), covariates, Family.GAUSSIAN);

        figures.number("ate", effect.difference(), 1e-8).number("se_influence", effect.standardError(), 1e-7);
    }
}
