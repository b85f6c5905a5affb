package org.vauban.disclosure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.vauban.disclosure.Tables.codes;
import static org.vauban.disclosure.Tables.persons;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.vauban.output.FrequencyTable;
import org.vauban.output.MagnitudeTable;

class MagnitudeReviewTest {
    private static final String MARK = ShownTable.MARK;
    private static final DisclosureRules RULES = Tables.exact();

    @Test
    void aSumThatTwoPersonsMakeUpIsHiddenAlthoughManyStandBehindIt() {
        // Twelve patients: 180,000, 15,000 and ten of 900. The rest is 5 % of the largest, and the two largest are 95.6
        // %.
        double[] dominated = new double[12];
        Arrays.fill(dominated, 900);
        dominated[0] = 180_000;
        dominated[1] = 15_000;

        ShownMagnitudes shown = shown(line(dominated, even(40, 1_000), even(50, 1_000), even(60, 1_000)));

        assertThat(text(shown, "L0")).isEqualTo(MARK);
        assertThat(text(shown, "Total")).isNotEqualTo(MARK);
        assertThat(hidden(shown))
                .as("a second one, or the total would give it back")
                .isGreaterThan(1);
    }

    @Test
    void theRestIsNinePerCentOfTheLargestOrTen() {
        // The largest 1,000, the second 100; the others are together 99 or 100.
        assertThat(new Dominance(10, 1, 95).isDominated(1_199, List.of(1_000.0, 100.0)))
                .isTrue();
        assertThat(new Dominance(10, 1, 95).isDominated(1_200, List.of(1_000.0, 100.0)))
                .isFalse();
    }

    @Test
    void twoContributorsHoldEightySixPerCentOrEightyFive() {
        assertThat(Dominance.STANDARD.isDominated(1_000, List.of(500.0, 351.0))).isTrue();
        assertThat(Dominance.STANDARD.isDominated(1_000, List.of(500.0, 350.0))).isFalse();
        assertThat(new Dominance(10, 3, 85).isDominated(1_000, List.of(400.0, 300.0, 151.0)))
                .isTrue();
        assertThat(new Dominance(10, 3, 85).isDominated(1_000, List.of(400.0, 250.0)))
                .as("what is not told is taken for as large as the last that is")
                .isTrue();
    }

    @Test
    void tenPersonsAreHiddenAndElevenAndTwelveShown() {
        assertThat(text(shown(line(even(10, 50), even(90, 50), even(80, 50), even(70, 50))), "L0"))
                .isEqualTo(MARK);
        assertThat(text(shown(line(even(11, 50), even(90, 50), even(80, 50), even(70, 50))), "L0"))
                .isEqualTo("11 550.0 50.0");
        assertThat(text(shown(line(even(12, 50), even(90, 50), even(80, 50), even(70, 50))), "L0"))
                .isEqualTo("12 600.0 50.0");
    }

    @Test
    void sumsLeaveWithThreeDigits() {
        assertThat(text(shown(line(even(30, 41.23456), even(90, 1), even(80, 1), even(70, 1))), "L0"))
                .isEqualTo("30 1240.0 41.3");
    }

    @Test
    void aPercentileIsShownWhereElevenLieBeyondIt() {
        // X20: P50 from 22 persons on, P25 and P75 from 44, P10 and P90 from 110, P5 and P95 from 220, P1 and P99 from
        // 1,100.
        int[][] floors = {
            {50, 22}, {25, 44}, {75, 44}, {10, 110}, {90, 110}, {5, 220}, {95, 220}, {1, 1_100}, {99, 1_100}
        };
        for (int[] floor : floors) {
            assertThat(percentile(floor[0], floor[1] - 1)).as("P%d", floor[0]).isEmpty();
            assertThat(percentile(floor[0], floor[1])).as("P%d", floor[0]).isPresent();
        }
    }

    @Test
    void aPercentileIsNobodysOwnValueAndHasThreeDigits() {
        double[] ascending = new double[101];
        for (int person = 0; person < ascending.length; person++) {
            ascending[person] = person * person + 0.123;
        }

        MagnitudeTable.Percentile median = MagnitudeTable.Percentile.of(50, ascending);

        assertThat(ascending).doesNotContain(median.value());
        assertThat(median.value())
                .isCloseTo((48 * 48 + 49 * 49 + 50 * 50 + 51 * 51 + 52 * 52) / 5.0 + 0.123, within(1e-9));
    }

    @Test
    void whoContributesLessThanNothingWithholdsTheTable() {
        double[] paidBack = even(40, 10);
        paidBack[3] = -5;

        assertThat(codes(Disclosure.review(line(paidBack, even(50, 10)), RULES)))
                .containsExactly(Reason.Code.NEGATIVE_VALUE, Reason.Code.NEGATIVE_VALUE);
    }

    @Test
    void sumsThatDoNotAddUpWithholdTheTable() {
        MagnitudeTable right = line(even(40, 10), even(50, 10));
        List<MagnitudeTable.Cell> cells = new ArrayList<>(right.cells());
        MagnitudeTable.Cell total = cells.getLast();
        cells.set(
                cells.size() - 1,
                new MagnitudeTable.Cell(
                        total.levels(),
                        total.count(),
                        Optional.empty(),
                        total.sum() + 1,
                        total.largest(),
                        false,
                        OptionalLong.empty(),
                        List.of()));

        assertThat(codes(Disclosure.review(
                        new MagnitudeTable("costs", "Costs", right.dimensions(), cells, Set.of()), RULES)))
                .containsExactly(Reason.Code.TOTAL_NOT_SUM);
    }

    @Test
    void aHolderWhoKnowsThirteenOfFourteenDoesNotLearnTheFourteenth() {
        FrequencyTable.Cell cell =
                new FrequencyTable.Cell(List.of("L0"), 14, Optional.empty(), false, OptionalLong.of(13));
        FrequencyTable.Cell larger =
                new FrequencyTable.Cell(List.of("L0"), 24, Optional.empty(), false, OptionalLong.of(13));
        List<FrequencyTable.Cell> others = Tables.line(14, 50, 60, 70).cells();

        assertThat(Tables.shown(Disclosure.review(with(cell, others), RULES), "L0"))
                .isEqualTo(MARK);
        assertThat(Tables.shown(
                        Disclosure.review(
                                with(larger, Tables.line(24, 50, 60, 70).cells()), RULES),
                        "L0"))
                .isEqualTo("24");
    }

    @Test
    void hiddenSumsOfRandomTablesStayUncertainByTenPerCentBothWays() {
        RandomGenerator random = new java.util.Random(31);
        int attacked = 0;
        int hidden = 0;

        for (int number = 0; number < 40; number++) {
            MagnitudeTable table = random(random);
            Verdict verdict = Disclosure.review(table, RULES);
            if (verdict instanceof Cleared cleared) {
                attacked++;
                hidden += assertUncertain(table, (ShownMagnitudes) cleared.content());
            }
        }

        assertThat(attacked).isGreaterThan(20);
        assertThat(hidden).isGreaterThan(40);
    }

    /** A slow plain attack: the limits of each hidden sum, by going round the rows and columns until nothing gets narrower. */
    private static int assertUncertain(MagnitudeTable table, ShownMagnitudes shown) {
        Map<List<String>, double[]> limits = new LinkedHashMap<>();
        for (MagnitudeTable.Cell cell : table.cells()) {
            boolean isShown = shown.cells().stream()
                    .anyMatch(each ->
                            each.levels().equals(cell.levels()) && each.sum().isPresent());
            limits.put(cell.levels(), isShown ? new double[] {cell.sum(), cell.sum()} : new double[] {0, 1e7});
        }
        for (int round = 0; round < 200; round++) {
            for (int dimension = 0; dimension < 2; dimension++) {
                int varying = dimension;
                limits.keySet().stream()
                        .filter(levels -> levels.get(varying).equals(FrequencyTable.TOTAL))
                        .forEach(total -> narrow(limits, total, varying));
            }
        }
        int hidden = 0;
        for (MagnitudeTable.Cell cell : table.cells()) {
            double[] limit = java.util.Objects.requireNonNull(limits.get(cell.levels()));
            if (limit[1] - limit[0] > 0.001 && cell.sum() > 0) {
                hidden++;
                assertThat(limit[0]).isLessThanOrEqualTo(cell.sum() * 0.9 + 0.01);
                assertThat(limit[1]).isGreaterThanOrEqualTo(cell.sum() * 1.1 - 0.01);
            } else if (cell.sum() > 0) {
                assertThat(shown.cells().stream()
                                .filter(each -> each.levels().equals(cell.levels()))
                                .findFirst()
                                .orElseThrow()
                                .sum())
                        .as("what is known exactly is shown: %s in [%s, %s]", cell.levels(), limit[0], limit[1])
                        .isPresent();
            }
        }
        return hidden;
    }

    private static void narrow(Map<List<String>, double[]> limits, List<String> total, int varying) {
        List<double[]> parts = limits.entrySet().stream()
                .filter(each -> !each.getKey().get(varying).equals(FrequencyTable.TOTAL)
                        && each.getKey().get(1 - varying).equals(total.get(1 - varying)))
                .map(Map.Entry::getValue)
                .toList();
        double low = parts.stream().mapToDouble(part -> part[0]).sum();
        double high = parts.stream().mapToDouble(part -> part[1]).sum();
        double[] sum = java.util.Objects.requireNonNull(limits.get(total));
        narrow(sum, low, high);
        for (double[] part : parts) {
            narrow(part, sum[0] - (high - part[1]), sum[1] - (low - part[0]));
            low = parts.stream().mapToDouble(each -> each[0]).sum();
            high = parts.stream().mapToDouble(each -> each[1]).sum();
        }
    }

    /** What is known exactly stays so: otherwise the last digits would chase each other. */
    private static void narrow(double[] limit, double low, double high) {
        if (limit[1] - limit[0] > 1e-6) {
            limit[0] = Math.max(limit[0], low);
            limit[1] = Math.min(limit[1], high);
        }
    }

    private static FrequencyTable with(FrequencyTable.Cell first, List<FrequencyTable.Cell> others) {
        List<FrequencyTable.Cell> cells = new ArrayList<>(others);
        cells.replaceAll(cell -> cell.levels().equals(first.levels()) ? first : cell);
        return Tables.table(List.of("d0"), cells);
    }

    private static OptionalDouble percentile(int percent, int persons) {
        double[] values = new double[persons];
        for (int person = 0; person < persons; person++) {
            values[person] = 1_000 + person;
        }
        MagnitudeTable.Cell cell = MagnitudeTable.Cell.of(List.of("L0"), persons(0, persons), values, percent);
        MagnitudeTable.Cell other =
                MagnitudeTable.Cell.of(List.of("L1"), persons(10_000, 2_000), even(2_000, 1_000), percent);
        ShownMagnitudes shown =
                shown(new MagnitudeTable("costs", "Costs", List.of("d0"), List.of(cell, other), Set.of("d0")));
        return shown.cells().getFirst().percentiles().get(shown.percents().indexOf(percent));
    }

    private static double[] even(int persons, double each) {
        double[] values = new double[persons];
        Arrays.fill(values, each);
        return values;
    }

    private static MagnitudeTable line(double[]... cells) {
        List<MagnitudeTable.Cell> all = new ArrayList<>();
        List<Double> everybody = new ArrayList<>();
        for (int number = 0; number < cells.length; number++) {
            all.add(MagnitudeTable.Cell.of(
                    List.of("L" + number), persons(1_000L * number, cells[number].length), cells[number]));
            Arrays.stream(cells[number]).forEach(everybody::add);
        }
        all.add(cell(List.of(FrequencyTable.TOTAL), everybody));
        return new MagnitudeTable("costs", "Costs", List.of("d0"), all, Set.of("d0"));
    }

    private static MagnitudeTable random(RandomGenerator random) {
        Map<List<String>, List<Double>> values = new LinkedHashMap<>();
        int rows = 2 + random.nextInt(3);
        int columns = 2 + random.nextInt(3);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                List<Double> contributions = new ArrayList<>();
                int persons = (int) Math.exp(random.nextDouble() * Math.log(200));
                for (int person = 0; person < persons; person++) {
                    contributions.add(Math.exp(2 + 2 * random.nextGaussian()));
                }
                for (String first : List.of("R" + row, FrequencyTable.TOTAL)) {
                    for (String second : List.of("C" + column, FrequencyTable.TOTAL)) {
                        values.computeIfAbsent(List.of(first, second), _ -> new ArrayList<>())
                                .addAll(contributions);
                    }
                }
            }
        }
        return new MagnitudeTable(
                "costs",
                "Costs",
                List.of("row", "column"),
                values.entrySet().stream()
                        .map(each -> cell(each.getKey(), each.getValue()))
                        .toList(),
                Set.of());
    }

    private static MagnitudeTable.Cell cell(List<String> levels, List<Double> contributions) {
        return MagnitudeTable.Cell.of(
                levels,
                persons(0, contributions.size()),
                contributions.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static ShownMagnitudes shown(MagnitudeTable table) {
        return (ShownMagnitudes) ((Cleared) Disclosure.review(table, RULES)).content();
    }

    private static long hidden(ShownMagnitudes shown) {
        return shown.cells().stream().filter(cell -> cell.sum().isEmpty()).count();
    }

    private static String text(ShownMagnitudes shown, String... levels) {
        return shown.cells().stream()
                .filter(cell -> cell.levels().equals(List.of(levels)))
                .map(cell -> cell.sum().isEmpty()
                        ? MARK
                        : cell.persons().orElseThrow() + " " + cell.sum().orElseThrow() + " "
                                + cell.mean().orElseThrow())
                .findFirst()
                .orElseThrow();
    }
}
