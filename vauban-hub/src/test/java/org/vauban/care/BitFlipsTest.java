package org.vauban.care;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vauban.hub.ProblemAssertions.refusesWith;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.deposit.Progress;
import org.vauban.deposit.SplitRequest;
import org.vauban.deposit.Splitter;
import org.vauban.deposit.envelope.Kind;
import org.vauban.deposit.envelope.RecipientKey;
import org.vauban.deposit.envelope.Zone;
import org.vauban.gate.TinyHospital;
import org.vauban.hub.Hub;
import org.vauban.hub.TestHub;
import org.vauban.people.Actor;
import org.vauban.people.Role;
import org.vauban.problem.ProblemCode;
import org.vauban.publication.PublishedEdition;
import org.vauban.vault.Spill;

/** One random bit at a time, in every kind of file that is checked. {@code -Dvauban.flips=10000} makes a campaign of it. */
class BitFlipsTest {
    private static final int FLIPS = Integer.getInteger("vauban.flips", 150);
    private static final long SEED = Long.getLong("vauban.flips.seed", 20_260_301L);
    private static final List<String> KINDS = List.of("object", "edition", "deposit", "log");

    @TempDir
    Path folder = Path.of("");

    private TestHub hub = unopened();
    private Actor administrator = nobody();
    private PublishedEdition edition = none();

    @SuppressWarnings("NullAway") // Set before each test.
    private static TestHub unopened() {
        return null;
    }

    @SuppressWarnings("NullAway") // Set before each test.
    private static Actor nobody() {
        return null;
    }

    @SuppressWarnings("NullAway") // Set before each test.
    private static PublishedEdition none() {
        return null;
    }

    @BeforeEach
    void aHubWithASecondCopy() throws IOException {
        hub = new TestHub(folder);
        administrator = hub.person("administrator", Role.ADMINISTRATOR);
        Actor manager = hub.person("manager", Role.DATA_MANAGER);
        edition = hub.hub()
                .publications()
                .omop(manager, TinyHospital.write(folder.resolve("omop")), folder.resolve("rejects.csv"))
                .edition();
        hub.hub().deposits().register(manager, "insurer", Kind.SNDS, "Convention");
        hub.hub().deposits().receive(manager, envelope(manager));
        hub.hub().care().backup(administrator, copy());
    }

    @AfterEach
    void close() {
        hub.close();
    }

    private Path copy() {
        return folder.resolve("copy");
    }

    @Test
    void everyFlippedBitIsToldAndHealedFromTheSecondCopy() throws IOException {
        var chance = new Random(SEED);
        Map<String, List<Path>> files = files();
        Map<String, Integer> flipped = new TreeMap<>();
        List<String> missed = new ArrayList<>();
        for (int flip = 0; flip < FLIPS; flip++) {
            String kind = KINDS.get(chance.nextInt(KINDS.size()));
            List<Path> candidates = files.getOrDefault(kind, List.of());
            Path file = candidates.get(chance.nextInt(candidates.size()));
            byte[] whole = Files.readAllBytes(file);
            byte[] rotten = whole.clone();
            int bit = chance.nextInt(rotten.length * 8);
            rotten[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, rotten);

            Scrubbed scrubbed = hub.hub().care().scrub(administrator, Optional.of(copy()));

            flipped.merge(kind, 1, Integer::sum);
            boolean told =
                    scrubbed.damages().stream().anyMatch(damage -> damage.kind().equals(kind) && damage.healed());
            if (!told || !java.util.Arrays.equals(Files.readAllBytes(file), whole)) {
                missed.add("flip " + flip + " of seed " + SEED + ": bit " + bit + " of a " + kind + ", "
                        + scrubbed.damages());
                Files.write(file, whole);
            }
        }

        System.out.println("bit flips: " + flipped + ", missed or not healed " + missed.size() + ", seed " + SEED);
        assertThat(missed).isEmpty();
    }

    @Test
    void withoutACopyDamageIsToldAndStays() throws IOException {
        Path object = files().getOrDefault("object", List.of()).getFirst();
        byte[] bytes = Files.readAllBytes(object);
        bytes[bytes.length / 2] ^= 1;
        Files.write(object, bytes);

        Scrubbed scrubbed = hub.hub().care().scrub(administrator, Optional.empty());

        assertThat(scrubbed.isWhole()).isFalse();
        assertThat(scrubbed.damages()).singleElement().satisfies(damage -> {
            assertThat(damage.path()).endsWith(String.valueOf(object.getFileName()));
            assertThat(damage.healed()).isFalse();
        });
    }

    @Test
    void aLostObjectComesBackFromTheCopy() throws IOException {
        Path object = files().getOrDefault("object", List.of()).getLast();
        Files.delete(object);

        Scrubbed scrubbed = hub.hub().care().scrub(administrator, Optional.of(copy()));

        assertThat(scrubbed.damages())
                .singleElement()
                .satisfies(damage -> assertThat(damage.healed()).isTrue());
        assertThat(object).exists();
    }

    @Test
    void theCopyInAnEmptyPlaceIsTheHubAgain() throws IOException {
        Path elsewhere = folder.resolve("elsewhere");
        try (var paths = Files.walk(copy())) {
            for (Path path : paths.toList()) {
                Path target = elsewhere.resolve(copy().relativize(path).toString());
                Files.createDirectories(Files.isDirectory(path) ? target : target.getParent());
                if (Files.isRegularFile(path)) {
                    Files.copy(path, target);
                }
            }
        }

        try (Hub restored = Hub.open(elsewhere, hub.configuration())) {
            restored.recover();
            restored.publications().open(edition.id()).verify();
            assertThat(restored.publications().require(edition.id()).root()).isEqualTo(edition.root());
            assertThat(restored.deposits().waiting()).hasSize(1);
            assertThat(restored.care().scrub(administrator, Optional.of(copy())).damages())
                    .isEmpty();
        }
    }

    @Test
    void theSecondTimeOnlyWhatIsNewIsWritten() {
        Copied again = hub.hub().care().backup(administrator, copy());

        assertThat(again.written()).isLessThan(again.files() / 4);
    }

    @Test
    void rowsThatWaitForAPublicationAreNotCopied() throws IOException {
        Path waiting = hub.home().resolve("vault").resolve(Spill.FOLDER).resolve("piece-1");
        Files.createDirectories(waiting.getParent());
        Files.write(waiting, new byte[1_000]);

        hub.hub().care().backup(administrator, copy());

        assertThat(copy().resolve("vault").resolve(Spill.FOLDER)).doesNotExist();
    }

    @Test
    void aFolderThatIsNoCopyOfThisHomeIsRefused() throws IOException {
        Path another = folder.resolve("another");
        Files.createDirectories(another);
        refusesAsCopy(another);

        Files.writeString(another.resolve("home.json"), "{}");
        refusesAsCopy(another);
    }

    private void refusesAsCopy(Path another) {
        refusesWith(ProblemCode.FIELD_WRONG_VALUE, () -> hub.hub().care().scrub(administrator, Optional.of(another)));
    }

    private Map<String, List<Path>> files() throws IOException {
        Path home = hub.home();
        Map<String, List<Path>> files = new TreeMap<>();
        for (Path file : SecondCopy.filesUnder(copy())) {
            String name = copy().relativize(file).toString();
            String kind = name.startsWith("vault/objects/")
                    ? "object"
                    : name.startsWith("vault/editions/")
                            ? "edition"
                            : name.endsWith(".env") ? "deposit" : name.startsWith("ledger/") ? "log" : "other";
            Path here = home.resolve(name);
            if (Files.exists(here)) {
                files.computeIfAbsent(kind, _ -> new ArrayList<>()).add(here);
            }
        }
        return files;
    }

    private Path envelope(Actor manager) throws IOException {
        Path source = Files.createDirectories(folder.resolve("source"));
        Files.write(
                source.resolve("T_MCO19D.csv"), "ETA_NUM;RSA_NUM;ASS_DGN\n1;2;K250\n".getBytes(StandardCharsets.UTF_8));
        byte[] key = hub.hub().deposits().deliveryKey(manager, "insurer");
        Splitter.split(
                new SplitRequest(
                        source,
                        "insurer",
                        Optional.of(Kind.SNDS),
                        RecipientKey.of(Zone.HEALTH, key),
                        RecipientKey.of(Zone.IDENTITY, key),
                        folder.resolve("spool"),
                        Optional.empty(),
                        folder.resolve("split-rejects.csv"),
                        SplitRequest.PART_BYTES_DEFAULT),
                Progress.silent(),
                Clock.systemUTC());
        return folder.resolve("spool").resolve("health");
    }
}
