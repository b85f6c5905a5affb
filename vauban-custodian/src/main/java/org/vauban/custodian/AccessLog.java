package org.vauban.custodian;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One line for every operation, written before it happens: {@code time operation key count outcome}, separated by single
 * spaces, {@code -} where there is no key. The outcome is {@code asked}; an operation that then failed gets a second line
 * with {@code refused} or {@code broken}. Never a byte of a key, a message or associated data.
 *
 * <p>A line that cannot be written stops the operation. Lines about creation, destruction, start and stop are on the disk
 * when {@link #enter} returns; the others survive the end of the process, and a power cut may take the last of them.
 */
final class AccessLog implements AutoCloseable {

    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private final FileChannel channel;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();

    private AccessLog(FileChannel channel, Clock clock) {
        this.channel = channel;
        this.clock = clock;
    }

    static AccessLog open(Path path, Clock clock) throws IOException {
        Set<OpenOption> options = Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        FileChannel channel = FileChannel.open(path, options, ownerOnly);
        var log = new AccessLog(channel, clock);
        log.endLastLine();
        return log;
    }

    /** How much a line must withstand before the operation goes on. */
    enum Durability {
        PROCESS,
        POWER_CUT
    }

    /** @throws CustodianException refused, when the line could not be written */
    void enter(String operation, Optional<KeyName> key, int count, String outcome, Durability durability) {
        lock.lock();
        try {
            String line = TIME.format(clock.instant())
                    + ' '
                    + operation
                    + ' '
                    + key.map(KeyName::text).orElse("-")
                    + ' '
                    + count
                    + ' '
                    + outcome
                    + '\n';
            append(line);
            if (durability == Durability.POWER_CUT) {
                channel.force(false);
            }
        } catch (IOException e) {
            throw CustodianException.refused("The access log cannot be written, so nothing was done.", e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void append(String line) throws IOException {
        long end = channel.size();
        ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII));
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes, end + bytes.position());
            }
        } catch (IOException e) {
            // Half a line would run into the next one.
            channel.truncate(end);
            throw e;
        }
    }

    // A line that a power cut left open is closed, not removed.
    private void endLastLine() throws IOException {
        long end = channel.size();
        ByteBuffer last = ByteBuffer.allocate(1);
        if (end > 0 && channel.read(last, end - 1) == 1 && last.get(0) != '\n') {
            append("\n");
        }
    }
}
