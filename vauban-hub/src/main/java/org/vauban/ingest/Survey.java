package org.vauban.ingest;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.CdmTable;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;
import org.vauban.problem.Problems;

/**
 * The first reading of a folder: finds every fault before anything is sealed, writes the rejects file, and learns what the second
 * reading needs (the persons, the concepts' codes, and which source values are common).
 */
final class Survey {
    /**
     * Rows that name no person cannot be put into a bucket or under a permit, and free text is where identities hide: these tables
     * never enter an edition.
     */
    private static final Set<CdmTable> LEFT_OUT =
            Set.of(CdmTable.NOTE, CdmTable.NOTE_NLP, CdmTable.COST, CdmTable.FACT_RELATIONSHIP, CdmTable.EPISODE_EVENT);

    private final SortedMap<CdmTable, CdmFile> files;
    private final Rejects rejects;
    private final LongPredicate objecting;
    private final Problems problems = new Problems();
    private final Screening screening = new Screening();
    private final Map<CdmTable, Counts> counts = new EnumMap<>(CdmTable.class);
    private final SortedMap<CdmTable, Long> leftOut = new TreeMap<>();
    private final Set<String> notices = new TreeSet<>();
    private final LackingConcepts lacking = new LackingConcepts();
    private ConceptCodes codes = new ConceptCodes.Builder().build();

    /** @param objecting whom the folder's giver says to leave out, by the folder's own ids; no reject tells a file and a line of theirs */
    Survey(SortedMap<CdmTable, CdmFile> files, Rejects rejects, LongPredicate objecting) {
        this.files = files;
        this.rejects = rejects;
        this.objecting = objecting;
    }

    /** What was counted of one table. */
    static final class Counts {
        long rows;
        long repeatedIds;
        final Map<RowIntake.Reason, Long> rejected = new EnumMap<>(RowIntake.Reason.class);

        long accepted() {
            return rows - rejected.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** Turns the persons' ids into the directory. */
    @FunctionalInterface
    interface Directory {
        PersonDirectory of(long[] sourceIds);
    }

    /** Reads everything once; throws all faults of files together. */
    PersonDirectory read(Directory directory) {
        Set<CdmTable> readable = checkHeaders();
        if (files.containsKey(CdmTable.PERSON) && !readable.contains(CdmTable.PERSON)) {
            // Without persons every other row would look faulty.
            problems.throwIfAny();
        }
        if (readable.contains(CdmTable.CONCEPT)) {
            readConcepts();
        }
        PersonDirectory persons = directory.of(readPersons());
        for (CdmFile file : files.values()) {
            boolean isRead = file.table() == CdmTable.PERSON || file.table() == CdmTable.CONCEPT;
            if (!isRead && readable.contains(file.table())) {
                guarded(() -> readTable(file, persons));
            }
        }
        problems.throwIfAny();
        if (persons.size() == 0) {
            throw Problem.of(ProblemCode.INPUT_NO_PERSONS).exception();
        }
        screening.know(codes);
        return persons;
    }

    Screening screening() {
        return screening;
    }

    LackingConcepts lacking() {
        return lacking;
    }

    ConceptCodes codes() {
        return codes;
    }

    Map<CdmTable, Counts> counts() {
        return counts;
    }

    /** Rows of a table that can be used. */
    long accepted(CdmTable table) {
        return counts(table).accepted();
    }

    SortedMap<CdmTable, Long> leftOut() {
        return leftOut;
    }

    Set<String> notices() {
        return notices;
    }

    /** The columns of a table that an edition has. */
    static Set<CdmColumn> columnsOf(CdmTable table) {
        return table.columns().stream()
                .filter(column -> Screening.treatment(column) != Screening.Treatment.LEFT_OUT)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static boolean isLeftOut(CdmTable table) {
        return LEFT_OUT.contains(table);
    }

    /** Checks every header, and gives the tables whose rows can be looked at. */
    private Set<CdmTable> checkHeaders() {
        Set<CdmTable> readable = new TreeSet<>();
        for (CdmFile file : files.values()) {
            guarded(() -> {
                Header header = SourceRows.of(file).header();
                var ofFile = new Problems();
                header.check(file, Header.required(file.table()), ofFile);
                ofFile.all().forEach(problems::add);
                if (ofFile.isEmpty()) {
                    readable.add(file.table());
                }
                for (String unknown : header.unknown()) {
                    notices.add(file.name() + ": the column "
                            + (unknown.matches("[a-z][a-z_0-9]{0,40}") ? unknown : "(unnamed)") + " is no column of "
                            + file.table().tableName() + " and was left out");
                }
            });
        }
        return readable;
    }

    private void readConcepts() {
        CdmFile file = files.get(CdmTable.CONCEPT);
        var builder = new ConceptCodes.Builder();
        if (file != null) {
            CdmColumn id = CdmTable.CONCEPT.column("concept_id");
            CdmColumn code = CdmTable.CONCEPT.column("concept_code");
            var all = IntStream.builder();
            guarded(() -> read(file, Optional.empty(), (intake, fields) -> {
                FieldParser concept = intake.parser(id);
                FieldParser text = intake.parser(code);
                if (concept != null && concept.present) {
                    all.add((int) concept.number);
                }
                if (concept != null && concept.present && text != null && text.present) {
                    builder.add((int) concept.number, text(intake, fields, code));
                }
            }));
            lacking.know(all.build().toArray());
        }
        codes = builder.build();
    }

    private long[] readPersons() {
        var ids = new Ids();
        CdmFile file = files.get(CdmTable.PERSON);
        if (file != null) {
            CdmColumn id = CdmTable.PERSON.column("person_id");
            guarded(() -> read(file, Optional.empty(), (intake, fields) -> {
                FieldParser person = java.util.Objects.requireNonNull(intake.parser(id));
                if (objecting.test(person.number)) {
                    counts(CdmTable.PERSON).rows--;
                    return;
                }
                ids.add(person.number);
                note(CdmTable.PERSON, intake, fields, person.number);
            }));
            counts(file.table()).repeatedIds = ids.repeated();
        }
        return ids.all();
    }

    private void readTable(CdmFile file, PersonDirectory persons) {
        if (isLeftOut(file.table())) {
            long[] rows = {0};
            SourceRows.of(file).forEach((_, _, _) -> rows[0]++);
            leftOut.put(file.table(), rows[0]);
            return;
        }
        var ids = new Ids();
        Optional<CdmColumn> key = file.table().keyColumn();
        Optional<CdmColumn> person = file.table().personColumn();
        read(file, Optional.of(persons), (intake, fields) -> {
            key.map(intake::parser).filter(parser -> parser.present).ifPresent(parser -> ids.add(parser.number));
            note(file.table(), intake, fields, person.isPresent() ? intake.personIndex : counts(file.table()).rows);
        });
        counts(file.table()).repeatedIds = ids.repeated();
    }

    /** Takes a row that can be used. */
    @FunctionalInterface
    private interface GoodRow {
        void take(RowIntake intake, @Nullable String[] fields);
    }

    private void read(CdmFile file, Optional<PersonDirectory> persons, GoodRow good) {
        SourceRows rows = SourceRows.of(file);
        Header header = rows.header();
        CdmTable table = file.table();
        var intake = new RowIntake(table, header, columnsOf(table), persons);
        var faults = new FileFaults(header.size());
        Counts count = counts(table);
        rows.forEach((line, fields, size) -> {
            Optional<RowIntake.Fault> fault = intake.check(fields, size);
            if (isOfSomebodyWhoObjects(fault, intake)) {
                return;
            }
            count.rows++;
            faults.count(intake, fault, line);
            if (fault.isPresent()) {
                count.rejected.merge(fault.get().reason(), 1L, Long::sum);
                rejects.add(file, line, fault.get());
            } else {
                good.take(intake, fields);
            }
        });
        faults.tell(file, count.rows).ifPresent(problems::add);
    }

    /** They are in no directory, so that each of their rows names somebody unknown. */
    private boolean isOfSomebodyWhoObjects(Optional<RowIntake.Fault> fault, RowIntake intake) {
        return fault.filter(found -> found.reason() == RowIntake.Reason.UNKNOWN_PERSON)
                        .isPresent()
                && objecting.test(intake.personId());
    }

    private void note(CdmTable table, RowIntake intake, @Nullable String[] fields, long person) {
        boolean isAboutPersons = table.isAboutPersons();
        for (int field = 0; field < fields.length; field++) {
            FieldParser parser = intake.parserOfField(field);
            if (parser != null && parser.present && parser.isScreened()) {
                screening.note(parser.column(), String.valueOf(fields[field]), person);
            } else if (parser != null
                    && parser.present
                    && isAboutPersons
                    && ConceptRecords.isConcept(parser.column())) {
                lacking.note(parser.column(), (int) parser.number);
            }
        }
    }

    private static String text(RowIntake intake, @Nullable String[] fields, CdmColumn column) {
        for (int field = 0; field < fields.length; field++) {
            FieldParser parser = intake.parserOfField(field);
            if (parser != null && parser.column().equals(column)) {
                return String.valueOf(fields[field]);
            }
        }
        return "";
    }

    private Counts counts(CdmTable table) {
        return counts.computeIfAbsent(table, _ -> new Counts());
    }

    private void guarded(Runnable reading) {
        try {
            reading.run();
        } catch (ProblemException faulty) {
            faulty.problems().forEach(problems::add);
        }
    }

    /** Collects ids, and tells how many are there again. */
    private static final class Ids {
        private long[] ids = new long[1_024];
        private int size;

        void add(long id) {
            if (size == ids.length) {
                ids = Arrays.copyOf(ids, size + (size >> 1));
            }
            ids[size++] = id;
        }

        long[] all() {
            return Arrays.copyOf(ids, size);
        }

        long repeated() {
            return size - Arrays.stream(ids, 0, size).sorted().distinct().count();
        }
    }

    /** The files of the tables that enter an edition. */
    Stream<CdmFile> entering() {
        return files.values().stream().filter(file -> !isLeftOut(file.table()));
    }
}
