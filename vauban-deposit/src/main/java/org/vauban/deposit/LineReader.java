package org.vauban.deposit;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.vauban.problem.Phrase;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;

/**
 * A file as lines of bytes, read once from front to back. The line lies in {@link #buffer} from {@link #from} to {@link #to} until the
 * next one is asked for.
 *
 * <p>On the way it hashes what the file holds (to know the same content again) and, when SHA256SUMS names the file, the file itself.
 */
final class LineReader implements AutoCloseable {
    /** A longer line is no line of a table and no resource. */
    static final int LINE_BYTES_MAX = 16 << 20;

    private static final int BUFFER_BYTES = 1 << 18;
    private static final int INPUT_BYTES = 1 << 16;

    private final SourceFile file;
    private final Optional<String> expectedSum;
    private final Counted raw;
    private final InputStream plain;
    private final MessageDigest content = sha256();
    private int limit;
    private int next;
    private boolean ended;

    byte[] buffer = new byte[BUFFER_BYTES];
    int from;
    int to;
    long line;
    boolean endedWithLineEnd = true;

    /**
     * Opens a file.
     *
     * @param expectedSum the file's own SHA-256, if the producer gives it
     * @param progress is told the bytes read from the disk
     */
    LineReader(SourceFile file, Optional<String> expectedSum, Progress progress) {
        this.file = file;
        this.expectedSum = expectedSum;
        try {
            raw = new Counted(Files.newInputStream(file.path()), progress, expectedSum.map(_ -> sha256()));
        } catch (IOException unreadable) {
            throw fault(unreadable);
        }
        try {
            plain = file.isGzip() ? new GZIPInputStream(raw, INPUT_BYTES) : raw;
        } catch (IOException notGzip) {
            try {
                raw.close();
            } catch (IOException _) {
                // The first fault is told.
            }
            throw file.bytes() == 0 ? empty() : fault(notGzip);
        }
    }

    /** Moves to the next line; false at the end of the file. */
    boolean next() {
        from = next;
        return find(from);
    }

    /** Adds the line behind to this one, for a quoted field that goes on there; false at the end of the file. */
    boolean extend() {
        return endedWithLineEnd && find(next);
    }

    private boolean find(int searchFrom) {
        int search = searchFrom;
        while (true) {
            for (; search < limit; search++) {
                if (buffer[search] == '\n') {
                    to = search > from && buffer[search - 1] == '\r' ? search - 1 : search;
                    next = search + 1;
                    line++;
                    return true;
                }
            }
            if (ended) {
                boolean more = limit > searchFrom;
                if (more) {
                    to = limit;
                    next = limit;
                    line++;
                    endedWithLineEnd = false;
                }
                return more;
            }
            int moved = from;
            fill();
            search -= moved;
            searchFrom -= moved;
        }
    }

    private void fill() {
        if (from > 0) {
            System.arraycopy(buffer, from, buffer, 0, limit - from);
            limit -= from;
            next -= from;
            from = 0;
        } else if (limit == buffer.length) {
            if (buffer.length >= LINE_BYTES_MAX) {
                throw Problem.of(ProblemCode.DEPOSIT_FILE_DAMAGED)
                        .expected(Phrase.LINES_OF_AT_MOST.with(LINE_BYTES_MAX))
                        .found(Phrase.A_LONGER_ONE)
                        .at(file.place(line + 1, 0))
                        .exception();
            }
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        try {
            int read = plain.read(buffer, limit, buffer.length - limit);
            if (read < 0) {
                ended = true;
                checkSum();
            } else {
                content.update(buffer, limit, read);
                limit += read;
            }
        } catch (IOException unreadable) {
            throw fault(unreadable);
        }
    }

    /** SHA-256 of what the file holds, in hexadecimal digits; asked after the last line. */
    String contentDigest() {
        return HexFormat.of().formatHex(content.digest());
    }

    private void checkSum() throws IOException {
        if (expectedSum.isEmpty()) {
            return;
        }
        byte[] rest = new byte[INPUT_BYTES];
        while (raw.read(rest, 0, rest.length) >= 0) {
            // Bytes behind the gzip stream belong to the file as well.
        }
        String found = HexFormat.of().formatHex(raw.digest.orElseThrow().digest());
        if (!found.equals(expectedSum.get())) {
            throw Problem.of(ProblemCode.DEPOSIT_FILE_CHANGED)
                    .expected("SHA-256 " + expectedSum.get().substring(0, 12) + "…")
                    .found(found.substring(0, 12) + "…")
                    .at(file.place())
                    .exception();
        }
    }

    ProblemException empty() {
        return Problem.of(ProblemCode.DEPOSIT_FILE_EMPTY)
                .expected(Phrase.AT_LEAST_ONE_LINE)
                .found(Phrase.NO_BYTES)
                .at(file.place())
                .exception();
    }

    private ProblemException fault(IOException cause) {
        return switch (cause) {
            case EOFException _ ->
                Problem.of(ProblemCode.DEPOSIT_FILE_CUT)
                        .expected(Phrase.THE_END_OF_GZIP)
                        .found(Phrase.THE_END_AFTER.with(file.bytes()))
                        .at(file.place(line + 1, 0))
                        .exception(cause);
            case ZipException _ ->
                Problem.of(ProblemCode.DEPOSIT_FILE_DAMAGED)
                        .expected(Phrase.WHOLE_GZIP)
                        .found(Phrase.CHANGED_BYTES)
                        .at(file.place(line + 1, 0))
                        .exception(cause);
            default ->
                Problem.of(ProblemCode.DEPOSIT_FILE_DAMAGED)
                        .expected(Phrase.A_READABLE_FILE)
                        .found(cause.getClass().getSimpleName())
                        .at(file.place())
                        .exception(cause);
        };
    }

    @Override
    public void close() {
        try {
            plain.close();
        } catch (IOException _) {
            // Nothing was written.
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static final class Counted extends FilterInputStream {
        private final Progress progress;
        private final Optional<MessageDigest> digest;

        Counted(InputStream in, Progress progress, Optional<MessageDigest> digest) {
            super(in);
            this.progress = progress;
            this.digest = digest;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int read = in.read(bytes, from, length);
            if (read > 0) {
                progress.read(read);
                digest.ifPresent(sum -> sum.update(bytes, from, read));
            }
            return read;
        }
    }
}
