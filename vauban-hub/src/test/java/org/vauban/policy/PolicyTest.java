package org.vauban.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vauban.hub.ProblemAssertions.refusesWith;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.cohort.EvaluationProgress;
import org.vauban.document.Documents;
import org.vauban.edition.Edition;
import org.vauban.edition.Leak;
import org.vauban.gate.Receipt;
import org.vauban.gate.StudyRequest;
import org.vauban.gate.TinyHospital;
import org.vauban.hub.TestHub;
import org.vauban.objection.MarkedPersons;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.CdmTable;
import org.vauban.omop.EditionId;
import org.vauban.output.AttritionFlow;
import org.vauban.output.FrequencyTable;
import org.vauban.people.Actor;
import org.vauban.people.Role;
import org.vauban.permit.Grant;
import org.vauban.permit.Permit;
import org.vauban.permit.Scope;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;
import org.vauban.problem.ProblemKind;
import org.vauban.sql.Explored;
import org.vauban.sql.SqlRequest;
import org.vauban.sql.Tabulation;
import org.vauban.study.StudyDefinition;
import org.vauban.study.StudyPlanner;
import org.vauban.trajectory.Needs;
import org.vauban.trajectory.TrajectorySource;

/**
 * Random permits and random requests: whatever a plan, a study or a statement gets is exactly what the oracle says. {@code tools/permits} runs
 * thousands.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PolicyTest {
    private static final int PERMITS = Integer.getInteger("vauban.permits", 12);
    private static final long SEED = Long.getLong("vauban.permits.seed", 57);

    /** The number of the first one: a campaign can be run in slices, and one permit alone. */
    private static final int FIRST = Integer.getInteger("vauban.permits.first", 0);

    /** How many permits are looked at side by side. */
    private static final int HANDS = Runtime.getRuntime().availableProcessors();

    /** Of so many permits one is also asked by a study and by statements, each in a process of its own. */
    private static final int ASKED_EVERY = Integer.getInteger("vauban.permits.asked-every", 3);

    private static final List<String> COLUMNS = List.of(
            "person.gender_concept_id",
            "person.year_of_birth",
            "person.month_of_birth",
            "person.day_of_birth",
            "observation_period.observation_period_start_date",
            "observation_period.observation_period_end_date",
            "condition_occurrence.condition_concept_id",
            "condition_occurrence.condition_start_date",
            "drug_era.drug_concept_id",
            "drug_era.drug_era_start_date",
            "drug_era.drug_era_end_date",
            "drug_era.drug_exposure_count",
            "measurement.measurement_concept_id",
            "measurement.measurement_date",
            "measurement.value_as_number",
            "visit_occurrence.visit_concept_id",
            "visit_occurrence.visit_start_date",
            "visit_occurrence.visit_end_date",
            "death.death_date",
            "death.cause_concept_id");

    @TempDir
    static Path folder;

    private final Queue<Permit> granted = new ConcurrentLinkedQueue<>();
    private TestHub hub;
    private Actor researcher;
    private Actor member;
    private EditionId edition;
    private Oracle oracle;
    private Path study;
    private Set<String> neededByTheStudy;
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger studies = new AtomicInteger();
    private final AtomicInteger statements = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();

    @BeforeAll
    void open() {
        Path omop = CanaryHospital.write(folder.resolve("omop"), SEED);
        oracle = new Oracle(omop, CanaryHospital.OBJECTING);
        hub = new TestHub(folder);
        makeFewBuckets();
        hub.person("administrator", Role.ADMINISTRATOR);
        Actor manager = hub.person("manager", Role.DATA_MANAGER);
        researcher = hub.person("researcher", Role.RESEARCHER);
        member = hub.person("member", Role.COMMITTEE_MEMBER);
        edition = hub.hub()
                .publications()
                .omop(manager, omop, folder.resolve("rejects.csv"))
                .edition()
                .id();
        MarkedPersons.mark(hub, manager, edition, CanaryHospital::objects);
        study = TinyHospital.study(folder.resolve("study"), "research", "");
        neededByTheStudy = StudyPlanner.plan(StudyDefinition.read(study)).needs().columns().stream()
                .map(CdmColumn::qualifiedName)
                .collect(Collectors.toCollection(TreeSet::new));
        hub.hub().sql().stay();
    }

    /** Reading a bucket has a price of its own; two are enough to have persons in different ones. */
    private void makeFewBuckets() {
        Path settings = hub.home().resolve("home.json");
        try {
            String text = Files.readString(settings);
            String fewer = text.replaceFirst("(\"buckets\"\\s*:\\s*)16", "$12");
            assertThat(fewer).isNotEqualTo(text);
            Files.writeString(settings, fewer);
        } catch (IOException unwritten) {
            throw new UncheckedIOException(unwritten);
        }
        hub.reopen();
    }

    @AfterAll
    void close() {
        hub.close();
    }

    @Test
    @Order(1)
    void aRestrictionThatIsLeftOutIsNoticed() {
        var everything = new Wish(
                Set.copyOf(COLUMNS),
                Optional.of(new Wish.Days(LocalDate.of(2019, 6, 10), LocalDate.of(2021, 3, 20))),
                List.of(new Wish.Concept(CanaryHospital.ILLNESSES, true)),
                Map.of("measurement", List.of(new Wish.Concept(CanaryHospital.OUTCOME, false))),
                Set.of());
        Grant grant = statementGrant(everything, permit(everything));
        Edition opened = hub.hub().publications().open(edition);
        assertThat(grant.described()).containsEntry("objections", "1");

        for (Leak leak : Leak.values()) {
            List<String> noticed = misreadings(
                    everything,
                    leak.read(opened, grant, hub.hub().objections().objecting(edition, grant.objections())),
                    true);
            if (leak == Leak.NONE) {
                assertThat(noticed).isEmpty();
            } else {
                assertThat(noticed).as(leak.name()).isNotEmpty();
            }
        }
    }

    @Test
    @Order(2)
    void whatIsNotGrantedReachesNobody() throws Exception {
        long begun = System.nanoTime();
        try (ExecutorService hands = Executors.newFixedThreadPool(HANDS)) {
            List<Future<?>> looks = new ArrayList<>();
            for (int number = FIRST; number < FIRST + PERMITS; number++) {
                int each = number;
                looks.add(hands.submit(() -> lookAt(each)));
            }
            for (Future<?> look : looks) {
                look.get();
            }
        }
        System.out.printf(
                Locale.ROOT,
                "permits: seed %d, permits %d to %d, %d readings of all their tables, %d studies run, %d statements run,"
                        + " %d requests refused, %d s%n",
                SEED,
                FIRST,
                FIRST + PERMITS - 1,
                reads.get(),
                studies.get(),
                statements.get(),
                refusals.get(),
                Duration.ofNanos(System.nanoTime() - begun).toSeconds());
    }

    /** What a permit is follows from the seed and its number, whichever were looked at before. */
    private void lookAt(int number) {
        var random = new Random(new SplittableRandom(SEED * 1_000_003 + number).nextLong());
        boolean isAsked = number % ASKED_EVERY == 0;
        Wish wish = isAsked && random.nextInt(3) > 0 ? fitForTheStudy(wish(random)) : wish(random);
        Permit permit = permit(wish);
        String which = "seed %d, permit %d: %s".formatted(SEED, number, wish);
        assertThat(misreadings(wish, read(planGrant(wish, permit)), false))
                .as(which)
                .isEmpty();
        assertThat(misreadings(wish, read(statementGrant(wish, permit)), true))
                .as(which)
                .isEmpty();
        reads.addAndGet(2);
        if (isAsked) {
            askByStudy(wish, permit, which);
            askByStatement(wish, permit, random, which);
        }
        granted.add(permit);
    }

    @Test
    @Order(3)
    void fiveSecondsAfterItsEndAPermitGivesNothing() {
        var after = Duration.between(
                hub.clock().instant(), granted.element().endsAt().plusSeconds(5));
        hub.clock().advance(after);
        researcher = hub.login("researcher");
        var before = hub.hub().journal().tiles().size();

        for (Permit permit : granted) {
            SqlRequest statement = statement(permit, "SELECT * FROM person");
            refusesWith(ProblemCode.PERMIT_EXPIRED, () -> hub.hub().sql().explore(researcher, statement));
            refusesWith(
                    ProblemCode.PERMIT_EXPIRED,
                    () -> hub.hub().sql().tabulate(researcher, statement, new Tabulation("t", List.of("x"))));
            refusesWith(ProblemCode.PERMIT_EXPIRED, () -> run(permit));
            refusesWith(ProblemCode.PERMIT_EXPIRED, () -> hub.hub().projects().list(researcher, permit.project()));
        }

        assertThat(hub.hub().journal().tiles().size()).isEqualTo(before + 3L * granted.size());
    }

    // Random permits.

    private Wish wish(Random random) {
        Set<String> columns = new TreeSet<>();
        while (columns.isEmpty() || columns.stream().allMatch(column -> column.matches("person\\.(month|day).*"))) {
            columns =
                    COLUMNS.stream().filter(_ -> random.nextInt(3) > 0).collect(Collectors.toCollection(TreeSet::new));
        }
        LocalDate from = LocalDate.of(2018, 9, 1).plusDays(random.nextInt(900));
        Map<String, List<Wish.Concept>> concepts = new TreeMap<>();
        for (String table : List.of("condition_occurrence", "drug_era", "measurement", "death")) {
            if (random.nextInt(3) == 0) {
                concepts.put(table, someConcepts(random));
            }
        }
        var wish = new Wish(
                columns,
                random.nextInt(3) > 0
                        ? Optional.of(new Wish.Days(from, from.plusDays(random.nextInt(1000))))
                        : Optional.empty(),
                random.nextBoolean() ? someConcepts(random) : List.of(),
                concepts,
                List.of("birth-month", "care-dates", "death-date").stream()
                        .filter(_ -> random.nextBoolean())
                        .collect(Collectors.toSet()));
        return random.nextBoolean() ? wish.withColumns(neededByTheStudy) : wish;
    }

    /** The study states no days of its own, so it asks for all. */
    private Wish fitForTheStudy(Wish wish) {
        var always = new Wish(wish.columns(), Optional.empty(), wish.population(), wish.concepts(), wish.identifiers());
        return always.withColumns(neededByTheStudy);
    }

    private static List<Wish.Concept> someConcepts(Random random) {
        List<Integer> all = new ArrayList<>(new TreeMap<>(CanaryHospital.BELOW).keySet());
        new TreeMap<>(CanaryHospital.BELOW).values().forEach(all::addAll);
        List<Wish.Concept> some = new ArrayList<>();
        for (int count = random.nextInt(3); count >= 0; count--) {
            some.add(new Wish.Concept(all.get(random.nextInt(all.size())), random.nextBoolean()));
        }
        return some;
    }

    private Permit permit(Wish wish) {
        Permit permit =
                hub.hub().permits().request(researcher, Documents.yaml("PERMIT.yaml", wish.yaml(edition.value())));
        return hub.hub().permits().grant(member, permit.id());
    }

    private Grant planGrant(Wish wish, Permit permit) {
        return hub.hub()
                .permits()
                .require(researcher, permit.project(), scope(wish), hub.clock().instant());
    }

    private Grant statementGrant(Wish wish, Permit permit) {
        return hub.hub()
                .permits()
                .requireForStatement(
                        researcher, permit.project(), scope(wish), hub.clock().instant());
    }

    private Scope scope(Wish wish) {
        return new Scope(edition, new Needs(columns(wish)), Optional.empty(), Optional.empty());
    }

    private Set<CdmColumn> columns(Wish wish) {
        return oracle.granted(wish).stream()
                .map(name -> CdmColumn.parse(name).orElseThrow())
                .collect(Collectors.toSet());
    }

    // What a reader gets.

    private TrajectorySource read(Grant grant) {
        return hub.hub().publications().read(grant, hub.hub().permits().lease(grant), EvaluationProgress.SILENT);
    }

    /** Where a reading differs from what the oracle says, without a word of what differs. */
    private List<String> misreadings(Wish wish, TrajectorySource source, boolean toStatement) {
        List<String> wrong = new ArrayList<>();
        Set<CdmColumn> columns = columns(wish);
        Visible.of(source, columns).forEach((table, rows) -> {
            List<String> expected = Visible.regardlessOfNames(oracle.visible(wish, table, toStatement));
            if (!Visible.regardlessOfNames(rows).equals(expected)) {
                wrong.add(table);
            }
        });
        for (CdmColumn column : Set.of(
                CdmTable.PERSON.column("month_of_birth"),
                CdmTable.DEATH.column("cause_concept_id"),
                CdmTable.MEASUREMENT.column("value_as_number"))) {
            if (!columns.contains(column) && isRead(source, column)) {
                wrong.add(column.qualifiedName());
            }
        }
        return wrong;
    }

    private static boolean isRead(TrajectorySource source, CdmColumn column) {
        try {
            source.read(0, new Needs(Set.of(column)));
            return true;
        } catch (ProblemException refused) {
            assertThat(refused.code()).isEqualTo(ProblemCode.PERMIT_COLUMN);
            return false;
        }
    }

    // What a study gets.

    private Receipt run(Permit permit) {
        return hub.hub()
                .gate()
                .run(researcher, new StudyRequest(study, edition, permit.project()), EvaluationProgress.SILENT);
    }

    private void askByStudy(Wish wish, Permit permit, String which) {
        boolean isGranted = wish.days().isEmpty() && oracle.granted(wish).containsAll(neededByTheStudy);
        long first = oracle.exposed(wish, CanaryHospital.DRUG_1);
        long second = oracle.exposed(wish, CanaryHospital.DRUG_2);
        try {
            Receipt receipt = run(permit);
            assertThat(isGranted).as(which).isTrue();
            studies.incrementAndGet();
            List<Integer> arms = hub.hub().projects().results(researcher, permit.project(), receipt.analysis()).stream()
                    .filter(AttritionFlow.class::isInstance)
                    .flatMap(output -> ((AttritionFlow) output).arms().stream())
                    .map(arm -> arm.steps().getFirst().remaining().size())
                    .toList();
            assertThat(arms).as(which).containsExactly((int) first, (int) second);
        } catch (ProblemException refused) {
            refusals.incrementAndGet();
            if (refused.code().kind() == ProblemKind.REFUSAL) {
                assertThat(isGranted).as(which).isFalse();
            } else {
                // A study without anybody in an arm has no result.
                assertThat(Math.min(first, second)).as(which + refused.code()).isLessThan(5);
            }
        }
    }

    // What a statement gets.

    private SqlRequest statement(Permit permit, String sql) {
        try {
            Path file = Files.writeString(folder.resolve(permit.id() + ".sql"), sql);
            return new SqlRequest(file, edition, permit.project());
        } catch (IOException unwritten) {
            throw new UncheckedIOException(unwritten);
        }
    }

    private void askByStatement(Wish wish, Permit permit, Random random, String which) {
        String asked = COLUMNS.get(random.nextInt(COLUMNS.size()));
        String table = asked.substring(0, asked.indexOf('.'));
        String column = asked.substring(table.length() + 1);
        boolean isGranted = oracle.granted(wish).contains(asked);
        try {
            Explored one = hub.hub()
                    .sql()
                    .explore(researcher, statement(permit, "SELECT person_id, " + column + " FROM " + table));
            statements.incrementAndGet();
            assertThat(isGranted).as(which).isTrue();
            var alone = new Wish(Set.of(asked), wish.days(), wish.population(), wish.concepts(), wish.identifiers());
            List<String> expected = Visible.regardlessOfNames(oracle.visible(alone, table, true));
            assertThat(Visible.regardlessOfNames(byPerson(one)))
                    .as(which + asked)
                    .isEqualTo(expected);
            if (random.nextBoolean()) {
                tabulate(permit, table, column, oracle.visible(alone, table, true), which);
            }
        } catch (ProblemException refused) {
            if (refused.code() == ProblemCode.SQL_OFF) {
                System.out.println("statements: not run, this machine cannot confine a worker");
                return;
            }
            refusals.incrementAndGet();
            assertThat(isGranted).as(which + refused.code()).isFalse();
        }
    }

    private static Map<String, List<String>> byPerson(Explored explored) {
        assertThat(explored.isWhole()).isTrue();
        Map<String, List<String>> rows = new TreeMap<>();
        for (List<@Nullable String> row : explored.rows()) {
            String value = row.get(1);
            rows.computeIfAbsent(String.valueOf(row.getFirst()), _ -> new ArrayList<>())
                    .add(explored.columns().get(1).name() + "=" + (value == null ? "" : value));
        }
        return rows;
    }

    /** The cells of a tabulation count the persons that the oracle counts. */
    private void tabulate(Permit permit, String table, String column, Map<String, List<String>> visible, String which) {
        Map<String, Set<String>> expected = new TreeMap<>();
        visible.forEach((person, rows) ->
                rows.forEach(row -> expected.computeIfAbsent(row.substring(row.indexOf('=') + 1), _ -> new TreeSet<>())
                        .add(person)));
        if (expected.isEmpty()) {
            return;
        }
        Receipt receipt = hub.hub()
                .sql()
                .tabulate(
                        researcher,
                        statement(permit, "SELECT person_id, " + column + " AS x FROM " + table),
                        new Tabulation("tabulation", List.of("x")));
        statements.incrementAndGet();
        var counted = (FrequencyTable) hub.hub()
                .projects()
                .results(researcher, permit.project(), receipt.analysis())
                .getFirst();
        Map<String, Integer> cells = new TreeMap<>();
        counted.cells().forEach(cell -> cells.put(String.join(" ", cell.levels()), (int) cell.count()));
        cells.remove(FrequencyTable.TOTAL);
        Map<String, Integer> sizes = new TreeMap<>();
        expected.forEach((level, persons) -> sizes.put(level.isEmpty() ? "Not known" : level, persons.size()));
        assertThat(cells).as(which + table + column).isEqualTo(sizes);
    }
}
