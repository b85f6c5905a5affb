package org.vauban.identity.zone;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.vauban.identity.protocol.Frames;
import org.vauban.identity.protocol.IdentityException;
import org.vauban.identity.protocol.MessageReader;
import org.vauban.identity.protocol.MessageWriter;
import org.vauban.identity.protocol.Operation;

/**
 * Serves the hub. It learns record and pseudonym for deposits it names, and a report of counts; and for a batch that it had linked, the
 * pseudonyms of those who object.
 */
final class AnswersDesk implements Listener.Desk {

    private static final int NAME_BYTES_MAX = 64;
    private static final int PAIRS_PER_FRAME = 20_000;
    private static final int SECONDS_BETWEEN_SIGNS = 5;

    private final Zone zone;

    AnswersDesk(Zone zone) {
        this.zone = zone;
    }

    @Override
    public void answer(byte[] bytes, Frames frames) throws IOException {
        var request = new MessageReader(bytes);
        int operation = request.octet();
        if (operation != Operation.LINK && operation != Operation.OBJECTING) {
            throw IdentityException.protocol("The hub may ask to link deposits and who objects, and nothing else.");
        }
        String name = request.text(NAME_BYTES_MAX);
        int count = request.count(Zone.DEPOSITS_PER_BATCH_MAX);
        List<String> deposits = new ArrayList<>();
        for (int at = 0; at < count; at++) {
            deposits.add(request.text(NAME_BYTES_MAX));
        }
        request.end();
        if (operation == Operation.LINK) {
            write(atWork(() -> zone.link(name, deposits), frames), frames);
        } else {
            write(atWork(() -> zone.objecting(name, deposits), frames), frames);
        }
    }

    /** Works in a thread beside, and gives a sign now and then, so that the hub does not take work for death. */
    private static <T> T atWork(Callable<T> question, Frames frames) throws IOException {
        var work = new FutureTask<>(question);
        Thread.ofPlatform().daemon().name("identity-linkage").start(work);
        while (true) {
            try {
                return work.get(SECONDS_BETWEEN_SIGNS, TimeUnit.SECONDS);
            } catch (TimeoutException _) {
                frames.write(new MessageWriter().octet(Operation.DONE).octet(Operation.WORKING));
            } catch (ExecutionException e) {
                switch (e.getCause()) {
                    case RuntimeException cause -> throw cause;
                    case IOException cause -> throw cause;
                    case null, default -> throw new IllegalStateException(e);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("Interrupted while linking.", e);
            }
        }
    }

    private static void write(Objecting objecting, Frames frames) throws IOException {
        var lists = new MessageWriter()
                .octet(Operation.DONE)
                .octet(Operation.LISTS)
                .number(objecting.records())
                .number(objecting.pseudonyms().size())
                .number(objecting.lists().size());
        objecting.lists().forEach(list -> lists.text(list.id()).text(list.taker()));
        frames.write(lists);
        List<String> pseudonyms = objecting.pseudonyms();
        for (int from = 0; from < pseudonyms.size(); from += PAIRS_PER_FRAME) {
            List<String> some = pseudonyms.subList(from, Math.min(pseudonyms.size(), from + PAIRS_PER_FRAME));
            var frame = new MessageWriter()
                    .octet(Operation.DONE)
                    .octet(Operation.PSEUDONYMS)
                    .number(some.size());
            some.forEach(frame::text);
            frames.write(frame);
        }
        frames.write(new MessageWriter().octet(Operation.DONE).octet(Operation.END));
    }

    private static void write(Batch batch, Frames frames) throws IOException {
        var report = new MessageWriter()
                .octet(Operation.DONE)
                .octet(Operation.REPORT)
                .text(batch.report());
        batch.deposits().forEach(deposit -> report.number(deposit.records().size()));
        frames.write(report);
        for (int number = 0; number < batch.deposits().size(); number++) {
            Batch.Deposit deposit = batch.deposits().get(number);
            for (int from = 0; from < deposit.records().size(); from += PAIRS_PER_FRAME) {
                int to = Math.min(deposit.records().size(), from + PAIRS_PER_FRAME);
                var pairs = new MessageWriter()
                        .octet(Operation.DONE)
                        .octet(Operation.PAIRS)
                        .number(number)
                        .number(to - from);
                for (int at = from; at < to; at++) {
                    pairs.text(deposit.records().get(at))
                            .text(deposit.pseudonyms().get(at));
                }
                frames.write(pairs);
            }
        }
        frames.write(new MessageWriter().octet(Operation.DONE).octet(Operation.END));
    }
}
