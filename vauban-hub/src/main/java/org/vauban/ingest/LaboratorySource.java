package org.vauban.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.vauban.duck.DuckSession;
import org.vauban.duck.TrajectoryReader;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.CdmTable;
import org.vauban.trajectory.Needs;
import org.vauban.trajectory.Period;
import org.vauban.trajectory.Trajectories;
import org.vauban.trajectory.TrajectorySource;
import org.vauban.trajectory.VisibleRows;
import org.vauban.vocabulary.Vocabulary;

/**
 * The caller's own folder as trajectories: original ids, rows of unknown persons kept, nothing screened, no hub.
 *
 * <p>A column that the specification requires and the file lacks is a fault; an optional one is absent in every row. Rows of CSV files
 * that cannot be understood are left out and counted in {@link #rowsLeftOut}; in Parquet a wrong type is a fault of the file.
 *
 * <p>Safe for many threads, which take turns at reading events; the vocabulary is read beside.
 */
public final class LaboratorySource implements TrajectorySource, AutoCloseable {
    /** Files of this many bytes together make one bucket. */
    private static final long BYTES_PER_BUCKET = 32L << 20;

    private static final int BUCKETS_MAX = 64;

    private static final List<CdmColumn> VOCABULARY = List.of(
            CdmTable.CONCEPT.column("concept_id"),
            CdmTable.CONCEPT.column("concept_name"),
            CdmTable.CONCEPT.column("domain_id"),
            CdmTable.CONCEPT.column("vocabulary_id"),
            CdmTable.CONCEPT.column("standard_concept"),
            CdmTable.CONCEPT.column("invalid_reason"),
            CdmTable.CONCEPT_ANCESTOR.column("ancestor_concept_id"),
            CdmTable.CONCEPT_ANCESTOR.column("descendant_concept_id"),
            CdmTable.CONCEPT_RELATIONSHIP.column("concept_id_1"),
            CdmTable.CONCEPT_RELATIONSHIP.column("concept_id_2"),
            CdmTable.CONCEPT_RELATIONSHIP.column("relationship_id"),
            CdmTable.CONCEPT_RELATIONSHIP.column("invalid_reason"));

    private final SortedMap<CdmTable, CdmFile> files;
    private final DuckSession session;
    private final int buckets;
    private final FolderTables events;
    private final FolderTables concepts;
    private final Supplier<Vocabulary> elsewhere;
    private final Period period;
    private @Nullable Vocabulary vocabulary;

    LaboratorySource(SortedMap<CdmTable, CdmFile> files, Supplier<Vocabulary> elsewhere, Period period) {
        this.files = files;
        this.elsewhere = elsewhere;
        this.period = period;
        this.session = DuckSession.open(
                DuckSession.Limits.ofTheMachine(),
                files.values().stream()
                        .filter(FolderTables::isParquet)
                        .map(CdmFile::path)
                        .toList());
        long bytes = files.values().stream()
                .filter(file -> !file.table().isVocabulary())
                .mapToLong(LaboratorySource::size)
                .sum();
        this.buckets = Integer.highestOneBit(Math.clamp(bytes / BYTES_PER_BUCKET, 1, BUCKETS_MAX));
        this.events = new FolderTables(files, session, buckets);
        this.concepts = new FolderTables(files, session.beside(), 1);
    }

    @Override
    public int buckets() {
        return buckets;
    }

    @Override
    public Trajectories read(int bucket, Needs needs) {
        synchronized (events) {
            events.stage(needs.columns());
            return new TrajectoryReader(
                            session, events.rows(bucket), Runtime.getRuntime().availableProcessors())
                    .trajectories(needs, VisibleRows.within(period));
        }
    }

    @Override
    public Vocabulary vocabulary() {
        synchronized (concepts) {
            if (vocabulary == null) {
                vocabulary = files.containsKey(CdmTable.CONCEPT) ? ofFolder() : elsewhere.get();
            }
            return vocabulary;
        }
    }

    private Vocabulary ofFolder() {
        concepts.stage(VOCABULARY);
        Vocabulary read = new TrajectoryReader(concepts.session(), concepts.rows(0)).vocabulary();
        concepts.drop();
        return read;
    }

    /** Rows that could not be understood and were left out, by table, of the tables read so far. */
    public SortedMap<CdmTable, Long> rowsLeftOut() {
        SortedMap<CdmTable, Long> rows = new TreeMap<>();
        for (FolderTables tables : List.of(events, concepts)) {
            synchronized (tables) {
                rows.putAll(tables.rowsLeftOut());
            }
        }
        return rows;
    }

    @Override
    public void close() {
        synchronized (events) {
            synchronized (concepts) {
                concepts.session().close();
                session.close();
            }
        }
    }

    private static long size(CdmFile file) {
        try {
            return Files.size(file.path());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
