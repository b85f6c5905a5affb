package org.vauban.custodian;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.vauban.custodian.CustodianFixture.EDITION;
import static org.vauban.custodian.CustodianFixture.LEDGER;
import static org.vauban.custodian.CustodianFixture.PSEUDONYM;
import static org.vauban.custodian.CustodianFixture.bytes;
import static org.vauban.custodian.CustodianFixture.failureOf;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.custodian.CustodianException.Kind;

/** What a hub may rely on, through the socket. */
class CustodianTest {

    @TempDir
    private Path temporary;

    private CustodianFixture fixture;
    private Custodian custodian;

    @BeforeEach
    void start() throws Exception {
        fixture = CustodianFixture.startedIn(temporary.resolve("keys"));
        custodian = fixture.client();
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void aWrappedKeyOpensAgainWithItsAssociatedData() {
        custodian.createKey(EDITION, KeyKind.AES_256);
        byte[] dataKey = bytes(32, 1);

        byte[] wrapped = custodian.wrap(EDITION, dataKey, "object 1".getBytes(UTF_8));

        assertThat(custodian.unwrap(EDITION, wrapped, "object 1".getBytes(UTF_8)))
                .isEqualTo(dataKey);
        assertThat(new BigInteger(wrapped).toString(16)).doesNotContain(new BigInteger(dataKey).toString(16));
    }

    @Test
    void theSameKeyIsWrappedDifferentlyEachTime() {
        custodian.createKey(EDITION, KeyKind.AES_256);

        byte[] once = custodian.wrap(EDITION, bytes(32, 1), new byte[0]);
        byte[] twice = custodian.wrap(EDITION, bytes(32, 1), new byte[0]);

        assertThat(once).isNotEqualTo(twice);
    }

    @Test
    void aWrappedKeyDoesNotOpenInAnotherPlace() {
        custodian.createKey(EDITION, KeyKind.AES_256);
        byte[] wrapped = custodian.wrap(EDITION, bytes(32, 1), "object 1".getBytes(UTF_8));

        var failure = failureOf(() -> custodian.unwrap(EDITION, wrapped, "object 2".getBytes(UTF_8)));

        assertThat(failure.kind()).isEqualTo(Kind.BROKEN);
    }

    @Test
    void aWrappedKeyDoesNotOpenUnderAnotherKey() {
        custodian.createKey(EDITION, KeyKind.AES_256);
        custodian.createKey(KeyName.of("project/12"), KeyKind.AES_256);
        byte[] wrapped = custodian.wrap(EDITION, bytes(32, 1), new byte[0]);

        var failure = failureOf(() -> custodian.unwrap(KeyName.of("project/12"), wrapped, new byte[0]));

        assertThat(failure.kind()).isEqualTo(Kind.BROKEN);
    }

    @Test
    void everyChangedByteOfAWrappedKeyIsNoticed() {
        custodian.createKey(EDITION, KeyKind.AES_256);
        byte[] wrapped = custodian.wrap(EDITION, bytes(32, 1), new byte[0]);

        for (int i = 0; i < wrapped.length; i++) {
            byte[] changed = wrapped.clone();
            changed[i] ^= 1;
            // The first four bytes name the version of the key, and another version is not held.
            Kind expected = i < Integer.BYTES ? Kind.REFUSED : Kind.BROKEN;
            assertThat(failureOf(() -> custodian.unwrap(EDITION, changed, new byte[0]))
                            .kind())
                    .as("byte %d", i)
                    .isEqualTo(expected);
        }
        assertThat(failureOf(() -> custodian.unwrap(EDITION, bytes(10, 2), new byte[0]))
                        .kind())
                .isEqualTo(Kind.BROKEN);
    }

    @Test
    void oneBrokenKeyInABatchIsNamedAndNothingIsGivenOut() {
        custodian.createKey(EDITION, KeyKind.AES_256);
        List<WrappedKey> batch = new ArrayList<>(wrapped(20));
        batch.set(7, new WrappedKey(batch.get(8).wrapped(), batch.get(7).associatedData()));

        var failure = failureOf(() -> custodian.unwrapAll(EDITION, batch));

        assertThat(failure.kind()).isEqualTo(Kind.BROKEN);
        assertThat(failure).hasMessageContaining("7 of 20");
    }

    @Test
    void tenThousandKeysAreUnwrappedInOneCallAndOneLine() throws Exception {
        custodian.createKey(EDITION, KeyKind.AES_256);
        List<WrappedKey> batch = wrapped(10_000);
        long begin = System.nanoTime();

        List<byte[]> dataKeys = custodian.unwrapAll(EDITION, batch);

        long millis = Duration.ofNanos(System.nanoTime() - begin).toMillis();
        System.out.println("10,000 unwraps in " + millis + " ms");
        assertThat(dataKeys).hasSize(10_000);
        assertThat(dataKeys.get(9_999)).isEqualTo(bytes(32, 9_999));
        assertThat(fixture.logLines().filter(line -> line.contains(" unwrap ")))
                .singleElement()
                .asString()
                .endsWith(" unwrap edition 10000 asked");
    }

    @Test
    void aBatchThatDoesNotFitOneFrameIsSplit() {
        custodian.createKey(EDITION, KeyKind.AES_256);
        byte[] longData = bytes(DataKey.ASSOCIATED_BYTES_MAX, 3);
        List<DataKey> dataKeys = IntStream.range(0, 3_000)
                .mapToObj(i -> new DataKey(bytes(32, i), longData))
                .toList();

        List<byte[]> wrapped = custodian.wrapAll(EDITION, dataKeys);
        List<byte[]> opened = custodian.unwrapAll(
                EDITION,
                wrapped.stream().map(each -> new WrappedKey(each, longData)).toList());

        assertThat(opened).hasSize(3_000);
        assertThat(opened.get(2_999)).isEqualTo(bytes(32, 2_999));
    }

    @Test
    void anEmptyBatchHasAnEmptyAnswer() {
        assertThat(custodian.wrapAll(EDITION, List.of())).isEmpty();
        assertThat(custodian.unwrapAll(EDITION, List.of())).isEmpty();
    }

    @Test
    void aSignatureIsCheckedWithTheRawPublicKey() throws Exception {
        custodian.createKey(LEDGER, KeyKind.ED25519);
        byte[] message = "checkpoint".getBytes(UTF_8);

        byte[] signature = custodian.sign(LEDGER, message);
        byte[] publicKey = custodian.publicKey(LEDGER);

        assertThat(publicKey).hasSize(32);
        assertThat(signature).hasSize(64);
        assertThat(verifies(publicKey, message, signature)).isTrue();
        assertThat(verifies(publicKey, "another".getBytes(UTF_8), signature)).isFalse();
    }

    @Test
    void aMacIsTheSameForTheSameMessageAndKeyOnly() {
        custodian.createKey(PSEUDONYM, KeyKind.HMAC_SHA_256);
        custodian.createKey(KeyName.of("pseudonym/2"), KeyKind.HMAC_SHA_256);
        byte[] message = "record 1".getBytes(UTF_8);

        byte[] mac = custodian.mac(PSEUDONYM, message);

        assertThat(mac).hasSize(32).isEqualTo(custodian.mac(PSEUDONYM, message));
        assertThat(mac).isNotEqualTo(custodian.mac(PSEUDONYM, "record 2".getBytes(UTF_8)));
        assertThat(mac).isNotEqualTo(custodian.mac(KeyName.of("pseudonym/2"), message));
    }

    @Test
    void aKeyDoesOneThingOnly() {
        custodian.createKey(LEDGER, KeyKind.ED25519);

        assertThat(failureOf(() -> custodian.wrap(LEDGER, bytes(32, 1), new byte[0]))
                        .kind())
                .isEqualTo(Kind.REFUSED);
        assertThat(failureOf(() -> custodian.mac(LEDGER, new byte[1])).kind()).isEqualTo(Kind.REFUSED);
    }

    @Test
    void anUnknownKeyIsRefusedByName() {
        var failure = failureOf(() -> custodian.sign(KeyName.of("nobody"), new byte[1]));

        assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
        assertThat(failure).hasMessageContaining("nobody");
    }

    @Test
    void aKeyIsCreatedOnce() {
        custodian.createKey(EDITION, KeyKind.AES_256);
        byte[] wrapped = custodian.wrap(EDITION, bytes(32, 1), new byte[0]);

        var failure = failureOf(() -> custodian.createKey(EDITION, KeyKind.AES_256));

        assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
        assertThat(custodian.unwrap(EDITION, wrapped, new byte[0])).isEqualTo(bytes(32, 1));
    }

    @Test
    void aDestroyedKeyOpensNothingEvenAfterARestart() throws Exception {
        custodian.createKey(EDITION, KeyKind.AES_256);
        byte[] wrapped = custodian.wrap(EDITION, bytes(32, 1), new byte[0]);

        custodian.destroyKey(EDITION);

        assertThat(failureOf(() -> custodian.unwrap(EDITION, wrapped, new byte[0]))
                        .kind())
                .isEqualTo(Kind.REFUSED);
        fixture.restart();
        assertThat(failureOf(() -> custodian.unwrap(EDITION, wrapped, new byte[0]))
                        .kind())
                .isEqualTo(Kind.REFUSED);
        assertThat(failureOf(() -> custodian.createKey(EDITION, KeyKind.AES_256))
                        .kind())
                .isEqualTo(Kind.REFUSED);
        assertThat(custodian.keys())
                .singleElement()
                .satisfies(key -> assertThat(key.destroyed()).contains(CustodianFixture.NOW));
    }

    @Test
    void keysAreListedByNameWithTheirKind() {
        custodian.createKey(LEDGER, KeyKind.ED25519);
        custodian.createKey(EDITION, KeyKind.AES_256);

        assertThat(custodian.keys()).extracting(KeyInfo::name).containsExactly(EDITION, LEDGER);
        assertThat(custodian.keys()).extracting(KeyInfo::kind).containsExactly(KeyKind.AES_256, KeyKind.ED25519);
        assertThat(custodian.keys()).extracting(KeyInfo::created).containsOnly(CustodianFixture.NOW);
    }

    @Test
    void aClientSurvivesARestartOfItsCustodian() throws Exception {
        custodian.createKey(EDITION, KeyKind.AES_256);
        byte[] wrapped = custodian.wrap(EDITION, bytes(32, 1), new byte[0]);
        String hubId = custodian.hubId();

        fixture.restart();

        assertThat(custodian.unwrap(EDITION, wrapped, new byte[0])).isEqualTo(bytes(32, 1));
        assertThat(custodian.hubId()).isEqualTo(hubId).matches("[0-9a-f]{32}");
        custodian.createKey(LEDGER, KeyKind.ED25519);
    }

    @Test
    void aLeaseOfALivingKeyLastsHalfAMinuteAndOfADestroyedOneIsRefused() throws Exception {
        KeyName permit = KeyName.of("permit/p-1");
        assertThat(failureOf(() -> custodian.lease(permit)).kind()).isEqualTo(Kind.REFUSED);
        custodian.createKey(permit, KeyKind.AES_256);

        assertThat(custodian.lease(permit)).isEqualTo(Duration.ofSeconds(30));

        custodian.destroyKey(permit);
        fixture.restart();
        assertThat(failureOf(() -> custodian.lease(permit)).kind()).isEqualTo(Kind.REFUSED);
        assertThat(fixture.logLines().filter(line -> line.contains(" lease ")))
                .containsExactly(
                        "2026-11-21T10:00:00.000Z lease permit/p-1 30 asked",
                        "2026-11-21T10:00:00.000Z lease permit/p-1 30 refused",
                        "2026-11-21T10:00:00.000Z lease permit/p-1 30 asked",
                        "2026-11-21T10:00:00.000Z lease permit/p-1 30 asked",
                        "2026-11-21T10:00:00.000Z lease permit/p-1 30 refused");
    }

    @Test
    void aCustodianThatComesBackWithOtherKeysIsRefused() throws Exception {
        fixture.stopServer();
        Files.delete(fixture.folder().resolve("custodian.keys"));
        fixture.startServer();

        var failure = failureOf(custodian::keys);

        assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
        assertThat(failure).hasMessageContaining("another hub");
    }

    @Test
    void aStoppedCustodianIsAbsent() {
        fixture.stopServer();

        assertThat(failureOf(custodian::keys).kind()).isEqualTo(Kind.ABSENT);
        assertThat(failureOf(() -> custodian.createKey(EDITION, KeyKind.AES_256))
                        .kind())
                .isEqualTo(Kind.ABSENT);
        assertThat(failureOf(() -> CustodianClient.connect(fixture.address())).kind())
                .isEqualTo(Kind.ABSENT);
    }

    @Test
    void manyClientsAreServedAtOnce() throws Exception {
        custodian.createKey(EDITION, KeyKind.AES_256);
        custodian.createKey(LEDGER, KeyKind.ED25519);
        Callable<Boolean> work = () -> {
            try (Custodian own = CustodianClient.connect(fixture.address())) {
                for (int i = 0; i < 20; i++) {
                    byte[] wrapped = own.wrap(EDITION, bytes(32, i), bytes(8, i));
                    assertThat(custodian.unwrap(EDITION, wrapped, bytes(8, i))).isEqualTo(bytes(32, i));
                    assertThat(own.sign(LEDGER, bytes(8, i))).isEqualTo(custodian.sign(LEDGER, bytes(8, i)));
                }
                return true;
            }
        };

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var result : threads.invokeAll(Collections.nCopies(24, work))) {
                assertThat(result.get()).isTrue();
            }
        }
    }

    @Test
    void theLogHasALineForEachOperationAndNoByteOfAKey() throws Exception {
        custodian.createKey(EDITION, KeyKind.AES_256);
        byte[] dataKey = bytes(32, 1);
        byte[] wrapped = custodian.wrap(EDITION, dataKey, new byte[0]);
        custodian.unwrap(EDITION, wrapped, new byte[0]);
        failureOf(() -> custodian.unwrap(EDITION, wrapped, new byte[1]));
        custodian.destroyKey(EDITION);
        failureOf(() -> custodian.publicKey(EDITION));
        custodian.keys();

        List<String> lines = fixture.logLines()
                .filter(line -> !line.contains(" hello ") && !line.contains(" start "))
                .toList();

        assertThat(lines)
                .containsExactly(
                        "2026-11-21T10:00:00.000Z create-key edition 1 asked",
                        "2026-11-21T10:00:00.000Z wrap edition 1 asked",
                        "2026-11-21T10:00:00.000Z unwrap edition 1 asked",
                        "2026-11-21T10:00:00.000Z unwrap edition 1 asked",
                        "2026-11-21T10:00:00.000Z unwrap edition 1 broken",
                        "2026-11-21T10:00:00.000Z destroy-key edition 1 asked",
                        "2026-11-21T10:00:00.000Z public-key edition 1 asked",
                        "2026-11-21T10:00:00.000Z public-key edition 1 refused",
                        "2026-11-21T10:00:00.000Z keys - 0 asked");
        assertThat(String.join("\n", lines)).doesNotContain(HexFormat.of().formatHex(dataKey));
    }

    private List<WrappedKey> wrapped(int count) {
        List<DataKey> dataKeys = IntStream.range(0, count)
                .mapToObj(i -> new DataKey(bytes(32, i), ("object " + i).getBytes(UTF_8)))
                .toList();
        List<byte[]> wrapped = custodian.wrapAll(EDITION, dataKeys);
        return IntStream.range(0, count)
                .mapToObj(i -> new WrappedKey(wrapped.get(i), dataKeys.get(i).associatedData()))
                .toList();
    }

    private static boolean verifies(byte[] publicKey, byte[] message, byte[] signature) throws Exception {
        byte[] head = HexFormat.of().parseHex("302a300506032b6570032100");
        byte[] encoded = new byte[44];
        System.arraycopy(head, 0, encoded, 0, 12);
        System.arraycopy(publicKey, 0, encoded, 12, 32);
        Signature verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
        verifier.update(message);
        return verifier.verify(signature);
    }
}
