package org.vauban.sql;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.CdmTable;
import org.vauban.problem.Phrase;
import org.vauban.problem.Place;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;

/** A statement as its author wrote it. */
record SqlText(String file, String text) {
    private static final int BYTES_MAX = 64 << 10;
    /** What may stand for columns without naming them: a star that is no count of rows, {@code COLUMNS(…)}, a join on all that is common. */
    private static final Pattern STAR_OR_SIMILAR =
            Pattern.compile("(?<!count\\()\\*|\\b(columns|natural)\\b", Pattern.CASE_INSENSITIVE);

    private static final Pattern WORD = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");

    static SqlText read(Path file) {
        try {
            long size = Files.size(file);
            if (size > BYTES_MAX) {
                throw Problem.of(ProblemCode.SQL_TOO_LONG)
                        .expected(BYTES_MAX)
                        .found(size)
                        .at(Place.file(file.toString()))
                        .exception();
            }
            return new SqlText(file.toString(), Files.readString(file));
        } catch (IOException unreadable) {
            throw Problem.of(ProblemCode.DOCUMENT_UNREADABLE)
                    .expected(Phrase.A_READABLE_FILE)
                    .found(unreadable.getClass().getSimpleName())
                    .at(Place.file(file.toString()))
                    .exception(unreadable);
        }
    }

    /** The statement alone: a semicolon at its end says nothing. */
    String statement() {
        String statement = text.strip();
        while (statement.endsWith(";")) {
            statement = statement.substring(0, statement.length() - 1).stripTrailing();
        }
        return statement;
    }

    /** What the log keeps of it. */
    String hash() {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException(absent);
        }
    }

    /** The tables of the model whose name stands in it as a word: at least those that it reads. */
    Set<CdmTable> tables() {
        Set<CdmTable> tables = EnumSet.noneOf(CdmTable.class);
        Matcher word = WORD.matcher(text);
        while (word.find()) {
            CdmTable.named(word.group()).ifPresent(tables::add);
        }
        return tables;
    }

    /** Those of these columns whose name stands in it as a word. */
    Set<CdmColumn> named(Set<CdmColumn> columns) {
        Set<String> words = new HashSet<>();
        Matcher word = WORD.matcher(text);
        while (word.find()) {
            words.add(word.group().toLowerCase(Locale.ROOT));
        }
        return columns.stream().filter(column -> words.contains(column.name())).collect(Collectors.toSet());
    }

    /** Those of the columns it is given that it can have read: the named ones, and all where a star may stand for them. */
    Set<CdmColumn> used(Set<CdmColumn> given) {
        return STAR_OR_SIMILAR.matcher(text).find() ? given : named(given);
    }

    /** Line and column, from 1, of a character of {@link #statement()}; the file alone for one that it does not have. */
    Place place(int position) {
        String statement = statement();
        if (position < 0 || position > statement.length()) {
            return Place.file(file);
        }
        int at = text.indexOf(statement) + position;
        int line = 1;
        int begin = 0;
        for (int index = 0; index < at; index++) {
            if (text.charAt(index) == '\n') {
                line++;
                begin = index + 1;
            }
        }
        return Place.line(file, line, at - begin + 1);
    }

    /** The author's own word at a place of {@link #statement()}, for a message; never a value of the data. */
    String wordAt(int position) {
        String statement = statement();
        if (position < 0 || position >= statement.length()) {
            return "…";
        }
        Matcher word = WORD.matcher(statement);
        boolean found = word.find(position) && word.start() == position;
        return found ? word.group() : statement.substring(position, position + 1);
    }

    @Override
    public String toString() {
        return "SqlText[" + file + "]";
    }
}
