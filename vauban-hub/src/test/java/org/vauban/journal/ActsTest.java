package org.vauban.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.hub.TestHub;
import org.vauban.ledger.entry.LogEntry;
import org.vauban.ledger.log.TileLog;

/**
 * Many acts, by several people at once, with restarts and with crashes between the log and the database: each stands in the log once,
 * none twice, and none that did not happen.
 */
class ActsTest {
    private static final int ACTS = Integer.getInteger("vauban.acts", 120);
    private static final long SEED = Long.getLong("vauban.acts.seed", 6);
    private static final int AT_ONCE = 4;
    private static final int ROUND = 40;

    @TempDir
    Path folder;

    @Test
    void everyActStandsInTheLogOnce() throws Exception {
        var random = new Random(SEED);
        Map<String, Integer> expected = new HashMap<>();
        try (var hub = new TestHub(folder.resolve("hub"))) {
            for (int done = 0; done < ACTS; done += ROUND) {
                List<Callable<Map<String, Integer>>> round = new ArrayList<>();
                for (int act = done; act < Math.min(done + ROUND, ACTS); act++) {
                    String object = "thing/" + Integer.toString(act, Character.MAX_RADIX);
                    int kind = random.nextInt(4);
                    round.add(() -> Map.of(object, drive(hub.hub().journal(), object, kind)));
                }
                try (ExecutorService people = Executors.newFixedThreadPool(AT_ONCE)) {
                    for (Future<Map<String, Integer>> each : people.invokeAll(round)) {
                        expected.putAll(each.get());
                    }
                }
                hub.hub().close();
                if (random.nextBoolean()) {
                    hub.forgetLastIndex();
                }
                hub.reopen().recover();
            }
            assertThat(entries(hub.hub().journal().tiles())).as("seed %d", SEED).isEqualTo(happened(expected));
        }
    }

    /** One act, or one that fails; how many entries tell of it. */
    private static int drive(Journal journal, String object, int kind) {
        Entry entry = Entry.of("test-act", "a-12345678", object);
        return switch (kind) {
            case 0 -> {
                assertThatThrownBy(() -> journal.enter(entry, (_, _) -> {
                            throw new IllegalStateException("the change failed");
                        }))
                        .hasMessage("the change failed");
                yield 0;
            }
            case 1 -> {
                Act act = journal.begin(entry);
                journal.conclude(act, "done", Map.of("more", "words"), (_, _) -> true);
                yield 2;
            }
            default -> {
                journal.enter(entry, (_, _) -> true);
                yield 1;
            }
        };
    }

    private static Map<String, Integer> entries(TileLog tiles) {
        Map<String, Integer> found = new HashMap<>();
        for (long index = 0; index < tiles.size(); index++) {
            LogEntry.parse(tiles.read(index))
                    .header()
                    .object()
                    .ifPresent(object -> found.merge(object, 1, Integer::sum));
        }
        return found;
    }

    private static Map<String, Integer> happened(Map<String, Integer> counts) {
        Map<String, Integer> positive = new HashMap<>(counts);
        positive.values().removeIf(count -> count == 0);
        return positive;
    }
}
