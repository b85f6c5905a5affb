package org.vauban.custodian;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.vauban.custodian.CustodianFixture.bytes;
import static org.vauban.custodian.CustodianFixture.failureOf;

import com.google.crypto.tink.HybridEncrypt;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.hybrid.HpkeParameters;
import com.google.crypto.tink.hybrid.HpkePublicKey;
import com.google.crypto.tink.hybrid.HybridConfig;
import com.google.crypto.tink.util.Bytes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.custodian.CustodianException.Kind;

/** A stranger with another implementation of HPKE seals; the custodian opens. */
class SealedKeysTest {

    private static final KeyName DEPOSIT = KeyName.of("deposit");
    private static final byte[] PLACE = "deposit 1 health".getBytes(UTF_8);

    @TempDir
    private Path temporary;

    private CustodianFixture fixture;
    private Custodian custodian;

    @BeforeAll
    static void strangersLibrary() throws GeneralSecurityException {
        HybridConfig.register();
    }

    @BeforeEach
    void start() throws Exception {
        fixture = CustodianFixture.startedIn(temporary.resolve("keys"));
        custodian = fixture.client();
        custodian.createKey(DEPOSIT, KeyKind.HPKE_X25519);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void whatAStrangerSealedOpens() throws Exception {
        List<byte[]> dataKeys = List.of(bytes(32, 1), bytes(32, 2), bytes(1, 3));
        List<WrappedKey> sealed = List.of(
                new WrappedKey(seal(dataKeys.get(0), PLACE), PLACE),
                new WrappedKey(seal(dataKeys.get(1), PLACE), PLACE),
                new WrappedKey(seal(dataKeys.get(2), new byte[0]), new byte[0]));

        assertThat(custodian.unwrapAll(DEPOSIT, sealed))
                .usingRecursiveComparison()
                .isEqualTo(dataKeys);
    }

    @Test
    void anotherPlaceAnotherKeyOrAChangedByteDoesNotOpen() throws Exception {
        byte[] sealed = seal(bytes(32, 1), PLACE);
        custodian.createKey(KeyName.of("deposit/2"), KeyKind.HPKE_X25519);

        assertThat(failureOf(() -> custodian.unwrap(DEPOSIT, sealed, "elsewhere".getBytes(UTF_8)))
                        .kind())
                .isEqualTo(Kind.BROKEN);
        assertThat(failureOf(() -> custodian.unwrap(KeyName.of("deposit/2"), sealed, PLACE))
                        .kind())
                .isEqualTo(Kind.BROKEN);
        for (int at = 0; at < sealed.length; at++) {
            byte[] changed = sealed.clone();
            changed[at] ^= 1;
            assertThat(failureOf(() -> custodian.unwrap(DEPOSIT, changed, PLACE))
                            .kind())
                    .isEqualTo(Kind.BROKEN);
        }
        for (int length = 0; length < sealed.length; length++) {
            byte[] cut = Arrays.copyOf(sealed, length);
            assertThat(failureOf(() -> custodian.unwrap(DEPOSIT, cut, PLACE)).kind())
                    .isEqualTo(Kind.BROKEN);
        }
        // A point of small order makes a shared secret that everybody knows.
        byte[] smallOrder = new byte[80];
        assertThat(failureOf(() -> custodian.unwrap(DEPOSIT, smallOrder, PLACE)).kind())
                .isEqualTo(Kind.BROKEN);
    }

    @Test
    void aKeyThatOpensDoesNothingElse() {
        assertThat(failureOf(() -> custodian.wrap(DEPOSIT, bytes(32, 1), PLACE)).kind())
                .isEqualTo(Kind.REFUSED);
        assertThat(failureOf(() -> custodian.sign(DEPOSIT, PLACE)).kind()).isEqualTo(Kind.REFUSED);
        assertThat(failureOf(() -> custodian.mac(DEPOSIT, PLACE)).kind()).isEqualTo(Kind.REFUSED);
    }

    @Test
    void itOpensAfterARestartAndIsInNoFile() throws Exception {
        byte[] sealed = seal(bytes(32, 1), PLACE);
        byte[] publicKey = custodian.publicKey(DEPOSIT);
        fixture.restart();

        assertThat(custodian.publicKey(DEPOSIT)).isEqualTo(publicKey);
        assertThat(custodian.unwrap(DEPOSIT, sealed, PLACE)).isEqualTo(bytes(32, 1));
        assertThat(Files.readString(temporary.resolve("keys").resolve("access.log")))
                .contains("unwrap");
    }

    @Test
    void manyMessagesAreAuthenticatedInTheirOrder() throws Exception {
        KeyName level = KeyName.of("level-1");
        custodian.createKey(level, KeyKind.HMAC_SHA_256);
        List<byte[]> messages = java.util.stream.IntStream.range(0, 70_000)
                .mapToObj(number -> Integer.toString(number).getBytes(UTF_8))
                .toList();

        List<byte[]> macs = custodian.macAll(level, messages);

        assertThat(macs).hasSize(messages.size());
        for (int index : new int[] {0, 1, 65_535, 65_536, 69_999}) {
            assertThat(macs.get(index)).isEqualTo(custodian.mac(level, messages.get(index)));
        }
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(new byte[32], "HmacSHA256"));
        assertThat(macs.getFirst()).isNotEqualTo(mac.doFinal(messages.getFirst()));
    }

    private byte[] seal(byte[] dataKey, byte[] info) throws GeneralSecurityException {
        HpkeParameters parameters = HpkeParameters.builder()
                .setKemId(HpkeParameters.KemId.DHKEM_X25519_HKDF_SHA256)
                .setKdfId(HpkeParameters.KdfId.HKDF_SHA256)
                .setAeadId(HpkeParameters.AeadId.AES_256_GCM)
                .setVariant(HpkeParameters.Variant.NO_PREFIX)
                .build();
        HpkePublicKey key = HpkePublicKey.create(parameters, Bytes.copyFrom(custodian.publicKey(DEPOSIT)), null);
        return KeysetHandle.newBuilder()
                .addEntry(KeysetHandle.importKey(key).withFixedId(1).makePrimary())
                .build()
                .getPrimitive(RegistryConfiguration.get(), HybridEncrypt.class)
                .encrypt(dataKey, info);
    }
}
