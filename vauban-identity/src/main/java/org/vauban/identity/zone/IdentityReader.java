package org.vauban.identity.zone;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.vauban.identity.envelope.BrokenSeal;
import org.vauban.identity.envelope.PartHeader;
import org.vauban.identity.envelope.SealedInput;
import org.vauban.identity.protocol.DepositManifest;
import org.vauban.identity.protocol.IdentityException;
import org.vauban.identity.protocol.Json;
import org.vauban.identity.table.Csv;
import org.vauban.identity.table.WrongInput;

/** Opens the parts of a deposit and reads the identities in them, in memory and nowhere else. */
final class IdentityReader {

    private static final int HEAD_BYTES_MAX = 4_096;
    /** The most content of a part once it is unpacked: a small part that unpacks without end is an attack. */
    private static final long CONTENT_BYTES_MAX = 4L << 30;

    private static final int RECORDS_MAX = 8_000_000;
    private static final List<String> HEADER = Arrays.stream(Identities.Column.values())
            .map(column -> column.name().toLowerCase(Locale.ROOT))
            .toList();

    private final Shelf shelf;
    private final ZoneKeys keys;

    IdentityReader(Shelf shelf, ZoneKeys keys) {
        this.shelf = shelf;
        this.keys = keys;
    }

    /** @throws IdentityException broken, when a part does not open or is not what was agreed */
    void read(DepositManifest manifest, Identities into) throws IOException {
        int from = into.size();
        List<PartHeader> headers = new ArrayList<>();
        for (DepositManifest.Part part : manifest.parts()) {
            try (InputStream in = new BufferedInputStream(shelf.open(manifest, part))) {
                headers.add(header(in, manifest, part));
            } catch (BrokenSeal e) {
                throw broken(manifest, part, e.getMessage());
            }
        }
        List<byte[]> dataKeys = keys.dataKeys(headers);
        try {
            for (int at = 0; at < headers.size(); at++) {
                read(manifest, manifest.parts().get(at), dataKeys.get(at), into);
            }
        } finally {
            dataKeys.forEach(key -> Arrays.fill(key, (byte) 0));
        }
        into.endShare(manifest.deposit(), source(manifest), manifest.kind(), from);
    }

    /** Each list is a source of its own: whoever gives it may give data as well, and one person may be on several. */
    private static String source(DepositManifest manifest) {
        return manifest.isListOfObjections()
                ? manifest.kind() + '/' + manifest.producer() + '/' + manifest.deposit()
                : manifest.producer();
    }

    private void read(DepositManifest manifest, DepositManifest.Part part, byte[] dataKey, Identities into)
            throws IOException {
        try (InputStream in = new BufferedInputStream(shelf.open(manifest, part))) {
            PartHeader header = header(in, manifest, part);
            try (InputStream content =
                    new Bounded(new GZIPInputStream(new SealedInput(in, dataKey, header.contentInfo()), 1 << 16))) {
                table(content, manifest, part, into);
            }
        } catch (BrokenSeal | ZipException e) {
            throw broken(manifest, part, e.getMessage());
        } catch (WrongInput e) {
            // The table's own words name a line and a shape, never a value.
            throw broken(manifest, part, e.getMessage());
        }
    }

    private static PartHeader header(InputStream in, DepositManifest manifest, DepositManifest.Part part)
            throws IOException {
        PartHeader header = PartHeader.read(in);
        if (!header.deposit().equals(manifest.deposit()) || header.number() != part.number()) {
            throw new BrokenSeal("The part belongs to another deposit or another place in it.");
        }
        return header;
    }

    private static void table(InputStream content, DepositManifest manifest, DepositManifest.Part part, Identities into)
            throws IOException {
        Map<String, Object> head = Json.object(firstLine(content));
        if (!"IDENTITY".equals(head.get("table"))
                || !"csv".equals(head.get("media"))
                || !Long.valueOf(1).equals(head.get("format"))
                || !(head.get("delimiter") instanceof String delimiter)
                || delimiter.length() != 1) {
            throw broken(manifest, part, "Expected the table IDENTITY as CSV.");
        }
        try (Csv csv = Csv.open(part.name(), content, delimiter.charAt(0))) {
            if (!csv.header().equals(HEADER)) {
                throw broken(manifest, part, "Expected the columns " + String.join(";", HEADER) + ".");
            }
            for (Optional<String[]> row = csv.next(); row.isPresent(); row = csv.next()) {
                if (into.size() >= RECORDS_MAX) {
                    throw IdentityException.refused("A batch has at most " + RECORDS_MAX + " identity records.");
                }
                into.add(row.get());
            }
        }
    }

    private static String firstLine(InputStream content) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = content.read(); next >= 0 && next != '\n'; next = content.read()) {
            if (line.size() >= HEAD_BYTES_MAX) {
                throw new BrokenSeal("The table's head is too long.");
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    private static IdentityException broken(
            DepositManifest manifest, DepositManifest.Part part, @org.jspecify.annotations.Nullable String why) {
        return IdentityException.broken(
                "Deposit " + manifest.deposit() + " of " + manifest.producer() + ", " + part.name() + ": " + why);
    }

    /** A stream that does not go on for ever. */
    private static final class Bounded extends FilterInputStream {

        private long left = CONTENT_BYTES_MAX;

        Bounded(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            count(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int count = super.read(into, offset, length);
            count(Math.max(0, count));
            return count;
        }

        private void count(int bytes) throws IOException {
            left -= bytes;
            if (left < 0) {
                throw new BrokenSeal("The part unpacks to more than " + CONTENT_BYTES_MAX + " bytes.");
            }
        }
    }
}
