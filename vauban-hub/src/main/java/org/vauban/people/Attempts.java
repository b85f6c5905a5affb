package org.vauban.people;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;

/**
 * How often an address has tried to sign in and failed. A lock of an account stops who guesses one person's password; this stops who tries
 * one password on many people, and it bounds what comparing passwords costs. Kept in memory, for so many addresses and no more.
 */
final class Attempts {
    static final int FAILURES_MAX = 30;
    static final Duration WINDOW = Duration.ofMinutes(15);
    static final int ADDRESSES_MAX = 10_000;

    private final Clock clock;
    private final Map<String, Window> windows = new HashMap<>();

    Attempts(Clock clock) {
        this.clock = clock;
    }

    private record Window(Instant ends, int tries) {}

    /** What an attempt may do: be made, or be refused, the first time with an entry in the log. */
    enum Answer {
        GO_ON,
        REFUSED_FIRST,
        REFUSED_AGAIN
    }

    /** Counts an attempt before it is made, so that many at one moment are many. */
    synchronized Answer begin(String address) {
        Instant now = clock.instant();
        Window window = windows.get(address);
        if (window == null || !window.ends().isAfter(now)) {
            windows.values().removeIf(each -> !each.ends().isAfter(now));
            if (windows.size() >= ADDRESSES_MAX) {
                return Answer.REFUSED_AGAIN;
            }
            window = new Window(now.plus(WINDOW), 0);
        }
        int tries = window.tries() + 1;
        windows.put(address, new Window(window.ends(), tries));
        return tries <= FAILURES_MAX
                ? Answer.GO_ON
                : tries == FAILURES_MAX + 1 ? Answer.REFUSED_FIRST : Answer.REFUSED_AGAIN;
    }

    /** An attempt that was right does not count. */
    synchronized void succeeded(String address) {
        windows.computeIfPresent(
                address, (_, window) -> window.tries() == 1 ? null : new Window(window.ends(), window.tries() - 1));
    }

    static RuntimeException tooMany() {
        return Problem.of(ProblemCode.TRIES_TOO_MANY)
                .expected(FAILURES_MAX)
                .with("minutes", WINDOW.toMinutes())
                .exception();
    }
}
