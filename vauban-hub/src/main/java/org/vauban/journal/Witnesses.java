package org.vauban.journal;

import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.vauban.ledger.log.LogUnwritableException;
import org.vauban.ledger.log.TileLog;
import org.vauban.ledger.note.SignedCheckpoint;
import org.vauban.ledger.policy.Policy;
import org.vauban.ledger.witness.WitnessClient;
import org.vauban.ledger.witness.WitnessClient.Outcome;

/**
 * The witnesses of this hub's log: sends them its checkpoints, keeps their cosignatures beside the log, and knows up to which entry
 * enough of them have signed.
 */
final class Witnesses implements AutoCloseable {
    /** So long may all of them together take; who has not answered then is away. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** Who did not cosign a checkpoint is not asked about it again before that. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Policy policy;
    private final Clock clock;
    private final Optional<HttpClient> http;
    private final List<WitnessClient> clients;
    private final ReentrantLock asking = new ReentrantLock();
    private Optional<Question> last = Optional.empty();
    private volatile Map<String, Outcome> outcomes = Map.of();

    private final ExecutorService soon = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("ask-witnesses").factory());
    private final AtomicBoolean queued = new AtomicBoolean();

    /** What was asked, and when. */
    private record Question(long size, Instant at) {}

    Witnesses(Policy policy, Clock clock) {
        this.policy = policy;
        this.clock = clock;
        this.http = policy.asksNobody() ? Optional.empty() : Optional.of(WitnessClient.newHttpClient());
        this.clients = http.map(client -> policy.witnesses().stream()
                        .map(witness -> new WitnessClient(client, witness))
                        .toList())
                .orElse(List.of());
    }

    boolean askedForNone() {
        return policy.asksNobody();
    }

    /** How many the policy asks for, such as {@code 2/3}, in any language. */
    String asked() {
        return policy.toString().replace(" of ", "/");
    }

    /** What each witness last did, for a message. */
    String found() {
        return new TreeMap<>(outcomes)
                .entrySet().stream()
                        .map(each -> each.getKey() + ": " + word(each.getValue()))
                        .collect(Collectors.joining(", "));
    }

    private static String word(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Cosigned _ -> "200";
            case Outcome.Refused(int status) -> String.valueOf(status);
            case Outcome.Ahead(long size) -> "409 (" + size + ")";
            case Outcome.Away(String why) -> why;
        };
    }

    /** Whether the entry is under a checkpoint that enough cosigned; asks them if not, and waits for the answers. */
    boolean cover(TileLog log, long index) {
        if (isCovered(log, index)) {
            return true;
        }
        ask(log);
        return isCovered(log, index);
    }

    /** By the policy of today: what was enough for an earlier one may not be for this. */
    private boolean isCovered(TileLog log, long index) {
        return policy.asksNobody()
                || log.witnessed()
                        .filter(checkpoint -> checkpoint.checkpoint().size() > index)
                        .filter(policy::isMetBy)
                        .isPresent();
    }

    /** Sends the last checkpoint to those who have not cosigned it yet, all at once, and keeps what they sign. */
    private void ask(TileLog log) {
        asking.lock();
        try {
            SignedCheckpoint head = log.checkpoint();
            List<WitnessClient> missing = clients.stream()
                    .filter(client -> !head.note().isSignedBy(client.witness().key()))
                    .toList();
            if (missing.isEmpty() || wasJustAsked(head)) {
                return;
            }
            last = Optional.of(new Question(head.checkpoint().size(), clock.instant()));
            SignedCheckpoint cosigned = head;
            for (Outcome outcome : answers(log, head, missing)) {
                if (outcome instanceof Outcome.Cosigned(var signature)) {
                    cosigned = cosigned.with(signature);
                }
            }
            if (!cosigned.equals(head)) {
                log.keep(cosigned, policy.isMetBy(cosigned));
            }
        } finally {
            asking.unlock();
        }
    }

    private boolean wasJustAsked(SignedCheckpoint head) {
        return last.filter(question -> question.size() == head.checkpoint().size()
                        && clock.instant().isBefore(question.at().plus(PAUSE)))
                .isPresent();
    }

    private List<Outcome> answers(TileLog log, SignedCheckpoint head, List<WitnessClient> missing) {
        long size = head.checkpoint().size();
        Map<String, Outcome> found = new TreeMap<>(outcomes);
        List<Outcome> given = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Outcome>> futures = threads.invokeAll(
                    missing.stream()
                            .<Callable<Outcome>>map(
                                    client -> () -> client.submit(head, from -> log.consistencyProof(from, size)))
                            .toList(),
                    PATIENCE.toMillis(),
                    TimeUnit.MILLISECONDS);
            for (int index = 0; index < missing.size(); index++) {
                Outcome outcome = outcomeOf(futures.get(index));
                found.put(missing.get(index).witness().name(), outcome);
                given.add(outcome);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        outcomes = Map.copyOf(found);
        return given;
    }

    private static Outcome outcomeOf(Future<Outcome> future) throws InterruptedException {
        try {
            return future.get();
        } catch (CancellationException _) {
            return new Outcome.Away("too slow");
        } catch (ExecutionException failed) {
            return new Outcome.Away(String.valueOf(failed.getCause()));
        }
    }

    /** Sends the last checkpoint while others go on; a question that waits already will find this checkpoint too. */
    void askSoon(TileLog log) {
        if (!policy.asksNobody() && queued.compareAndSet(false, true)) {
            soon.execute(() -> {
                queued.set(false);
                try {
                    ask(log);
                } catch (LogUnwritableException _) {
                    // What was signed is not kept, so it does not count; whoever needs it asks again and is told.
                }
            });
        }
    }

    /** Lets a question that was begun come to its end, which is near: a verb that ends at once has its checkpoint witnessed as well. */
    @Override
    public void close() {
        soon.close();
        http.ifPresent(HttpClient::shutdownNow);
    }
}
