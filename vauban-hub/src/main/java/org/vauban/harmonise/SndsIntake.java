package org.vauban.harmonise;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.vauban.duck.DuckSession;
import org.vauban.duck.MemoryFile;
import org.vauban.ingest.Rejects;
import org.vauban.problem.Phrase;
import org.vauban.problem.Place;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;
import org.vauban.problem.Problems;

/**
 * Reads CSV of the SNDS into the schema {@code snds}: columns found by name in any case, days in any of the three forms in use, the nine
 * keys of a claim as one digest. The content goes through a memory file, because the engine reads files and nothing may touch a disk.
 */
final class SndsIntake {
    private static final int HEADER_BYTES_MAX = 1 << 20;

    /** So many faulty lines of a part go into the rejects file; all are counted. */
    private static final int TOLD_MAX = 1_000;

    /** A part of a large table has so many places, as a power of two. */
    private static final int PLACES_OF_A_PART = 40;

    private final DuckSession session;
    private final MemoryFile file;
    private final Rejects rejects;
    private final Map<SndsTable, Long> rowsIn = new EnumMap<>(SndsTable.class);
    private final Map<SndsTable, Map<String, Long>> rejected = new EnumMap<>(SndsTable.class);
    private final Map<SndsTable, List<Taken>> taken = new EnumMap<>(SndsTable.class);

    /** @param file a memory file that the session may read */
    SndsIntake(DuckSession session, MemoryFile file, Rejects rejects) {
        this.session = session;
        this.file = file;
        this.rejects = rejects;
    }

    /** Makes every stage, empty, so that rules need not ask which tables were deposited. */
    void begin() {
        session.execute("CREATE SCHEMA snds");
        session.execute("""
                CREATE MACRO a_day(value) AS CASE
                    WHEN value IS NULL THEN NULL
                    ELSE coalesce(
                        TRY_CAST(value AS DATE),
                        TRY_CAST(left(value, 10) AS DATE),
                        TRY_CAST(try_strptime(value, ['%d/%m/%Y', '%d%m%Y', '%d%b%Y', '%d%b%Y:%H:%M:%S']) AS DATE)) END""");
        for (SndsTable table : SndsTable.values()) {
            session.execute(table.createSql());
        }
    }

    /** Rows read, those that were faulty included. */
    long rowsIn(SndsTable table) {
        return rowsIn.getOrDefault(table, 0L);
    }

    /** Faulty rows by reason. */
    Map<String, Long> rejected(SndsTable table) {
        return rejected.getOrDefault(table, Map.of());
    }

    /**
     * Rejects rows that were read whole and still cannot be used.
     *
     * @param places a query that gives the place of each
     */
    void reject(SndsTable table, String reason, String expected, String found, String places) {
        session.rows(places, row -> {
            long before = rejected.computeIfAbsent(table, _ -> new TreeMap<>()).merge(reason, 1L, Long::sum);
            if (before <= TOLD_MAX) {
                Taken part = takenOf(table, row.getLong(1));
                rejects.add(table.name(), part.place(), part.line(row.getLong(1)), 0, "", reason, expected, found);
            }
        });
    }

    /** Rejects rows whose record has no person. */
    void rejectUnknown(SndsTable table, String places) {
        reject(table, "unknown_person", "a record that the identity zone knows", "another", places);
    }

    /** Rejects rows that have no day in the column that counts. */
    void rejectNoDay(SndsTable table, String column, String places) {
        reject(table, "no_day", "a day in " + column, "none that can be read", places);
    }

    /** The place of a row of the part that was read last, as SQL: by it the row is told by file and line again, whenever that is. */
    String place(SndsTable table, String alias) {
        List<Taken> parts = taken.getOrDefault(table, List.of());
        return "(" + alias + ".rowid + "
                + (table.isSmall() || parts.isEmpty() ? 0 : parts.getLast().firstRow()) + ")";
    }

    /** The places of the rows of one part, so that a row can be told by its line again. */
    private record Taken(String place, long firstRow, List<Long> faultyLines) {
        long line(long row) {
            long line = row - firstRow + 2;
            for (long faulty : faultyLines) {
                line += faulty <= line ? 1 : 0;
            }
            return line;
        }
    }

    private Taken takenOf(SndsTable table, long row) {
        return taken.getOrDefault(table, List.of()).stream()
                .filter(part -> part.firstRow() <= row)
                .reduce((_, later) -> later)
                .orElseThrow();
    }

    /** Reads one part of a table into its stage: behind the parts before it if the table is small, else alone. */
    void read(SndsTable table, DepositedTable part) {
        if (";,\t|".indexOf(part.delimiter()) < 0) {
            throw unreadable(part, Phrase.A_SEPARATOR, Phrase.ANOTHER_CHARACTER);
        }
        try (var in = new BufferedInputStream(part.content().open(), 1 << 16)) {
            List<String> header = header(in, part);
            Map<String, String> expressions = expressions(table, header, part);
            file.clear();
            try (OutputStream out = file.outputStream()) {
                in.transferTo(out);
            }
            load(table, part, header, expressions);
        } catch (IOException broken) {
            throw Problem.of(ProblemCode.INPUT_FILE_UNREADABLE)
                    .expected(Phrase.CSV_TO_ITS_END)
                    .found(broken.getClass().getSimpleName())
                    .at(Place.file(part.place()))
                    .exception(broken);
        } finally {
            file.clear();
        }
    }

    private List<String> header(InputStream in, DepositedTable part) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.write(next);
            if (line.size() > HEADER_BYTES_MAX) {
                throw unreadable(part, Phrase.A_HEADER, Phrase.A_LONG_FIRST_LINE);
            }
        }
        String text = line.toString(StandardCharsets.UTF_8);
        if (text.startsWith("\uFEFF")) {
            text = text.substring(1);
        }
        List<String> names = new ArrayList<>();
        for (String field : text.strip().split(Pattern.quote(String.valueOf(part.delimiter())), -1)) {
            String name = field.strip().replace("\"", "").toUpperCase(Locale.ROOT);
            boolean isName = name.matches("[A-Z][A-Z0-9_]{0,40}") && !names.contains(name);
            names.add(isName ? name : "UNNAMED " + names.size());
        }
        return names;
    }

    /** What to select for each column of the stage. */
    private Map<String, String> expressions(SndsTable table, List<String> header, DepositedTable part) {
        var missing = new Problems();
        Map<String, String> expressions = new LinkedHashMap<>();
        if (table.isOfClaims()) {
            ClaimRules.NINE_KEYS.stream()
                    .filter(key -> !header.contains(key))
                    .forEach(key -> missing.add(missing(part, key)));
            expressions.put(
                    "claim",
                    "md5_number(concat_ws('|', "
                            + ClaimRules.NINE_KEYS.stream()
                                    .map(key -> "coalesce(" + key + ", '')")
                                    .collect(Collectors.joining(", "))
                            + "))");
        }
        if (table.isOfStays()) {
            expressions.put(SndsTable.STAY_KEY, stayKey(table.year(part.table())));
        }
        for (SndsTable.Column column : table.columns()) {
            Optional<String> found =
                    column.names().stream().filter(header::contains).findFirst();
            if (found.isPresent()) {
                expressions.put(column.name(), typed(column.type(), found.get()));
            } else if (column.required()) {
                missing.add(missing(part, column.name()));
            }
        }
        missing.throwIfAny();
        return expressions;
    }

    /** A digest of the keys of a stay; a stay without one of them joins nothing. */
    private static String stayKey(OptionalInt year) {
        return "md5_number(" + (year.isPresent() ? "'" + year.getAsInt() + "'" : "''")
                + SndsTable.STAY_KEYS.stream()
                        .map(key -> " || '|' || " + typed(SndsTable.Type.TEXT, key))
                        .collect(Collectors.joining())
                + ")";
    }

    private static String typed(SndsTable.Type type, String text) {
        return switch (type) {
            case TEXT -> "nullif(trim(" + text + "), '')";
            case DAY -> "a_day(" + text + ")";
            case NUMBER -> "TRY_CAST(replace(" + text + ", ',', '.') AS DOUBLE)";
        };
    }

    private void load(SndsTable table, DepositedTable part, List<String> header, Map<String, String> expressions) {
        if (!table.isSmall()) {
            session.execute(table.createSql());
        }
        if (file.size() == 0) {
            rowsIn.merge(table, 0L, Long::sum);
            return;
        }
        String fields =
                header.stream().map(name -> "'" + name + "': 'VARCHAR'").collect(Collectors.joining(", ", "{", "}"));
        OptionalInt year = table.year(part.table());
        List<Taken> parts = taken.computeIfAbsent(table, _ -> new ArrayList<>());
        long before = session.number("SELECT count(*) FROM snds." + table.stageName());
        session.execute("INSERT INTO snds." + table.stageName() + " (deposit, year, "
                + String.join(", ", expressions.keySet()) + ") SELECT '"
                + part.deposit().replace("'", "''") + "', "
                + (year.isPresent() ? String.valueOf(year.getAsInt()) : "NULL") + ", "
                + String.join(", ", expressions.values()) + " FROM read_csv(" + DuckSession.literal(file.path())
                + ", columns = " + fields + ", auto_detect = false, header = false, delim = '" + part.delimiter()
                + "', quote = '\"', escape = '\"', nullstr = '', ignore_errors = true,"
                + " store_rejects = true, rejects_table = 'csv_faults', rejects_scan = 'csv_scans',"
                + " rejects_limit = 100000)");
        List<Long> faultyLines = faults(table, part);
        long after = session.number("SELECT count(*) FROM snds." + table.stageName());
        long firstRow = table.isSmall() ? before : (long) parts.size() << PLACES_OF_A_PART;
        parts.add(new Taken(part.place(), firstRow, faultyLines));
        rowsIn.merge(table, after - before + faultyLines.size(), Long::sum);
    }

    /** Tells the lines that are no rows, and gives their numbers. */
    private List<Long> faults(SndsTable table, DepositedTable part) {
        List<Long> lines = new ArrayList<>();
        session.rows(
                "SELECT line, any_value(CAST(error_type AS VARCHAR)) FROM csv_faults GROUP BY line ORDER BY line",
                row -> {
                    String reason = row.getString(2).toLowerCase(Locale.ROOT).replace(' ', '_');
                    // The header was taken off before.
                    long line = row.getLong(1) + 1;
                    rejected.computeIfAbsent(table, _ -> new TreeMap<>()).merge(reason, 1L, Long::sum);
                    if (lines.size() < TOLD_MAX) {
                        rejects.add(
                                table.name(),
                                part.place(),
                                line,
                                0,
                                "",
                                reason,
                                "as many fields as the header",
                                "another number of fields, or a quote without its end");
                    }
                    lines.add(line);
                });
        session.execute("DROP TABLE IF EXISTS csv_faults");
        session.execute("DROP TABLE IF EXISTS csv_scans");
        return lines;
    }

    private static Problem missing(DepositedTable part, String column) {
        return Problem.of(ProblemCode.INPUT_COLUMN_MISSING)
                .expected(column)
                .found(Phrase.A_HEADER_WITHOUT_IT)
                .at(Place.file(part.place()));
    }

    private static ProblemException unreadable(DepositedTable part, Object expected, Object found) {
        return Problem.of(ProblemCode.INPUT_FILE_UNREADABLE)
                .expected(expected)
                .found(found)
                .at(Place.file(part.place()))
                .exception();
    }
}
