package org.vauban.attack.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.disclosure.Cleared;
import org.vauban.disclosure.Disclosure;
import org.vauban.disclosure.DisclosureRules;
import org.vauban.disclosure.Dominance;
import org.vauban.disclosure.Reason;
import org.vauban.disclosure.Rounding;
import org.vauban.disclosure.ShownCurves;
import org.vauban.disclosure.ShownFeatures;
import org.vauban.disclosure.ShownFlow;
import org.vauban.disclosure.ShownMagnitudes;
import org.vauban.disclosure.ShownTable;
import org.vauban.disclosure.Withheld;
import org.vauban.output.AttritionFlow;
import org.vauban.output.EffectEstimates;
import org.vauban.output.Features;
import org.vauban.output.FrequencyTable;
import org.vauban.output.MagnitudeTable;
import org.vauban.output.PersonSet;
import org.vauban.output.SurvivalCurves;

/**
 * The catalogue of attacks on outputs, by their numbers: each is tried on the product, which withstands, and on a planted weaker rule, which must not. The
 * numbers that are missing here are in docs/threat-model.md, with the test elsewhere that holds them or the word that nothing does.
 */
class CatalogueTest {
    private static final Knowledge PUBLIC = Knowledge.MARK_MAY_BE_ZERO;
    private static final int THRESHOLD = 11;
    private static final DisclosureRules RULES = DisclosureRules.standard().withRounding(Rounding.NONE);
    /** The planted weaker rule, where a weaker threshold is one. */
    private static final DisclosureRules WEAK = RULES.withThreshold(3);

    @TempDir
    Path folder;

    @Test
    void x01RowSubtraction() {
        CountedTable table = CountedTable.line(15, 21, 4);

        assertThat(broken(WeakProtector.protect(table, THRESHOLD))).isTrue();
        assertThat(broken(new Product(folder).check(table).published())).isFalse();
    }

    @Test
    void x02TableSubtraction() {
        CountedTable table = CountedTable.rows(3, 20, 4, 31, 14, 3, 27, 40, 52, 61);

        assertThat(broken(WeakProtector.protect(table, THRESHOLD))).isTrue();
        assertThat(broken(hiding(table, Set.of("L0,L1", "L1,L1"), Set.of("L0,L0", "L1,L0"))))
                .as("a block of four is [0, 7]")
                .isTrue();
        assertThat(broken(new Product(folder).check(table).published())).isFalse();
    }

    @Test
    void x03AStructuralZeroIsNoPartner() throws Exception {
        CountedTable table = CountedTable.rows(2, 5, 0, 30, 7, 2, 40);
        Path rules = Files.writeString(folder.resolve("rules.yaml"), "structural_zeros: [{d0: L0, d1: L1}]\n");

        PublishedTable block = hiding(table, Set.of("L0,L0", "L1,L0", "L1,L1"), Set.of());
        PublishedTable product =
                new Product(folder, "--rules", rules.toString()).check(table).published();

        // Everybody knows the zero: in both it stands there.
        assertThat(new TableAttacker(block, PUBLIC).attack()).allMatch(Interval::isExact);
        assertThat(product.cells().stream().filter(cell -> cell.levels().equals(List.of("L0", "L1"))))
                .allMatch(cell -> cell.shown().equals(OptionalLong.of(0)));
        assertThat(broken(product)).isFalse();
    }

    @Test
    void x04TwoMarksTellWhichIsSmall() {
        FrequencyTable table = table(CountedTable.line(4, 15, 21, 60));
        var shown = (ShownTable) cleared(table, RULES);

        Set<String> marks = new LinkedHashSet<>();
        shown.cells().stream().filter(cell -> cell.persons().isEmpty()).forEach(cell -> marks.add(cell.text()));
        long hidden =
                shown.cells().stream().filter(cell -> cell.persons().isEmpty()).count();
        Set<PublishedTable.Status> weaker = new LinkedHashSet<>();
        new Product(folder)
                .check(CountedTable.line(4, 15, 21, 60))
                .published()
                .cells()
                .forEach(cell -> weaker.add(cell.status()));

        assertThat(hidden).isGreaterThan(1);
        assertThat(marks).containsExactly(ShownTable.MARK);
        assertThat(weaker)
                .as("statuses, were they printed")
                .contains(PublishedTable.Status.PRIMARY, PublishedTable.Status.SECONDARY);
    }

    @Test
    void x05AnExactTotalOfRoundedParts() {
        var shown = (ShownTable) cleared(table(CountedTable.line(11, 11, 11, 11, 11, 11)), DisclosureRules.standard());
        List<Long> parts = shown.cells().stream()
                .filter(cell -> !cell.levels().contains(FrequencyTable.TOTAL))
                .map(cell -> cell.persons().orElseThrow())
                .toList();
        long total = shown.cells().getLast().persons().orElseThrow();

        assertThat(possibleInFirst(parts, OptionalLong.of(66)))
                .as("66 fits nothing but six times 11")
                .isEqualTo(1);
        assertThat(possibleInFirst(parts, total == 90 ? OptionalLong.empty() : OptionalLong.of(total)))
                .isEqualTo(10);
        assertThat(total).as("the sum of the parts says nothing new").isEqualTo(90);
    }

    @Test
    void x06AThresholdAndABaseThatAreNotAligned() {
        assertThat(IntStream.range(THRESHOLD, 200)
                        .filter(count -> Math.round(count / 5.0) * 5 == 10)
                        .count())
                .as("the nearest five: a 10 is 11 or 12")
                .isLessThan(3);
        for (int count = THRESHOLD; count < 200; count++) {
            var shown = (ShownTable) cleared(table(CountedTable.line(count, 300, 400)), DisclosureRules.standard());
            long written = shown.cells().getFirst().persons().orElseThrow();
            assertThat(written).isEqualTo((count - THRESHOLD) / 10 * 10 + 15);
        }
    }

    @Test
    void x16APercentageTellsItsNumerator() {
        // 1 of 13 is 7.69 %; of 11 to 20 persons only 1/13 is.
        assertThat(fractionsNear(0.0769, 11, 20)).hasSize(1);
        var shown = (ShownFeatures) cleared(features(40, 13), DisclosureRules.standard());
        double share = shown.share(shown.rows().getFirst(), 0).orElseThrow();

        assertThat(fractionsNear(share, 31, 50))
                .as("a share is made of the rounded numbers")
                .hasSizeGreaterThan(1);
        assertThat(Disclosure.review(features(40, 3), RULES)).isInstanceOf(Withheld.class);
        assertThat(Disclosure.review(features(40, 3), WEAK)).isInstanceOf(Cleared.class);
    }

    @Test
    void x18AMeanAndADeviationOfTwo() {
        // 50 and 1.4142 give 49 and 51 back.
        double mean = 50;
        double deviation = Math.sqrt(2);
        assertThat(mean - deviation / Math.sqrt(2)).isCloseTo(49, within(1e-9));
        assertThat(mean + deviation / Math.sqrt(2)).isCloseTo(51, within(1e-9));

        ShownMagnitudes shown = magnitudes(RULES, even(2, 50), even(40, 50), even(50, 50), even(60, 50));
        ShownMagnitudes weak = magnitudes(WEAK, even(3, 50), even(40, 50), even(50, 50), even(60, 50));

        assertThat(cell(shown, "L0").mean()).isEmpty();
        assertThat(cell(weak, "L0").mean()).as("a weaker threshold shows it").isPresent();
    }

    @Test
    void x19DominanceAlthoughTwelveStandBehindIt() {
        double[] dominated = even(12, 900);
        dominated[0] = 180_000;
        dominated[1] = 15_000;
        double sum = Arrays.stream(dominated).sum();
        DisclosureRules weak = new DisclosureRules(
                THRESHOLD, Rounding.NONE, Optional.empty(), List.of(), 7, 30, 10, 10, new Dominance(5, 1, 95));

        ShownMagnitudes shown = magnitudes(RULES, dominated, even(40, 900), even(50, 900), even(60, 900));
        ShownMagnitudes weaker = magnitudes(weak, dominated, even(40, 900), even(50, 900), even(60, 900));

        assertThat(cell(shown, "L0").sum()).isEmpty();
        // Who paid 15,000 knows the largest within 5 %.
        assertThat(cell(weaker, "L0").sum()).isPresent();
        assertThat((sum - 15_000 - 180_000) / 180_000).isLessThan(0.06);
    }

    @Test
    void x20ThePercentileThatIsOnePersonsOwn() {
        double[] ascending = IntStream.range(0, 30)
                .mapToDouble(person -> 1_000.0 + person * person)
                .toArray();
        List<MagnitudeTable.Cell> cells = List.of(
                MagnitudeTable.Cell.of(List.of("L0"), persons(0, 30), ascending, 50, 99),
                MagnitudeTable.Cell.of(List.of("L1"), persons(1_000, 2_000), even(2_000, 1_000), 50, 99));

        var shown = (ShownMagnitudes) ((Cleared) Disclosure.review(
                        new MagnitudeTable("costs", "Costs", List.of("d0"), cells, Set.of("d0")), RULES))
                .content();

        assertThat(ascending[(int) Math.ceil(0.99 * 30) - 1])
                .as("the usual definition: the maximum")
                .isEqualTo(ascending[29]);
        assertThat(cell(shown, "L0").percentiles().get(shown.percents().indexOf(99)))
                .isEmpty();
        assertThat(cell(shown, "L0").percentiles().get(shown.percents().indexOf(50)))
                .isPresent();
        assertThat(cell(shown, "L0")
                        .percentiles()
                        .get(shown.percents().indexOf(50))
                        .getAsDouble())
                .as("no one's own")
                .isNotIn(Arrays.stream(ascending).boxed().toList());
    }

    @Test
    void x21AStepOfACurveIsADateOfDeath() {
        // Two of 68 die on one day: the step alone says 2/68.
        SurvivalCurves curves = curves(66, 30, 4, 2);

        var weak = Disclosure.review(curves(66, 30, 4, 3), WEAK);
        var shown = Disclosure.review(curves, RULES);

        assertThat(((ShownCurves) ((Cleared) weak).content()).arms().getFirst().bins())
                .anyMatch(bin -> bin.events() > 0 && bin.events() < THRESHOLD);
        if (shown instanceof Cleared cleared) {
            assertThat(((ShownCurves) cleared.content()).arms().getFirst().bins())
                    .allMatch(bin -> bin.events() == 0 || bin.events() >= THRESHOLD)
                    .allMatch(bin -> bin.lastDay() - bin.firstDay() >= 6);
        }
    }

    @Test
    void x22ADummyForOnePerson() {
        EffectEstimates dummy = estimates(new EffectEstimates.Model(3, 4, 4));
        EffectEstimates saturated = estimates(new EffectEstimates.Model(90, 40, 40));

        assertThat(codes(dummy)).contains(Reason.Code.LEVEL_TOO_RARE);
        assertThat(codes(saturated)).contains(Reason.Code.MODEL_TOO_RICH);
        assertThat(Disclosure.review(dummy, WEAK)).as("a weaker threshold").isInstanceOf(Cleared.class);
    }

    @Test
    void x23EverybodyOfAClass() {
        // 25 of 25 women are positive: no count is small, and all are told.
        FrequencyTable table = table(CountedTable.rows(2, 25, 0, 40, 300));
        DisclosureRules nothingSensitive = RULES.withSensitive(Set.of());
        FrequencyTable insensitive = new FrequencyTable(table.name(), table.dimensions(), table.cells(), Set.of());

        assertThat(shown(cleared(table, RULES), "L0", "L0")).isEmpty();
        assertThat(shown(cleared(insensitive, nothingSensitive), "L0", "L0"))
                .as("a rule that looks at counts alone")
                .hasValue(25);
    }

    @Test
    void x24ThreeInAFlowChart() {
        AttritionFlow flow = flow(5_204, 5_201, 4_000);

        assertThat(losses(flow, RULES)).allMatch(lost -> lost == 0 || lost >= THRESHOLD);
        assertThat(losses(flow, WEAK)).contains(3L);
    }

    @Test
    void x25AnEmptyCellLooksLikeASmallOne() {
        FrequencyTable nobody = table(CountedTable.line(0, 40, 50, 60));
        FrequencyTable somebody = table(CountedTable.line(3, 40, 50, 60));
        FrequencyTable insensitive = new FrequencyTable(nobody.name(), nobody.dimensions(), nobody.cells(), Set.of());

        assertThat(shown(cleared(nobody, RULES), "L0")).isEmpty();
        assertThat(shown(cleared(somebody, RULES), "L0")).isEmpty();
        assertThat(shown(cleared(insensitive, RULES.withSensitive(Set.of())), "L0"))
                .as("a rule that shows zeros")
                .hasValue(0);
    }

    @Test
    void x26AskingAgainAveragesNothing() {
        FrequencyTable table = table(CountedTable.rows(2, 14, 37, 52, 91));
        String first = text(cleared(table, DisclosureRules.standard()));
        var random = new java.util.Random(26);
        Set<Long> noisy = new LinkedHashSet<>();

        for (int time = 0; time < 100; time++) {
            assertThat(text(cleared(table, DisclosureRules.standard()))).isEqualTo(first);
            noisy.add(14 + Math.round(2 * random.nextGaussian()));
        }

        assertThat(noisy).as("fresh noise averages out").hasSizeGreaterThan(5);
    }

    @Test
    void x27AHolderWhoKnowsThirteenOfFourteen() {
        List<FrequencyTable.Cell> cells =
                new ArrayList<>(table(CountedTable.line(14, 50, 60, 70)).cells());
        cells.replaceAll(cell -> cell.levels().equals(List.of("L0"))
                ? new FrequencyTable.Cell(cell.levels(), 14, Optional.empty(), false, OptionalLong.of(13))
                : cell);
        var told = new FrequencyTable("table", List.of("d0"), cells, Set.of("d0"));

        assertThat(shown(cleared(told, RULES), "L0")).isEmpty();
        assertThat(shown(cleared(table(CountedTable.line(14, 50, 60, 70)), RULES), "L0"))
                .as("a rule that does not know of holders")
                .hasValue(14);
    }

    @Test
    void x28AMessageInLabelsOrderOrDigits() {
        assertThatThrownBy(() -> FrequencyTable.Cell.of(persons(0, 20), "=HYPERLINK(1)"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FrequencyTable("NIR 1850578006084", List.of("d0"), List.of(), Set.of()))
                .isInstanceOf(IllegalArgumentException.class);
        FrequencyTable table = table(CountedTable.rows(2, 20, 30, 40, 50));
        FrequencyTable turned = new FrequencyTable(
                table.name(), table.dimensions(), table.cells().reversed(), table.sensitive());
        assertThat(text(cleared(turned, RULES))).isEqualTo(text(cleared(table, RULES)));

        double[] message = even(50, 40);
        message[7] = 40.1850578006084;
        assertThat(String.valueOf(cell(magnitudes(RULES, message, even(60, 40)), "L0")
                        .sum()
                        .orElseThrow()))
                .as("three digits, where the exact sum carries fifteen")
                .isEqualTo("2000.0")
                .isNotEqualTo(String.valueOf(Arrays.stream(message).sum()));
    }

    @Test
    void x31TheReasonThatBoundsTheFigure() {
        for (Reason.Code code : Reason.Code.values()) {
            for (Locale language : List.of(Locale.ENGLISH, Locale.FRENCH)) {
                Reason reason = new Reason(code, "", Optional.empty());
                assertThat(reason.sentence(language) + reason.remedy(language)).doesNotContainPattern("[0-9%]");
            }
        }
        assertThat("The largest contributor holds more than 85 %").containsPattern("[0-9%]");
    }

    // What the attacks are made of.

    private static boolean broken(PublishedTable published) {
        return new TableAttacker(published, PUBLIC).attack().stream().anyMatch(found -> found.isBroken(THRESHOLD));
    }

    private static Object cleared(org.vauban.output.RawOutput output, DisclosureRules rules) {
        return ((Cleared) Disclosure.review(output, rules)).content();
    }

    private static OptionalLong shown(Object content, String... levels) {
        return ((ShownTable) content)
                .cells().stream()
                        .filter(cell -> cell.levels().equals(List.of(levels)))
                        .findFirst()
                        .orElseThrow()
                        .persons();
    }

    private static String text(Object content) {
        return ((ShownTable) content)
                .cells().stream()
                        .map(cell -> cell.levels() + cell.text())
                        .toList()
                        .toString();
    }

    private static List<Reason.Code> codes(EffectEstimates estimates) {
        return ((Withheld) Disclosure.review(estimates, RULES))
                .reasons().stream().map(Reason::code).toList();
    }

    private static PersonSet persons(long first, long howMany) {
        return PersonSet.of(LongStream.range(first, first + howMany).toArray());
    }

    private static FrequencyTable table(CountedTable counted) {
        int dimensions = counted.cells().getFirst().levels().size();
        List<String> names =
                IntStream.range(0, dimensions).mapToObj(number -> "d" + number).toList();
        return new FrequencyTable(
                "table",
                names,
                counted.cells().stream()
                        .map(cell -> new FrequencyTable.Cell(cell.levels(), cell.count(), Optional.empty(), false))
                        .toList(),
                Set.copyOf(names));
    }

    private static PublishedTable hiding(CountedTable table, Set<String> primary, Set<String> secondary) {
        return new PublishedTable(
                table.cells().stream()
                        .map(cell -> {
                            String levels = String.join(",", cell.levels());
                            PublishedTable.Status status = primary.contains(levels)
                                    ? PublishedTable.Status.PRIMARY
                                    : secondary.contains(levels)
                                            ? PublishedTable.Status.SECONDARY
                                            : PublishedTable.Status.SHOWN;
                            return new PublishedTable.Cell(
                                    cell.levels(),
                                    status,
                                    status == PublishedTable.Status.SHOWN
                                            ? OptionalLong.of(cell.count())
                                            : OptionalLong.empty());
                        })
                        .toList(),
                THRESHOLD,
                PublishedTable.Reading.EXACT);
    }

    /** How many counts the first of some rounded parts can be, with an exact total or without. */
    private static long possibleInFirst(List<Long> parts, OptionalLong total) {
        return LongStream.rangeClosed(parts.getFirst() - 4, parts.getFirst() + 5)
                .filter(first -> {
                    long low = first
                            + parts.stream().skip(1).mapToLong(part -> part - 4).sum();
                    long high = first
                            + parts.stream().skip(1).mapToLong(part -> part + 5).sum();
                    return total.isEmpty() || (total.getAsLong() >= low && total.getAsLong() <= high);
                })
                .count();
    }

    /** The fractions of few persons that a share, told to four digits, can be. */
    private static List<String> fractionsNear(double share, int least, int most) {
        List<String> found = new ArrayList<>();
        for (int all = least; all <= most; all++) {
            for (int with = 1; with < all; with++) {
                if (Math.abs((double) with / all - share) < 0.005 * share) {
                    found.add(with + "/" + all);
                }
            }
        }
        return found;
    }

    private static Features features(int all, int with) {
        return new Features(
                "features",
                List.of(new Features.Group("Everybody", persons(0, all))),
                List.of(new Features.Row("condition_occurrence", 1, "A concept", 0, 0, List.of(persons(0, with)))));
    }

    private static double[] even(int persons, double each) {
        double[] values = new double[persons];
        Arrays.fill(values, each);
        return values;
    }

    private static ShownMagnitudes magnitudes(DisclosureRules rules, double[]... cells) {
        List<MagnitudeTable.Cell> all = new ArrayList<>();
        double[] everybody = new double[0];
        for (int number = 0; number < cells.length; number++) {
            all.add(MagnitudeTable.Cell.of(
                    List.of("L" + number), persons(10_000L * number, cells[number].length), cells[number]));
            double[] more = Arrays.copyOf(everybody, everybody.length + cells[number].length);
            System.arraycopy(cells[number], 0, more, everybody.length, cells[number].length);
            everybody = more;
        }
        all.add(MagnitudeTable.Cell.of(List.of(FrequencyTable.TOTAL), persons(1_000_000, everybody.length), everybody));
        return (ShownMagnitudes) cleared(new MagnitudeTable("costs", "Costs", List.of("d0"), all, Set.of("d0")), rules);
    }

    private static ShownMagnitudes.Cell cell(ShownMagnitudes shown, String level) {
        return shown.cells().stream()
                .filter(cell -> cell.levels().equals(List.of(level)))
                .findFirst()
                .orElseThrow();
    }

    /** Persons without the event on day 400, and others who have it on one day. */
    private static SurvivalCurves curves(int without, int later, int day, int events) {
        int size = without + later + events;
        int[] days = new int[size];
        boolean[] byEvent = new boolean[size];
        for (int person = 0; person < size; person++) {
            days[person] = person < events ? day : person < events + later ? 200 : 400;
            byEvent[person] = person < events + later;
        }
        return new SurvivalCurves(
                "km",
                "days",
                List.of(new SurvivalCurves.Arm(
                        "target", LongStream.range(0, size).toArray(), days, byEvent)),
                SurvivalCurves.Interval.LOG_LOG);
    }

    private static EffectEstimates estimates(EffectEstimates.Model model) {
        return new EffectEstimates(
                "effects",
                List.of(new EffectEstimates.Row(
                        "a",
                        "target",
                        "comparator",
                        "outcome",
                        "cox-efron-crude",
                        "hazard ratio",
                        "hr",
                        1.2,
                        0.8,
                        1.6,
                        OptionalDouble.of(0.17),
                        OptionalDouble.of(0.4),
                        persons(0, 400),
                        persons(10_000, 400),
                        persons(0, 50),
                        persons(10_000, 50),
                        model)));
    }

    private static AttritionFlow flow(long... remaining) {
        List<AttritionFlow.Step> steps = new ArrayList<>();
        for (int step = 0; step < remaining.length; step++) {
            steps.add(new AttritionFlow.Step("s" + step, persons(0, remaining[step])));
        }
        return new AttritionFlow("flow", List.of(new AttritionFlow.Arm("target", steps)));
    }

    private static List<Long> losses(AttritionFlow flow, DisclosureRules rules) {
        return ((ShownFlow) cleared(flow, rules))
                .arms().getFirst().steps().stream().map(ShownFlow.Step::lost).toList();
    }
}
