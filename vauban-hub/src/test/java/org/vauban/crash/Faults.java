package org.vauban.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.vauban.deposit.envelope.Kind;
import org.vauban.desk.Deposited;
import org.vauban.hub.Hub;
import org.vauban.hub.TestHub;
import org.vauban.omop.CdmColumn;
import org.vauban.permit.Permit;
import org.vauban.permit.PermitTerms;
import org.vauban.permit.TestTerms;
import org.vauban.problem.ProblemException;

/**
 * What comes after the story, with one call that fails once: the disk is full, or does not confirm. Whoever asked is told, the rest goes
 * on or is refused until the hub is opened again, and what was acknowledged is there then, even if the machine dies.
 */
final class Faults {
    private final Story story;
    private final Aftermath aftermath;
    private final Crash base;
    private int calls;
    private int commits;
    private int refusedAfterwards;

    Faults(Story story, Aftermath aftermath) {
        this.story = story;
        this.aftermath = aftermath;
        this.base = Crash.before(story.steps(), story.steps().size());
    }

    /** Fails one call in so many, and one commit in so many; tells what went wrong. */
    List<String> sweep(int every) {
        List<String> wrong = new ArrayList<>();
        int all = live(-1, DiskInMemory.Failure.NO_SPACE, -1, InterruptedDatabase.Failing.BEFORE);
        for (int call = 0; call < all; call++) {
            DiskInMemory.Failure how = DiskInMemory.Failure.values()[call / every % 2];
            if (call % every == 0 || every == 1) {
                calls++;
                int failing = call;
                note(
                        "call " + call + " " + how,
                        wrong,
                        () -> live(failing, how, -1, InterruptedDatabase.Failing.BEFORE));
            }
        }
        for (int commit = 0; commit < 12; commit++) {
            for (InterruptedDatabase.Failing failing : InterruptedDatabase.Failing.values()) {
                if (commit % Math.min(every, 4) == 0) {
                    commits++;
                    int number = commit;
                    note(
                            "commit " + commit + " " + failing,
                            wrong,
                            () -> live(-1, DiskInMemory.Failure.NO_SPACE, number, failing));
                }
            }
        }
        return wrong;
    }

    private static void note(String what, List<String> wrong, Runnable life) {
        try {
            life.run();
        } catch (AssertionError | RuntimeException lost) {
            String words = String.valueOf(lost).strip().replaceAll("\\s+", " ");
            wrong.add(what + ": " + words.substring(0, Math.min(300, words.length())));
        }
    }

    /** The acts, one of which may meet the failure; then the next process, after an exit and after a power cut. */
    private int live(int call, DiskInMemory.Failure how, int commit, InterruptedDatabase.Failing failingCommit) {
        base.database().restore(aftermath.database());
        DiskInMemory disk = base.found(Crash.Way.PROCESS, new Random(call));
        base.acknowledged().forEach(fact -> disk.remember(new Step.Acknowledged(fact)));
        disk.failing(call, how);
        try (Hub hub = TestHub.open(
                disk.path(aftermath.home()),
                story.configuration(),
                file -> InterruptedDatabase.failing(disk, file, failingCommit, commit))) {
            act(hub, disk);
        } catch (ProblemException unopened) {
            assertThat(disk.hasFailed()).isTrue();
        }
        int made = disk.calls();
        disk.failing(-1, how);
        Crash after = Crash.before(disk.steps(), disk.steps().size());
        aftermath.check(after, Crash.Way.PROCESS, new Random(call));
        aftermath.check(after, Crash.Way.MACHINE_AT_WORST, new Random(call));
        return made;
    }

    private void act(Hub hub, DiskInMemory disk) {
        attempt(hub, disk, at -> {
            at.deposits().register(story.person("manager"), "insurer", Kind.SNDS, "Convention");
            return new Fact(
                    "producer",
                    again -> assertThat(again.deposits().producers())
                            .anyMatch(producer -> producer.name().equals("insurer")));
        });
        Deposited deposit = story.lastDeposit();
        // Its key is destroyed at the custodian, which goes on while the disk is put back.
        Story.TAKEN_BACK.add(deposit.id());
        attempt(hub, disk, at -> {
            at.deposits().withdraw(story.person("manager"), deposit.id());
            return new Fact(
                    "deposit/" + deposit.id(),
                    again -> assertThat(again.deposits().require(deposit.id()).state())
                            .isEqualTo(Deposited.State.WITHDRAWN));
        });
        Optional<Permit> asked = attempt(hub, disk, at -> {
                    Permit permit = at.permits().request(story.person("researcher"), terms(at));
                    return known(permit);
                })
                .flatMap(_ -> hub.permits().list(story.person("member")).stream()
                        .filter(permit -> permit.state().word().equals("requested"))
                        .findFirst());
        asked.ifPresent(permit -> attempt(hub, disk, at -> {
            Permit granted = at.permits().grant(story.person("member"), permit.id());
            return known(granted);
        }));
    }

    private static Fact known(Permit permit) {
        return new Fact(
                "permit/" + permit.id(),
                again -> assertThat(again.permits().require(permit.id()).state())
                        .isGreaterThanOrEqualTo(permit.state()));
    }

    private static PermitTerms terms(Hub hub) {
        PermitTerms earlier = hub.permits().granted().getFirst().terms();
        Set<CdmColumn> columns = earlier.extent().columns();
        return TestTerms.of(earlier.extent().editions().getFirst(), columns).terms();
    }

    /** What is acknowledged becomes a fact; what is not is told with a code, and after a failed sync nothing is acknowledged any more. */
    private Optional<Fact> attempt(Hub hub, DiskInMemory disk, Function<Hub, Fact> act) {
        boolean stopped = disk.failedSync().filter(Faults::isKept).isPresent();
        try {
            Fact fact = act.apply(hub);
            assertThat(stopped).as("acknowledged after a sync that failed").isFalse();
            disk.remember(new Step.Acknowledged(fact));
            return Optional.of(fact);
        } catch (ProblemException told) {
            assertThat(disk.hasFailed() || told.code().name().equals("HOME_UNWRITABLE"))
                    .as("%s without a failure", told.code())
                    .isTrue();
            refusedAfterwards += stopped ? 1 : 0;
            return Optional.empty();
        }
    }

    /** The probe for free space is no data: whether its zeros reach the disk is nobody's concern. */
    private static boolean isKept(Path path) {
        return !path.endsWith(".space");
    }

    String report() {
        return "failing calls: " + calls + ", failing commits: " + commits
                + ", acts refused because a sync had failed before: " + refusedAfterwards;
    }
}
