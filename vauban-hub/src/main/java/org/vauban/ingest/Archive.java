package org.vauban.ingest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import org.vauban.problem.Phrase;
import org.vauban.problem.Place;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;

/**
 * A ZIP whose maker is not trusted. Nothing in it is ever written under a name that it gives: its files are only read, from front to
 * back. What it says of itself bounds what it may become: a long table of contents, a file that unfolds beyond reason, or one that is
 * longer than it says, ends the reading.
 */
final class Archive {
    /** The vocabularies have a dozen files; this is room for ten thousand. */
    private static final long CONTENTS_BYTES_MAX = 1L << 20;

    /** Tables of codes unfold about eightfold. */
    private static final long UNFOLDING_MAX = 100;

    private static final long SMALL = 1L << 20;

    private static final int END = 0x06054b50;
    private static final int END_64 = 0x06064b50;
    private static final int END_BYTES = 22;
    private static final int END_64_BYTES = 56;

    private Archive() {}

    static boolean isArchive(Path file) {
        try (InputStream bytes = Files.newInputStream(file)) {
            return ByteBuffer.wrap(bytes.readNBytes(2)).equals(ByteBuffer.wrap(new byte[] {'P', 'K'}));
        } catch (IOException unreadable) {
            throw refused(file, Phrase.A_READABLE_FILE, unreadable.getClass().getSimpleName());
        }
    }

    /** Opens it for reading; its root holds what it holds. */
    static FileSystem open(Path file) {
        try {
            checkContents(file);
            FileSystem archive = FileSystems.newFileSystem(file);
            try {
                checkUnfolding(archive);
                return archive;
            } catch (IOException | RuntimeException hostile) {
                archive.close();
                throw hostile;
            }
        } catch (ZipException hostile) {
            throw refused(file, Phrase.A_WHOLE_ZIP, String.valueOf(hostile.getMessage()));
        } catch (IOException unreadable) {
            throw refused(file, Phrase.A_READABLE_ZIP, unreadable.getClass().getSimpleName());
        }
    }

    /** True for a file inside an archive. */
    static boolean isInside(Path file) {
        return !file.getFileSystem().equals(FileSystems.getDefault());
    }

    /** The bytes of a file inside an archive, no more of them than the archive says. */
    static InputStream read(Path inside) throws IOException {
        return new Bounded(Files.newInputStream(inside), Files.size(inside));
    }

    /**
     * Looks at every place near the end that says where the table of contents is, because readers differ in which of them they believe.
     */
    private static void checkContents(Path file) throws IOException {
        try (var bytes = new RandomAccessFile(file.toFile(), "r")) {
            int length = (int) Math.min(bytes.length(), END_BYTES + 0xFFFFL + END_64_BYTES + 20);
            byte[] tail = new byte[length];
            bytes.seek(bytes.length() - length);
            bytes.readFully(tail);
            ByteBuffer end = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN);
            for (int place = 0; place + END_BYTES <= length; place++) {
                int signature = end.getInt(place);
                long contents = 0;
                if (signature == END) {
                    long stated = end.getInt(place + 12) & 0xFFFF_FFFFL;
                    // All ones: the true number stands in the record of 64 bits.
                    contents = stated == 0xFFFF_FFFFL ? 0 : stated;
                } else if (signature == END_64 && place + END_64_BYTES <= length) {
                    contents = end.getLong(place + 40);
                }
                if (contents < 0 || contents > CONTENTS_BYTES_MAX) {
                    throw new ZipException("a table of contents of " + contents + " bytes");
                }
            }
        }
    }

    private static void checkUnfolding(FileSystem archive) throws IOException {
        for (Path file : files(archive)) {
            long folded = ((Number) Files.getAttribute(file, "zip:compressedSize")).longValue();
            long unfolded = Files.size(file);
            if (unfolded > SMALL && unfolded / UNFOLDING_MAX > folded) {
                throw new ZipException(folded + " bytes that unfold to " + unfolded);
            }
        }
    }

    /** Its files at the root, or in folders directly under it. */
    static List<Path> files(FileSystem archive) throws IOException {
        try (Stream<Path> files = Files.walk(archive.getPath("/"), 2)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static ProblemException refused(Path file, Object expected, Object found) {
        return Problem.of(ProblemCode.INPUT_ARCHIVE_WRONG)
                .expected(expected)
                .found(found)
                .at(Place.file(String.valueOf(file.getFileName())))
                .exception();
    }

    private static final class Bounded extends FilterInputStream {
        private long left;

        Bounded(InputStream bytes, long length) {
            super(bytes);
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int read = super.read(into, from, length);
            left -= Math.max(read, 0);
            if (left < 0) {
                throw new ZipException("a file is longer than its archive says");
            }
            return read;
        }

        @Override
        public long skip(long wanted) throws IOException {
            return super.skip(0);
        }
    }
}
