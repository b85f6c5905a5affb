package org.vauban.attack.canary;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Leads files of any size through the automaton, a chunk at a time. Where a packed stretch may begin, whatever stands before it, it is
 * unpacked and searched in turn, and so is what is packed in it. Names of files are searched as well.
 */
public final class Search {
    /** Packed in packed in packed: more than any program does, and little enough to end. */
    private static final int DEPTH_MAX = 5;

    private static final int CHUNK_BYTES = 1 << 20;
    private static final int AHEAD_BYTES = 512;

    private final Wanted wanted;
    private final Found found;

    private Search(Wanted wanted) {
        this.wanted = wanted.linked();
        this.found = new Found(wanted);
    }

    /** Searches everything below some folders, names included. */
    public static Found in(Wanted wanted, Path... folders) {
        var search = new Search(wanted);
        for (Path folder : folders) {
            search.folder(folder);
        }
        return search.found;
    }

    /** Searches bytes that somebody has in hand. */
    public static Found in(Wanted wanted, String name, byte[] bytes) {
        var search = new Search(wanted);
        search.found.readFile();
        search.bytes(name, bytes, 0);
        return search.found;
    }

    /** Searches several. */
    public static Found in(Wanted wanted, Iterable<byte[]> contents) {
        var search = new Search(wanted);
        int number = 0;
        for (byte[] content : contents) {
            search.found.readFile();
            search.bytes("content " + number++, content, 0);
        }
        return search.found;
    }

    private void folder(Path folder) {
        try (Stream<Path> walk = Files.walk(folder)) {
            List<Path> all = walk.sorted().toList();
            for (Path path : all) {
                String name = folder.getFileName() + "/" + folder.relativize(path);
                bytes("the name of a file", name.getBytes(StandardCharsets.UTF_8), DEPTH_MAX);
                if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                    found.readFile();
                    search(name, offset -> from(path, offset), 0);
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static InputStream from(Path file, long offset) throws IOException {
        return new BufferedInputStream(
                Channels.newInputStream(FileChannel.open(file).position(offset)), 1 << 16);
    }

    private void bytes(String place, byte[] bytes, int depth) {
        search(place, offset -> new ByteArrayInputStream(bytes, (int) offset, bytes.length - (int) offset), depth);
    }

    /** Bytes that can be read from anywhere. */
    @FunctionalInterface
    private interface Source {
        InputStream from(long offset) throws IOException;
    }

    private void search(String place, Source source, int depth) {
        byte[] chunk = new byte[CHUNK_BYTES + AHEAD_BYTES];
        try (InputStream in = source.from(0)) {
            int state = 0;
            long start = 0;
            int filled = 0;
            boolean ended = false;
            while (!ended) {
                int read = in.readNBytes(chunk, filled, chunk.length - filled);
                filled += read;
                found.read(read);
                ended = filled < chunk.length;
                // Behind the last bytes stand zeros, so that looking ahead needs no bound.
                Arrays.fill(chunk, filled, chunk.length, (byte) 0);
                int whole = ended ? filled : CHUNK_BYTES;
                for (int at = 0; at < whole; at++) {
                    state = wanted.step(state, chunk[at] & 0xff);
                    if (wanted.ending(state) >= 0) {
                        compare(state, chunk, at, filled, place);
                    }
                    if (depth < DEPTH_MAX) {
                        Packing packing = Packing.at(chunk, at);
                        if (packing != null) {
                            unpack(packing, place, source, start + at, depth);
                        }
                    }
                    if (at + KeySchedule.KEY_BYTES + 12 <= filled && KeySchedule.isAt(chunk, at)) {
                        found.metSchedule(place + " at " + (start + at));
                    }
                }
                start += whole;
                filled -= whole;
                System.arraycopy(chunk, whole, chunk, 0, filled);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void compare(int state, byte[] chunk, int at, int filled, String place) {
        for (int ending = wanted.ending(state); ending >= 0; ending = wanted.shorter(ending)) {
            for (int form = wanted.first(ending); form >= 0; form = wanted.next(form)) {
                byte[] bytes = wanted.form(form).bytes();
                int head = Wanted.headBytes(wanted.form(form));
                int rest = bytes.length - head;
                if (at + 1 + rest <= filled && Arrays.equals(chunk, at + 1, at + 1 + rest, bytes, head, bytes.length)) {
                    found.met(form, place);
                }
            }
        }
    }

    private void unpack(Packing packing, String place, Source source, long offset, int depth) throws IOException {
        String inside = place + " > " + packing.words() + "@" + offset;
        try (InputStream packed = source.from(offset)) {
            Unpacked unpacked = packing.unpack(packed);
            if (unpacked.contents().isEmpty()) {
                return;
            }
            found.unpacked();
            if (unpacked.isCutShort()) {
                found.cutShort(inside);
            }
            for (byte[] content : unpacked.contents()) {
                bytes(inside, content, depth + 1);
            }
        }
    }
}
