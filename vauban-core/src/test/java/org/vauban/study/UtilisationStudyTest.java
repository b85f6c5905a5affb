package org.vauban.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.vauban.study.SmallCdm.BLEEDING;
import static org.vauban.study.SmallCdm.CELECOXIB;
import static org.vauban.study.SmallCdm.DICLOFENAC;
import static org.vauban.study.SmallCdm.FEMALE;
import static org.vauban.study.SmallCdm.STROKE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.cohort.EvaluationProgress;
import org.vauban.cohort.compiled.CompiledEvaluator;
import org.vauban.cohort.reference.ReferenceEvaluator;
import org.vauban.output.AttritionFlow;
import org.vauban.output.Distributions;
import org.vauban.output.FrequencyTable;
import org.vauban.output.RawOutput;
import org.vauban.output.SurvivalCurves;
import org.vauban.trajectory.TrajectorySource;

/** How a medicine is used: a few persons counted by hand, random ones against a slow second count, and the example on GiBleed. */
class UtilisationStudyTest {
    private static final String DESIGN = """
            type: drug-utilisation
            drug: celecoxib
            washout-days: 60
            prior-observation-days: 30
            gap-days: 5
            follow-up-days: 200
            grace-days: 10
            covered-days: [20, 100]
            indications:
              among: [bleeding, stroke]
              windows: [{from-day: -30, to-day: -1}, {from-day: 0, to-day: 0}]
            changes:
              switch-to: [diclofenac]
              days: [30, 60]
            """;

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

    /**
     * From 1 June 2010 on: person 1 takes 10 days, 5 days later another 10, bleeds a week before, and switches after 20 days. Person 2 takes
     * 10 days and again 10 after 30 free days. Person 3 took it 50 days before. Person 4 is observed too short a time before. Person 5 takes
     * it outside observation.
     */
    @Test
    void aFewPersonsByHand() {
        var data = new SmallCdm()
                .person(1, 1970, FEMALE)
                .observed("2009-01-01", "2011-12-31")
                .takes(CELECOXIB, "2010-06-01", "2010-06-10")
                .takes(CELECOXIB, "2010-06-15", "2010-06-24")
                .takes(DICLOFENAC, "2010-07-14", "2010-07-20")
                .has(BLEEDING, "2010-05-25")
                .person(2, 1970, FEMALE)
                .observed("2009-01-01", "2011-12-31")
                .takes(CELECOXIB, "2010-06-01", "2010-06-10")
                .takes(CELECOXIB, "2010-07-11", "2010-07-20")
                .has(BLEEDING, "2010-06-01")
                .has(STROKE, "2010-06-01")
                .person(3, 1970, FEMALE)
                .observed("2009-01-01", "2011-12-31")
                .takes(CELECOXIB, "2010-04-01", "2010-04-12")
                .takes(CELECOXIB, "2010-06-01", "2010-06-10")
                .person(4, 1970, FEMALE)
                .observed("2010-05-15", "2011-12-31")
                .takes(CELECOXIB, "2010-06-01", "2010-06-10")
                .person(5, 1970, FEMALE)
                .observed("2012-01-01", "2013-12-31")
                .takes(CELECOXIB, "2010-06-01", "2010-06-10");

        StudyResults results = run("period: {from: 2010-05-01, to: 2011-12-31}\n", DESIGN, data);

        assertThat(results.attrition().arms().getFirst().steps())
                .extracting(AttritionFlow.Step::label, step -> step.remaining().size())
                .containsExactly(
                        tuple("With an exposure", 5),
                        tuple("Exposure on a day of observation", 4),
                        tuple("Start within the study period", 4),
                        tuple("No exposure in the 60 days before", 3),
                        tuple("30 days of observation before", 2));
        assertThat(values(results))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "Exposures", "2 2",
                        "Episodes", "1 2",
                        "Days of the first episode", "24 10",
                        "Days in episodes", "24 20",
                        "Days between first and second episode", "30",
                        "Share of 20 days covered", "0.8 0.5",
                        "Share of 100 days covered", "0.2 0.2"));
        assertThat(counts(results, "episodes"))
                .containsExactly("1: 1", "2: 1", "3: 0", "4: 0", "5 or more: 0", "Total: 2");
        assertThat(counts(results, "indications-1"))
                .containsExactly("Bleeding: 1", "Stroke: 0", "Several of them: 0", "None of them: 1", "Total: 2");
        assertThat(counts(results, "indications-2"))
                .containsExactly("Bleeding: 0", "Stroke: 0", "Several of them: 1", "None of them: 1", "Total: 2");
        assertThat(counts(results, "after-first-episode"))
                .containsExactly(
                        "Same medicine again, days 1 to 30: 0",
                        "Another medicine, days 1 to 30: 1",
                        "Both on one day, days 1 to 30: 0",
                        "Same medicine again, days 31 to 60: 1",
                        "Another medicine, days 31 to 60: 0",
                        "Both on one day, days 31 to 60: 0",
                        "No change in these days: 0",
                        "Total: 2");
        assertThat(persistence(results)).containsExactly("1: 24 ended", "2: 10 ended");
        assertThat(results.outputs()).extracting(RawOutput::toString).noneMatch(text -> text.contains("24"));
    }

    @Test
    void daysFromTheEntryIntoATargetAreToldAndTheUseMustBeginInIt() {
        var data = new SmallCdm()
                .person(1, 1970, FEMALE)
                .observed("2009-01-01", "2011-12-31")
                .takes(DICLOFENAC, "2010-05-20", "2010-07-20")
                .takes(CELECOXIB, "2010-06-01", "2010-06-10")
                .person(2, 1970, FEMALE)
                .observed("2009-01-01", "2011-12-31")
                .takes(CELECOXIB, "2010-06-01", "2010-06-10");

        StudyResults results = run("", "type: drug-utilisation\ndrug: celecoxib\ntarget: diclofenac-courses\n", data);

        assertThat(values(results)).containsEntry("Days from the entry to the first exposure", "12");
        assertThat(results.attrition().arms().getFirst().steps())
                .extracting(AttritionFlow.Step::label, step -> step.remaining().size())
                .contains(tuple("In the target cohort", 1));
    }

    /** Day by day, without any cleverness, on persons made up from fixed seeds. */
    @Test
    void aPlainCountDayByDayAgrees() {
        for (long seed = 20261123; seed < 20261143; seed++) {
            var random = new Random(seed);
            var data = new SmallCdm().buckets(3);
            var expected = new TreeMap<String, List<String>>();
            for (int id = 1; id <= 30; id++) {
                new PlainPerson(id, random)
                        .write(data)
                        .told()
                        .forEach((what, value) -> expected.computeIfAbsent(what, _ -> new ArrayList<>())
                                .add(value));
            }

            StudyResults results = run("", DESIGN, data);

            var found = new TreeMap<String, List<String>>();
            Distributions distributions = (Distributions) results.findings().getFirst();
            for (Distributions.Row row : distributions.rows()) {
                long[] persons = row.persons();
                double[] values = row.values();
                for (int index = 0; index < persons.length; index++) {
                    found.computeIfAbsent(row.measure(), _ -> new ArrayList<>())
                            .add(persons[index] + ": " + plain(values[index]));
                }
            }
            found.put("persistence", persistence(results));
            for (FrequencyTable.Cell cell :
                    table(results, "after-first-episode").cells()) {
                if (!cell.levels().contains("Total")) {
                    cell.persons().orElseThrow().stream()
                            .forEach(person -> found.computeIfAbsent("after", _ -> new ArrayList<>())
                                    .add(person + ": " + cell.levels().getFirst()));
                }
            }
            found.values().forEach(list -> list.sort(null));
            expected.values().forEach(list -> list.sort(null));
            assertThat(found).as("seed " + seed).isEqualTo(expected);
        }
    }

    /** One person as two arrays of days: taken or not, and the same of another medicine. */
    private static final class PlainPerson {
        private static final int DAYS = 500;
        private static final int FIRST = (int) LocalDate.parse("2010-01-01").toEpochDay();

        private final int id;
        private final int from;
        private final int to;
        private final List<int[]> exposures = new ArrayList<>();
        private final List<int[]> others = new ArrayList<>();

        PlainPerson(int id, Random random) {
            this.id = id;
            this.from = random.nextInt(60);
            this.to = 250 + random.nextInt(DAYS - 250);
            for (int count = random.nextInt(7); count > 0; count--) {
                int start = random.nextInt(DAYS);
                exposures.add(new int[] {start, Math.min(DAYS - 1, start + random.nextInt(40))});
            }
            for (int count = random.nextInt(3); count > 0; count--) {
                int start = random.nextInt(DAYS);
                others.add(new int[] {start, Math.min(DAYS - 1, start + random.nextInt(40))});
            }
        }

        PlainPerson write(SmallCdm data) {
            data.person(id, 1970, FEMALE).observed(date(from), date(to));
            exposures.forEach(each -> data.takes(CELECOXIB, date(each[0]), date(each[1])));
            others.forEach(each -> data.takes(DICLOFENAC, date(each[0]), date(each[1])));
            return this;
        }

        Map<String, String> told() {
            for (int day = from; day <= to; day++) {
                if (begins(exposures, day) && isEpisodeStart(day) && freeBefore(day) && day - from >= 30) {
                    return told(day, Math.min(to, day + 199));
                }
            }
            return Map.of();
        }

        private Map<String, String> told(int start, int last) {
            boolean[] covered = new boolean[last + 1];
            int count = 0;
            for (int[] each : exposures) {
                if (each[0] >= start && each[0] <= last) {
                    count++;
                    for (int day = each[0]; day <= Math.min(last, each[1]); day++) {
                        covered[day] = true;
                    }
                }
            }
            // Episodes: walk day by day; five days in a row without exposure end one.
            List<int[]> episodes = runs(covered, start, last, 5);
            List<int[]> uses = runs(covered, start, last, 10);
            Map<String, String> told = new TreeMap<>();
            told.put("Exposures", id + ": " + count);
            told.put("Episodes", id + ": " + episodes.size());
            told.put("Days of the first episode", id + ": " + (episodes.getFirst()[1] - start + 1));
            told.put(
                    "Days in episodes",
                    id + ": "
                            + episodes.stream()
                                    .mapToInt(each -> each[1] - each[0] + 1)
                                    .sum());
            if (episodes.size() > 1) {
                told.put(
                        "Days between first and second episode",
                        id + ": " + (episodes.get(1)[0] - episodes.get(0)[1] - 1));
            }
            for (int days : new int[] {20, 100}) {
                if (start + days - 1 <= last) {
                    long taken = IntStream.range(start, start + days)
                            .filter(day -> covered[day])
                            .count();
                    told.put("Share of " + days + " days covered", id + ": " + plain((double) taken / days));
                }
            }
            int end = uses.getFirst()[1];
            if (end + 10 <= last) {
                told.put("persistence", id + ": " + (end - start + 1) + " ended");
            } else if (last - 10 >= start) {
                told.put("persistence", id + ": " + (last - 10 - start + 1) + " going on");
            }
            int first = episodes.getFirst()[1];
            if (first + 60 <= last) {
                told.put("after", id + ": " + after(first, episodes));
            }
            return told;
        }

        private String after(int end, List<int[]> episodes) {
            for (int day = end + 1; day <= end + 60; day++) {
                boolean again = episodes.size() > 1 && episodes.get(1)[0] == day;
                boolean other = begins(others, day);
                if (again || other) {
                    String when = day - end <= 30 ? "days 1 to 30" : "days 31 to 60";
                    return (again && other ? "Both on one day" : again ? "Same medicine again" : "Another medicine")
                            + ", " + when;
                }
            }
            return "No change in these days";
        }

        /** Runs of covered days in which fewer than so many days in a row are free. */
        private static List<int[]> runs(boolean[] covered, int start, int last, int gap) {
            List<int[]> runs = new ArrayList<>();
            int free = gap;
            for (int day = start; day <= last; day++) {
                if (covered[day]) {
                    if (free >= gap) {
                        runs.add(new int[] {day, day});
                    }
                    runs.getLast()[1] = day;
                    free = 0;
                } else {
                    free++;
                }
            }
            return runs;
        }

        private boolean isEpisodeStart(int day) {
            return exposures.stream()
                    .noneMatch(each -> each[0] >= from && each[0] < day && Math.min(to, each[1]) >= day - 5);
        }

        private boolean freeBefore(int day) {
            return exposures.stream().noneMatch(each -> each[0] < day && each[1] >= day - 60);
        }

        private static boolean begins(List<int[]> exposures, int day) {
            return exposures.stream().anyMatch(each -> each[0] == day);
        }

        private static String date(int day) {
            return LocalDate.ofEpochDay(FIRST + day).toString();
        }
    }

    /** The figures are those of a script that reads the CSV files by itself. */
    @Test
    void theExampleOnGiBleedSaysHowAcetaminophenIsUsed() {
        Path data = SharedReference.folder("data/omop/gibleed_5.3.zip");
        StudyDefinition study = StudyDefinition.read(Examples.folder("gibleed").resolve("DRUG-UTILISATION.yaml"));

        StudyResults results = StudyRunner.run(
                StudyPlanner.plan(study), new ZippedCdm(data, 4), new CompiledEvaluator(), EvaluationProgress.SILENT);

        assertThat(results.attrition().arms().getFirst().steps())
                .extracting(step -> step.remaining().size())
                .containsExactly(2679, 2679, 2679, 2674);
        assertThat(((Distributions) results.findings().getFirst()).rows())
                .extracting(
                        Distributions.Row::measure,
                        Distributions.Row::size,
                        row -> row.quantile(0.25),
                        row -> row.quantile(0.5),
                        row -> row.quantile(0.75))
                .containsExactly(
                        tuple("Exposures", 2674, 1.0, 1.0, 2.0),
                        tuple("Episodes", 2674, 1.0, 1.0, 2.0),
                        tuple("Days of the first episode", 2674, 8.0, 15.0, 15.0),
                        tuple("Days in episodes", 2674, 15.0, 15.0, 30.0),
                        tuple("Days between first and second episode", 754, 299.0, 543.0, 803.75),
                        tuple("Share of 30 days covered", 2674, 8 / 30.0, 0.5, 0.5),
                        tuple("Share of 365 days covered", 2673, 8 / 365.0, 15 / 365.0, 22 / 365.0));
        assertThat(counts(results, "episodes"))
                .containsExactly("1: 1920", "2: 646", "3: 96", "4: 10", "5 or more: 2", "Total: 2674");
        assertThat(counts(results, "after-first-episode"))
                .containsExactly(
                        "Same medicine again, days 1 to 90: 38",
                        "Another medicine, days 1 to 90: 33",
                        "Both on one day, days 1 to 90: 0",
                        "Same medicine again, days 91 to 365: 189",
                        "Another medicine, days 91 to 365: 144",
                        "Both on one day, days 91 to 365: 1",
                        "Same medicine again, days 366 to 730: 256",
                        "Another medicine, days 366 to 730: 128",
                        "Both on one day, days 366 to 730: 4",
                        "No change in these days: 1878",
                        "Total: 2671");
    }

    private StudyResults run(String before, String design, TrajectorySource data) {
        String text = """
                study: small
                title: A few persons
                cohorts:
                  diclofenac-courses: {definition: diclofenac.json}
                records:
                  celecoxib: {label: Celecoxib | Célécoxib, table: drug_era, concepts: [%d]}
                  diclofenac: {table: drug_era, concepts: [%d]}
                  bleeding: {label: Bleeding, table: condition_occurrence, concepts: [%d]}
                  stroke: {label: Stroke, table: condition_occurrence, concepts: [%d]}
                """.formatted(CELECOXIB, DICLOFENAC, BLEEDING, STROKE) + before + "design:\n" + design.indent(2);
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

    private static Map<String, String> values(StudyResults results) {
        Map<String, String> found = new TreeMap<>();
        for (Distributions.Row row : ((Distributions) results.findings().getFirst()).rows()) {
            List<String> values = new ArrayList<>();
            for (double value : row.values()) {
                values.add(plain(value));
            }
            found.put(row.measure(), String.join(" ", values));
        }
        return found;
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }

    private static FrequencyTable table(StudyResults results, String name) {
        return results.findings().stream()
                .filter(FrequencyTable.class::isInstance)
                .map(FrequencyTable.class::cast)
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> counts(StudyResults results, String name) {
        return table(results, name).cells().stream()
                .map(cell -> cell.levels().getFirst() + ": " + cell.count())
                .toList();
    }

    private static List<String> persistence(StudyResults results) {
        SurvivalCurves.Arm arm = results.curves().getFirst().arms().getFirst();
        assertThat(arm.label()).isEqualTo("Celecoxib (persistence) | Célécoxib (persistance)");
        return new ArrayList<>(IntStream.range(0, arm.size())
                .mapToObj(index -> arm.persons()[index] + ": " + arm.days()[index]
                        + (arm.events()[index] ? " ended" : " going on"))
                .toList());
    }
}
