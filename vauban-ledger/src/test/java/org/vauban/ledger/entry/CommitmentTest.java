package org.vauban.ledger.entry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CommitmentTest {

    private static final byte[] BODY = "reason: signal on gastrointestinal bleeding".getBytes(UTF_8);

    @Test
    void aCommitmentIsTheHmacOfTheBodyUnderTheSalt() {
        byte[] salt = new byte[Commitment.LENGTH];
        Arrays.fill(salt, (byte) 0x0b);

        // Computed with another program: openssl dgst -sha256 -mac HMAC -macopt hexkey:0b0b...0b
        assertThat(Commitment.of(salt, "Hi There".getBytes(UTF_8)).hex())
                .isEqualTo("198a607eb44bfbc69903a0f1cf2bbdc5ba0aa3f3d9ae3c1c7a3b1696a0b68cf7");
    }

    @Test
    void onlyTheBodyAndTheSaltItWasMadeForVerify() {
        byte[] salt = Commitment.newSalt(new SecureRandom());
        byte[] otherSalt = Commitment.newSalt(new SecureRandom());

        Commitment commitment = Commitment.of(salt, BODY);

        assertThat(commitment.verify(salt, BODY)).isTrue();
        assertThat(commitment.verify(otherSalt, BODY)).isFalse();
        assertThat(commitment.verify(salt, Arrays.copyOf(BODY, BODY.length - 1)))
                .isFalse();
    }

    @Test
    void theSameBodyTwiceDoesNotShow() {
        SecureRandom random = new SecureRandom();

        assertThat(Commitment.of(Commitment.newSalt(random), BODY))
                .isNotEqualTo(Commitment.of(Commitment.newSalt(random), BODY));
    }

    @Test
    void aShortSaltIsRefused() {
        assertThatThrownBy(() -> Commitment.of(new byte[31], BODY)).hasMessageContaining("32");
    }
}
