package org.vauban.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vauban.airlock.Airlock;
import org.vauban.airlock.Output;
import org.vauban.cohort.EvaluationProgress;
import org.vauban.disclosure.Cleared;
import org.vauban.hub.TestHub;
import org.vauban.omop.EditionId;
import org.vauban.output.RawOutput;
import org.vauban.people.Actor;
import org.vauban.people.Role;
import org.vauban.permit.Permit;
import org.vauban.permit.TestTerms;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;
import org.vauban.register.ReleasedDocument;
import org.vauban.study.StudyDefinition;
import org.vauban.study.StudyPlanner;
import org.vauban.trajectory.Period;

/** Studies that compare nobody, from the question to the register: one hub, and each design its own permit. */
class StudiesOffTheShelfTest {
    private static final Period YEARS = new Period(LocalDate.of(2020, 1, 1), LocalDate.of(2021, 12, 31));

    @TempDir
    static Path folder = Path.of("");

    private static Optional<TestHub> opened = Optional.empty();
    private static Optional<EditionId> edition = Optional.empty();

    @BeforeAll
    static void open() {
        var hub = new TestHub(folder);
        hub.person("administrator", Role.ADMINISTRATOR);
        hub.person("researcher", Role.RESEARCHER);
        hub.person("member", Role.COMMITTEE_MEMBER);
        hub.person("first", Role.OUTPUT_CHECKER);
        hub.person("second", Role.OUTPUT_CHECKER);
        edition = Optional.of(hub.hub()
                .publications()
                .omop(
                        hub.person("manager", Role.DATA_MANAGER),
                        TinyHospital.write(folder.resolve("omop")),
                        folder.resolve("rejects.csv"))
                .edition()
                .id());
        opened = Optional.of(hub);
    }

    @AfterAll
    static void close() {
        opened.ifPresent(TestHub::close);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            incidence  | {type: incidence, outcome: three, interval: overall}  | occurrences | Incidence : Trois
            features   | {type: characterisation, cohorts: [one, two], features: {tables: [condition_occurrence], windows: [{from-day: 1, to-day: 60}]}} | features | Ce qui est enregistré : Un, Deux
            persistence | {type: drug-utilisation, drug: one, grace-days: 30}  | survival-curves | Temps sans l’événement (Kaplan–Meier)
            pathways   | {type: treatment-pathways, target: one, treatments: [two, three], least-part-days: 0} | pathways | Un : traitements successifs
            prevalence | {type: prevalence, outcome: one, interval: years}     | occurrences | Prévalence : Un
            """)
    void whatIsAskedUnderAPermitIsReviewedLetOutByTwoPeopleAndReadOnTheRegister(
            String output, String design, String kind, String title) {
        Path study =
                TinyHospital.asking(folder.resolve(output), "{from: 2020-01-01, to: 2021-12-31}", "design: " + design);
        Permit permit = granted(study, YEARS);

        Receipt receipt = run(study, permit);

        // Kept sealed under the project's pseudonyms, and read back the same.
        List<RawOutput> exact = hub().hub().projects().results(researcher(), permit.project(), receipt.analysis());
        assertThat(exact).extracting(RawOutput::name).contains(output, "attrition");
        assertThat(exact).noneMatch(each -> each.toString().contains("="));

        List<Output> asked = hub().hub().airlock().request(researcher(), receipt.analysis(), List.of(output));
        assertThat(asked).singleElement().satisfies(each -> {
            hub().hub().airlock().review(hub().login("first"), each.id(), Airlock.Decision.APPROVED, "safe");
            assertThat(document(each)).isEmpty();
            hub().hub().airlock().review(hub().login("second"), each.id(), Airlock.Decision.APPROVED, "safe");
            ReleasedDocument document = document(each).orElseThrow();
            assertThat(document.kind()).isEqualTo(kind);
            assertThat(document.title()).containsEntry("fr", title);
            for (String language : List.of("fr", "en")) {
                assertThat(document.figure().get(language)).contains("<svg").contains("<desc");
                assertThat(document.table().get(language)).contains("<caption>").contains("scope=");
            }
            assertThat(document.csv()).startsWith("result_id,cdm_name").contains("count,integer");
        });
    }

    /** 120 persons take the first medicine for 61 days each; the second one is no switch, as nobody takes both. */
    @Test
    void howAMedicineIsUsedLeavesAsMediansAndTables() {
        Path study = TinyHospital.asking(
                folder.resolve("use"), "{from: 2020-01-01, to: 2021-12-31}", """
                records:
                  courses: {label: Courses | Cures, table: drug_era, concepts: [%d]}
                design:
                  type: drug-utilisation
                  drug: courses
                  covered-days: [100]
                  changes: {switch-to: [two], days: [30]}
                """.formatted(TinyHospital.DRUG_1));
        Permit permit = granted(study, YEARS);
        Receipt receipt = run(study, permit);

        List<Output> asked = hub().hub().airlock().request(researcher(), receipt.analysis(), List.of("utilisation"));
        ReleasedDocument document = released(asked.getFirst());

        assertThat(document.kind()).isEqualTo("distributions");
        assertThat(document.title())
                .containsEntry("en", "Courses: how it is used, 115 persons")
                .containsEntry("fr", "Cures : comment il est utilisé, 115 personnes");
        assertThat(document.csv())
                .contains("Days of the first episode,,median,numeric,61,")
                .contains("Share of 100 days covered,,median,numeric,0.61,")
                .contains("Days between first and second episode,,median,numeric,*");
        assertThat(document.table().get("fr")).contains("Part des 100 jours couverts", "caché");
        // Everybody stays without a change. That tells of each of them: only the table's total may leave.
        assertThat(receipt.outputs())
                .filteredOn(output -> output.name().equals("after-first-episode"))
                .singleElement()
                .satisfies(output -> assertThat(output.verdict())
                        .isInstanceOfSatisfying(
                                Cleared.class,
                                cleared -> assertThat(cleared.tally()).isEqualTo(new Cleared.Tally(5, 4, 1))));
    }

    private static ReleasedDocument released(Output output) {
        hub().hub().airlock().review(hub().login("first"), output.id(), Airlock.Decision.APPROVED, "safe");
        hub().hub().airlock().review(hub().login("second"), output.id(), Airlock.Decision.APPROVED, "safe");
        return document(output).orElseThrow();
    }

    @Test
    void ratiosWithinPersonsLeaveWithTheChecksThatSayWhetherTheyMayBeRead() {
        Path study = TinyHospital.asking(folder.resolve("series"), "{from: 2020-02-01, to: 2021-12-31}", """
                design:
                  type: self-controlled-case-series
                  outcome: three
                  exposures:
                    - cohort: one
                      pre-exposure-days: 30
                      windows: [{name: month, start: {anchor: cohort-start, days: 0}, end: {anchor: cohort-start, days: 30}}]
                """);
        Permit permit = granted(study, YEARS);

        Receipt receipt = run(study, permit);
        List<Output> asked =
                hub().hub().airlock().request(researcher(), receipt.analysis(), List.of("estimates", "checks"));
        for (Output each : asked) {
            hub().hub().airlock().review(hub().login("first"), each.id(), Airlock.Decision.APPROVED, "safe");
            hub().hub().airlock().review(hub().login("second"), each.id(), Airlock.Decision.APPROVED, "safe");
        }

        assertThat(asked)
                .extracting(each -> document(each).orElseThrow().kind())
                .containsExactlyInAnyOrder("effect-estimates", "design-checks");
        for (Output each : asked) {
            ReleasedDocument document = document(each).orElseThrow();
            if (document.kind().equals("design-checks")) {
                assertThat(document.title().get("fr")).contains("Trois", "cela peut-il être lu");
                assertThat(document.table().get("fr")).contains("Taux juste avant l’exposition", "Un", "caché");
                assertThat(document.csv()).contains("event_dependent_observation,,answer,character,not_run");
            } else {
                assertThat(document.csv())
                        .contains("month,One,Other days of the same persons,Three,conditional-poisson");
                assertThat(document.table().get("fr")).contains("Autres jours des mêmes personnes");
            }
        }
    }

    @Test
    void whatReadsDaysBeforeThePermitsIsToldWhichAndWhy() {
        Path study = TinyHospital.asking(
                folder.resolve("before"),
                "{from: 2020-01-01, to: 2021-12-31}",
                "design: {type: incidence, outcome: three, prior-observation-days: 100, washout-days: 31}");
        Permit permit = granted(study, YEARS);

        assertThatThrownBy(() -> run(study, permit)).isInstanceOfSatisfying(ProblemException.class, refused -> {
            assertThat(refused.code()).isEqualTo(ProblemCode.PERMIT_PERIOD);
            assertThat(refused.problems().getFirst().sentence(Locale.ENGLISH))
                    .contains("2019-09-23 – 2019-12-31", "prior-observation-days: 100")
                    .doesNotContain("{");
        });
    }

    private static TestHub hub() {
        return opened.orElseThrow();
    }

    private static Actor researcher() {
        return hub().login("researcher");
    }

    private static Receipt run(Path study, Permit permit) {
        return hub().hub()
                .gate()
                .run(
                        researcher(),
                        new StudyRequest(study, edition.orElseThrow(), permit.project()),
                        EvaluationProgress.SILENT);
    }

    private static Permit granted(Path study, Period period) {
        var columns = StudyPlanner.plan(StudyDefinition.read(study)).needs().columns();
        Permit asked = hub().hub()
                .permits()
                .request(
                        researcher(),
                        TestTerms.of(edition.orElseThrow(), columns, period).terms());
        return hub().hub().permits().grant(hub().login("member"), asked.id());
    }

    private static Optional<ReleasedDocument> document(Output output) {
        return hub().hub().register().document(output.id().value());
    }
}
