package org.vauban.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.vauban.disclosure.Cleared;
import org.vauban.disclosure.Disclosure;
import org.vauban.disclosure.DisclosureRules;
import org.vauban.output.CovariateBalance;
import org.vauban.output.EffectEstimates;
import org.vauban.output.PersonSet;
import org.vauban.output.RawOutput;
import org.vauban.print.Printed;

/** What a comparison leaves behind: sealed, read again, renamed, and printed once it is cleared. */
class ComparisonOutputsTest {
    private static final PersonSet TARGETS = persons(1, 400);
    private static final PersonSet COMPARATORS = persons(1001, 1300);

    private static final CovariateBalance BALANCE = new CovariateBalance(
            "balance-matched",
            "Celecoxib | Célécoxib",
            "Diclofenac | Diclofénac",
            TARGETS,
            COMPARATORS,
            List.of(new CovariateBalance.Row(
                    "Ulcer | Ulcère", true, persons(1, 100), persons(1001, 1050), 0.25, 0.17, 0.2, 0.19, 0.2, 0.13)),
            1,
            new CovariateBalance.Diagnostics(
                    0.61,
                    0.97,
                    0.2,
                    0.13,
                    0.1,
                    1.8,
                    OptionalDouble.of(0.02),
                    List.of(CovariateBalance.Concern.NOT_BALANCED)));

    private static final EffectEstimates ESTIMATES = new EffectEstimates(
            "estimates-matched",
            List.of(row("cox-efron-matched", "hr", 1.2), row("kaplan-meier-matched", "rd", -0.01)));

    @Test
    void whatWasSealedIsReadAgain() {
        List<RawOutput> read = RawOutputs.read(RawOutputs.write(List.of(BALANCE, ESTIMATES)));

        assertThat(read).isEqualTo(List.of(BALANCE, ESTIMATES));
    }

    @Test
    void everyPersonIsRenamedAndNothingElse() {
        var renamed = (CovariateBalance) RawOutputs.renamed(BALANCE, person -> person + 5000);
        var estimates = (EffectEstimates) RawOutputs.renamed(ESTIMATES, person -> person + 5000);

        assertThat(renamed.targets()).isEqualTo(persons(5001, 5400));
        assertThat(renamed.rows().getFirst().comparatorsWith()).isEqualTo(persons(6001, 6050));
        assertThat(renamed.diagnostics()).isEqualTo(BALANCE.diagnostics());
        assertThat(estimates.rows().getFirst().calibrated())
                .isEqualTo(ESTIMATES.rows().getFirst().calibrated());
    }

    @Test
    void theBalanceIsPrintedInBothLanguagesWithItsVerdict() {
        Printed printed = printed(BALANCE);

        assertThat(printed.fileName()).isEqualTo("balance-matched.csv");
        assertThat(printed.csv())
                .contains("Ulcer,,standardised_difference_after,numeric,0.13")
                .contains("must_not_be_read,,concerns,character,not_balanced");
        assertThat(printed.title().get("en")).contains("must not be read");
        assertThat(printed.title().get("fr")).contains("ne doit pas être lue", "Célécoxib");
        assertThat(printed.table().get("fr")).contains("Ulcère", "Une covariable diffère encore trop.");
        assertThat(printed.figure().get("en")).contains("<svg", "Ulcer");
    }

    @Test
    void ratiosAreDrawnAndDifferencesStandInTheTable() {
        Printed printed = printed(ESTIMATES);

        assertThat(printed.fileName()).isEqualTo("estimates-matched.csv");
        assertThat(printed.csv().lines().skip(1).toList().getFirst()).endsWith("1.100,0.9000,1.400");
        assertThat(printed.csv()).contains(",rd,-0.01000,");
        assertThat(printed.figure().get("en")).contains("<svg");
        assertThat(printed.table().get("fr")).contains("Cox (Efron), appariement", "RD");
    }

    private static Printed printed(RawOutput output) {
        return Printed.of(((Cleared) Disclosure.review(output, DisclosureRules.standard())).content(), "figure");
    }

    private static EffectEstimates.Row row(String method, String name, double estimate) {
        boolean ratio = name.equals("hr");
        return new EffectEstimates.Row(
                "matched",
                "Celecoxib | Célécoxib",
                "Diclofenac | Diclofénac",
                "Bleeding | Hémorragie",
                method,
                "hazard ratio, matched persons, on treatment",
                name,
                estimate,
                estimate - 0.2,
                estimate + 0.2,
                ratio ? OptionalDouble.of(0.1) : OptionalDouble.empty(),
                OptionalDouble.of(0.3),
                TARGETS,
                COMPARATORS,
                persons(1, 60),
                persons(1001, 1040),
                new EffectEstimates.Model(1, 300, 40),
                ratio ? Optional.of(new EffectEstimates.Calibrated(1.1, 0.9, 1.4)) : Optional.empty());
    }

    private static PersonSet persons(long from, long to) {
        return PersonSet.of(LongStream.rangeClosed(from, to).toArray());
    }
}
