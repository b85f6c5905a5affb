package org.vauban.identity.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.subtle.AesGcmHkdfStreaming;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Another hand's library seals what this opens, and opens what this seals. */
class SealedStreamTest {

    private static final int SEGMENT = 1 << 12;
    private static final byte[] KEY = bytes(32, 1);
    private static final byte[] PLACE = bytes(20, 2);

    @ParameterizedTest
    @ValueSource(
            ints = {
                0,
                1,
                1000,
                SEGMENT - 57,
                SEGMENT - 56,
                SEGMENT - 55,
                2 * SEGMENT - 72,
                2 * SEGMENT - 71,
                3 * SEGMENT
            })
    void whatTinkSealedOpensAndTheOtherWayRound(int length) throws Exception {
        byte[] content = bytes(length, 3);

        assertThat(open(byTink(content), PLACE)).isEqualTo(content);
        assertThat(tink().newDecryptingStream(new ByteArrayInputStream(byUs(content)), PLACE)
                        .readAllBytes())
                .isEqualTo(content);
    }

    @Test
    void everyChangedByteIsNoticed() throws Exception {
        byte[] sealed = byTink(bytes(300, 3));
        for (int at = 0; at < sealed.length; at++) {
            byte[] changed = sealed.clone();
            changed[at] ^= 1;
            assertThatThrownBy(() -> open(changed, PLACE)).isInstanceOf(BrokenSeal.class);
        }
    }

    @Test
    void aCutAnAdditionAnotherOrderOrAnotherPlaceIsNoticed() throws Exception {
        byte[] sealed = byTink(bytes(3 * SEGMENT, 3));
        byte[] reordered = sealed.clone();
        System.arraycopy(sealed, SEGMENT, reordered, 2 * SEGMENT, SEGMENT);
        System.arraycopy(sealed, 2 * SEGMENT, reordered, SEGMENT, SEGMENT);

        for (int length : new int[] {0, 39, 40, 41, 1000, SEGMENT, 2 * SEGMENT, 2 * SEGMENT + 5, sealed.length - 1}) {
            assertThatThrownBy(() -> open(Arrays.copyOf(sealed, length), PLACE)).isInstanceOf(BrokenSeal.class);
        }
        assertThatThrownBy(() -> open(Arrays.copyOf(sealed, sealed.length + 1), PLACE))
                .isInstanceOf(BrokenSeal.class);
        assertThatThrownBy(() -> open(reordered, PLACE)).isInstanceOf(BrokenSeal.class);
        assertThatThrownBy(() -> open(sealed, bytes(20, 9))).isInstanceOf(BrokenSeal.class);
    }

    private static byte[] open(byte[] sealed, byte[] place) throws IOException {
        try (var in = new SealedInput(new ByteArrayInputStream(sealed), KEY, place)) {
            return in.readAllBytes();
        }
    }

    private static byte[] byUs(byte[] content) throws IOException {
        var sealed = new ByteArrayOutputStream();
        try (var out = new SealedOutput(sealed, KEY, PLACE, new SecureRandom())) {
            out.write(content);
        }
        return sealed.toByteArray();
    }

    private static byte[] byTink(byte[] content) throws GeneralSecurityException, IOException {
        var sealed = new ByteArrayOutputStream();
        try (OutputStream out = tink().newEncryptingStream(sealed, PLACE)) {
            out.write(content);
        }
        return sealed.toByteArray();
    }

    private static AesGcmHkdfStreaming tink() throws GeneralSecurityException {
        return new AesGcmHkdfStreaming(KEY, "HmacSha256", 32, SEGMENT, 0);
    }

    private static byte[] bytes(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
