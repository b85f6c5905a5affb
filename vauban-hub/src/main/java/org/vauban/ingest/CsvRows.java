package org.vauban.ingest;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.vauban.problem.Phrase;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;

/**
 * A CSV file, read once from front to back in constant memory. Fields may be quoted (RFC 4180) when the delimiter is a comma or a
 * semicolon; with tabs quotes are letters like others, as in the vocabulary files of Athena.
 */
final class CsvRows implements SourceRows {
    private static final int BUFFER_CHARACTERS = 1 << 16;
    private static final char[] DELIMITERS = {',', ';', '\t'};
    /** A single field longer than this is a file that was never CSV. */
    private static final int FIELD_CHARACTERS_MAX = 1 << 24;

    private final CdmFile file;

    CsvRows(CdmFile file) {
        this.file = file;
    }

    @Override
    public Header header() {
        try (Reader reader = open()) {
            return new Parser(reader).header();
        } catch (IOException unreadable) {
            throw unreadable(unreadable);
        }
    }

    @Override
    public void forEach(RowConsumer consumer) {
        try (Reader reader = open()) {
            var parser = new Parser(reader);
            Header header = parser.header();
            while (parser.nextRow()) {
                if (parser.isBlank()) {
                    continue;
                }
                if (parser.endedWithoutLineEnd() && parser.count < header.size()) {
                    throw cut(
                            parser.line,
                            Phrase.FIELDS_AND_A_LINE_END.with(header.size()),
                            Phrase.FIELDS.with(parser.count));
                }
                consumer.row(parser.line, parser.fields, parser.count);
            }
        } catch (IOException unreadable) {
            throw unreadable(unreadable);
        }
    }

    private Reader open() throws IOException {
        InputStream bytes = file.open();
        try {
            InputStream plain =
                    file.format() == CdmFile.Format.CSV_GZIP ? new GZIPInputStream(bytes, BUFFER_CHARACTERS) : bytes;
            return new InputStreamReader(plain, StandardCharsets.UTF_8);
        } catch (IOException notGzip) {
            bytes.close();
            throw notGzip;
        }
    }

    private ProblemException cut(long line, Object expected, Object found) {
        return Problem.of(ProblemCode.INPUT_FILE_CUT)
                .expected(expected)
                .found(found)
                .at(file.place(line, 0))
                .exception();
    }

    private ProblemException unreadable(IOException failed) {
        return switch (failed) {
            case EOFException _ ->
                Problem.of(ProblemCode.INPUT_FILE_CUT)
                        .expected(Phrase.THE_END_OF_GZIP)
                        .found(Phrase.THE_END_OF_THE_FILE)
                        .at(file.place())
                        .exception(failed);
            case ZipException _
            when Archive.isInside(file.path()) ->
                Problem.of(ProblemCode.INPUT_ARCHIVE_WRONG)
                        .expected(Phrase.WHOLE_FILES_IN_THE_ARCHIVE)
                        .found(String.valueOf(failed.getMessage()))
                        .at(file.place())
                        .exception(failed);
            case ZipException _ ->
                Problem.of(ProblemCode.INPUT_FILE_UNREADABLE)
                        .expected(Phrase.WHOLE_GZIP)
                        .found(Phrase.DAMAGED_BYTES)
                        .at(file.place())
                        .exception(failed);
            case NoSuchFileException _ ->
                Problem.of(ProblemCode.INPUT_FILE_UNREADABLE)
                        .expected(Phrase.A_FILE)
                        .found(Phrase.NOTHING_OF_THAT_NAME)
                        .at(file.place())
                        .exception(failed);
            default ->
                Problem.of(ProblemCode.INPUT_FILE_UNREADABLE)
                        .expected(Phrase.A_READABLE_FILE)
                        .found(failed.getClass().getSimpleName())
                        .at(file.place())
                        .exception(failed);
        };
    }

    /** The state of one reading. */
    private final class Parser {
        private final Reader reader;
        private final char[] buffer = new char[BUFFER_CHARACTERS];
        private final StringBuilder field = new StringBuilder();
        private int position;
        private int limit;
        private long nextLine = 1;
        private char delimiter = ',';
        private boolean quoting = true;
        private boolean lineEnded = true;

        /** Where the last row began. */
        long line = 1;

        /** Fields of the last row; more than the array holds are counted and dropped. */
        @Nullable
        String[] fields = new @Nullable String[256];

        int count;

        Parser(Reader reader) {
            this.reader = reader;
        }

        Header header() throws IOException {
            String first = firstLine();
            if (first.isBlank()) {
                throw cut(1, Phrase.A_HEADER_LINE, Phrase.AN_EMPTY_FILE);
            }
            delimiter = delimiter(first);
            quoting = delimiter != '\t';
            List<String> names = Stream.of(first.split(java.util.regex.Pattern.quote(String.valueOf(delimiter)), -1))
                    .map(String::strip)
                    .map(name -> name.startsWith("\"") && name.endsWith("\"") && name.length() > 1
                            ? name.substring(1, name.length() - 1)
                            : name)
                    .toList();
            Header header = Header.of(file.table(), names);
            if (names.size() == 1
                    && file.table().columns().size() > 1
                    && header.unknown().size() == 1) {
                throw Problem.of(ProblemCode.INPUT_FILE_UNREADABLE)
                        .expected(Phrase.SEPARATED_COLUMNS)
                        .found(Phrase.ONE_FIELD_OF.with(first.length()))
                        .at(file.place(1, 0))
                        .exception();
            }
            fields = new @Nullable String[names.size()];
            return header;
        }

        private char delimiter(String first) {
            char best = ',';
            long most = -1;
            for (char candidate : DELIMITERS) {
                long found = first.chars()
                        .filter(character -> character == candidate)
                        .count();
                if (found > most) {
                    most = found;
                    best = candidate;
                }
            }
            return best;
        }

        private String firstLine() throws IOException {
            var text = new StringBuilder();
            for (int character = read(); character >= 0 && character != '\n'; character = read()) {
                if (character != '\uFEFF' && character != '\r') {
                    text.append((char) character);
                }
                if (text.length() > FIELD_CHARACTERS_MAX) {
                    throw cut(1, Phrase.A_HEADER_LINE, Phrase.NO_LINE_END);
                }
            }
            nextLine = 2;
            return text.toString();
        }

        boolean isBlank() {
            return count == 1 && fields[0] == null && fields.length > 1;
        }

        boolean endedWithoutLineEnd() {
            return !lineEnded;
        }

        /** Reads one row; false at the end of the file. */
        boolean nextRow() throws IOException {
            int character = read();
            if (character < 0) {
                return false;
            }
            line = nextLine;
            count = 0;
            Arrays.fill(fields, null);
            while (true) {
                character = readField(character);
                if (character == delimiter) {
                    character = read();
                    continue;
                }
                lineEnded = character >= 0;
                nextLine++;
                return true;
            }
        }

        /** Reads one field that begins with the character; gives what follows it: delimiter, line feed or -1. */
        private int readField(int first) throws IOException {
            field.setLength(0);
            int character = first;
            boolean quoted = quoting && character == '"';
            if (quoted) {
                character = readQuoted();
            }
            while (character >= 0 && character != delimiter && character != '\n') {
                if (character != '\r') {
                    append(character);
                }
                character = read();
            }
            if (count < fields.length) {
                fields[count] = field.isEmpty() ? null : field.toString();
            }
            count++;
            return character;
        }

        /** Reads to the closing quote; gives the character behind it. */
        private int readQuoted() throws IOException {
            while (true) {
                int character = read();
                if (character < 0) {
                    throw cut(line, Phrase.A_CLOSING_QUOTE, Phrase.THE_END_OF_THE_FILE);
                }
                if (character == '"') {
                    int next = read();
                    if (next != '"') {
                        return next;
                    }
                }
                if (character == '\n') {
                    nextLine++;
                }
                append(character);
            }
        }

        private void append(int character) {
            if (field.length() >= FIELD_CHARACTERS_MAX) {
                throw cut(line, Phrase.A_FIELD_OF_AT_MOST.with(FIELD_CHARACTERS_MAX), Phrase.A_LONGER_FIELD);
            }
            field.append((char) character);
        }

        private int read() throws IOException {
            if (position == limit) {
                limit = reader.read(buffer, 0, buffer.length);
                position = 0;
                if (limit <= 0) {
                    limit = 0;
                    return -1;
                }
            }
            return buffer[position++];
        }
    }
}
