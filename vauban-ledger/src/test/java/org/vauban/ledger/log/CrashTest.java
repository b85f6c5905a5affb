package org.vauban.ledger.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.vauban.ledger.SampleEntries.KEY;
import static org.vauban.ledger.SampleEntries.ORIGIN;
import static org.vauban.ledger.SampleEntries.SIGNER;
import static org.vauban.ledger.SampleEntries.entries;
import static org.vauban.ledger.SampleEntries.entry;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vauban.ledger.log.FaultyDisk.Death;
import org.vauban.ledger.log.FaultyDisk.Way;
import org.vauban.ledger.log.LogUnwritableException.Reason;
import org.vauban.ledger.tree.Hash;
import org.vauban.ledger.verify.Trust;
import org.vauban.ledger.verify.VerificationReport;
import org.vauban.ledger.verify.Verifier;

/**
 * One life of a log, interrupted at each of its steps in turn: appends of one entry, of some, across the end of a tile, and of
 * more than a tile. Whatever happens, what was acknowledged is there, what was not is there whole or not at all, and the log
 * goes on.
 */
class CrashTest {

    private static final int[] APPENDS = {1, 4, 250, 3, 270};
    private static final List<Hash> LEAVES =
            entries(0, 800).stream().map(Hash::leaf).toList();

    @TempDir
    private Path temporary;

    @Test
    void theLifeHasEnoughStepsToBeInterruptedAt() {
        FaultyDisk disk = FaultyDisk.sound();

        live(temporary.resolve("log"), disk, new long[1]);

        assertThat(disk.steps()).isGreaterThan(80);
    }

    @ParameterizedTest
    @EnumSource(
            value = Way.class,
            names = {"KILLED", "POWER_CUT"})
    void afterDeathAtAnyStepTheLogIsWholeAndGoesOn(Way way) throws IOException {
        int steps = stepsOfALife();
        int rounds = way == Way.POWER_CUT ? 2 : 1;
        for (int round = 0; round < rounds; round++) {
            for (int step = 0; step < steps; step++) {
                Path folder = temporary.resolve(round + "-" + step);
                long[] acknowledged = new long[1];

                Throwable death = live(folder, new FaultyDisk(step, way, 31L * step + round), acknowledged);

                assertThat(death).isInstanceOf(Death.class);
                checkAfter(folder, acknowledged[0], "death before step " + step + " in round " + round);
            }
        }
    }

    @Test
    void whenAnyStepFailsForLackOfSpaceNothingHasHappenedAndTheSameAppendWorksLater() throws IOException {
        int steps = stepsOfALife();
        for (int step = 0; step < steps; step++) {
            Path folder = temporary.resolve("full-" + step);
            FaultyDisk disk = new FaultyDisk(step, Way.FULL, step);
            long[] acknowledged = new long[1];

            Throwable failure = live(folder, disk, acknowledged);

            if (failure != null) {
                assertThat(failure).isInstanceOf(LogUnwritableException.class);
                assertThat(failure.getCause()).isInstanceOf(IOException.class);
            }
            checkAfter(folder, acknowledged[0], "failure at step " + step);
        }
    }

    @Test
    void aWriterThatRanOutOfSpaceKeepsItsStateAndTriesAgain() throws IOException {
        int attempts = 0;
        for (int step = 0; step < 60; step++) {
            Path folder = temporary.resolve("retry-" + step);
            try (TileLog log = TileLog.open(folder, ORIGIN, SIGNER, FaultyDisk.sound())) {
                log.append(entries(0, 250));
            }
            FaultyDisk disk = new FaultyDisk(step, Way.FULL, step);
            try (TileLog log = TileLog.open(folder, ORIGIN, SIGNER, disk)) {
                LogUnwritableException failure = failureOf(() -> log.append(entries(250, 780)));
                if (failure == null || failure.reason() == Reason.BROKEN) {
                    continue;
                }
                attempts++;

                assertThat(failure.reason()).isEqualTo(Reason.STORAGE);
                assertThat(log.size()).isEqualTo(250);
                assertThat(log.checkpoint().checkpoint().size()).isEqualTo(250);
                assertThat(log.append(entries(250, 255))).isEqualTo(250);
                assertThat(log.append(entries(255, 600))).isEqualTo(255);
            }
            checkAfter(folder, 600, "second try after step " + step);
        }
        assertThat(attempts).isGreaterThan(15);
    }

    @Test
    void afterADiskThatDidNotConfirmAWriterRefusesAllFurtherWork() throws IOException {
        int broken = 0;
        for (int step = 0; step < 60; step++) {
            Path folder = temporary.resolve("lost-" + step);
            try (TileLog log = TileLog.open(folder, ORIGIN, SIGNER, FaultyDisk.sound())) {
                log.append(entries(0, 250));
            }
            FaultyDisk disk = new FaultyDisk(step, Way.NOT_DURABLE, step);
            try (TileLog log = TileLog.open(folder, ORIGIN, SIGNER, disk)) {
                LogUnwritableException failure = failureOf(() -> log.append(entries(250, 780)));
                if (failure == null || failure.reason() != Reason.BROKEN) {
                    continue;
                }
                broken++;
                int stepsBefore = disk.steps();

                LogUnwritableException refusal = failureOf(() -> log.append(entries(250, 251)));

                assertThat(refusal)
                        .isNotNull()
                        .extracting(LogUnwritableException::reason)
                        .isEqualTo(Reason.BROKEN);
                assertThat(disk.steps()).isEqualTo(stepsBefore);
                assertThat(log.size()).isEqualTo(250);
            }
            checkAfter(folder, 250, "unconfirmed step " + step);
        }
        assertThat(broken).isGreaterThan(15);
    }

    @Test
    void whatTheDiskGivesBackDifferentlyIsNeverSigned() throws IOException {
        Path folder = temporary.resolve("lying");
        try (TileLog log = TileLog.open(folder, ORIGIN, SIGNER)) {
            log.append(entries(0, 300));
        }
        FaultyDisk disk = FaultyDisk.sound();
        try (TileLog log = TileLog.open(folder, ORIGIN, SIGNER, disk)) {
            disk.changeWhatIsRead(bytes -> {
                byte[] changed = bytes.clone();
                changed[changed.length / 2] ^= 4;
                return changed;
            });

            LogUnwritableException failure = failureOf(() -> log.append(entries(300, 310)));

            assertThat(failure)
                    .isNotNull()
                    .extracting(LogUnwritableException::reason)
                    .isEqualTo(Reason.BROKEN);
            assertThat(log.size()).isEqualTo(300);
        }
        checkAfter(folder, 300, "a lying disk");
    }

    /** Opens a log and makes the appends until something is thrown; returns that. */
    private static @Nullable Throwable live(Path folder, Disk disk, long[] acknowledged) {
        return catchThrowable(() -> {
            try (TileLog log = TileLog.open(folder, ORIGIN, SIGNER, disk)) {
                for (int append : APPENDS) {
                    long size = log.size();
                    assertThat(log.append(entries(size, size + append))).isEqualTo(size);
                    acknowledged[0] = size + append;
                }
            }
        });
    }

    private static void checkAfter(Path folder, long acknowledged, String when) throws IOException {
        try (TileLog log = TileLog.open(folder, ORIGIN, SIGNER, FaultyDisk.sound())) {
            long size = log.size();
            assertThat(size).as(when).isGreaterThanOrEqualTo(acknowledged);
            assertThat(log.append(entries(size, size + 3))).isEqualTo(size);
            assertThat(log.checkpoint().checkpoint().root()).as(when).isEqualTo(rootOf(size + 3));
            assertThat(log.read(size + 2)).as(when).isEqualTo(entry(size + 2));
        }
        VerificationReport report = new Verifier(Trust.in(KEY)).verify(folder);
        assertThat(report.problem()).as(when).isEmpty();
        assertThat(report.remarks()).as(when).isEmpty();
    }

    /** The root of a log that has all the sample entries up to this size, and nothing else. */
    private static Hash rootOf(long size) {
        return Hash.root(LEAVES.subList(0, (int) size));
    }

    private static @Nullable LogUnwritableException failureOf(Runnable append) {
        try {
            append.run();
            return null;
        } catch (LogUnwritableException e) {
            return e;
        }
    }

    private int stepsOfALife() {
        FaultyDisk disk = FaultyDisk.sound();
        live(temporary.resolve("whole-life"), disk, new long[1]);
        return disk.steps();
    }
}
