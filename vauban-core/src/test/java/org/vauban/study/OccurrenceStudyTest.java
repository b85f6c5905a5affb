package org.vauban.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;
import static org.vauban.study.SmallCdm.BLEEDING;
import static org.vauban.study.SmallCdm.CELECOXIB;
import static org.vauban.study.SmallCdm.FEMALE;
import static org.vauban.study.SmallCdm.MALE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vauban.cohort.EvaluationProgress;
import org.vauban.cohort.reference.ReferenceEvaluator;
import org.vauban.output.AttritionFlow;
import org.vauban.output.Occurrences;

/** Incidence and prevalence of a few persons, with every figure counted by hand; days at risk are counted with first and last day. */
class OccurrenceStudyTest {
    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void copiesTheExamples() throws IOException {
        try (Stream<Path> files = Files.list(Examples.folder("gibleed"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, folder.resolve(Objects.requireNonNull(file.getFileName())));
            }
        }
    }

    /** One person, born in 1970 and observed from 2 March 2010 to 30 June 2012; bleedings as listed. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            incomplete years are left out           | years    | true  |            | 2011: 365 days, 0
            or kept                                 | years    | false |            | 2010: 305 days, 0; 2011: 365 days, 0; 2012: 182 days, 0
            an event ends the days                  | years    | false | 2011-02-10 | 2010: 305 days, 0; 2011: 41 days, 1
            quarters                                | quarters | true  | 2011-02-10 | 2010-Q2: 91 days, 0; 2010-Q3: 92 days, 0; 2010-Q4: 92 days, 0
            the quarter of the event ends too soon  | quarters | false | 2010-05-01 | 2010-Q1: 30 days, 0; 2010-Q2: 31 days, 1
            months                                  | months   | true  | 2010-05-31 | 2010-04: 30 days, 0; 2010-05: 31 days, 1
            weeks begin on Monday                   | weeks    | true  | 2010-03-21 | 2010-W10: 7 days, 0; 2010-W11: 7 days, 1
            the whole period takes all days         | overall  | true  | 2010-03-11 | Whole period: 10 days, 1
            """)
    void incidenceByCalendar(String rule, String interval, String complete, String bleeding, String expected) {
        var data = new SmallCdm().person(1, 1970, FEMALE).observed("2010-03-02", "2012-06-30");
        if (bleeding != null) {
            data.has(BLEEDING, bleeding);
        }

        Occurrences found = run("""
                type: incidence
                outcome: gi-bleed
                interval: %s
                complete-intervals: %s
                """.formatted(interval, complete), data);

        assertThat(String.join(
                        "; ",
                        found.rows().stream()
                                .map(row -> row.interval() + ": " + row.days() + " days, " + row.events())
                                .toList()))
                .as(rule)
                .isEqualTo(expected);
    }

    @Test
    void aPersonGoesFromOneAgeGroupToTheNextAndStandsInOne() {
        // 40 on 1 January 2010: one year of days at 39, one at 40, and the event at 40.
        var data = new SmallCdm()
                .person(1, 1970, FEMALE)
                .observed("2009-01-01", "2010-12-31")
                .has(BLEEDING, "2010-01-10")
                .person(2, 1970, MALE)
                .observed("2009-01-01", "2010-12-31");

        Occurrences found = run("""
                type: incidence
                outcome: gi-bleed
                ages: [{from: 30, to: 39}, {from: 40, to: 49}]
                by-sex: true
                interval: overall
                """, data);

        assertThat(lines(found))
                .containsExactly(
                        "Total Total: 2 persons, 1 cases, 1 events, 1105 days",
                        "Total Female: 1 persons, 1 cases, 1 events, 375 days",
                        "Total Male: 1 persons, 0 cases, 0 events, 730 days",
                        "30-39 Total: 1 persons, 0 cases, 0 events, 730 days",
                        "30-39 Female: 0 persons, 0 cases, 0 events, 365 days",
                        "30-39 Male: 1 persons, 0 cases, 0 events, 365 days",
                        "40-49 Total: 1 persons, 1 cases, 1 events, 375 days",
                        "40-49 Female: 1 persons, 1 cases, 1 events, 10 days",
                        "40-49 Male: 0 persons, 0 cases, 0 events, 365 days");
    }

    @Test
    void whoEntersIsCountedFromTheDayTheyMayAndWhoCannotIsLostAtTheStepThatSaysWhy() {
        var data = new SmallCdm()
                .person(1, 1970, FEMALE)
                .observed("2009-07-01", "2011-12-31")
                .takes(CELECOXIB, "2010-03-01", "2010-03-31")
                .person(2, 1970, 8551)
                .observed("2009-01-01", "2011-12-31")
                .person(3, 1970, MALE)
                .observed("2001-01-01", "2003-12-31")
                .person(4, 1970, MALE)
                .observed("2010-12-01", "2010-12-31")
                .person(5, 2005, MALE)
                .observed("2001-01-01", "2011-12-31")
                .person(6, 1970, MALE)
                .observed("2001-01-01", "2011-12-31")
                .person(7, 1970, MALE)
                .observed("2001-01-01", "2011-12-31")
                .takes(CELECOXIB, "2010-03-01", "2010-03-31")
                .has(BLEEDING, "2005-05-05");

        StudyResults results = results("""
                type: incidence
                outcome: gi-bleed
                target: celecoxib
                prior-observation-days: 100
                ages: [{from: 18, to: 80}]
                by-sex: true
                interval: months
                """, data);

        assertThat(results.attrition().arms().getFirst().steps())
                .extracting(AttritionFlow.Step::label, step -> step.remaining().size())
                .containsExactly(
                        tuple("In the data", 7),
                        tuple("Sex is known", 6),
                        tuple("Year of birth is known", 6),
                        tuple("Observed on some day of the study", 5),
                        tuple("100 days of observation before", 4),
                        tuple("Of an age asked for", 3),
                        tuple("In the target cohort", 2),
                        tuple("At risk of the outcome", 1),
                        tuple("In an interval that is shown", 1));
        assertThat(lines(occurrences(results)).getFirst())
                .isEqualTo("Total Total: 1 persons, 0 cases, 0 events, 31 days");
    }

    /** Four persons around June 2010; celecoxib is the outcome, whose stays last. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            period | false | 3 of 4
            period | true  | 2 of 3
            start  | false | 1 of 3
            middle | false | 1 of 4
            end    | false | 2 of 4
            """)
    void prevalenceInJune(String measured, String full, String expected) {
        var data = new SmallCdm()
                .person(1, 1970, FEMALE) // Takes it from May to 1 June.
                .observed("2010-05-01", "2010-07-31")
                .takes(CELECOXIB, "2010-05-20", "2010-06-01")
                .person(2, 1970, FEMALE) // Comes on 10 June and takes it from the 15th to the end.
                .observed("2010-06-10", "2010-07-31")
                .takes(CELECOXIB, "2010-06-15", "2010-07-15")
                .person(3, 1970, FEMALE) // Takes it on the last day.
                .observed("2010-05-01", "2010-07-31")
                .takes(CELECOXIB, "2010-06-30", "2010-07-02")
                .person(4, 1970, FEMALE) // Never takes it in June.
                .observed("2010-05-01", "2010-07-31")
                .takes(CELECOXIB, "2010-07-01", "2010-07-02");

        Occurrences found = run("""
                type: prevalence
                outcome: celecoxib
                measured: %s
                full-contribution: %s
                interval: months
                """.formatted(measured, full), data);

        Occurrences.Row june = found.rows().stream()
                .filter(row -> row.interval().equals("2010-06"))
                .findFirst()
                .orElseThrow();
        assertThat(june.cases().size() + " of " + june.persons().size()).isEqualTo(expected);
    }

    @Test
    void aRateHasGarwoodsLimitsOrByarsAndAShareWilsons() {
        var count = new IncidenceCount(incidence(Design.RateLimits.EXACT));
        Occurrences.Estimate exact = count.estimate(100, 10, 10, 365_250).orElseThrow();
        Occurrences.Estimate byar = new IncidenceCount(incidence(Design.RateLimits.BYAR))
                .estimate(100, 10, 10, 365_250)
                .orElseThrow();

        // Ten events in 1,000 years: 4.795 to 18.390 exactly (Garwood's table).
        assertThat(exact.value()).isCloseTo(1000, within(1e-9));
        assertThat(exact.low()).isCloseTo(479.5, within(0.05));
        assertThat(exact.high()).isCloseTo(1839.0, within(0.05));
        assertThat(byar.low()).isNotEqualTo(exact.low()).isCloseTo(exact.low(), within(60.0));
        assertThat(count.estimate(1, 0, 0, 365_250).orElseThrow().low()).isZero();
        assertThat(count.estimate(0, 0, 0, 0)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, 3", "0, 2694", "7, 7", "2694, 2694", "1, 2694"})
    void aShareLiesInsideItsLimits(int cases, int persons) {
        var count = new PrevalenceCount(new Design.Prevalence(
                new Design.Population(Optional.empty(), 0, List.of(), false, OptionalInt.empty()),
                "celecoxib",
                Design.Moment.PERIOD,
                false,
                new Design.Calendar(CalendarInterval.YEARS, true)));

        Occurrences.Estimate found = count.estimate(persons, cases, cases, 0).orElseThrow();

        assertThat(found.low()).isBetween(0.0, found.value());
        assertThat(found.high()).isBetween(found.value(), 1.0);
    }

    /** The same days counted one by one, without any cleverness, on persons made up from a fixed seed. */
    @Test
    void aPlainCountOfEveryDayAgrees() {
        for (long seed = 20261122; seed < 20261142; seed++) {
            var random = new Random(seed);
            int washout = random.nextInt(40);
            boolean repeated = random.nextBoolean();
            int prior = random.nextInt(60);
            var data = new SmallCdm().buckets(3);
            var plain = new TreeMap<String, long[]>();
            for (int id = 1; id <= 30; id++) {
                int entry = day("2009-06-01") + random.nextInt(500);
                int exit = entry + random.nextInt(900);
                List<Integer> bleedings = new ArrayList<>();
                data.person(id, 1970, FEMALE).observed(date(entry), date(exit));
                for (int event = random.nextInt(6); event > 0; event--) {
                    int on = entry + random.nextInt(exit - entry + 1);
                    bleedings.add(on);
                    data.has(BLEEDING, date(on));
                }
                countPlainly(entry + prior, exit, bleedings, washout, repeated, plain);
            }

            Occurrences found = run("""
                    type: incidence
                    outcome: gi-bleed
                    prior-observation-days: %d
                    washout-days: %d
                    repeated-events: %s
                    interval: months
                    complete-intervals: false
                    """.formatted(prior, washout, repeated), data);

            assertThat(found.rows().stream()
                            .map(row -> row.interval() + " " + row.days() + " " + row.events() + " "
                                    + row.persons().size())
                            .toList())
                    .as("seed " + seed)
                    .isEqualTo(plain.entrySet().stream()
                            .map(entry -> entry.getKey() + " " + entry.getValue()[0] + " " + entry.getValue()[1] + " "
                                    + entry.getValue()[2])
                            .toList());
        }
    }

    private static void countPlainly(
            int from, int to, List<Integer> bleedings, int washout, boolean repeated, TreeMap<String, long[]> months) {
        boolean had = false;
        var seen = new TreeMap<String, long[]>();
        for (int day = from; day <= to; day++) {
            int today = day;
            boolean washed = bleedings.stream().noneMatch(on -> on < today && today <= on + washout);
            if (washed && (repeated || !had)) {
                long[] month = seen.computeIfAbsent(date(day).substring(0, 7), _ -> new long[3]);
                month[0]++;
                if (bleedings.contains(day)) {
                    month[1]++;
                    had = true;
                }
            }
        }
        seen.forEach((month, counts) -> {
            long[] all = months.computeIfAbsent(month, _ -> new long[3]);
            all[0] += counts[0];
            all[1] += counts[1];
            all[2]++;
        });
    }

    private static Design.Incidence incidence(Design.RateLimits limits) {
        return new Design.Incidence(
                new Design.Population(Optional.empty(), 0, List.of(), false, OptionalInt.empty()),
                "gi-bleed",
                OptionalInt.empty(),
                false,
                new Design.Calendar(CalendarInterval.YEARS, true),
                limits);
    }

    private Occurrences run(String design, SmallCdm data) {
        return occurrences(results(design, data));
    }

    private static Occurrences occurrences(StudyResults results) {
        return (Occurrences) results.findings().getFirst();
    }

    /** The cohorts of both examples; studies with a target or an age restrict themselves to 2010 and later where a period is set. */
    private StudyResults results(String design, SmallCdm data) {
        String period = design.contains("target") ? "period: {from: 2010-01-01, to: 2010-12-31}\n" : "";
        String text = """
                study: small
                title: A few persons
                %scohorts:
                  gi-bleed: {definition: gi-bleed.json}
                  celecoxib: {definition: celecoxib.json}
                design:
                """.formatted(period) + design.indent(2);
        try {
            Files.writeString(folder.resolve("SMALL.yaml"), text);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        return StudyRunner.run(
                StudyPlanner.plan(StudyDefinition.read(folder.resolve("SMALL.yaml"))),
                data,
                new ReferenceEvaluator(),
                EvaluationProgress.SILENT);
    }

    private static List<String> lines(Occurrences found) {
        return found.rows().stream()
                .map(row -> "%s %s: %d persons, %d cases, %d events, %d days"
                        .formatted(
                                row.age(),
                                row.sex(),
                                row.persons().size(),
                                row.cases().size(),
                                row.events(),
                                row.days()))
                .toList();
    }

    private static int day(String date) {
        return (int) LocalDate.parse(date).toEpochDay();
    }

    private static String date(int day) {
        return LocalDate.ofEpochDay(day).toString();
    }
}
