package org.vauban.people;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.vauban.provider.Asked;

/**
 * Browsers on their way to the provider and back. Each carries a secret of its own, so that nobody ends another one's journey, and each
 * comes back once. Kept in memory, for so many and no more: a restart costs a click.
 */
final class Journeys {
    static final Duration LONGEST = Duration.ofMinutes(10);
    static final int MAX = 10_000;

    private final Clock clock;
    private final Map<String, Underway> underway = new HashMap<>();

    Journeys(Clock clock) {
        this.clock = clock;
    }

    /** What somebody goes to the provider for. */
    sealed interface Errand {
        /** To come in; whoever was signed in at this browser before is not any more then. */
        record SignIn(Optional<Visitor> before) implements Errand {}

        /** To take up an invitation. */
        record Claim(String oneTimeToken) implements Errand {}

        /** To show once more who they are. */
        record Prove(Visitor visitor) implements Errand {}
    }

    /**
     * One journey.
     *
     * @param to where in the office it ends
     */
    record Journey(Errand errand, Asked asked, String to) {}

    private record Underway(Journey journey, String secretHash, Instant ends) {}

    synchronized void begin(Journey journey, String secret) {
        Instant now = clock.instant();
        underway.values().removeIf(each -> !each.ends().isAfter(now));
        if (underway.size() >= MAX) {
            throw Attempts.tooMany();
        }
        underway.put(journey.asked().state(), new Underway(journey, Sessions.hash(secret), now.plus(LONGEST)));
    }

    /** The journey that ends here, if this browser began it. */
    synchronized Optional<Journey> end(String state, String secret) {
        Optional<Underway> found = Optional.ofNullable(underway.get(state))
                .filter(each -> each.ends().isAfter(clock.instant()))
                .filter(each -> same(each.secretHash(), Sessions.hash(secret)));
        found.ifPresent(_ -> underway.remove(state));
        return found.map(Underway::journey);
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
