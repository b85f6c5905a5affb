package org.vauban.custodian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vauban.custodian.CustodianFixture.EDITION;
import static org.vauban.custodian.CustodianFixture.bytes;
import static org.vauban.custodian.CustodianFixture.failureOf;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vauban.custodian.CustodianException.Kind;

/** Keys at rest. */
class KeyFileTest {

    /** The lengths in docs/formats/custodian.md: magic, iterations, salt, check value, nonce. */
    private static final int HEAD_BYTES = 8 + 4 + 32 + 16 + 12;

    @TempDir
    private Path temporary;

    private Path file;

    @BeforeEach
    void createOneKey() throws Exception {
        file = temporary.resolve("custodian.keys");
        try (var strongbox = open("not a real passphrase")) {
            strongbox.createKey(EDITION, KeyKind.AES_256);
        }
    }

    @Test
    void keysComeBackWithTheirPassphrase() throws Exception {
        byte[] wrapped;
        String hubId;
        try (var strongbox = open("not a real passphrase")) {
            wrapped = strongbox.wrap(EDITION, bytes(32, 1), new byte[0]);
            hubId = strongbox.hubId();
        }

        try (var strongbox = open("not a real passphrase")) {
            assertThat(strongbox.unwrap(EDITION, wrapped, new byte[0])).isEqualTo(bytes(32, 1));
            assertThat(strongbox.hubId()).isEqualTo(hubId);
        }
    }

    @Test
    void aWrongPassphraseIsToldAsSuch() {
        var failure = failureOf(() -> open("not the real passphrase"));

        assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
        assertThat(failure).hasMessageContaining("passphrase does not open").hasMessageNotContaining("not the real");
    }

    @Test
    void aShortPassphraseIsRefused() {
        Path folder = temporary.resolve("keys");

        var failure =
                failureOf(() -> CustodianServer.start(folder, "11 letters.".toCharArray(), CustodianFixture.clock()));

        assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
        assertThat(failure).hasMessageContaining("at least 12");
        assertThat(folder).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8, HEAD_BYTES - 1, HEAD_BYTES, HEAD_BYTES + 20, -1})
    void aChangedByteIsNoticed(int place) throws Exception {
        byte[] content = Files.readAllBytes(file);
        content[place < 0 ? content.length + place : place] ^= 1;
        Files.write(file, content);

        assertThat(failureOf(() -> open("not a real passphrase")).kind()).isEqualTo(Kind.BROKEN);
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 44})
    void aChangedSaltOrCheckValueOpensNothing(int place) throws Exception {
        byte[] content = Files.readAllBytes(file);
        content[place] ^= 1;
        Files.write(file, content);

        assertThat(failureOf(() -> open("not a real passphrase")).kind()).isEqualTo(Kind.REFUSED);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 20, HEAD_BYTES, HEAD_BYTES + 10})
    void aCutFileIsNoticed(int length) throws Exception {
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), length));

        assertThat(failureOf(() -> open("not a real passphrase")).kind()).isEqualTo(Kind.BROKEN);
    }

    @Test
    void theSameKeysAreNeverSealedUnderTheSameNonce() throws Exception {
        byte[] before = Files.readAllBytes(file);

        try (var strongbox = open("not a real passphrase")) {
            strongbox.createKey(KeyName.of("other"), KeyKind.HMAC_SHA_256);
        }

        byte[] after = Files.readAllBytes(file);
        assertThat(Arrays.copyOfRange(after, HEAD_BYTES - 12, HEAD_BYTES))
                .isNotEqualTo(Arrays.copyOfRange(before, HEAD_BYTES - 12, HEAD_BYTES));
    }

    @Test
    void aCrashBeforeTheRenameChangesNothing() throws Exception {
        Files.write(temporary.resolve("custodian.keys.new"), bytes(50, 1));

        try (var strongbox = open("not a real passphrase")) {
            strongbox.createKey(KeyName.of("other"), KeyKind.HMAC_SHA_256);
            assertThat(strongbox.keys()).hasSize(2);
        }
        assertThat(temporary.resolve("custodian.keys.new")).doesNotExist();
    }

    /** The test vectors of docs/formats/custodian.md: what version 1 wrote opens for ever. */
    @Test
    void theFileAndTheWrappedKeyOfTheFormatDocumentOpen() throws Exception {
        Files.write(file, HexFormat.of().parseHex(FormatVectors.KEY_FILE));

        try (var strongbox = open(FormatVectors.PASSPHRASE)) {
            byte[] dataKey = strongbox.unwrap(
                    EDITION,
                    HexFormat.of().parseHex(FormatVectors.WRAPPED_KEY),
                    HexFormat.of().parseHex(FormatVectors.ASSOCIATED_DATA));

            assertThat(strongbox.hubId()).isEqualTo(FormatVectors.HUB_ID);
            assertThat(strongbox.keys())
                    .extracting(KeyInfo::name)
                    .containsExactly(EDITION, KeyName.of("ledger"), KeyName.of("old"));
            assertThat(dataKey).isEqualTo(HexFormat.of().parseHex(FormatVectors.DATA_KEY));
            assertThat(strongbox.publicKey(KeyName.of("ledger")))
                    .isEqualTo(HexFormat.of().parseHex(FormatVectors.PUBLIC_KEY));
            assertThat(strongbox.sign(KeyName.of("ledger"), new byte[0]))
                    .isEqualTo(HexFormat.of().parseHex(FormatVectors.SIGNATURE_OF_NOTHING));
        }
    }

    private Strongbox open(String passphrase) throws Exception {
        return Strongbox.open(file, passphrase.toCharArray(), CustodianFixture.clock());
    }
}
