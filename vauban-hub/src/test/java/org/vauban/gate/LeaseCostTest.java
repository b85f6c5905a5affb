package org.vauban.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.cohort.CohortDefinition;
import org.vauban.cohort.EvaluationProgress;
import org.vauban.cohort.compiled.CompiledEvaluator;
import org.vauban.custody.Keys;
import org.vauban.custody.Lease;
import org.vauban.edition.Edition;
import org.vauban.hub.TestHub;
import org.vauban.omop.CdmColumn;
import org.vauban.people.Actor;
import org.vauban.people.Role;
import org.vauban.permit.Grant;
import org.vauban.permit.Permit;
import org.vauban.permit.Scope;
import org.vauban.permit.TestTerms;
import org.vauban.study.StudyDefinition;
import org.vauban.study.StudyPlan;
import org.vauban.study.StudyPlanner;
import org.vauban.study.StudyRunner;
import org.vauban.trajectory.Needs;
import org.vauban.trajectory.TrajectorySource;
import org.vauban.vault.Loan;

/**
 * What leases cost: the same work with and without them, in turns. {@code -Dvauban.lease-cost.data=FOLDER} takes another data set than the
 * small one, {@code .cohorts=FOLDER} other definitions, {@code .rounds=N} more turns.
 */
class LeaseCostTest {
    private static final int ROUNDS = Integer.getInteger("vauban.lease-cost.rounds", 1);

    @TempDir
    Path folder;

    @Test
    void theSameWorkGivesTheSameWithAndWithoutALease() throws IOException {
        try (TestHub hub = new TestHub(folder);
                Keys keys = new Keys(hub.custodianAddress(), Optional.empty())) {
            hub.person("administrator", Role.ADMINISTRATOR);
            Actor manager = hub.person("manager", Role.DATA_MANAGER);
            Actor researcher = hub.person("researcher", Role.RESEARCHER);
            Actor member = hub.person("member", Role.COMMITTEE_MEMBER);
            Path data = Optional.ofNullable(System.getProperty("vauban.lease-cost.data"))
                    .map(Path::of)
                    .orElseGet(() -> TinyHospital.write(folder.resolve("omop")));
            Edition edition = hub.hub()
                    .publications()
                    .open(hub.hub()
                            .publications()
                            .omop(manager, data, folder.resolve("rejects.csv"))
                            .edition()
                            .id());
            StudyPlan plan = StudyPlanner.plan(
                    StudyDefinition.read(TinyHospital.study(folder.resolve("study"), "research", "")));
            List<CohortDefinition> library = library();
            Needs needs = library.stream().map(CohortDefinition::needs).reduce(plan.needs(), Needs::and);
            Permit permit = hub.hub()
                    .permits()
                    .grant(
                            member,
                            hub.hub()
                                    .permits()
                                    .request(
                                            researcher,
                                            TestTerms.of(edition.id(), granted(needs))
                                                    .terms())
                                    .id());
            Grant grant = hub.hub()
                    .permits()
                    .require(
                            researcher,
                            permit.project(),
                            new Scope(edition.id(), needs, Optional.empty(), Optional.empty()),
                            hub.clock().instant());
            Loan lease = new Lease(
                    () -> {
                        hub.hub().permits().lapse(grant, hub.clock().instant());
                        return keys.leaseOfPermit(permit.id().value());
                    },
                    Clock.systemUTC())::begin;

            measure(
                    "study",
                    lease,
                    loan -> StudyRunner.run(
                                    plan,
                                    read(edition, grant, loan),
                                    new CompiledEvaluator(),
                                    EvaluationProgress.SILENT)
                            .followUp()
                            .stream()
                            .map(arm -> arm.label() + " " + arm.persons() + " " + arm.days() + " " + arm.events())
                            .toList()
                            .toString());
            measure("library of " + library.size(), lease, loan -> {
                var results = new CompiledEvaluator()
                        .evaluate(library, read(edition, grant, loan), EvaluationProgress.SILENT);
                long entries = 0;
                for (int index = 0; index < library.size(); index++) {
                    entries += results.result(index).entries().size();
                }
                return String.valueOf(entries);
            });
        }
    }

    /** Something that is computed on an edition. */
    private interface Work {
        String run(Loan loan);
    }

    private static void measure(String name, Loan lease, Work work) {
        double[] without = new double[ROUNDS];
        double[] with = new double[ROUNDS];
        assertThat(work.run(lease)).isEqualTo(work.run(Loan.OF_THE_HUB));
        for (int round = 0; round < ROUNDS; round++) {
            without[round] = seconds(() -> work.run(Loan.OF_THE_HUB));
            with[round] = seconds(() -> work.run(lease));
        }
        System.out.printf(
                "%s: %.3f s without a lease, %.3f s with, ratio %.3f (medians of %d)%n",
                name, median(without), median(with), median(with) / median(without), ROUNDS);
    }

    private static double seconds(Runnable work) {
        long before = System.nanoTime();
        work.run();
        return (System.nanoTime() - before) / 1e9;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static TrajectorySource read(Edition edition, Grant grant, Loan loan) {
        return edition.read(grant, _ -> false, loan, new CompiledEvaluator(), EvaluationProgress.SILENT);
    }

    private static Set<CdmColumn> granted(Needs needs) {
        return needs.columns();
    }

    private List<CohortDefinition> library() throws IOException {
        List<CohortDefinition> library = new ArrayList<>();
        String given = System.getProperty("vauban.lease-cost.cohorts");
        Path definitions = given == null ? folder.resolve("study") : Path.of(given);
        try (Stream<Path> files = Files.list(definitions)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                library.add(CohortDefinition.read(file));
            }
        }
        return library;
    }
}
