package org.vauban.harmonise;

import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.vauban.custodian.Custodian;
import org.vauban.duck.DuckSession;
import org.vauban.duck.MemoryFile;
import org.vauban.edition.EditionDraft;
import org.vauban.edition.Editions;
import org.vauban.ingest.EditionDirectory;
import org.vauban.ingest.IngestReport;
import org.vauban.ingest.OmopIngest;
import org.vauban.ingest.PersonDirectory;
import org.vauban.ingest.Rejects;
import org.vauban.ingest.Sealer;
import org.vauban.omop.CdmTable;

/**
 * Makes one edition in OMOP CDM 5.4 of everything that hospitals and the insurer deposited.
 *
 * <pre>{@code
 * Harmonised harmonised = new Harmonisation(editions, custodian, clock).prepare(parts, answers, buckets, rejectsFile);
 * // … its root is written to the log …
 * editions.publish(harmonised.edition());
 * }</pre>
 */
public final class Harmonisation {
    private final Editions editions;
    private final Custodian custodian;
    private final Clock clock;
    private final DuckSession.Limits limits;

    public Harmonisation(Editions editions, Custodian custodian, Clock clock) {
        this(editions, custodian, clock, DuckSession.Limits.ofTheMachine());
    }

    /** The limits bound what is in memory; rows that do not fit fail the statement, and no edition comes to be. */
    public Harmonisation(Editions editions, Custodian custodian, Clock clock, DuckSession.Limits limits) {
        this.editions = editions;
        this.custodian = custodian;
        this.clock = clock;
        this.limits = limits;
    }

    /** The same as {@link #prepare(List, Answers, int, Path, Set)} with every rule switched on. */
    public Harmonised prepare(List<DepositedTable> parts, Answers answers, int buckets, Path rejectsFile) {
        return prepare(parts, answers, buckets, rejectsFile, EnumSet.noneOf(BusinessRule.class));
    }

    /**
     * Reads, applies the rules, maps and seals.
     *
     * @param parts every part of every table, in any order
     * @param answers the identity zone's answers for these deposits
     * @param buckets the hub's number of buckets
     * @param rejectsFile takes the rows that cannot be used, by place and shape
     * @param off the rules that are switched off
     */
    public Harmonised prepare(
            List<DepositedTable> parts, Answers answers, int buckets, Path rejectsFile, Set<BusinessRule> off) {
        return prepare(parts, answers, Passes.of(parts, buckets, limits), rejectsFile, off);
    }

    /** The same in as many passes as the caller says. */
    Harmonised prepare(
            List<DepositedTable> parts, Answers answers, Passes passes, Path rejectsFile, Set<BusinessRule> off) {
        long started = System.nanoTime();
        EditionDraft draft = editions.draft(passes.buckets());
        try (Rejects rejects = Rejects.open(rejectsFile);
                MemoryFile input = MemoryFile.create();
                MemoryFile scratch = MemoryFile.create();
                WaitingRows waiting = new WaitingRows(passes, limits.memoryBytes(), editions::spill);
                DuckSession session = DuckSession.open(limits, List.of(input.path(), scratch.path()))) {
            var workshop = new Workshop(session, input, scratch, answers, off, rejects, waiting);
            workshop.readPersons(parts);
            workshop.number(persons -> {
                PersonDirectory directory = PersonDirectory.ofNewEdition(persons, custodian, passes.buckets());
                EditionDirectory.attach(directory, draft, custodian);
                return directory;
            });
            workshop.readEvents(parts);
            workshop.join();
            workshop.makeVocabulary(clock);
            var sealer = new Sealer(session, List.of(input, scratch), draft);
            for (int pass = 0; pass < passes.count(); pass++) {
                workshop.makeTables(pass);
                workshop.clearPass();
                sealer.check(OmopTables.OF_PERSONS, true);
                sealer.sealMade(OmopTables.OF_PERSONS);
            }
            OmopTables.OF_NOBODY.forEach(sealer::sealReference);
            IngestReport report = report(draft, workshop, sealer, started);
            draft.attach(OmopIngest.REPORT, OmopIngest.json(report));
            return new Harmonised(editions.prepare(draft), report, rejects.told());
        }
    }

    private static IngestReport report(EditionDraft draft, Workshop workshop, Sealer sealer, long started) {
        SortedMap<String, IngestReport.Table> tables = new TreeMap<>(workshop.sources());
        for (CdmTable table : CdmTable.values()) {
            if (sealer.rowsOut(table) > 0) {
                tables.put(table.tableName(), new IngestReport.Table(0, sealer.rowsOut(table), new TreeMap<>(), 0));
            }
        }
        return new IngestReport(
                draft.id().value(),
                sealer.rowsOut(CdmTable.PERSON),
                tables,
                sealer.findings(),
                new TreeMap<>(),
                workshop.attrition(),
                // Harmonisation writes the concepts that it uses.
                List.of(),
                workshop.leftOut(),
                workshop.notices(),
                Math.round((System.nanoTime() - started) / 10_000_000.0) / 100.0);
    }
}
