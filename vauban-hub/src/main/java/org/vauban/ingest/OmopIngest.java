package org.vauban.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import org.vauban.custodian.Custodian;
import org.vauban.duck.DuckSession;
import org.vauban.edition.EditionDraft;
import org.vauban.edition.Editions;
import org.vauban.edition.PreparedEdition;
import org.vauban.omop.CdmTable;
import org.vauban.problem.Problem;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes an edition of a ready OMOP data set.
 *
 * <p>The folder is read several times and never copied. The first reading ({@link Survey}) finds every fault and learns who is there;
 * if a file is faulty nothing is sealed. Each further reading takes the persons of some buckets into memory, so many that they fit,
 * re-keys and screens their rows, ranks them, and seals them bucket by bucket. Nothing is written but sealed objects.
 */
public final class OmopIngest {
    /** The name under which the report is sealed with the edition. */
    public static final String REPORT = "ingest-report";

    /** How many bytes in memory a byte of a file becomes: compressed files unfold. */
    private static final Map<CdmFile.Format, Integer> UNFOLDING =
            Map.of(CdmFile.Format.CSV, 2, CdmFile.Format.CSV_GZIP, 12, CdmFile.Format.PARQUET, 8);

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private final Editions editions;
    private final Custodian custodian;
    private final DuckSession.Limits limits;

    public OmopIngest(Editions editions, Custodian custodian) {
        this(editions, custodian, DuckSession.Limits.ofTheMachine());
    }

    /** The limits bound the rows in memory at one time: less memory means more readings. */
    public OmopIngest(Editions editions, Custodian custodian, DuckSession.Limits limits) {
        this.editions = editions;
        this.custodian = custodian;
        this.limits = limits;
    }

    /**
     * What an ingest gives.
     *
     * @param edition durable and not yet published: the caller enters its root in the log, and then publishes it
     * @param report the counts
     * @param rowProblems the first faulty rows; all of them are in the rejects file
     */
    public record Ingested(PreparedEdition edition, IngestReport report, List<Problem> rowProblems) {
        public Ingested {
            rowProblems = List.copyOf(rowProblems);
        }
    }

    /**
     * Reads the folder and seals its rows.
     *
     * @param folder one file per table
     * @param buckets the hub's number of buckets
     * @param rejectsFile takes the rows that cannot be used, by place and shape
     */
    public Ingested prepare(Path folder, int buckets, Path rejectsFile) {
        return prepare(folder, buckets, rejectsFile, _ -> false);
    }

    /**
     * The same without some persons.
     *
     * @param objecting those who object, by the folder's own ids; nothing of theirs is counted, sealed or rejected
     */
    public Ingested prepare(Path folder, int buckets, Path rejectsFile, LongPredicate objecting) {
        long started = System.nanoTime();
        EditionDraft draft = editions.draft(buckets);
        try (Rejects rejects = Rejects.open(rejectsFile)) {
            var survey = new Survey(CdmFolder.open(folder).files(), rejects, objecting);
            byte[] editionKey = new byte[32];
            new SecureRandom().nextBytes(editionKey);
            PersonDirectory persons = survey.read(ids -> PersonDirectory.of(
                    ids, new KeyedHash(editionKey.clone()), PersonDirectory.bucketKey(custodian), buckets));
            var rows = new EditionRows(survey, persons, new KeyedHash(editionKey), limits, draft);
            rows.sealReferenceTables();
            for (EditionRows.Range range : ranges(survey, buckets)) {
                rows.sealPersons(range);
            }
            IngestReport report = report(draft, survey, persons, rows, Duration.ofNanos(System.nanoTime() - started));
            draft.attach(REPORT, JSON.writeValueAsBytes(report));
            return new Ingested(editions.prepare(draft), report, rejects.told());
        }
    }

    /** The report as a user reads it. */
    public static byte[] json(IngestReport report) {
        return JSON.writeValueAsBytes(report);
    }

    /** Ranges of buckets whose rows fit into half of the memory together. */
    private List<EditionRows.Range> ranges(Survey survey, int buckets) {
        long bytes = survey.entering()
                .filter(file -> file.table().isAboutPersons())
                .mapToLong(file -> size(file) * UNFOLDING.getOrDefault(file.format(), 1))
                .sum();
        long readings = Math.clamp(Math.ceilDiv(bytes, limits.memoryBytes() / 2), 1, buckets);
        int width = (int) Math.ceilDiv(buckets, readings);
        List<EditionRows.Range> ranges = new ArrayList<>();
        for (int from = 0; from < buckets; from += width) {
            ranges.add(new EditionRows.Range(from, Math.min(buckets, from + width)));
        }
        return ranges;
    }

    private static long size(CdmFile file) {
        try {
            return Files.size(file.path());
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static IngestReport report(
            EditionDraft draft, Survey survey, PersonDirectory persons, EditionRows rows, Duration duration) {
        SortedMap<String, IngestReport.Table> tables = new TreeMap<>();
        survey.counts().forEach((table, count) -> {
            SortedMap<String, Long> rejected = new TreeMap<>();
            count.rejected.forEach(
                    (reason, number) -> rejected.put(reason.name().toLowerCase(java.util.Locale.ROOT), number));
            tables.put(
                    table.tableName(),
                    new IngestReport.Table(count.rows, rows.rowsOut(table), rejected, count.repeatedIds));
        });
        SortedMap<String, IngestReport.Words> words = new TreeMap<>();
        survey.screening()
                .counts()
                .forEach((column, count) ->
                        words.put(column.qualifiedName(), new IngestReport.Words(count[0], count[1])));
        SortedMap<String, Long> leftOut = new TreeMap<>();
        survey.leftOut().forEach((CdmTable table, Long count) -> leftOut.put(table.tableName(), count));
        return new IngestReport(
                draft.id().value(),
                persons.size(),
                tables,
                rows.findings(),
                words,
                List.of(),
                survey.lacking().named(),
                leftOut,
                List.copyOf(survey.notices()),
                Math.round(duration.toMillis() / 10.0) / 100.0);
    }
}
