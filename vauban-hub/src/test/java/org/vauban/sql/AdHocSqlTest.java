package org.vauban.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.vauban.hub.ProblemAssertions.refusesWith;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.airlock.Output;
import org.vauban.disclosure.Cleared;
import org.vauban.gate.Receipt;
import org.vauban.gate.TinyHospital;
import org.vauban.hub.TestHub;
import org.vauban.ledger.entry.LogEntry;
import org.vauban.ledger.entry.Phase;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.EditionId;
import org.vauban.output.FrequencyTable;
import org.vauban.people.Actor;
import org.vauban.people.Role;
import org.vauban.permit.Permit;
import org.vauban.permit.TestTerms;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;
import org.vauban.trajectory.Period;

/** One hub with one small edition: whoever writes SQL sees what is granted, and nobody sees more. */
class AdHocSqlTest {
    private static final Period YEAR_2021 = new Period(LocalDate.of(2021, 1, 1), LocalDate.of(2021, 12, 31));
    private static final String ALL = "person.person_id person.year_of_birth person.gender_concept_id"
            + " drug_era.drug_concept_id drug_era.drug_era_start_date drug_era.drug_era_id"
            + " condition_occurrence.condition_concept_id condition_occurrence.condition_start_date";

    @TempDir
    Path folder;

    TestHub hub;
    Actor researcher;
    Actor member;
    EditionId edition;

    @BeforeEach
    void open() {
        hub = new TestHub(folder);
        hub.person("administrator", Role.ADMINISTRATOR);
        Actor manager = hub.person("manager", Role.DATA_MANAGER);
        researcher = hub.person("researcher", Role.RESEARCHER);
        member = hub.person("member", Role.COMMITTEE_MEMBER);
        edition = hub.hub()
                .publications()
                .omop(manager, TinyHospital.write(folder.resolve("omop")), folder.resolve("rejects.csv"))
                .edition()
                .id();
    }

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void whoMayExploreSeesTheGrantedRowsUnderTheProjectsOwnNames() {
        Permit permit = granted(ALL, Period.ALWAYS, true);
        long before = hub.hub().journal().tiles().size();

        Explored explored = explore(permit, """
                SELECT p.person_id, year_of_birth, count(drug_era_id) AS eras, min(drug_era_start_date) AS first
                FROM person p JOIN drug_era USING (person_id) JOIN concept c ON c.concept_id = drug_concept_id
                WHERE c.concept_name = 'One' GROUP BY ALL ORDER BY first, p.person_id""");

        assertThat(explored.columns())
                .extracting(Explored.Column::name)
                .containsExactly("person_id", "year_of_birth", "eras", "first");
        assertThat(explored.isWhole()).isTrue();
        assertThat(explored.rows()).hasSize(120).allSatisfy(row -> {
            assertThat(Long.parseLong(row.getFirst())).isGreaterThan(240);
            assertThat(row.get(2)).isEqualTo("1");
        });
        assertThat(phases(before)).containsExactly(new Phase.Begun(), new Phase.Concluded(explored.logIndex(), "done"));
        Set<String> other = explore(granted(ALL, Period.ALWAYS, true), "SELECT person_id FROM person").rows().stream()
                .map(List::getFirst)
                .collect(Collectors.toSet());
        assertThat(explored.rows()).extracting(List::getFirst).doesNotContainAnyElementsOf(other);
    }

    @Test
    void whatIsNotGrantedIsNotThere() {
        Permit permit = granted("person.year_of_birth drug_era.drug_era_start_date", YEAR_2021, true);

        assertThat(explore(permit, "SELECT * FROM person").columns())
                .extracting(Explored.Column::name)
                .containsExactly("person_id", "year_of_birth");
        assertThat(explore(
                                permit,
                                "SELECT min(drug_era_start_date), max(drug_era_start_date), count(*) > 0 FROM drug_era")
                        .rows())
                .containsExactly(List.of("2021-01-01", "2021-05-01", "true"));
        refused(permit, ProblemCode.PERMIT_TABLE, "SELECT * FROM measurement");
        assertThat(LogEntry.parse(last()).header().act()).isEqualTo("access-refused");
        refused(permit, ProblemCode.SQL_NOT_UNDERSTOOD, "SELECT person_source_value FROM person");
    }

    @Test
    void rowsAreNotShownUnlessThePermitSaysSoAndNothingIsRead() {
        Permit permit = granted(ALL, Period.ALWAYS, false);
        long unwrapped = editionKeysUnwrapped();

        refused(permit, ProblemCode.PERMIT_EXPLORE, "SELECT * FROM person");

        assertThat(LogEntry.parse(last()).header().phase())
                .isEqualTo(new Phase.Entered(ProblemCode.PERMIT_EXPLORE.name()));
        hub.clock().advance(Duration.between(hub.clock().instant(), permit.endsAt()));
        researcher = hub.login("researcher");
        refused(permit, ProblemCode.PERMIT_EXPIRED, "SELECT * FROM person");
        refusesWith(
                ProblemCode.PERMIT_EXPIRED,
                () -> tabulate(permit, "SELECT person_id, year_of_birth AS y FROM person", "y"));
        assertThat(editionKeysUnwrapped()).isEqualTo(unwrapped);
    }

    @Test
    void mistakesAreToldWithTheirPlaceAndNoValue() {
        Permit permit = granted(ALL, Period.ALWAYS, true);

        ProblemException unknown = refused(
                permit,
                ProblemCode.SQL_NOT_UNDERSTOOD,
                "-- mine\nSELECT year_of_birth,\n    no_such_column\nFROM person;\n");
        assertThat(unknown.problem().where().orElseThrow().line()).isEqualTo(OptionalInt.of(3));
        assertThat(unknown.problem().where().orElseThrow().column()).isEqualTo(OptionalInt.of(5));
        assertThat(unknown.problem().arguments()).containsEntry("found", "no_such_column");
        ProblemException failed =
                refused(permit, ProblemCode.SQL_FAILED, "SELECT CAST('a' || year_of_birth AS INTEGER) FROM person");
        assertThat(failed.problem().arguments()).isEmpty();
        refused(permit, ProblemCode.SQL_NOT_ONE_SELECT, "SELECT 1; DROP TABLE person");
        refused(permit, ProblemCode.SQL_FORBIDDEN, "SELECT * FROM read_text('/etc/passwd')");
        assertThat(LogEntry.parse(last()).header().phase())
                .isInstanceOfSatisfying(
                        Phase.Concluded.class,
                        phase -> assertThat(phase.result()).isEqualTo("failed"));
    }

    @Test
    void aTabulationCountsPersonsAndMayAskToLeave() {
        Permit permit = granted(ALL, Period.ALWAYS, false);

        Receipt receipt = tabulate(
                permit,
                "SELECT person_id, CASE drug_concept_id WHEN 2000000101 THEN 'One' ELSE 'Two' END AS medicine,"
                        + " year_of_birth // 25 * 25 AS born FROM drug_era JOIN person USING (person_id)",
                "medicine",
                "born");

        assertThat(receipt.outputs()).singleElement().satisfies(output -> {
            assertThat(output.kind()).isEqualTo("frequency-table");
            assertThat(output.verdict()).isInstanceOf(Cleared.class);
        });
        var table = (FrequencyTable) hub.hub()
                .projects()
                .results(researcher, permit.project(), receipt.analysis())
                .getFirst();
        assertThat(table.cells())
                .extracting(cell -> cell.levels() + " " + cell.count())
                .contains("[One, Total] 120", "[Two, Total] 120", "[Total, Total] 240", "[Total, 1925] 49")
                .hasSize(3 * 4);
        List<Output> asked = hub.hub().airlock().request(researcher, receipt.analysis(), List.of());
        assertThat(asked).extracting(Output::name).containsExactly("tabulation");
    }

    @Test
    void wherePersonsAreInSeveralCellsNoTotalPretendsToBeASum() {
        Permit permit = granted(ALL, Period.ALWAYS, false);

        Receipt receipt = tabulate(
                permit,
                "SELECT person_id, 'everybody' AS who FROM person UNION ALL SELECT person_id, 'born late' FROM person WHERE year_of_birth > 1964",
                "who");

        var table = (FrequencyTable) hub.hub()
                .projects()
                .results(researcher, permit.project(), receipt.analysis())
                .getFirst();
        assertThat(table.cells())
                .extracting(cell -> cell.levels() + " " + cell.count())
                .containsExactlyInAnyOrder("[everybody] 240", "[born late] 116");
    }

    @Test
    void aTabulationIsAboutPersonsAndPlainCategories() {
        Permit permit = granted(ALL, Period.ALWAYS, false);

        refusesWith(
                ProblemCode.SQL_TABULATION_PERSON,
                () -> tabulate(permit, "SELECT person_id + 1 AS person_id, 'a' AS x FROM person", "x"));
        refusesWith(
                ProblemCode.SQL_TABULATION_LEVEL,
                () -> tabulate(permit, "SELECT person_id, '=1+1' AS x FROM person", "x"));
        refusesWith(
                ProblemCode.SQL_TABULATION_LEVEL,
                () -> tabulate(permit, "SELECT person_id, 'Total' AS x FROM person", "x"));
        refusesWith(
                ProblemCode.SQL_TABULATION_COLUMNS,
                () -> tabulate(permit, "SELECT person_id, year_of_birth FROM person", "x"));
        refusesWith(
                ProblemCode.SQL_TABULATION_SIZE,
                () -> tabulate(
                        permit, "SELECT person_id, year_of_birth AS x, year_of_birth AS y FROM person", "x", "y"));
        refusesWith(
                ProblemCode.FIELD_WRONG_VALUE,
                () -> tabulate(permit, "SELECT person_id FROM person", "x\" FROM person --"));
    }

    /** Random grants, and all that their tables hold is asked for: what was not granted is canaries, and none is ever in an answer. */
    @Test
    void noUngrantedColumnTableOrDayIsInAnyAnswer() {
        List<String> columns = List.of(
                "person.year_of_birth",
                "person.gender_concept_id",
                "drug_era.drug_concept_id",
                "drug_era.drug_era_start_date",
                "drug_era.drug_era_end_date",
                "condition_occurrence.condition_concept_id",
                "condition_occurrence.condition_start_date",
                "measurement.value_as_number",
                "measurement.measurement_date",
                "observation_period.observation_period_start_date",
                "observation_period.observation_period_end_date");
        long seed = 20_261_122;
        var random = new Random(seed);

        for (int round = 0; round < 3; round++) {
            List<String> some = new ArrayList<>();
            while (some.isEmpty()) {
                some = columns.stream().filter(_ -> random.nextInt(3) > 0).toList();
            }
            LocalDate from = LocalDate.of(2020, 10, 1).plusDays(random.nextInt(200));
            var period = new Period(from, from.plusDays(random.nextInt(100)));
            Permit permit = granted(String.join(" ", some), period, true);
            Set<String> tables = some.stream()
                    .map(each -> each.substring(0, each.indexOf('.')))
                    .collect(Collectors.toCollection(TreeSet::new));
            for (String table : tables) {
                Explored explored = explore(permit, "SELECT * FROM " + table);

                Set<String> expected = some.stream()
                        .filter(each -> each.startsWith(table + "."))
                        .map(each -> each.substring(each.indexOf('.') + 1))
                        .collect(Collectors.toCollection(TreeSet::new));
                expected.add("person_id");
                assertThat(explored.columns())
                        .as("seed %d, round %d", seed, round)
                        .extracting(Explored.Column::name)
                        .containsExactlyInAnyOrderElementsOf(expected);
                for (int column = 0; column < explored.columns().size(); column++) {
                    boolean isDay = explored.columns().get(column).type().equals("DATE");
                    for (List<@Nullable String> row : explored.rows()) {
                        String value = row.get(column);
                        if (isDay && value != null) {
                            assertThat(LocalDate.parse(value)).isBetween(period.from(), period.to());
                        }
                        assertThat(value).isNotEqualTo("canary-person-1");
                    }
                }
            }
        }
    }

    private Explored explore(Permit permit, String sql) {
        return run(() -> hub.hub().sql().explore(researcher, request(permit, sql)));
    }

    /** Where the kernel has no walls nothing is run, and so nothing is shown. The worker's own tests say whether it should have them. */
    private static <T> T run(Supplier<T> statement) {
        try {
            return statement.get();
        } catch (ProblemException off) {
            assumeTrue(off.code() != ProblemCode.SQL_OFF, "not run: this machine cannot confine a worker");
            throw off;
        }
    }

    private ProblemException refused(Permit permit, ProblemCode code, String sql) {
        try {
            explore(permit, sql);
        } catch (ProblemException refused) {
            assertThat(refused.code()).isEqualTo(code);
            return refused;
        }
        throw new AssertionError("was not refused: " + sql);
    }

    private Receipt tabulate(Permit permit, String sql, String... by) {
        return run(() -> hub.hub()
                .sql()
                .tabulate(researcher, request(permit, sql), new Tabulation("tabulation", Arrays.asList(by))));
    }

    private SqlRequest request(Permit permit, String sql) {
        try {
            return new SqlRequest(Files.writeString(folder.resolve("query.sql"), sql), edition, permit.project());
        } catch (IOException unwritten) {
            throw new UncheckedIOException(unwritten);
        }
    }

    private Permit granted(String columns, Period period, boolean explores) {
        Permit permit = hub.hub()
                .permits()
                .request(
                        hub.login("researcher"),
                        TestTerms.of(
                                        edition,
                                        Arrays.stream(columns.split(" "))
                                                .map(name ->
                                                        CdmColumn.parse(name).orElseThrow())
                                                .collect(Collectors.toSet()),
                                        period)
                                .exploring(explores)
                                .terms());
        return hub.hub().permits().grant(member, permit.id());
    }

    private List<Phase> phases(long from) {
        var tiles = hub.hub().journal().tiles();
        List<Phase> phases = new ArrayList<>();
        for (long index = from; index < tiles.size(); index++) {
            phases.add(LogEntry.parse(tiles.read(index)).header().phase());
        }
        return phases;
    }

    private byte[] last() {
        var tiles = hub.hub().journal().tiles();
        return tiles.read(tiles.size() - 1);
    }

    private long editionKeysUnwrapped() {
        try (var lines = Files.lines(folder.resolve("keys").resolve("access.log"))) {
            return lines.filter(line -> line.contains("unwrap") && line.contains("edition"))
                    .count();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
