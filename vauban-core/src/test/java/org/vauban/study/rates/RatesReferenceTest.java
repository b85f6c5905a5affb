package org.vauban.study.rates;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vauban.study.Agreement;
import org.vauban.study.ReferenceCase;
import org.vauban.study.SharedReference;

/** Rates, standardisation and tables give the numbers of R's {@code stats} and {@code epitools}. */
class RatesReferenceTest {
    private static final Agreement AGREEMENT = new Agreement("rates");
    private static final double LEVEL = 0.95;
    private static final double SEARCHED = 1.3e-4;

    static Stream<ReferenceCase> cases() {
        return ReferenceCase.of(SharedReference.folder("oracles/epi"), "rates");
    }

    @AfterAll
    static void tell() {
        System.out.println(AGREEMENT.report());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void givesTheNumbersOfR(ReferenceCase reference) {
        Agreement.Case figures = AGREEMENT.of(reference);
        if (reference.has("expected_rates.csv")) {
            rates(figures, reference.table("input.csv"));
        } else if (reference.has("expected_twobytwo.csv")) {
            tables(figures, tablesOf(reference.table("input.csv")));
        } else if (reference.answer().has("adj.rate")) {
            direct(figures, reference.table("input.csv"));
        } else if (reference.answer().has("or_mh")) {
            strata(figures, MantelHaenszel.of(tablesOf(reference.table("input.csv"))));
        } else {
            Assumptions.abort("not run: no comparison knows the form of " + reference.id());
        }
        figures.check();
    }

    private static void rates(Agreement.Case figures, ReferenceCase.Table input) {
        String file = "expected_rates.csv";
        for (int row = 0; row < input.rows(); row++) {
            double events = input.numbers("x")[row];
            double time = input.numbers("py")[row];
            cell(figures, file, "x", row, events);
            cell(figures, file, "py", row, time);
            cell(figures, file, "rate", row, events / time);
            interval(figures, file, "exact", row, Rates.exact(events, time, LEVEL));
            interval(figures, file, "exact90", row, Rates.exact(events, time, 0.9));
            interval(figures, file, "byar", row, Rates.byar(events, time, LEVEL));
            interval(figures, file, "normal", row, Rates.normal(events, time, LEVEL));
        }
    }

    private static void direct(Agreement.Case figures, ReferenceCase.Table input) {
        Standardisation.Direct direct =
                Standardisation.direct(input.numbers("count"), input.numbers("pop"), input.numbers("stdpop"), LEVEL);
        figures.number("crude.rate", direct.crude(), 1e-8)
                .number("adj.rate", direct.adjusted(), 1e-8)
                .number("lci", direct.interval().lower(), 1e-8)
                .number("uci", direct.interval().upper(), 1e-8);
    }

    private static List<TwoByTwo> tablesOf(ReferenceCase.Table input) {
        List<TwoByTwo> tables = new ArrayList<>();
        for (int row = 0; row < input.rows(); row++) {
            int place = row;
            int[] cells = Stream.of("a", "b", "c", "d")
                    .mapToInt(name -> (int) input.numbers(name)[place])
                    .toArray();
            tables.add(new TwoByTwo(cells[0], cells[1], cells[2], cells[3]));
        }
        return tables;
    }

    private static void strata(Agreement.Case figures, MantelHaenszel strata) {
        ConditionalOdds exact = strata.conditional();
        figures.number("or_mh", strata.oddsRatio(), 1e-8)
                .number("or_lower", strata.oddsRatioInterval(LEVEL).lower(), 1e-8)
                .number("or_upper", strata.oddsRatioInterval(LEVEL).upper(), 1e-8)
                .number("cmh_chisq_nocorr", strata.chiSquared(), 1e-8)
                .number("cmh_p_nocorr", TwoByTwo.p(strata.chiSquared()), 1e-6)
                .number("cmh_chisq_corr", strata.chiSquaredCorrected(), 1e-8)
                .number("cmh_p_corr", TwoByTwo.p(strata.chiSquaredCorrected()), 1e-6)
                .number("exact_or", exact.estimate(), SEARCHED * exact.estimate())
                .number("exact_lower", exact.interval(LEVEL).lower(), SEARCHED)
                .number(
                        "exact_upper",
                        exact.interval(LEVEL).upper(),
                        SEARCHED * exact.interval(LEVEL).upper())
                .number("exact_p", exact.p(), 1e-6)
                .number("rr_mh", strata.riskRatio(), 1e-8)
                .number("rr_lower", strata.riskRatioInterval(LEVEL).lower(), 1e-8)
                .number("rr_upper", strata.riskRatioInterval(LEVEL).upper(), 1e-8);
    }

    private static void tables(Agreement.Case figures, List<TwoByTwo> tables) {
        String file = "expected_twobytwo.csv";
        for (int row = 0; row < tables.size(); row++) {
            TwoByTwo table = tables.get(row);
            ConditionalOdds exact = table.conditional();
            cell(figures, file, "a", row, table.exposedCases());
            cell(figures, file, "b", row, table.exposedOthers());
            cell(figures, file, "c", row, table.otherCases());
            cell(figures, file, "d", row, table.others());
            cell(figures, file, "rr", row, table.riskRatio());
            interval(figures, file, "rr", row, table.riskRatioInterval(LEVEL));
            cell(figures, file, "or", row, table.oddsRatio());
            interval(figures, file, "or", row, table.oddsRatioInterval(LEVEL));
            searched(figures, file, "fisher_or_cmle", row, exact.estimate());
            searched(figures, file, "fisher_lower", row, exact.interval(LEVEL).lower());
            searched(figures, file, "fisher_upper", row, exact.interval(LEVEL).upper());
            cell(figures, file, "fisher_p", row, exact.p());
            cell(figures, file, "chisq", row, table.chiSquared());
            cell(figures, file, "chisq_p", row, TwoByTwo.p(table.chiSquared()));
            cell(figures, file, "yates", row, table.chiSquaredCorrected());
            cell(figures, file, "yates_p", row, TwoByTwo.p(table.chiSquaredCorrected()));
        }
    }

    /**
     * R searches an odds ratio above 1 by its inverse and stops within 1.2e-4 of it; ours are exact, which RatesPropertiesTest shows
     * by their tails.
     */
    private static void searched(Agreement.Case figures, String file, String column, int row, double found) {
        figures.column(file, column, row, new double[] {found}, SEARCHED * Math.max(found, 1), 1);
    }

    private static void interval(Agreement.Case figures, String file, String name, int row, Interval found) {
        cell(figures, file, name + "_lower", row, found.lower());
        cell(figures, file, name + "_upper", row, found.upper());
    }

    private static void cell(Agreement.Case figures, String file, String column, int row, double found) {
        figures.column(file, column, row, new double[] {found}, 1e-8, 1e-12);
    }
}
