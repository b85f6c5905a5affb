package org.vauban.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.vauban.disclosure.Cleared;
import org.vauban.disclosure.Disclosure;
import org.vauban.disclosure.DisclosureRules;
import org.vauban.output.FrequencyTable;
import org.vauban.output.MagnitudeTable;
import org.vauban.output.PersonSet;
import org.vauban.output.RawOutput;
import org.vauban.print.Printed;

/** What a table of sums leaves behind: sealed, read again, renamed, and printed once it is cleared. */
class MagnitudeOutputsTest {
    private static final MagnitudeTable COSTS = new MagnitudeTable(
            "costs",
            "Reimbursed costs (EUR) | Coûts remboursés (EUR)",
            List.of("care"),
            List.of(
                    cell("home", 1, 5, 3).withLargestHolder(2),
                    cell("hospital", 100, 240, 1_234.5678),
                    cell("other", 1_000, 60, 10)),
            Set.of("care"));

    @Test
    void whatWasSealedIsReadAgain() {
        assertThat(RawOutputs.read(RawOutputs.write(List.of(COSTS)))).isEqualTo(List.of(COSTS));
    }

    @Test
    void aTableThatWasSealedBeforeHoldersWereToldIsReadAgain() {
        RawOutput table = new FrequencyTable(
                "table",
                List.of("d"),
                List.of(new FrequencyTable.Cell(List.of("a"), 4, Optional.empty(), false)),
                Set.of());
        String written = new String(RawOutputs.write(List.of(table)), StandardCharsets.UTF_8);
        String before = written.replaceAll(",\"largestHolder\":[^,}]*", "");

        assertThat(before).isNotEqualTo(written);
        assertThat(RawOutputs.read(before.getBytes(StandardCharsets.UTF_8))).isEqualTo(List.of(table));
    }

    @Test
    void everyPersonIsRenamedAndNothingElse() {
        var renamed = (MagnitudeTable) RawOutputs.renamed(COSTS, person -> person + 5000);

        assertThat(renamed.cells().getFirst().persons()).hasValue(persons(5001, 5));
        assertThat(renamed.cells().getFirst().largestHolder()).hasValue(2);
        assertThat(renamed.cells().getLast().percentiles())
                .isEqualTo(COSTS.cells().getLast().percentiles());
    }

    @Test
    void sumsArePrintedInBothLanguagesWithThreeDigits() {
        Printed printed =
                Printed.of(((Cleared) Disclosure.review(COSTS, DisclosureRules.standard())).content(), "figure");

        assertThat(printed.csv())
                .contains("care,home,number subjects,,count,integer,*")
                .contains("care,hospital,Reimbursed costs (EUR),,sum,numeric,296000")
                .contains("care,hospital,Reimbursed costs (EUR),,q50,numeric,1230");
        assertThat(printed.title().get("fr")).contains("Coûts remboursés (EUR) par");
        assertThat(printed.table().get("en")).contains("296,000", "Percentile 50");
        assertThat(printed.table().get("fr")).contains("Centile 50");
    }

    private static MagnitudeTable.Cell cell(String level, long first, int size, double each) {
        double[] values = new double[size];
        Arrays.fill(values, each);
        return MagnitudeTable.Cell.of(List.of(level), persons(first, size), values, 50);
    }

    private static PersonSet persons(long first, long howMany) {
        return PersonSet.of(LongStream.range(first, first + howMany).toArray());
    }
}
