package org.vauban.custodian;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import jdk.net.ExtendedSocketOptions;

/**
 * A custodian in another process.
 *
 * <p>Keeps connections for reuse. When a kept one turns out to be dead, because the custodian was started again, a
 * request that may safely be repeated goes once over a new one; creation and destruction of keys always take a new
 * connection and are never sent twice. A custodian that comes back with the keys of another hub is refused.
 */
public final class CustodianClient implements Custodian {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int CONNECTIONS_MAX = 16;

    /** Leaves room for the operation, the key's name and the count. */
    private static final int SLICE_BYTES_MAX = FrameChannel.BODY_BYTES_MAX - 1_024;

    /** The lengths in front of both fields, and the bytes by which a wrapped key is longer than the key in it. */
    private static final int ITEM_OVERHEAD_BYTES = 2 * Integer.BYTES + Wrapping.OVERHEAD_BYTES;

    private final CustodianAddress address;
    private final Deadlines deadlines;
    private final Semaphore turns = new Semaphore(CONNECTIONS_MAX, true);
    private final ConcurrentLinkedDeque<FrameChannel> kept = new ConcurrentLinkedDeque<>();
    private final String hubId;
    private volatile boolean closed;

    /**
     * Connects, and learns whose keys these are.
     *
     * @throws CustodianException absent, when nobody answers at the address
     */
    public static CustodianClient connect(CustodianAddress address) {
        return connect(address, PATIENCE);
    }

    /** The same, with a limit to how long any one request may take. */
    public static CustodianClient connect(CustodianAddress address, Duration patience) {
        return new CustodianClient(address, new Deadlines(patience));
    }

    private CustodianClient(CustodianAddress address, Deadlines deadlines) {
        this.address = address;
        this.deadlines = deadlines;
        try {
            FrameChannel first = dial();
            this.hubId = hello(first);
            kept.add(first);
        } catch (RuntimeException e) {
            deadlines.close();
            throw e;
        }
    }

    @Override
    public String hubId() {
        return hubId;
    }

    @Override
    public List<byte[]> wrapAll(KeyName key, List<DataKey> dataKeys) {
        return inSlices(
                Operation.WRAP,
                key,
                dataKeys,
                dataKey -> dataKey.bytes().length + dataKey.associatedData().length,
                (request, dataKey) -> request.bytes(dataKey.bytes()).bytes(dataKey.associatedData()));
    }

    @Override
    public List<byte[]> unwrapAll(KeyName key, List<WrappedKey> wrappedKeys) {
        return inSlices(
                Operation.UNWRAP,
                key,
                wrappedKeys,
                wrapped -> wrapped.wrapped().length + wrapped.associatedData().length,
                (request, wrapped) -> request.bytes(wrapped.wrapped()).bytes(wrapped.associatedData()));
    }

    @Override
    public byte[] sign(KeyName key, byte[] message) {
        requireShort(message);
        return call(
                Operation.SIGN,
                request -> request.text(key.text()).bytes(message),
                answer -> answer.bytes(FrameChannel.BODY_BYTES_MAX));
    }

    @Override
    public byte[] publicKey(KeyName key) {
        return call(
                Operation.PUBLIC_KEY,
                request -> request.text(key.text()),
                answer -> answer.bytes(FrameChannel.BODY_BYTES_MAX));
    }

    @Override
    public byte[] mac(KeyName key, byte[] message) {
        requireShort(message);
        return call(
                Operation.MAC,
                request -> request.text(key.text()).bytes(message),
                answer -> answer.bytes(FrameChannel.BODY_BYTES_MAX));
    }

    @Override
    public List<byte[]> macAll(KeyName key, List<byte[]> messages) {
        messages.forEach(CustodianClient::requireShort);
        return inSlices(Operation.MAC_ALL, key, messages, message -> message.length, FieldWriter::bytes);
    }

    @Override
    public void createKey(KeyName key, KeyKind kind) {
        call(Operation.CREATE_KEY, request -> request.text(key.text()).octet(kind.number()), _ -> key);
    }

    @Override
    public void destroyKey(KeyName key) {
        call(Operation.DESTROY_KEY, request -> request.text(key.text()), _ -> key);
    }

    @Override
    public Duration lease(KeyName key) {
        int seconds = call(Operation.LEASE, request -> request.text(key.text()), FieldReader::number);
        if (seconds < 1 || seconds > LEASE_MAX.toSeconds()) {
            throw CustodianException.protocol(
                    "A lease lasts 1 to " + LEASE_MAX.toSeconds() + " seconds; " + seconds + " were offered.");
        }
        return Duration.ofSeconds(seconds);
    }

    @Override
    public List<KeyInfo> keys() {
        return call(Operation.KEYS, _ -> {}, CustodianClient::keyInfos);
    }

    /** Waits for the requests in work, then hangs up. */
    @Override
    public void close() {
        closed = true;
        turns.acquireUninterruptibly(CONNECTIONS_MAX);
        try {
            hangUpKept();
            deadlines.close();
        } finally {
            turns.release(CONNECTIONS_MAX);
        }
    }

    private <T> T call(Operation operation, Consumer<FieldWriter> fields, Function<FieldReader, T> reading) {
        try (var request = new FieldWriter().octet(operation.number())) {
            fields.accept(request);
            byte[] reply = inTurn(operation, request);
            try {
                var answer = new FieldReader(reply);
                requireDone(answer);
                T result = reading.apply(answer);
                answer.end();
                return result;
            } finally {
                Arrays.fill(reply, (byte) 0);
            }
        }
    }

    private byte[] inTurn(Operation operation, FieldWriter request) {
        try {
            if (!turns.tryAcquire(deadlines.patience().toMillis(), TimeUnit.MILLISECONDS)) {
                throw CustodianException.absent(
                        "No connection became free within "
                                + deadlines.patience().toMillis() + " ms.",
                        null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CustodianException.absent("Interrupted while waiting for a connection.", e);
        }
        try {
            if (closed) {
                throw new IllegalStateException("This client of the custodian was closed.");
            }
            return operation.repeatable() ? overKeptOrFresh(request) : overFresh(request);
        } finally {
            turns.release();
        }
    }

    private byte[] overKeptOrFresh(FieldWriter request) {
        FrameChannel old = kept.pollFirst();
        if (old == null) {
            return overFresh(request);
        }
        try {
            return over(old, request);
        } catch (InterruptedIOException | ClosedByInterruptException e) {
            throw absent(e);
        } catch (IOException _) {
            // The custodian was started again since: the other kept connections are dead too.
            hangUpKept();
            return overFresh(request);
        }
    }

    private byte[] overFresh(FieldWriter request) {
        FrameChannel fresh = dial();
        String found = hello(fresh);
        if (!found.equals(hubId)) {
            hangUp(fresh);
            throw CustodianException.refused("The custodian at " + address
                    + " now holds the keys of another hub: expected " + hubId + ", found " + found + ".");
        }
        try {
            return over(fresh, request);
        } catch (IOException e) {
            throw absent(e);
        }
    }

    private byte[] over(FrameChannel connection, FieldWriter request) throws IOException {
        try {
            byte[] reply = connection.exchange(request);
            keep(connection);
            return reply;
        } catch (IOException | RuntimeException e) {
            hangUp(connection);
            throw e;
        }
    }

    /** What must not be repeated is asked over a fresh connection; kept without end, these would take all that the custodian serves. */
    private void keep(FrameChannel connection) {
        if (kept.size() < CONNECTIONS_MAX) {
            kept.addFirst(connection);
        } else {
            hangUp(connection);
        }
    }

    private FrameChannel dial() {
        return switch (address) {
            case CustodianAddress.Unix unix -> dial(unix);
        };
    }

    private FrameChannel dial(CustodianAddress.Unix unix) {
        try {
            Path socket = SocketPlace.toConnect(unix.path());
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            try (var _ = deadlines.start(channel)) {
                channel.connect(UnixDomainSocketAddress.of(socket));
                requireOwner(channel, unix.path());
                return new FrameChannel(channel, deadlines);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw absent(e);
        }
    }

    // Whoever can put a socket under the temporary folder could otherwise pass for the custodian.
    private void requireOwner(SocketChannel channel, Path socket) throws IOException {
        Path folder = socket.getParent();
        if (folder == null
                || !Files.getOwner(folder)
                        .equals(channel.getOption(ExtendedSocketOptions.SO_PEERCRED)
                                .user())) {
            throw CustodianException.refused("Whoever answers at " + address + " is not the owner of its folder.");
        }
    }

    private String hello(FrameChannel connection) {
        try (var request = new FieldWriter().octet(Operation.HELLO.number()).octet(Operation.PROTOCOL_VERSION)) {
            var answer = new FieldReader(connection.exchange(request));
            requireDone(answer);
            String id = answer.text(64);
            answer.end();
            return id;
        } catch (IOException e) {
            hangUp(connection);
            throw absent(e);
        } catch (CustodianException e) {
            hangUp(connection);
            throw e;
        }
    }

    private static void requireDone(FieldReader answer) {
        int status = answer.octet();
        if (status != Operation.DONE) {
            throw new CustodianException(CustodianException.Kind.of(status), answer.text(65_536), null);
        }
    }

    private <T> List<byte[]> inSlices(
            Operation operation,
            KeyName key,
            List<T> items,
            ToIntFunction<T> size,
            BiConsumer<FieldWriter, T> writing) {
        List<byte[]> results = new ArrayList<>(items.size());
        int from = 0;
        while (from < items.size()) {
            int to = from;
            int bytes = 0;
            while (to < items.size() && to - from < KEYS_PER_REQUEST_MAX) {
                bytes += size.applyAsInt(items.get(to)) + ITEM_OVERHEAD_BYTES;
                if (bytes > SLICE_BYTES_MAX) {
                    break;
                }
                to++;
            }
            List<T> slice = items.subList(from, to);
            results.addAll(call(
                    operation,
                    request -> {
                        request.text(key.text()).number(slice.size());
                        slice.forEach(item -> writing.accept(request, item));
                    },
                    answer -> values(answer, slice.size())));
            from = to;
        }
        return results;
    }

    private static List<byte[]> values(FieldReader answer, int expected) {
        int count = answer.count(KEYS_PER_REQUEST_MAX);
        if (count != expected) {
            throw CustodianException.protocol("Asked for " + expected + " keys, " + count + " came back.");
        }
        List<byte[]> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(answer.bytes(Wrapping.WRAPPED_BYTES_MAX));
        }
        return values;
    }

    private static List<KeyInfo> keyInfos(FieldReader answer) {
        int count = answer.count(KeyFile.KEYS_MAX);
        List<KeyInfo> infos = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            KeyName name = KeyName.of(answer.text(64));
            KeyKind kind = KeyKind.of(answer.octet());
            int version = answer.number();
            Instant created = Instant.ofEpochMilli(answer.longNumber());
            boolean destroyed = answer.octet() == 1;
            Instant moment = Instant.ofEpochMilli(answer.longNumber());
            infos.add(new KeyInfo(name, kind, version, created, destroyed ? Optional.of(moment) : Optional.empty()));
        }
        return List.copyOf(infos);
    }

    private static void requireShort(byte[] message) {
        if (message.length > MESSAGE_BYTES_MAX) {
            throw CustodianException.protocol("A message has at most " + MESSAGE_BYTES_MAX + " bytes; found "
                    + message.length + ". Hash it first.");
        }
    }

    private CustodianException absent(IOException cause) {
        return CustodianException.absent("No custodian answers at " + address + ".", cause);
    }

    private void hangUpKept() {
        for (FrameChannel each = kept.pollFirst(); each != null; each = kept.pollFirst()) {
            hangUp(each);
        }
    }

    private static void hangUp(FrameChannel connection) {
        try {
            connection.close();
        } catch (IOException _) {
            // Dead already.
        }
    }
}
