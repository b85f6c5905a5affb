package org.vauban.identity.table;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A CSV file (RFC 4180, UTF-8, with a header), row by row. Delimited by {@code ,} or {@code ;} or a tab, whichever the header has
 * most of. Fields are stripped of blanks around them.
 */
public final class Csv implements Closeable {

    private static final int FIELD_LENGTH_MAX = 10_000;
    private static final int COLUMNS_MAX = 500;
    private static final int END = -1;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final String file;
    private final Reader reader;
    private final char delimiter;
    private final List<String> header;
    private final StringBuilder field = new StringBuilder();
    private long line = 1;
    private int next;

    private Csv(String file, Reader reader, Optional<Character> delimiter) throws IOException {
        this.file = file;
        this.reader = reader;
        this.delimiter = delimiter.orElse(guess(reader));
        advance();
        if (next == BYTE_ORDER_MARK) {
            advance();
        }
        if (next == END) {
            throw WrongInput.at(file, 1, 1, "expected a header, found an empty file", "en-tête attendu, fichier vide");
        }
        this.header = List.of(row(Optional.empty()));
        Set<String> names = new HashSet<>();
        for (String name : header) {
            if (!names.add(name)) {
                throw WrongInput.at(
                        file,
                        1,
                        header.lastIndexOf(name) + 1,
                        "expected a name for each column, found one name twice",
                        "un nom par colonne est attendu, un nom figure deux fois");
            }
        }
    }

    /** Opens a file whose delimiter is found out. The name is for messages. */
    public static Csv open(String file, InputStream in) throws IOException {
        return new Csv(file, text(in), Optional.empty());
    }

    /** Opens a file whose delimiter is known. */
    public static Csv open(String file, InputStream in, char delimiter) throws IOException {
        return new Csv(file, text(in), Optional.of(delimiter));
    }

    public List<String> header() {
        return header;
    }

    /** The next row, with as many fields as the header; empty at the end. Empty lines are passed over. */
    public Optional<String[]> next() throws IOException {
        try {
            while (next == '\n' || next == '\r') {
                advance();
            }
            return next == END ? Optional.empty() : Optional.of(row(Optional.of(header.size())));
        } catch (CharacterCodingException e) {
            throw WrongInput.at(file, line, 1, "expected text in UTF-8", "texte en UTF-8 attendu");
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    private String[] row(Optional<Integer> expected) throws IOException {
        List<String> fields = new ArrayList<>(expected.orElse(16));
        long first = line;
        while (true) {
            fields.add(next == '"' ? quoted(fields.size()) : bare(fields.size()));
            if (next != delimiter) {
                break;
            }
            if (fields.size() >= COLUMNS_MAX) {
                throw WrongInput.at(
                        file,
                        line,
                        COLUMNS_MAX,
                        "expected at most " + COLUMNS_MAX + " columns",
                        "au plus " + COLUMNS_MAX + " colonnes attendues");
            }
            advance();
        }
        if (expected.isPresent() && fields.size() != expected.get()) {
            throw WrongInput.at(
                    file,
                    first,
                    fields.size(),
                    "expected " + expected.get() + " fields as in the header, found " + fields.size(),
                    expected.get() + " champs attendus comme dans l'en-tête, " + fields.size() + " trouvés");
        }
        return fields.toArray(String[]::new);
    }

    private String bare(int column) throws IOException {
        field.setLength(0);
        while (next != delimiter && next != '\n' && next != '\r' && next != END) {
            // A quote after blanks begins a quoted field, as some programs write it.
            if (next == '"' && field.toString().isBlank()) {
                return quoted(column);
            }
            append(column);
        }
        return field.toString().strip();
    }

    private String quoted(int column) throws IOException {
        long first = line;
        field.setLength(0);
        advance();
        while (true) {
            if (next == END) {
                throw WrongInput.at(
                        file,
                        first,
                        column + 1,
                        "expected a closing quotation mark, found the end of the file",
                        "guillemet fermant attendu, fin du fichier");
            }
            if (next == '"') {
                advance();
                if (next != '"') {
                    break;
                }
            }
            append(column);
        }
        while (next == ' ') {
            advance();
        }
        if (next != delimiter && next != '\n' && next != '\r' && next != END) {
            throw WrongInput.at(
                    file,
                    line,
                    column + 1,
                    "expected the end of the field after its closing quotation mark",
                    "fin du champ attendue après le guillemet fermant");
        }
        return field.toString().strip();
    }

    private void append(int column) throws IOException {
        if (field.length() >= FIELD_LENGTH_MAX) {
            throw WrongInput.at(
                    file,
                    line,
                    column + 1,
                    "expected a field of at most " + FIELD_LENGTH_MAX + " characters",
                    "champ d'au plus " + FIELD_LENGTH_MAX + " caractères attendu");
        }
        field.append((char) next);
        advance();
    }

    private void advance() throws IOException {
        if (next == '\n') {
            line++;
        }
        next = reader.read();
    }

    private static Reader text(InputStream in) {
        return new BufferedReader(
                new InputStreamReader(
                        in, StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT)),
                1 << 16);
    }

    private static char guess(Reader reader) throws IOException {
        char[] start = new char[1 << 15];
        reader.mark(start.length);
        int length = Math.max(0, reader.read(start));
        reader.reset();
        int[] counts = new int[3];
        String delimiters = ",;\t";
        for (int at = 0; at < length && start[at] != '\n'; at++) {
            int found = delimiters.indexOf(start[at]);
            if (found >= 0) {
                counts[found]++;
            }
        }
        int most = counts[1] > counts[0] ? 1 : 0;
        return delimiters.charAt(counts[2] > counts[most] ? 2 : most);
    }
}
