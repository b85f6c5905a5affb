package org.vauban.deposit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.vauban.deposit.envelope.DepositId;
import org.vauban.deposit.envelope.Manifest;
import org.vauban.deposit.envelope.RecipientKey;
import org.vauban.deposit.envelope.TableLine;
import org.vauban.problem.Phrase;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A list of people who object, as whoever takes objections keeps it: a CSV with the columns of an identity part that are known, a person a line.
 * It is sealed for the identity zone, always whole: who is not on a later list of the same taker objects no longer.
 */
public final class ObjectionList {
    private static final String KIND = "objections";
    private static final int FORMAT = 1;
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final SecureRandom RANDOM = new SecureRandom();

    private ObjectionList() {}

    /** What was sealed: the list's id, and how many people it has. */
    public record Sealed(DepositId id, long people) {}

    /**
     * Seals a list; a line that is no row stops it, because a list that lacks somebody would let that person go.
     *
     * @param taker who takes objections
     * @param zone the identity zone's public key
     * @param out gets a folder {@code identity} with the envelope
     */
    public static Sealed seal(Path file, String taker, RecipientKey zone, Path out, Instant created) {
        Manifest.requireProducer(taker);
        DepositId id = DepositId.random(RANDOM);
        var envelope = new Envelope(out, zone, id, SplitRequest.PART_BYTES_DEFAULT);
        envelope.keepOnly(List.of());
        SourceFile source = source(file);
        byte[] header = Person.HEADER.getBytes(StandardCharsets.UTF_8);
        try (var lines = new LineReader(source, Optional.empty(), Progress.silent());
                var table =
                        new TableParts(envelope, TableLine.csv("IDENTITY", Person.DELIMITER), Optional.of(header))) {
            long people = read(source, lines, table);
            List<Manifest.Part> parts = table.finish();
            Envelope.writeDurably(envelope.folder().resolve(Manifest.FILE), manifest(id, taker, zone, created, parts));
            return new Sealed(id, people);
        }
    }

    private static SourceFile source(Path file) {
        try {
            return new SourceFile(file, String.valueOf(file.getFileName()), KIND, Files.size(file), 0);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static long read(SourceFile source, LineReader lines, TableParts table) {
        CsvHeader header = CsvHeader.read(source, lines, new Rules());
        var fields = new CsvFields();
        long people = 0;
        while (lines.next()) {
            boolean isRow = fields.split(lines.buffer, lines.from, lines.to, (byte) header.delimiter())
                    && fields.count == header.columns().size();
            if (!isRow) {
                throw Problem.of(ProblemCode.DEPOSIT_FILE_DAMAGED)
                        .expected(header.columns().size() + " fields")
                        .found(Phrase.ANOTHER_NUMBER)
                        .at(source.place(lines.line, 0))
                        .exception();
            }
            people++;
            byte[] row = person(header, fields, lines, people).row().getBytes(StandardCharsets.UTF_8);
            table.rows(row, 0, row.length);
        }
        return people;
    }

    private static Person person(CsvHeader header, CsvFields fields, LineReader lines, long number) {
        String sex = text(header, fields, lines, "sex");
        return new Person(
                number,
                "",
                text(header, fields, lines, "nir"),
                false,
                text(header, fields, lines, "birth_name"),
                text(header, fields, lines, "used_name"),
                text(header, fields, lines, "given_names"),
                text(header, fields, lines, "birth_date"),
                sex.equals("1") ? 1 : sex.equals("2") ? 2 : 9,
                text(header, fields, lines, "birth_place"),
                text(header, fields, lines, "commune"),
                text(header, fields, lines, "postcode"),
                text(header, fields, lines, "phone"),
                "",
                "");
    }

    private static String text(CsvHeader header, CsvFields fields, LineReader lines, String column) {
        int index = header.indexOf(column);
        return index < 0 ? "" : fields.text(lines.buffer, index).strip();
    }

    private static byte[] manifest(
            DepositId id, String taker, RecipientKey zone, Instant created, List<Manifest.Part> parts) {
        ObjectNode tree = JSON.createObjectNode()
                .put("format", FORMAT)
                .put("deposit", id.value())
                .put("zone", zone.zone().word())
                .put("producer", taker)
                .put("kind", KIND)
                .put("created", created.toString())
                .put("key", zone.fingerprint());
        var list = tree.putArray("parts");
        parts.forEach(part -> list.addObject()
                .put("name", part.name())
                .put("bytes", part.bytes())
                .put("sha256", part.sha256()));
        return (JSON.writeValueAsString(tree) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** A number or a name must be there: without either nobody is found. */
    private static final class Rules implements TableRules {
        @Override
        public Treatment treatment(String table, String column) {
            throw new UnsupportedOperationException("A list has no health data");
        }

        @Override
        public List<List<String>> required(String table) {
            return List.of(List.of("nir", "birth_name"));
        }

        @Override
        public String canonical(String column) {
            return column.toLowerCase(Locale.ROOT);
        }
    }
}
