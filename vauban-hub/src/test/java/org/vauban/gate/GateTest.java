package org.vauban.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vauban.hub.ProblemAssertions.refusesWith;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.airlock.Airlock;
import org.vauban.airlock.Output;
import org.vauban.cohort.EvaluationProgress;
import org.vauban.custody.Keys;
import org.vauban.disclosure.DisclosureRules;
import org.vauban.disclosure.Withheld;
import org.vauban.hub.TestHub;
import org.vauban.ledger.entry.LogEntry;
import org.vauban.ledger.entry.Phase;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.EditionId;
import org.vauban.people.Actor;
import org.vauban.people.Role;
import org.vauban.permit.Grant;
import org.vauban.permit.Permit;
import org.vauban.permit.Scope;
import org.vauban.permit.TestTerms;
import org.vauban.problem.ProblemCode;
import org.vauban.study.StudyDefinition;
import org.vauban.study.StudyPlanner;
import org.vauban.trajectory.Needs;
import org.vauban.trajectory.Period;

/** One hub with one small edition: what is granted runs, what is not is refused before anything is read, and two people open the door. */
class GateTest {
    @TempDir
    Path folder;

    TestHub hub;
    Actor researcher;
    Actor member;
    EditionId edition;
    Path study;

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
        study = TinyHospital.study(folder.resolve("study"), "research", "");
    }

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void aGrantedStudyRunsStaysInsideAndLeavesThroughTwoPeople() {
        Permit permit = granted(columns(), Period.ALWAYS);

        Receipt receipt = run(permit);

        assertThat(receipt.outputs())
                .extracting(output -> output.name())
                .contains("attrition", "survival", "estimates");
        LogEntry begun = LogEntry.parse(hub.hub().journal().tiles().read(receipt.logIndex()));
        assertThat(begun.header().phase()).isEqualTo(new Phase.Begun());
        LogEntry concluded = LogEntry.parse(hub.hub().journal().tiles().read(receipt.logIndex() + 1));
        assertThat(concluded.header().phase()).isEqualTo(new Phase.Concluded(receipt.logIndex(), "done"));

        List<Output> asked = hub.hub().airlock().request(researcher, receipt.analysis(), List.of());
        Output survival = asked.stream()
                .filter(output -> output.name().equals("survival"))
                .findFirst()
                .orElseThrow();
        refusesWith(
                ProblemCode.REVIEW_OWN_OUTPUT,
                () -> hub.hub().airlock().review(researcher, survival.id(), Airlock.Decision.APPROVED, "mine"));
        Actor first = hub.person("first", Role.OUTPUT_CHECKER);
        Actor second = hub.person("second", Role.OUTPUT_CHECKER);
        Output once = hub.hub().airlock().review(first, survival.id(), Airlock.Decision.APPROVED, "looks safe");
        assertThat(once.state()).isEqualTo("requested");
        assertThat(hub.hub().register().documents()).isEmpty();
        refusesWith(
                ProblemCode.REVIEW_TWICE,
                () -> hub.hub()
                        .airlock()
                        .review(hub.login("first"), survival.id(), Airlock.Decision.APPROVED, "again"));

        Output twice = hub.hub().airlock().review(second, survival.id(), Airlock.Decision.APPROVED, "safe");

        assertThat(twice.state()).isEqualTo("released");
        var document = hub.hub().register().documents().getFirst();
        assertThat(document.output()).isEqualTo(survival.id().value());
        assertThat(document.reviewers())
                .containsExactly(first.account().value(), second.account().value());
        assertThat(document.figure().get("fr")).contains("<svg");
        assertThat(document.csv()).startsWith("result_id,cdm_name");
    }

    @Test
    void aRefusalReleasesNothing() {
        Permit permit = granted(columns(), Period.ALWAYS);
        Output output = hub.hub()
                .airlock()
                .request(researcher, run(permit).analysis(), List.of())
                .getFirst();
        Actor first = hub.person("first", Role.OUTPUT_CHECKER);

        Output refused = hub.hub().airlock().review(first, output.id(), Airlock.Decision.REFUSED, "too detailed");

        assertThat(refused.state()).isEqualTo("refused");
        Actor second = hub.person("second", Role.OUTPUT_CHECKER);
        refusesWith(
                ProblemCode.OUTPUT_STATE,
                () -> hub.hub().airlock().review(second, output.id(), Airlock.Decision.APPROVED, "fine"));
        assertThat(hub.hub().register().documents()).isEmpty();
    }

    @Test
    void whatTheMachineWithholdsCannotAskToLeave() {
        Permit permit = granted(columns(), Period.ALWAYS, Optional.of(DisclosureRules.THRESHOLD_MOST));
        Receipt receipt = run(permit);
        String withheld = receipt.outputs().stream()
                .filter(output -> output.verdict() instanceof Withheld)
                .findFirst()
                .orElseThrow()
                .name();

        refusesWith(
                ProblemCode.OUTPUT_WITHHELD,
                () -> hub.hub().airlock().request(researcher, receipt.analysis(), List.of(withheld)));
    }

    @Test
    void withoutAColumnATableOrADayTheStudyIsRefusedAndNothingIsUnwrapped() {
        Set<CdmColumn> all = columns();
        Set<CdmColumn> withoutColumn = new TreeSet<>(all);
        withoutColumn.removeIf(column -> column.name().equals("drug_era_end_date"));
        Set<CdmColumn> withoutTable = new TreeSet<>(all);
        withoutTable.removeIf(column -> column.table().tableName().equals("condition_occurrence"));
        Period short2021 = new Period(LocalDate.of(2021, 1, 1), LocalDate.of(2021, 6, 30));

        refusedUnread(ProblemCode.PERMIT_COLUMN, granted(withoutColumn, Period.ALWAYS));
        refusedUnread(ProblemCode.PERMIT_TABLE, granted(withoutTable, Period.ALWAYS));
        refusedUnread(ProblemCode.PERMIT_PERIOD, granted(all, short2021));
        study = TinyHospital.study(folder.resolve("study"), "education", "");
        refusedUnread(ProblemCode.PERMIT_PURPOSE, granted(all, Period.ALWAYS));
    }

    @Test
    void whatRunsIsStoppedWhenItsPermitIsTakenBackOrEnds() {
        Permit withdrawn = granted(columns(), Period.ALWAYS);
        stopped(
                ProblemCode.PERMIT_NOT_ACTIVE,
                withdrawn,
                () -> hub.hub().permits().withdraw(member, withdrawn.id(), "the convention ended"));
        Permit ending = granted(columns(), Period.ALWAYS);
        stopped(
                ProblemCode.PERMIT_EXPIRED,
                ending,
                () -> hub.clock().advance(Duration.between(hub.clock().instant(), ending.endsAt())));
    }

    @Test
    void whatRunsAsksForItsLeaseAgainAndStopsWhenNobodyLends() {
        Permit permit = granted(columns(), Period.ALWAYS);
        var looks = new AtomicInteger();
        var progress = new EvaluationProgress() {
            @Override
            public boolean isCancelled() {
                // Ten seconds go by at each of the first looks; then nobody is there any more.
                if (looks.incrementAndGet() <= 6) {
                    hub.clock().advance(Duration.ofSeconds(10));
                } else if (looks.get() == 7) {
                    hub.stopCustodian();
                    hub.clock().advance(Duration.ofSeconds(16));
                }
                return false;
            }
        };

        refusesWith(
                ProblemCode.KEYS_ABSENT,
                () -> hub.hub().gate().run(researcher, new StudyRequest(study, edition, permit.project()), progress));

        assertThat(looks).as("it stops at the next look").hasValueLessThanOrEqualTo(7 + 2);
        assertThat(leases(permit))
                .as("one in 20 seconds of the minute, and the first")
                .isBetween(3L, 5L);
        hub.startCustodian();
        hub.hub().recover();
        assertThat(hub.hub().projects().list(researcher, permit.project()))
                .allMatch(analysis -> analysis.state().equals("failed"));
    }

    @Test
    void aPermitThatEndedIsLentNothingWhateverAnOlderHomeSays() throws IOException {
        Permit withdrawn = granted(columns(), Period.ALWAYS);
        Permit replaced = granted(columns(), Period.ALWAYS);
        Grant grant = grant(withdrawn);
        hub.hub().permits().lease(grant).begin();
        hub.hub().permits().withdraw(member, withdrawn.id(), "the convention ended");
        assertThat(states(withdrawn, replaced)).containsExactly(true, false);
        try (var keys = new Keys(hub.custodianAddress(), Optional.empty())) {
            refusesWith(
                    ProblemCode.KEYS_REFUSED,
                    () -> keys.leaseOfPermit(withdrawn.id().value()));
        }
        refusesWith(
                ProblemCode.PERMIT_NOT_ACTIVE,
                () -> hub.hub().permits().lease(grant).begin());
    }

    @Test
    void keysOfPermitsThatEndedMeanwhileAreCutAtTheNextStart() {
        Permit permit = granted(columns(), Period.ALWAYS);
        hub.clock().advance(Duration.between(hub.clock().instant(), permit.endsAt()));
        hub.stopCustodian();
        hub.hub().permits().recover(hub.hub().register().states());
        hub.startCustodian();
        assertThat(states(permit)).containsExactly(false);

        hub.reopen().recover();

        assertThat(states(permit)).containsExactly(true);
    }

    /** Whether the key of each permit is destroyed. */
    private List<Boolean> states(Permit... permits) {
        try (var keys = new Keys(hub.custodianAddress(), Optional.empty())) {
            return Stream.of(permits)
                    .map(permit -> keys.keys().stream()
                            .filter(key ->
                                    key.name().equals(Keys.ofPermit(permit.id().value())))
                            .findFirst()
                            .orElseThrow()
                            .destroyed()
                            .isPresent())
                    .toList();
        }
    }

    private Grant grant(Permit permit) {
        return hub.hub()
                .permits()
                .require(
                        researcher,
                        permit.project(),
                        new Scope(edition, new Needs(columns()), Optional.empty(), Optional.empty()),
                        hub.clock().instant());
    }

    private long leases(Permit permit) {
        return accessLog(line -> line.contains(" lease permit/" + permit.id()) && line.endsWith(" asked"));
    }

    /** Something happens while the study runs, and a second later it is stopped; nothing is kept. */
    private void stopped(ProblemCode code, Permit permit, Runnable meanwhile) {
        var happened = new AtomicBoolean();
        var progress = new EvaluationProgress() {
            @Override
            public boolean isCancelled() {
                if (happened.compareAndSet(false, true)) {
                    meanwhile.run();
                    hub.clock().advance(Duration.ofSeconds(1));
                }
                return false;
            }
        };

        refusesWith(
                code,
                () -> hub.hub().gate().run(researcher, new StudyRequest(study, edition, permit.project()), progress));

        assertThat(happened).isTrue();
        LogEntry last = LogEntry.parse(
                hub.hub().journal().tiles().read(hub.hub().journal().tiles().size() - 1));
        assertThat(last.header().act()).isEqualTo("analysis");
        assertThat(last.header().phase().toString()).contains("failed");
    }

    @Test
    void afterItsEndThePermitOpensNothing() {
        Permit permit = granted(columns(), Period.ALWAYS);
        hub.clock().advance(Duration.between(hub.clock().instant(), permit.endsAt()));
        researcher = hub.login("researcher");

        refusedUnread(ProblemCode.PERMIT_EXPIRED, permit);
        refusesWith(ProblemCode.PERMIT_EXPIRED, () -> hub.hub().projects().list(researcher, permit.project()));
    }

    @Test
    void whoIsNotNamedInThePermitGetsNothing() {
        Permit permit = granted(columns(), Period.ALWAYS);
        researcher = hub.person("stranger", Role.RESEARCHER);

        refusedUnread(ProblemCode.PERMIT_REQUIRED, permit);
    }

    @Test
    void aProjectSeesItsOwnPseudonymsAndAnotherProjectSeesOthers() {
        Permit one = granted(columns(), Period.ALWAYS);
        Permit two = granted(columns(), Period.ALWAYS);
        Receipt first = run(one);
        Receipt second = run(two);

        var inOne = hub.hub().projects().results(researcher, one.project(), first.analysis());
        var inTwo = hub.hub().projects().results(researcher, two.project(), second.analysis());

        Set<Long> persons = persons(inOne);
        assertThat(persons).isNotEmpty().doesNotContainAnyElementsOf(persons(inTwo));
        assertThat(persons).noneMatch(person -> person <= 240);
    }

    @Test
    void aCancelledStudyKeepsNothingAndTheLogSaysSo() {
        Permit permit = granted(columns(), Period.ALWAYS);
        var cancelled = new EvaluationProgress() {
            @Override
            public boolean isCancelled() {
                return true;
            }
        };

        refusesWith(
                ProblemCode.CANCELLED,
                () -> hub.hub().gate().run(researcher, new StudyRequest(study, edition, permit.project()), cancelled));

        assertThat(hub.hub()
                        .projects()
                        .list(researcher, permit.project())
                        .getFirst()
                        .state())
                .isEqualTo("cancelled");
        var tiles = hub.hub().journal().tiles();
        assertThat(LogEntry.parse(tiles.read(tiles.size() - 1)).header().phase())
                .isInstanceOfSatisfying(
                        Phase.Concluded.class,
                        phase -> assertThat(phase.result()).isEqualTo("cancelled"));
    }

    private void refusedUnread(ProblemCode code, Permit permit) {
        long unwrapped = editionKeysUnwrapped();
        long entries = hub.hub().journal().tiles().size();

        refusesWith(code, () -> run(permit));

        assertThat(editionKeysUnwrapped()).as("keys of the edition unwrapped").isEqualTo(unwrapped);
        LogEntry last = LogEntry.parse(
                hub.hub().journal().tiles().read(hub.hub().journal().tiles().size() - 1));
        assertThat(hub.hub().journal().tiles().size()).isEqualTo(entries + 1);
        assertThat(last.header().act()).isEqualTo("access-refused");
        assertThat(last.header().phase()).isEqualTo(new Phase.Entered(code.name()));
    }

    /** The custodian notes every use of a key: nobody who reads an edition can avoid that. */
    private long editionKeysUnwrapped() {
        return accessLog(line -> line.contains("unwrap") && line.contains("edition"));
    }

    private long accessLog(Predicate<String> wanted) {
        try (var lines = Files.lines(folder.resolve("keys").resolve("access.log"))) {
            return lines.filter(wanted).count();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private Receipt run(Permit permit) {
        return hub.hub()
                .gate()
                .run(researcher, new StudyRequest(study, edition, permit.project()), EvaluationProgress.SILENT);
    }

    private Set<CdmColumn> columns() {
        return StudyPlanner.plan(StudyDefinition.read(study)).needs().columns();
    }

    private Permit granted(Set<CdmColumn> columns, Period period) {
        return granted(columns, period, Optional.empty());
    }

    private Permit granted(Set<CdmColumn> columns, Period period, Optional<Integer> threshold) {
        Permit permit = hub.hub()
                .permits()
                .request(
                        researcher.roles().contains(Role.RESEARCHER) ? researcher : hub.login("researcher"),
                        TestTerms.of(edition, columns, period)
                                .threshold(threshold)
                                .terms());
        return hub.hub().permits().grant(member, permit.id());
    }

    private static Set<Long> persons(List<org.vauban.output.RawOutput> outputs) {
        Set<Long> persons = new TreeSet<>();
        for (var output : outputs) {
            if (output instanceof org.vauban.output.AttritionFlow flow) {
                flow.arms()
                        .forEach(arm ->
                                arm.steps().getFirst().remaining().stream().forEach(persons::add));
            }
        }
        return persons;
    }
}
