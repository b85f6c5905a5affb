package org.vauban.edition;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.vauban.duck.DuckSession;
import org.vauban.duck.MemoryFile;
import org.vauban.duck.TableRows;
import org.vauban.duck.TrajectoryReader;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.CdmTable;
import org.vauban.omop.EditionId;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.trajectory.Domain;
import org.vauban.trajectory.Needs;
import org.vauban.trajectory.Period;
import org.vauban.trajectory.Trajectories;
import org.vauban.trajectory.TrajectorySource;
import org.vauban.trajectory.VisibleRows;
import org.vauban.vault.Loan;
import org.vauban.vault.ObjectId;
import org.vauban.vault.Opening;
import org.vauban.vault.Vault;
import org.vauban.vocabulary.Vocabulary;

/**
 * Reads an edition under a grant: opens the column groups that hold granted and needed columns into sealed memory files, and selects
 * those columns alone. Safe for many threads; each reading has its own session, which ends with it.
 */
public final class EditionReader implements TrajectorySource {
    /** What concept sets are resolved with. Vocabularies are about no person, and belong to every grant. */
    private static final Needs VOCABULARY = Needs.of(
                    CdmTable.CONCEPT,
                    "concept_id",
                    "concept_name",
                    "domain_id",
                    "vocabulary_id",
                    "standard_concept",
                    "invalid_reason")
            .and(Needs.of(CdmTable.CONCEPT_ANCESTOR, "ancestor_concept_id", "descendant_concept_id"))
            .and(Needs.of(
                    CdmTable.CONCEPT_RELATIONSHIP,
                    "concept_id_1",
                    "concept_id_2",
                    "relationship_id",
                    "invalid_reason"));

    private final Vault vault;
    private final EditionId id;
    private final Manifest manifest;
    private final String permit;
    private final Needs granted;
    private final LongPredicate objecting;
    private final Loan loan;
    private final Sight sight;
    private @Nullable Vocabulary vocabulary;

    /**
     * A reader.
     *
     * @param objecting persons who are absent, also for who decides which rows are there
     * @param loan for how long data keys may be held
     * @param sight decides which rows of a bucket are there, given all its rows
     */
    EditionReader(
            Vault vault,
            EditionId id,
            Manifest manifest,
            String permit,
            Needs granted,
            LongPredicate objecting,
            Loan loan,
            Function<TrajectorySource, Sight> sight) {
        this.vault = vault;
        this.id = id;
        this.manifest = manifest;
        this.permit = permit;
        this.granted = granted;
        this.objecting = objecting;
        this.loan = loan;
        this.sight = sight.apply(new Everything());
    }

    @Override
    public int buckets() {
        return manifest.buckets();
    }

    /** Reads one bucket. A column that the grant in hand lacks is refused before any object is opened. */
    @Override
    public Trajectories read(int bucket, Needs needs) {
        Objects.checkIndex(bucket, manifest.buckets());
        for (CdmColumn column : new TreeSet<>(needs.columns())) {
            if (!granted.columns().contains(column)) {
                throw Problem.of(ProblemCode.PERMIT_COLUMN)
                        .with("permit", permit)
                        .found(column)
                        .exception();
            }
        }
        return read(bucket, needs, sight.rows(bucket));
    }

    private Trajectories read(int bucket, Needs needs, VisibleRows visible) {
        try (var opened = new Opened(needs.and(visible.neededFor(needs)), bucket)) {
            return opened.reader().trajectories(needs, visible.without(objecting));
        }
    }

    /** All rows of those who do not object, for who decides which of them are there; handed to nobody else. */
    private final class Everything implements TrajectorySource {
        @Override
        public int buckets() {
            return manifest.buckets();
        }

        @Override
        public Trajectories read(int bucket, Needs needs) {
            return EditionReader.this.read(bucket, needs, VisibleRows.within(Period.ALWAYS));
        }

        @Override
        public Vocabulary vocabulary() {
            return EditionReader.this.vocabulary();
        }
    }

    @Override
    public synchronized Vocabulary vocabulary() {
        if (vocabulary == null) {
            try (var opened = new Opened(VOCABULARY, 0)) {
                vocabulary = opened.reader().vocabulary();
            }
        }
        return vocabulary;
    }

    /** The parts that a reading needs: of each table read, the groups of its needed columns and the one that says when. */
    private List<Manifest.Part> parts(Needs needs, int bucket) {
        Map<CdmTable, Set<String>> groups = new EnumMap<>(CdmTable.class);
        for (CdmColumn column : needs.columns()) {
            Set<String> of = groups.computeIfAbsent(column.table(), _ -> new TreeSet<>());
            of.add(ColumnGroup.of(column).groupName());
            if (column.table().isAboutPersons()) {
                of.add(ColumnGroup.WHEN.groupName());
            } else if (TrajectoryReader.isReference(column)) {
                // Rows of such a table are found by their key.
                of.add(ColumnGroup.CONTEXT.groupName());
            }
        }
        return manifest.parts().stream()
                .filter(part -> groups.getOrDefault(part.cdmTable(), Set.of()).contains(part.group()))
                .filter(part -> part.bucket() == (part.cdmTable().isAboutPersons() ? bucket : 0))
                .toList();
    }

    /** A session over the opened parts of one reading. */
    private final class Opened implements AutoCloseable {
        private final Map<Manifest.Part, MemoryFile> files = new LinkedHashMap<>();
        private final Needs needs;
        private final @Nullable DuckSession session;

        Opened(Needs needs, int bucket) {
            this.needs = needs;
            boolean isOpen = false;
            try {
                for (Manifest.Part part : parts(needs, bucket)) {
                    files.put(part, MemoryFile.create());
                }
                open();
                session = DuckSession.open(
                        DuckSession.Limits.ofOneBucket(),
                        files.values().stream().map(MemoryFile::path).toList());
                isOpen = true;
            } finally {
                if (!isOpen) {
                    files.values().forEach(MemoryFile::close);
                }
            }
        }

        private void open() {
            List<Opening> openings = new ArrayList<>();
            files.forEach((part, file) -> openings.add(new Opening(
                    new ObjectId(part.object()),
                    EditionDraft.context(part.cdmTable(), group(part), part.bucket()),
                    file.outputStream())));
            vault.openAll(openings, loan);
            openings.forEach(EditionReader::closeSink);
            files.values().forEach(MemoryFile::sealed);
        }

        TrajectoryReader reader() {
            DuckSession open = Objects.requireNonNull(session);
            Map<CdmTable, TableRows> tables = new EnumMap<>(CdmTable.class);
            Map<CdmTable, List<Manifest.Part>> byTable =
                    files.keySet().stream().collect(Collectors.groupingBy(Manifest.Part::cdmTable));
            byTable.forEach((table, parts) -> {
                checkRows(open, parts);
                tables.put(table, rows(open, table, parts));
            });
            return new TrajectoryReader(open, tables);
        }

        /** The second half of the pair: what was counted when it was written is counted again when it is read. */
        private void checkRows(DuckSession open, List<Manifest.Part> parts) {
            for (Manifest.Part part : parts) {
                long found = open.number("SELECT count(*) FROM " + parquet(part));
                if (found != part.rows()) {
                    throw Editions.broken(id, "a part has other rows than its manifest tells");
                }
            }
        }

        /** The groups of one table side by side, row by row. */
        private TableRows rows(DuckSession open, CdmTable table, List<Manifest.Part> parts) {
            Set<CdmColumn> columns = new TreeSet<>();
            var select = new StringBuilder();
            var from = new StringBuilder();
            for (int index = 0; index < parts.size(); index++) {
                Manifest.Part part = parts.get(index);
                String alias = "g" + index;
                from.append(index == 0 ? " FROM " : " JOIN ")
                        .append(parquet(part))
                        .append(" AS ")
                        .append(alias);
                if (index > 0) {
                    from.append(" ON g0.file_row_number = ").append(alias).append(".file_row_number");
                }
                Set<String> written = new TreeSet<>();
                open.rows("DESCRIBE SELECT * FROM " + parquet(part), row -> written.add(row.getString(1)));
                for (CdmColumn column : group(part).columns(table)) {
                    // A column without any value is not written.
                    if (isRead(column) && written.contains(column.name())) {
                        columns.add(column);
                        select.append(select.isEmpty() ? "" : ", ")
                                .append(alias)
                                .append('.')
                                .append(DuckSession.quoted(column.name()));
                    }
                }
                if (table.isAboutPersons() && group(part) == ColumnGroup.WHEN) {
                    select.append(select.isEmpty() ? "" : ", ")
                            .append(alias)
                            .append('.')
                            .append(TableRows.RANK);
                }
            }
            return new TableRows("(SELECT " + select + from + ")", columns);
        }

        /** What is selected: the needed columns, and those without which no row can be placed. */
        private boolean isRead(CdmColumn column) {
            return needs.columns().contains(column)
                    || (column.table().isAboutPersons() ? isPlace(column) : isKey(column));
        }

        private static boolean isKey(CdmColumn column) {
            return column.table().keyColumn().filter(column::equals).isPresent();
        }

        private static boolean isPlace(CdmColumn column) {
            return column.table().personColumn().filter(column::equals).isPresent()
                    || Domain.of(column.table())
                            .filter(domain -> domain.startColumn().equals(column)
                                    || domain.endColumn().filter(column::equals).isPresent())
                            .isPresent();
        }

        private String parquet(Manifest.Part part) {
            MemoryFile file = Objects.requireNonNull(files.get(part));
            return "read_parquet(" + DuckSession.literal(file.path()) + ", file_row_number = true)";
        }

        @Override
        public void close() {
            if (session != null) {
                session.close();
            }
            files.values().forEach(MemoryFile::close);
        }
    }

    private static ColumnGroup group(Manifest.Part part) {
        return ColumnGroup.valueOf(part.group().toUpperCase(Locale.ROOT));
    }

    private static void closeSink(Opening opening) {
        try {
            opening.sink().close();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
