package org.vauban.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.vauban.study.SmallCdm.BLEEDING;
import static org.vauban.study.SmallCdm.CELECOXIB;
import static org.vauban.study.SmallCdm.DICLOFENAC;
import static org.vauban.study.SmallCdm.FEMALE;
import static org.vauban.study.SmallCdm.MALE;
import static org.vauban.study.SmallCdm.STROKE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vauban.cohort.EvaluationProgress;
import org.vauban.cohort.reference.ReferenceEvaluator;
import org.vauban.output.AttritionFlow;
import org.vauban.output.Features;
import org.vauban.output.FrequencyTable;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;
import org.vauban.trajectory.Domain;
import org.vauban.trajectory.Trajectories;

/** Who the members of cohorts are: a few persons, every figure counted by hand. */
class CharacterisationStudyTest {
    private static final String TWO = """
            type: characterisation
            cohorts: [celecoxib, diclofenac]
            prior-observation-days: 100
            features:
              tables: [condition_occurrence, drug_era]
              windows: [{from-day: -365, to-day: -1}, {from-day: 0, to-day: 0}, {from-day: 1, to-day: 30}]
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

    /** One person takes celecoxib from 1 June 2010 on; a stroke is recorded on a day. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            2009-05-31 | 366 days before: in no window        | none
            2009-06-01 | 365 days before                      | -365 to -1
            2010-05-31 | the day before                       | -365 to -1
            2010-06-01 | the day of the entry                 | 0 to 0
            2010-06-02 | the day after                        | 1 to 30
            2010-07-01 | 30 days after                        | 1 to 30
            2010-07-02 | 31 days after: in no window          | none
            """)
    void aRecordCountsInTheWindowInWhichItBegins(String day, String rule, String window) {
        var data = new SmallCdm()
                .person(1, 1970, FEMALE)
                .observed("2008-01-01", "2011-12-31")
                .takes(CELECOXIB, "2010-06-01", "2010-06-30")
                .has(STROKE, day);

        List<String> found = features(results(TWO, data)).rows().stream()
                .filter(row -> row.concept() == STROKE)
                .map(row -> row.fromDay() + " to " + row.toDay())
                .toList();

        assertThat(String.join(", ", found)).as(rule).isEqualTo(window.equals("none") ? "" : window);
    }

    @Test
    void eachPersonCountsOnceAndGroupsAreDescribedSideBySide() {
        var data = new SmallCdm()
                .person(1, 1970, FEMALE) // Two strokes in the year before.
                .observed("2008-01-01", "2011-12-31")
                .takes(CELECOXIB, "2010-06-01", "2010-06-30")
                .has(STROKE, "2010-01-01")
                .has(STROKE, "2010-02-01")
                .person(2, 1930, MALE) // A second course later: the first counts.
                .observed("2008-01-01", "2011-12-31")
                .takes(CELECOXIB, "2010-03-01", "2010-03-31")
                .takes(CELECOXIB, "2011-03-01", "2011-03-31")
                .has(BLEEDING, "2011-02-01")
                .person(3, 1970, MALE)
                .observed("2008-01-01", "2011-12-31")
                .takes(DICLOFENAC, "2010-06-01", "2010-06-30")
                .person(4, 1970, FEMALE) // In both: in neither.
                .observed("2008-01-01", "2011-12-31")
                .takes(CELECOXIB, "2010-06-01", "2010-06-30")
                .takes(DICLOFENAC, "2010-09-01", "2010-09-30")
                .person(5, 1970, FEMALE) // Not observed for 100 days before.
                .observed("2010-05-01", "2011-12-31")
                .takes(DICLOFENAC, "2010-06-01", "2010-06-30");

        StudyResults results = results(TWO, data);

        assertThat(results.attrition().arms())
                .extracting(arm -> arm.steps().stream()
                        .map(step -> step.remaining().size())
                        .toList())
                .containsExactly(List.of(3, 2, 2), List.of(3, 2, 1));
        assertThat(results.attrition().arms().getFirst().steps())
                .extracting(AttritionFlow.Step::label)
                .containsExactly("Original cohort", "Not in both cohorts", "100 days of observation before");
        assertThat(features(results).groups())
                .extracting(Features.Group::label, group -> group.persons().size())
                .containsExactly(tuple("celecoxib", 2), tuple("diclofenac", 1));
        assertThat(lines(features(results)))
                .containsExactly(
                        "condition_occurrence " + STROKE + " -365 to -1: 1, 0",
                        "drug_era " + CELECOXIB + " 0 to 0: 2, 0",
                        "drug_era " + DICLOFENAC + " 0 to 0: 0, 1");
        FrequencyTable sex = results.characteristics().getFirst();
        assertThat(sex.cells())
                .filteredOn(cell -> !cell.levels().contains("Total"))
                .extracting(FrequencyTable.Cell::levels, FrequencyTable.Cell::count)
                .containsExactly(
                        tuple(List.of("celecoxib", "Female"), 1L),
                        tuple(List.of("celecoxib", "Male"), 1L),
                        tuple(List.of("diclofenac", "Female"), 0L),
                        tuple(List.of("diclofenac", "Male"), 1L));
    }

    @Test
    void oneCohortAloneHasNoTotalsOverIt() {
        var data = new SmallCdm()
                .person(1, 1970, FEMALE)
                .observed("2008-01-01", "2011-12-31")
                .takes(CELECOXIB, "2010-06-01", "2010-06-30");

        StudyResults results = results("type: characterisation\ncohorts: [celecoxib]\n", data);

        assertThat(results.findings()).isEmpty();
        assertThat(results.characteristics().getFirst().cells())
                .extracting(cell -> cell.levels().getFirst())
                .containsOnly("celecoxib");
    }

    @Test
    void rareConceptsAreNotToldAndRecordsWithoutAConceptAreNone() {
        var data = new SmallCdm();
        for (int id = 1; id <= 10; id++) {
            data.person(id, 1970, FEMALE)
                    .observed("2008-01-01", "2011-12-31")
                    .takes(CELECOXIB, "2010-06-01", "2010-06-30")
                    .has(0, "2010-01-01");
            if (id <= 3) {
                data.has(STROKE, "2010-01-01");
            }
            if (id <= 2) {
                data.has(BLEEDING, "2010-01-01");
            }
        }

        assertThat(lines(features(results(TWO + "  least-share: 0.3\n", data))))
                .containsExactly(
                        "condition_occurrence " + STROKE + " -365 to -1: 3, 0",
                        "drug_era " + CELECOXIB + " 0 to 0: 10, 0");
    }

    @Test
    void moreThanFitsInMemoryIsSaidBeforeAnybodyIsKept() {
        var choice = new FeatureChoice(List.of(Domain.CONDITION_OCCURRENCE), List.of(new DayWindow(-365, -1)), 0.01);
        var counts = new FeatureCounts(choice, 1, 1);
        Trajectories bucket = new SmallCdm()
                .person(1, 1970, FEMALE)
                .has(STROKE, "2010-01-01")
                .person(2, 1970, FEMALE)
                .has(STROKE, "2010-01-01")
                .read(0, StudyPlanner.needsOfConcepts(Domain.CONDITION_OCCURRENCE));
        counts.count(0, bucket, 0, SmallCdm.day("2010-06-01"));
        counts.count(0, bucket, 1, SmallCdm.day("2010-06-01"));

        assertThatThrownBy(() -> counts.choose(new int[] {2}))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.code()).isEqualTo(ProblemCode.STUDY_TOO_LARGE));
    }

    /** The same counted fact by fact, without any cleverness, on persons made up from a fixed seed. */
    @Test
    void aPlainCountOfEveryRecordAgrees() {
        for (long seed = 20261122; seed < 20261137; seed++) {
            var random = new Random(seed);
            var data = new SmallCdm().buckets(3);
            var plain = new TreeMap<String, Set<Integer>>();
            for (int id = 1; id <= 40; id++) {
                int drug = random.nextBoolean() ? CELECOXIB : DICLOFENAC;
                int entry = day("2010-01-01") + random.nextInt(400);
                data.person(id, 1970, FEMALE)
                        .observed("2000-01-01", "2015-12-31")
                        .takes(drug, date(entry), date(entry + 9));
                String group = drug == CELECOXIB ? "1" : "2";
                plain.computeIfAbsent(group + " drug_era " + drug + " 0 to 0", _ -> new TreeSet<>())
                        .add(id);
                for (int record = random.nextInt(5); record > 0; record--) {
                    int condition = random.nextBoolean() ? STROKE : BLEEDING;
                    int on = entry - 400 + random.nextInt(450);
                    data.has(condition, date(on));
                    int days = on - entry;
                    String window = days >= -365 && days <= -1
                            ? "-365 to -1"
                            : days == 0 ? "0 to 0" : days >= 1 && days <= 30 ? "1 to 30" : "none";
                    if (!window.equals("none")) {
                        plain.computeIfAbsent(
                                        group + " condition_occurrence " + condition + " " + window,
                                        _ -> new TreeSet<>())
                                .add(id);
                    }
                }
            }

            Features found = features(results(TWO, data));

            var seen = new TreeMap<String, Integer>();
            for (Features.Row row : found.rows()) {
                for (int group = 0; group < 2; group++) {
                    int persons = row.persons().get(group).size();
                    if (persons > 0) {
                        seen.put(
                                (group + 1) + " " + row.table() + " " + row.concept() + " " + row.fromDay() + " to "
                                        + row.toDay(),
                                persons);
                    }
                }
            }
            var expected = new TreeMap<String, Integer>();
            plain.forEach((key, persons) -> expected.put(key, persons.size()));
            assertThat(seen).as("seed " + seed).isEqualTo(expected);
        }
    }

    private static Features features(StudyResults results) {
        return (Features) results.findings().getFirst();
    }

    private static List<String> lines(Features features) {
        List<String> lines = new ArrayList<>();
        for (Features.Row row : features.rows()) {
            lines.add(row.table() + " " + row.concept() + " " + row.fromDay() + " to " + row.toDay() + ": "
                    + String.join(
                            ", ",
                            row.persons().stream()
                                    .map(persons -> String.valueOf(persons.size()))
                                    .toList()));
        }
        return lines;
    }

    private StudyResults results(String design, SmallCdm data) {
        String text = """
                study: small
                title: A few persons
                cohorts:
                  celecoxib: {definition: celecoxib.json}
                  diclofenac: {definition: diclofenac.json}
                covariates:
                  sex: {kind: sex, label: Sex}
                design:
                """ + design.indent(2);
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

    private static int day(String date) {
        return (int) LocalDate.parse(date).toEpochDay();
    }

    private static String date(int day) {
        return LocalDate.ofEpochDay(day).toString();
    }
}
