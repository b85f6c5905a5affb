package org.vauban.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vauban.custodian.KeyName;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;

class VaultTest {
    private static final SealContext HERE = new SealContext(KeyName.of("edition"), "measurement/value", 3);

    @TempDir
    Path folder;

    private final TestKeys keys = new TestKeys();
    private Vault vault;

    @BeforeEach
    void open() {
        vault = Vault.open(folder, keys);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1_015, 1_016, 1_017, 65_535, 65_537, 3_000_000})
    void givesBackWhatItSealed(int size) {
        byte[] content = bytes(size);

        ObjectId id = vault.seal(HERE, content).id();

        assertThat(vault.open(id, HERE)).isEqualTo(content);
    }

    @Test
    void namesAnObjectByTheHashOfItsCiphertext() throws IOException {
        SealedObject sealed = vault.seal(HERE, bytes(100));

        byte[] ciphertext = Files.readAllBytes(file(sealed.id()));

        assertThat(ObjectId.of(Vault.sha256().digest(ciphertext))).isEqualTo(sealed.id());
        assertThat(sealed.bytes()).isEqualTo(ciphertext.length);
    }

    @Test
    void sealsAndOpensABatchWithOneQuestionEach() {
        List<Sealing> batch = IntStream.range(0, 200)
                .mapToObj(index -> Sealing.of(HERE, bytes(index)))
                .toList();

        List<SealedObject> sealed = vault.sealAll(batch);

        assertThat(keys.questions()).isEqualTo(1);
        var sinks =
                sealed.stream().map(_ -> new java.io.ByteArrayOutputStream()).toList();
        vault.openAll(IntStream.range(0, 200)
                .mapToObj(index -> new Opening(sealed.get(index).id(), HERE, sinks.get(index)))
                .toList());
        assertThat(keys.questions()).isEqualTo(2);
        assertThat(sinks.get(177).toByteArray()).isEqualTo(bytes(177));
    }

    @Test
    void keysWhoseTimeIsOverAreZeroedAndTheOthersAskedForAgain() {
        List<SealedObject> sealed = vault.sealAll(IntStream.range(0, 5)
                .mapToObj(index -> Sealing.of(HERE, bytes(index)))
                .toList());
        var sinks =
                sealed.stream().map(_ -> new java.io.ByteArrayOutputStream()).toList();
        var looks = new AtomicInteger();

        // Over at every second look: two objects for each question.
        vault.openAll(
                IntStream.range(0, 5)
                        .mapToObj(index -> new Opening(sealed.get(index).id(), HERE, sinks.get(index)))
                        .toList(),
                () -> () -> looks.incrementAndGet() % 2 == 0);

        assertThat(sinks.get(4).toByteArray()).isEqualTo(bytes(4));
        assertThat(keys.questions()).as("one to seal, three to open").isEqualTo(4);
        assertThat(keys.given()).hasSize(5 + 3 + 1).allMatch(key -> Arrays.equals(key, new byte[key.length]));
    }

    @Test
    void whatIsNotLentIsNotUnwrapped() {
        ObjectId id = vault.seal(HERE, bytes(10)).id();
        var sink = new java.io.ByteArrayOutputStream();

        assertThatThrownBy(() -> vault.openAll(List.of(new Opening(id, HERE, sink)), () -> {
                    throw Problem.of(ProblemCode.KEYS_ABSENT).found("nobody").exception();
                }))
                .hasMessageStartingWith("KEYS_ABSENT");

        assertThat(sink.toByteArray()).isEmpty();
        assertThat(keys.given()).isEmpty();
    }

    @Test
    void noticesEveryFlippedByteOfASmallObject() throws IOException {
        ObjectId id = vault.seal(HERE, bytes(50)).id();
        byte[] whole = Files.readAllBytes(file(id));

        for (int place = 0; place < whole.length; place++) {
            byte[] flipped = whole.clone();
            flipped[place] ^= 0x20;
            Files.write(file(id), flipped);

            assertBroken(() -> vault.open(id, HERE));
        }
    }

    @Test
    void noticesFlippedBytesOfALargeObject() throws IOException {
        ObjectId id = vault.seal(HERE, bytes(2_500_000)).id();
        byte[] whole = Files.readAllBytes(file(id));
        var chance = new Random(20_261_121);

        for (int attempt = 0; attempt < 40; attempt++) {
            byte[] flipped = whole.clone();
            flipped[chance.nextInt(whole.length)] ^= (byte) (1 << chance.nextInt(8));
            Files.write(file(id), flipped);

            assertBroken(() -> vault.open(id, HERE));
            assertBroken(() -> vault.verify(id));
        }
    }

    @Test
    void noticesAnObjectThatWasCutOrLengthened() throws IOException {
        ObjectId id = vault.seal(HERE, bytes(5_000)).id();
        byte[] whole = Files.readAllBytes(file(id));

        for (int length : new int[] {0, 3, 20, 60, 200, whole.length - 1, whole.length + 1}) {
            Files.write(file(id), Arrays.copyOf(whole, length));

            assertBroken(() -> vault.open(id, HERE));
        }
    }

    @Test
    void noticesTwoObjectsThatChangedPlaces() throws IOException {
        ObjectId first = vault.seal(HERE, bytes(500)).id();
        ObjectId second = vault.seal(HERE, bytes(600)).id();
        byte[] firstBytes = Files.readAllBytes(file(first));
        Files.write(file(first), Files.readAllBytes(file(second)));
        Files.write(file(second), firstBytes);

        assertBroken(() -> vault.open(first, HERE));
        assertBroken(() -> vault.open(second, HERE));
    }

    @Test
    void opensAnObjectAtItsOwnPlaceAlone() {
        ObjectId id = vault.seal(HERE, bytes(10)).id();

        assertBroken(() -> vault.open(id, new SealContext(HERE.key(), HERE.kind(), 4)));
        assertBroken(() -> vault.open(id, new SealContext(HERE.key(), "measurement/source", 3)));
        assertBroken(() -> vault.open(id, new SealContext(KeyName.of("body"), HERE.kind(), 3)));
        assertThat(vault.open(id, HERE)).isEqualTo(bytes(10));
    }

    @Test
    void refusesAnObjectOfAnotherHub() throws IOException {
        ObjectId id = vault.seal(HERE, bytes(10)).id();
        Path elsewhere = folder.resolve("elsewhere");
        Vault other = Vault.open(elsewhere, new TestKeys("fedcba9876543210fedcba9876543210"));
        Path copy =
                elsewhere.resolve("objects").resolve(id.value().substring(0, 2)).resolve(id.value());
        Files.createDirectories(copy.getParent());
        Files.copy(file(id), copy);

        assertBroken(() -> other.open(id, HERE));
    }

    @Test
    void opensNothingWithoutTheCustodian() {
        ObjectId id = vault.seal(HERE, bytes(10)).id();

        keys.leave();

        assertThatThrownBy(() -> vault.open(id, HERE))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.code()).isEqualTo(ProblemCode.KEYS_ABSENT));
    }

    @Test
    void writesNoPlaintextAndNoNameOfTheContent() throws IOException {
        byte[] canary = "canary-7f3a-Dupont".repeat(400).getBytes(StandardCharsets.UTF_8);

        vault.seal(HERE, canary);

        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String raw = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertThat(raw).doesNotContain("canary", "Dupont", "measurement");
            }
        }
    }

    @Test
    void givesContentsOfNearbySizesOneSize() {
        long[] sizes = IntStream.of(0, 10, 500, 1_000)
                .mapToLong(size -> vault.seal(HERE, bytes(size)).bytes())
                .distinct()
                .toArray();

        assertThat(sizes).hasSize(1);
        assertThat(Padding.padded(1_000_000)).isBetween(1_000_000L, 1_120_000L).isEqualTo(Padding.padded(1_000_001));
    }

    @Test
    void removesWhatACrashLeftUnfinished() throws IOException {
        Path left = Files.write(folder.resolve("objects/.unfinished-00"), bytes(5));

        Vault.open(folder, keys);

        assertThat(left).doesNotExist();
    }

    @Test
    void losesNothingThatItSaidWasSealedWheneverThePowerFails() {
        assertThat(lostAfterPowerCuts(CrashDisk::honest)).isZero();
    }

    @Test
    void theCampaignNoticesADiskThatDoesNotSync() {
        assertThat(lostAfterPowerCuts(CrashDisk::lying)).isPositive();
    }

    /** Seals batches until the power fails, at every operation once, and counts acknowledged objects that are gone or broken. */
    private int lostAfterPowerCuts(java.util.function.Supplier<CrashDisk> disks) {
        var chance = new Random(7);
        int lost = 0;
        for (int failure = 0; failure < 150; failure++) {
            CrashDisk disk = disks.get();
            Vault onDisk = disk.vault(keys);
            disk.failingAfter(failure);
            List<SealedObject> acknowledged = new java.util.ArrayList<>();
            try {
                for (int batch = 0; batch < 5; batch++) {
                    acknowledged.addAll(onDisk.sealAll(List.of(
                            Sealing.of(HERE, bytes(100)), Sealing.of(HERE, bytes(200)), Sealing.of(HERE, bytes(300)))));
                }
            } catch (ProblemException powerCut) {
                assertThat(powerCut.code()).isEqualTo(ProblemCode.HOME_UNWRITABLE);
            }
            Vault after = disk.afterPowerCut(chance).vault(keys);
            for (int index = 0; index < acknowledged.size(); index++) {
                try {
                    assertThat(after.open(acknowledged.get(index).id(), HERE)).isEqualTo(bytes(100 * (index % 3 + 1)));
                } catch (ProblemException gone) {
                    lost++;
                }
            }
        }
        return lost;
    }

    private Path file(ObjectId id) {
        return folder.resolve("objects").resolve(id.value().substring(0, 2)).resolve(id.value());
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static void assertBroken(ThrowingCallable opening) {
        assertThatThrownBy(opening)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.code()).isEqualTo(ProblemCode.SEAL_BROKEN));
    }
}
