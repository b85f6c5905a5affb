package org.vauban.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.vauban.hub.ProblemAssertions.refusesWith;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.airlock.Airlock;
import org.vauban.airlock.Output;
import org.vauban.cohort.EvaluationProgress;
import org.vauban.hub.TestDatabases;
import org.vauban.hub.TestHub;
import org.vauban.hub.TestWitness;
import org.vauban.journal.Entry;
import org.vauban.ledger.entry.LogEntry;
import org.vauban.ledger.entry.Phase;
import org.vauban.ledger.note.VerifierKey;
import org.vauban.ledger.policy.Policy;
import org.vauban.ledger.verify.Trust;
import org.vauban.ledger.verify.VerificationReport;
import org.vauban.ledger.verify.Verifier;
import org.vauban.omop.EditionId;
import org.vauban.people.Actor;
import org.vauban.people.Role;
import org.vauban.permit.Permit;
import org.vauban.permit.TestTerms;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;
import org.vauban.study.StudyDefinition;
import org.vauban.study.StudyPlanner;

/** One hub and three witnesses, two of which must have cosigned: what a grant and a release wait for, and what nothing waits for. */
class QuorumTest {
    /** Longer than the pause after which witnesses are asked about the same checkpoint again. */
    private static final Duration LATER = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    TestHub hub;
    Actor researcher;
    Actor member;
    EditionId edition;
    Path study;
    List<TestWitness> witnesses = List.of();
    Policy policy = Policy.NOBODY;

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
        String key = hub.hub().home().settings().ledgerKey();
        witnesses = Stream.of("w1", "w2", "w3")
                .map(name -> TestWitness.start(folder.resolve(name), "witness.example/" + name, key))
                .toList();
        policy = TestWitness.policy(2, witnesses);
        hub.reopen(policy);
    }

    @AfterEach
    void close() {
        hub.close();
        witnesses.forEach(TestWitness::close);
    }

    @Test
    void aPermitIsActiveOnceEnoughWitnessesHaveCosignedTheDecision() {
        Permit permit = requested();
        onlyTheFirstIsThere();

        ProblemException waiting =
                refusesWith(ProblemCode.NOT_WITNESSED, () -> hub.hub().permits().grant(member, permit.id()));

        assertThat(waiting.problem().sentence(Locale.FRENCH)).contains("2/3").contains("w2: 503");
        assertThat(shown(permit)).isFalse();
        refusesWith(ProblemCode.NOT_WITNESSED, () -> run(permit));
        var tiles = hub.hub().journal().tiles();
        LogEntry last = LogEntry.parse(tiles.read(tiles.size() - 1));
        assertThat(last.header().phase()).isEqualTo(new Phase.Entered("NOT_WITNESSED"));
        hub.hub().settle();
        assertThat(shown(permit)).isFalse();

        witnesses.get(1).comeBack();
        hub.clock().advance(LATER);
        hub.hub().settle();

        assertThat(shown(permit)).isTrue();
        assertThat(run(permit).outputs()).isNotEmpty();
        refusesWith(ProblemCode.PERMIT_NOT_ACTIVE, () -> hub.hub().permits().grant(member, permit.id()));
    }

    @Test
    void anOutputIsPublicOnceEnoughWitnessesHaveCosignedItsRelease() {
        Permit permit = requested();
        hub.hub().permits().grant(member, permit.id());
        Output output = hub.hub()
                .airlock()
                .request(researcher, run(permit).analysis(), List.of())
                .getFirst();
        Actor first = hub.person("first", Role.OUTPUT_CHECKER);
        Actor second = hub.person("second", Role.OUTPUT_CHECKER);
        hub.hub().airlock().review(first, output.id(), Airlock.Decision.APPROVED, "looks safe");
        onlyTheFirstIsThere();

        refusesWith(
                ProblemCode.NOT_WITNESSED,
                () -> hub.hub().airlock().review(second, output.id(), Airlock.Decision.APPROVED, "safe"));

        assertThat(hub.hub().register().documents()).isEmpty();
        hub.reopen();
        hub.hub().recover();
        assertThat(hub.hub().register().documents()).isEmpty();

        witnesses.get(2).comeBack();
        hub.clock().advance(LATER);
        hub.hub().settle();

        assertThat(hub.hub().register().documents())
                .extracting(document -> document.output())
                .containsExactly(output.id().value());
    }

    @Test
    void otherActsWaitForNobodyAndAWithdrawalLeastOfAll() {
        Permit permit = requested();
        hub.hub().permits().grant(member, permit.id());
        witnesses.forEach(TestWitness::goAway);

        hub.hub().journal().enter(Entry.of("test-act", "a-12345678", "thing/1"), (_, _) -> true);
        // What was witnessed before is still active.
        assertThat(run(permit).outputs()).isNotEmpty();
        hub.hub().permits().withdraw(member, permit.id(), "the convention ended");

        assertThat(hub.hub().register().states()).containsEntry(permit.id().value(), "withdrawn");
        refusesWith(ProblemCode.PERMIT_NOT_ACTIVE, () -> run(permit));
    }

    @Test
    void whatIsPublishedIsCosignedAndAnAuditorsPolicyHoldsTheLogToIt() throws IOException {
        Permit permit = requested();
        hub.hub().permits().grant(member, permit.id());
        hub.reopen();
        long size = hub.hub().journal().tiles().size();
        Trust trust = Trust.in(VerifierKey.parse(hub.hub().home().settings().ledgerKey()))
                .under(policy);

        VerificationReport report = new Verifier(trust).verify(hub.hub().ledgerFolder());

        assertThat(report.problem()).isEmpty();
        assertThat(report.witnesses()).containsExactly("w1", "w2", "w3");
        assertThat(report.quorum()).contains(new VerificationReport.Quorum("2 of 3", size));

        witnesses.forEach(TestWitness::goAway);
        hub.hub().journal().enter(Entry.of("test-act", "a-12345678", "thing/1"), (_, _) -> true);
        VerificationReport later = new Verifier(trust).verify(hub.hub().ledgerFolder());
        assertThat(later.firstBadIndex()).hasValue(size);
        assertThat(later.quorum()).contains(new VerificationReport.Quorum("2 of 3", size));
    }

    @Test
    void aHubThatIsPutBackToAnOlderStateGetsNoSignatureForAnotherStory() throws IOException {
        assumeFalse(TestDatabases.areOnAServer(), "a copy of HOME does not hold a server's rows");
        hub.hub().journal().enter(Entry.of("test-act", "a-12345678", "thing/1"), (_, _) -> true);
        hub.hub().close();
        copy(hub.home(), folder.resolve("older"));
        hub.reopen();
        Permit permit = requested();
        hub.hub().permits().grant(member, permit.id());
        hub.hub().close();
        Files.move(hub.home(), folder.resolve("newer"));
        copy(folder.resolve("older"), hub.home());
        hub.reopen();

        Permit another = requested();

        refusesWith(ProblemCode.NOT_WITNESSED, () -> hub.hub().permits().grant(member, another.id()));
    }

    @Test
    void nobodyIsAskedAboutTheSameCheckpointAgainAtOnce() {
        Permit permit = requested();
        onlyTheFirstIsThere();
        refusesWith(ProblemCode.NOT_WITNESSED, () -> hub.hub().permits().grant(member, permit.id()));
        int asked = witnesses.get(1).asked();

        hub.hub().settle();
        hub.hub().settle();

        assertThat(witnesses.get(1).asked()).isEqualTo(asked);
    }

    private void onlyTheFirstIsThere() {
        witnesses.get(1).goAway();
        witnesses.get(2).goAway();
    }

    private boolean shown(Permit permit) {
        return "granted".equals(hub.hub().register().states().get(permit.id().value()));
    }

    private Receipt run(Permit permit) {
        return hub.hub()
                .gate()
                .run(researcher, new StudyRequest(study, edition, permit.project()), EvaluationProgress.SILENT);
    }

    private Permit requested() {
        return hub.hub()
                .permits()
                .request(
                        researcher,
                        TestTerms.of(
                                        edition,
                                        StudyPlanner.plan(StudyDefinition.read(study))
                                                .needs()
                                                .columns())
                                .terms());
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
