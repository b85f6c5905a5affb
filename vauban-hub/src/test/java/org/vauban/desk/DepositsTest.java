package org.vauban.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.custody.Keys;
import org.vauban.deposit.Progress;
import org.vauban.deposit.SplitRequest;
import org.vauban.deposit.Splitter;
import org.vauban.deposit.envelope.Kind;
import org.vauban.deposit.envelope.RecipientKey;
import org.vauban.deposit.envelope.Zone;
import org.vauban.hub.TestHub;
import org.vauban.journal.Entry;
import org.vauban.people.Actor;
import org.vauban.people.Role;
import org.vauban.problem.ProblemException;

/** The desk with a real custodian and real envelopes. */
class DepositsTest {
    private static final String CONTENT = "ETA_NUM;RSA_NUM;ASS_DGN\n1;2;K250\n1;3;K920\n";

    @TempDir
    Path folder = Path.of("");

    private TestHub hub = unopened();
    private Actor manager = nobody();

    @SuppressWarnings("NullAway") // Set before each test.
    private static TestHub unopened() {
        return null;
    }

    @SuppressWarnings("NullAway") // Set before each test.
    private static Actor nobody() {
        return null;
    }

    @BeforeEach
    void open() {
        hub = new TestHub(folder);
        hub.person("administrator", Role.ADMINISTRATOR);
        manager = hub.person("manager", Role.DATA_MANAGER);
    }

    @AfterEach
    void close() {
        hub.close();
    }

    private Deposits desk() {
        return hub.hub().deposits();
    }

    private Path envelope(String name, String content) throws IOException {
        Path source = Files.createDirectories(folder.resolve(name));
        Files.writeString(source.resolve("T_MCO19D.csv"), content);
        Path spool = folder.resolve(name + "-spool");
        byte[] key = desk().deliveryKey(manager, "insurer");
        Splitter.split(
                new SplitRequest(
                        source,
                        "insurer",
                        Optional.of(Kind.SNDS),
                        RecipientKey.of(Zone.HEALTH, key),
                        RecipientKey.of(Zone.IDENTITY, key),
                        spool,
                        Optional.empty(),
                        folder.resolve("rejects.csv"),
                        SplitRequest.PART_BYTES_DEFAULT),
                Progress.silent(),
                Clock.systemUTC());
        return spool.resolve("health");
    }

    @Test
    void whatWasDepositedComesOutOfTheCustodiansHandsAsItWas() throws IOException {
        desk().register(manager, "insurer", Kind.SNDS, "Convention 2026-01");

        Deposited deposited = desk().receive(manager, envelope("one", CONTENT));

        assertThat(deposited.state()).isEqualTo(Deposited.State.RECEIVED);
        List<DepositedTable> tables = desk().open(deposited.id());
        assertThat(tables).hasSize(1);
        assertThat(tables.getFirst().table()).isEqualTo("T_MCO19D");
        assertThat(tables.getFirst().delimiter()).isEqualTo(';');
        assertThat(read(tables.getFirst())).isEqualTo(CONTENT);
        assertThat(read(tables.getFirst())).isEqualTo(CONTENT);
        assertThat(desk().producers()).extracting(Producer::convention).containsExactly("Convention 2026-01");
    }

    @Test
    void nobodyDepositsWithoutAConventionOnRecord() throws IOException {
        assertThatThrownBy(() -> desk().deliveryKey(manager, "insurer"))
                .hasMessageStartingWith("PRODUCER_UNKNOWN: No producer with a convention on record is called insurer");
        desk().register(manager, "insurer", Kind.FHIR, "Convention for other files");
        Path envelope = envelope("one", CONTENT);

        assertThatThrownBy(() -> desk().receive(manager, envelope))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith(
                        "PRODUCER_UNKNOWN: No producer with a convention on record is called insurer for files of this kind.");
        assertThat(desk().list()).isEmpty();
    }

    @Test
    void theSameFilesAreNotTakenTwiceUnlessTheFirstDepositWasWithdrawn() throws IOException {
        desk().register(manager, "insurer", Kind.SNDS, "Convention");
        Deposited first = desk().receive(manager, envelope("one", CONTENT));
        Path again = envelope("two", CONTENT);

        assertThatThrownBy(() -> desk().receive(manager, again))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith(
                        "DEPOSIT_DUPLICATE: The same files were deposited before: expected files that are not here, found "
                                + first.id() + ".");

        desk().withdraw(manager, first.id());
        assertThat(desk().receive(manager, again).state()).isEqualTo(Deposited.State.RECEIVED);
        assertThat(folder.resolve("home/deposits/" + first.id())).doesNotExist();
    }

    @Test
    void anInterruptedUploadGoesOnWithThePartsThatAreMissing() throws IOException {
        desk().register(manager, "insurer", Kind.SNDS, "Convention");
        Path envelope = envelope("one", CONTENT);
        byte[] whole = Files.readAllBytes(envelope.resolve("part-00001.env"));
        Files.write(envelope.resolve("part-00001.env"), Arrays.copyOf(whole, whole.length - 1));

        assertThatThrownBy(() -> desk().receive(manager, envelope))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith("DEPOSIT_INCOMPLETE: part-00001.env: The envelope is not whole: expected "
                        + whole.length + " bytes, found " + (whole.length - 1) + " bytes.");
        assertThat(desk().list()).isEmpty();

        Files.write(envelope.resolve("part-00001.env"), whole);
        assertThat(read(desk().open(desk().receive(manager, envelope).id()).getFirst()))
                .isEqualTo(CONTENT);
    }

    @Test
    void aChangedByteBreaksTheSealOnTheWayAndAtRest() throws IOException {
        desk().register(manager, "insurer", Kind.SNDS, "Convention");
        Path envelope = envelope("one", CONTENT);
        Path part = envelope.resolve("part-00001.env");
        byte[] whole = Files.readAllBytes(part);
        byte[] changed = whole.clone();
        changed[whole.length - 1] ^= 1;
        Files.write(part, changed);
        assertThatThrownBy(() -> desk().receive(manager, envelope))
                .hasMessageStartingWith("SEAL_BROKEN: part-00001.env");

        Files.write(part, whole);
        Deposited deposited = desk().receive(manager, envelope);
        Path kept = folder.resolve("home/deposits/" + deposited.id() + "/part-00001.env");
        // In the ciphertext, and in the sealed key that the custodian opens.
        for (int at : new int[] {whole.length - 1, 60}) {
            byte[] broken = whole.clone();
            broken[at] ^= 1;
            Files.write(kept, broken);
            assertThatThrownBy(() -> read(desk().open(deposited.id()).getFirst()))
                    .hasMessageContaining("SEAL_BROKEN");
        }
    }

    @Test
    void anEnvelopeThatIsNotSealedWithAKeyOfItsDeliveryIsNotTaken() throws IOException {
        desk().register(manager, "insurer", Kind.SNDS, "Convention");
        Path envelope = envelope("one", CONTENT);
        Path manifest = envelope.resolve("manifest.json");
        Files.writeString(
                manifest,
                Files.readString(manifest)
                        .replaceAll("\"key\" : \"[0-9a-f]{64}\"", "\"key\" : \"" + "0".repeat(64) + "\""));

        assertThatThrownBy(() -> desk().receive(manager, envelope))
                .hasMessageContaining("DEPOSIT_KEY: The envelope is not sealed with the key of a delivery of insurer");
    }

    @Test
    void eachDeliveryHasAKeyOfItsOwnThatEndsWithIt() throws IOException {
        desk().register(manager, "insurer", Kind.SNDS, "Convention");
        desk().register(manager, "hospital", Kind.FHIR, "Convention");
        byte[] first = desk().deliveryKey(manager, "insurer");
        assertThat(desk().deliveryKey(manager, "insurer"))
                .as("until something came with it")
                .isEqualTo(first);
        assertThat(desk().deliveryKey(manager, "hospital")).isNotEqualTo(first);
        Path one = envelope("one", CONTENT);
        Path sealedWithTheSame = envelope("two", CONTENT + "3;4;K250\n");
        Deposited deposited = desk().receive(manager, one);
        assertThat(desk().deliveryKey(manager, "insurer")).isNotEqualTo(first);
        assertThatThrownBy(() -> desk().receive(manager, sealedWithTheSame)).hasMessageStartingWith("DEPOSIT_KEY");

        desk().withdraw(manager, deposited.id());

        assertThat(destroyedKeys()).as("copies of its parts open nowhere").isEqualTo(1);
    }

    @Test
    void aKeyThatCouldNotBeDestroyedIsDestroyedAtTheNextStart() throws IOException {
        desk().register(manager, "insurer", Kind.SNDS, "Convention");
        Deposited deposited = desk().receive(manager, envelope("one", CONTENT));
        hub.hub().journal().enter(Entry.of("deposit-withdrawn", "hub", "deposit/" + deposited.id()), (sql, _) -> {
            desk().withdraw(sql, List.of(deposited.id()));
            return true;
        });
        hub.stopCustodian();
        desk().recover();
        hub.startCustodian();
        assertThat(destroyedKeys()).isZero();

        hub.reopen().recover();

        assertThat(destroyedKeys()).isEqualTo(1);
    }

    private long destroyedKeys() {
        try (var keys = new Keys(hub.custodianAddress(), Optional.empty())) {
            return keys.keys().stream()
                    .filter(key -> key.destroyed().isPresent())
                    .count();
        }
    }

    @Test
    void whatIsInAnEditionIsFreedAndStaysOnRecord() throws IOException {
        desk().register(manager, "insurer", Kind.SNDS, "Convention");
        Deposited deposited = desk().receive(manager, envelope("one", CONTENT));

        hub.hub().journal().enter(Entry.of("edition", "hub", "e-made-of-it"), (sql, _) -> {
            desk().consume(sql, List.of(deposited.id()));
            return true;
        });

        // The parts outlive a crash at this point; the next start removes them.
        hub.reopen().recover();
        assertThat(desk().waiting()).isEmpty();
        assertThat(desk().require(deposited.id()).state()).isEqualTo(Deposited.State.CONSUMED);
        assertThat(folder.resolve("home/deposits/" + deposited.id())).doesNotExist();
        assertThatThrownBy(() -> desk().open(deposited.id())).hasMessageContaining("DEPOSIT_STATE");
    }

    @Test
    void aDepositGoesOnWaitingWhenItsEditionIsNotEntered() throws IOException {
        desk().register(manager, "insurer", Kind.SNDS, "Convention");
        Deposited deposited = desk().receive(manager, envelope("one", CONTENT));

        assertThatThrownBy(() -> hub.hub().journal().enter(Entry.of("edition", "hub", "e-never"), (sql, _) -> {
                    desk().consume(sql, List.of(deposited.id()));
                    throw new IllegalStateException("the disk is full");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(hub.reopen().deposits().waiting()).extracting(Deposited::id).containsExactly(deposited.id());
        assertThat(read(desk().open(deposited.id()).getFirst())).isEqualTo(CONTENT);
    }

    @Test
    void aProducerIsOnRecordOnce() {
        desk().register(manager, "insurer", Kind.SNDS, "Convention");

        assertThatThrownBy(() -> desk().register(manager, "insurer", Kind.SNDS, "Another"))
                .hasMessageStartingWith("PRODUCER_EXISTS: Producer insurer is on record already for snds files.");
    }

    private static String read(DepositedTable table) throws IOException {
        try (InputStream content = table.content().open()) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
