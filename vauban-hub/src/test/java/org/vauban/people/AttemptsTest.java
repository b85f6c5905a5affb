package org.vauban.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.vauban.hub.MutableClock;

class AttemptsTest {
    private static final String HERE = "127.0.0.1";

    private final MutableClock clock = new MutableClock(Instant.parse("2026-03-01T08:00:00Z"));

    /** Whose attempts they are does not matter: passwords are not even compared any more. */
    @Test
    void anAddressThatFailedOftenWaits() {
        var attempts = new Attempts(clock);
        for (int failure = 0; failure < Attempts.FAILURES_MAX; failure++) {
            assertThat(attempts.begin(HERE)).isEqualTo(Attempts.Answer.GO_ON);
        }

        assertThat(attempts.begin(HERE)).isEqualTo(Attempts.Answer.REFUSED_FIRST);
        assertThat(attempts.begin(HERE)).isEqualTo(Attempts.Answer.REFUSED_AGAIN);
        assertThat(attempts.begin("192.0.2.1")).isEqualTo(Attempts.Answer.GO_ON);
        clock.advance(Attempts.WINDOW);
        assertThat(attempts.begin(HERE)).isEqualTo(Attempts.Answer.GO_ON);
    }

    @Test
    void attemptsThatAreRightDoNotCountAndAddressesAreBounded() {
        var attempts = new Attempts(clock);
        for (int right = 0; right < Attempts.FAILURES_MAX * 2; right++) {
            assertThat(attempts.begin(HERE)).isEqualTo(Attempts.Answer.GO_ON);
            attempts.succeeded(HERE);
        }
        for (int address = 0; address < Attempts.ADDRESSES_MAX; address++) {
            assertThat(attempts.begin("address " + address)).isEqualTo(Attempts.Answer.GO_ON);
        }

        assertThat(attempts.begin("one more")).isEqualTo(Attempts.Answer.REFUSED_AGAIN);
        clock.advance(Attempts.WINDOW);
        assertThat(attempts.begin("one more")).isEqualTo(Attempts.Answer.GO_ON);
    }
}
