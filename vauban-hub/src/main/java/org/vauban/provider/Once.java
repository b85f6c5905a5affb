package org.vauban.provider;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Names that may be used once, remembered for as long as they could be used. Only what the provider signed gets here, so it stays small. */
final class Once {
    private final Duration remembered;
    private final Clock clock;
    private final Map<String, Instant> used = new HashMap<>();

    Once(Duration remembered, Clock clock) {
        this.remembered = remembered;
        this.clock = clock;
    }

    synchronized boolean isNew(String name) {
        Instant now = clock.instant();
        used.values().removeIf(until -> !until.isAfter(now));
        return used.putIfAbsent(name, now.plus(remembered)) == null;
    }
}
