package org.vauban.ingest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.CdmTable;
import org.vauban.omop.ColumnType;
import org.vauban.problem.Phrase;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;
import org.vauban.problem.Problems;

/**
 * Reads the files of a vocabulary once, from front to back in bounded memory, into Parquet files. A row that cannot be used goes to the
 * rejects file; a file that cannot be used is told with all others of its kind, and then nothing should be kept.
 */
public final class VocabularyIntake {
    /** The name under which texts are kept by which concepts are found. */
    public static final String TERM = "term";

    /** The concepts of the languages in which texts are written; a code is in none. */
    public static final int ENGLISH = 4_180_186;

    public static final int FRENCH = 4_180_190;
    public static final int CODE = 0;

    private static final int ROWS_IN_MEMORY = 1_000_000;

    /** A few unreadable letters are as they came; of another encoding every accent is one. */
    private static final double UNREADABLE_SHARE_OF_A_WRONG_ENCODING = 0.01;

    private static final char UNREADABLE = '\uFFFD';

    private final Path folder;
    private final int rowsInMemory;

    /** @param folder an empty one, for the Parquet files */
    public VocabularyIntake(Path folder) {
        this(folder, ROWS_IN_MEMORY);
    }

    VocabularyIntake(Path folder, int rowsInMemory) {
        this.folder = folder;
        this.rowsInMemory = rowsInMemory;
    }

    /**
     * What was read.
     *
     * @param tables rows by table
     * @param notices what else the giver should know
     * @param rowProblems the first faulty rows; all of them are in the rejects file
     */
    public record Report(SortedMap<String, Rows> tables, List<String> notices, List<Problem> rowProblems) {
        public Report {
            tables = Collections.unmodifiableSortedMap(new TreeMap<>(tables));
            notices = List.copyOf(notices);
            rowProblems = List.copyOf(rowProblems);
        }
    }

    /** Rows of one table that were there, and those of them that could not be used. */
    public record Rows(long read, long rejected) {}

    /** How a text is compared: lower case, no accents, ligatures as letters, one blank for all that is no letter and no digit. */
    public static String folded(String sql) {
        return "trim(regexp_replace(strip_accents(replace(replace(lower(" + sql
                + "), 'œ', 'oe'), 'æ', 'ae')), '[^\\p{L}\\p{N}]+', ' ', 'g'))";
    }

    /**
     * Reads all files.
     *
     * @param isKnown whether a concept may be spoken of; asked of a pack, which brings no concepts itself
     */
    public Report read(VocabularyFiles source, IntPredicate isKnown, Path rejectsFile) {
        var problems = new Problems();
        SortedMap<String, Rows> tables = new TreeMap<>();
        List<String> notices = new ArrayList<>();
        try (Rejects rejects = Rejects.open(rejectsFile)) {
            for (CdmFile file : source.files().values()) {
                try {
                    var reading = new Reading(file, isKnown, rejects);
                    tables.put(file.table().tableName(), reading.read());
                    reading.notice().ifPresent(notices::add);
                } catch (ProblemException faulty) {
                    faulty.problems().forEach(problems::add);
                }
            }
            problems.throwIfAny();
            return new Report(tables, notices, rejects.told());
        }
    }

    /** The reading of one file. */
    private final class Reading {
        private final CdmFile file;
        private final IntPredicate isKnown;
        private final Rejects rejects;
        private final SourceRows source;
        private final Header header;
        private final List<CdmColumn> columns;
        private final int[] fields;
        private final RowIntake intake;
        private final List<FieldParser> parsers;
        private final @Nullable FieldParser synonymOf;
        private long rows;
        private long rejected;
        private long unreadable;
        private long firstUnreadable;

        Reading(CdmFile file, IntPredicate isKnown, Rejects rejects) {
            this.file = file;
            this.isKnown = isKnown;
            this.rejects = rejects;
            this.source = SourceRows.of(file);
            this.header = source.header();
            CdmTable table = file.table();
            var problems = new Problems();
            header.check(file, Header.required(table), problems);
            problems.throwIfAny();
            this.columns = table.columns().stream()
                    .filter(column -> header.field(column) >= 0)
                    .toList();
            this.fields = columns.stream().mapToInt(header::field).toArray();
            this.intake = new RowIntake(table, header, Set.copyOf(columns), Optional.empty());
            this.parsers = columns.stream()
                    .flatMap(column -> Stream.ofNullable(intake.parser(column)))
                    .toList();
            this.synonymOf = table == CdmTable.CONCEPT_SYNONYM ? parsers.getFirst() : null;
        }

        Rows read() {
            var faults = new FileFaults(header.size());
            try (var parts = new VocabularyParts(folder, file.table(), columns, rowsInMemory)) {
                source.forEach((line, texts, count) -> {
                    rows++;
                    Optional<RowIntake.Fault> fault = intake.check(texts, count).or(this::unknownConcept);
                    faults.count(intake, fault, line);
                    if (fault.isPresent()) {
                        rejected++;
                        rejects.add(file, line, fault.get());
                    } else {
                        note(texts, line);
                        put(parts.rows(), texts);
                    }
                });
            }
            faults.tell(file, rows).ifPresent(problem -> {
                throw problem.exception();
            });
            if (unreadable > UNREADABLE_SHARE_OF_A_WRONG_ENCODING * rows) {
                throw Problem.of(ProblemCode.INPUT_FILE_ENCODING)
                        .expected("UTF-8")
                        .found(Phrase.OTHER_BYTES_IN_ROWS.with(unreadable, rows))
                        .at(file.place(firstUnreadable, 0))
                        .exception();
            }
            return new Rows(rows, rejected);
        }

        private Optional<RowIntake.Fault> unknownConcept() {
            return synonymOf == null || isKnown.test((int) synonymOf.number)
                    ? Optional.empty()
                    : Optional.of(new RowIntake.Fault(
                            RowIntake.Reason.UNKNOWN_CONCEPT,
                            header.field(synonymOf.column()) + 1,
                            synonymOf.column().name(),
                            "a concept of the loaded vocabulary",
                            "another"));
        }

        private void note(@Nullable String[] texts, long line) {
            for (int index = 0; index < fields.length; index++) {
                String text = texts[fields[index]];
                if (text != null && columns.get(index).type() == ColumnType.TEXT && text.indexOf(UNREADABLE) >= 0) {
                    firstUnreadable = unreadable == 0 ? line : firstUnreadable;
                    unreadable++;
                    return;
                }
            }
        }

        private void put(Staging.Rows into, @Nullable String[] texts) {
            into.begin();
            for (int index = 0; index < fields.length; index++) {
                FieldParser parser = parsers.get(index);
                if (parser.present) {
                    into.value(parser, Objects.requireNonNull(texts[fields[index]]));
                } else {
                    into.nothing();
                }
            }
            into.end(0, 0);
        }

        Optional<String> notice() {
            return unreadable == 0
                    ? Optional.empty()
                    : Optional.of(file.name() + ": " + unreadable + " rows have letters that are no UTF-8, from line "
                            + firstUnreadable);
        }
    }
}
