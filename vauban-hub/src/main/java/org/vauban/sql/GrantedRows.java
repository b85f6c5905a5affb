package org.vauban.sql;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.CdmTable;
import org.vauban.omop.ColumnRole;
import org.vauban.project.ProjectNames;
import org.vauban.trajectory.Absent;
import org.vauban.trajectory.ColumnKind;
import org.vauban.trajectory.Domain;
import org.vauban.trajectory.Events;
import org.vauban.trajectory.Needs;
import org.vauban.trajectory.Persons;
import org.vauban.trajectory.Trajectories;
import org.vauban.trajectory.TrajectorySource;
import org.vauban.vocabulary.Concept;
import org.vauban.vocabulary.Vocabulary;
import org.vauban.worker.launch.ConfinedWorker;
import org.vauban.worker.launch.WorkerGoneException;
import org.vauban.worker.pipe.ColumnType;
import org.vauban.worker.pipe.Message;
import org.vauban.worker.pipe.Pipe;
import org.vauban.worker.pipe.Values;

/**
 * Fills a worker's tables from an edition under a grant. Rows come out of trajectories, which know the granted columns and days and no
 * others; persons and rows get the project's names on their way.
 */
final class GrantedRows {
    /** So many rows with texts fit into one message in any case that a screened source writes. */
    private static final int ROWS_WITH_TEXTS = 128;

    private static final String PERSON_ID = "person_id";

    private final TrajectorySource source;
    private final Needs needs;
    private final ProjectNames names;
    private final Map<Long, Long> personByName = new HashMap<>();

    GrantedRows(TrajectorySource source, Needs needs, ProjectNames names) {
        this.source = source;
        this.needs = needs;
        this.names = names;
    }

    /** The tables that can be offered: persons, what happens to them on a day, and concepts. */
    static Set<CdmTable> offered() {
        Set<CdmTable> offered = EnumSet.of(CdmTable.PERSON, CdmTable.CONCEPT, CdmTable.CONCEPT_ANCESTOR);
        for (Domain domain : Domain.values()) {
            offered.add(domain.table());
        }
        return offered;
    }

    /** The edition's own person of that name, if a row of that person was sent. */
    Optional<Long> person(long name) {
        return Optional.ofNullable(personByName.get(name));
    }

    /** @param named the tables that the statement names */
    void send(ConfinedWorker worker, Set<CdmTable> named) throws WorkerGoneException {
        if (needs.reads(CdmTable.PERSON)) {
            sendPersons(worker);
        }
        for (Domain domain : Domain.values()) {
            if (needs.reads(domain.table())) {
                sendEvents(worker, domain);
            }
        }
        if (named.contains(CdmTable.CONCEPT)) {
            sendConcepts(worker, source.vocabulary());
        }
        if (named.contains(CdmTable.CONCEPT_ANCESTOR)) {
            sendAncestors(worker, source.vocabulary());
        }
    }

    private void sendPersons(ConfinedWorker worker) throws WorkerGoneException {
        List<CdmColumn> columns = columns(CdmTable.PERSON).stream()
                .filter(column -> ColumnKind.of(column) == ColumnKind.INT)
                .toList();
        worker.send(table(CdmTable.PERSON, columns));
        for (int bucket = 0; bucket < source.buckets(); bucket++) {
            Persons persons = read(bucket, CdmTable.PERSON).persons();
            int[] known =
                    IntStream.range(0, persons.size()).filter(persons::isKnown).toArray();
            List<Values> values = new ArrayList<>();
            values.add(new Values.Longs(Arrays.stream(known)
                    .mapToLong(each -> named(persons.id(each)))
                    .toArray()));
            for (CdmColumn column : columns) {
                int[] all = persons.ints(column);
                values.add(new Values.Ints(
                        Arrays.stream(known).map(each -> all[each]).toArray()));
            }
            send(worker, values);
        }
    }

    private void sendEvents(ConfinedWorker worker, Domain domain) throws WorkerGoneException {
        List<CdmColumn> columns = columns(domain.table());
        worker.send(table(domain.table(), columns));
        for (int bucket = 0; bucket < source.buckets(); bucket++) {
            Trajectories trajectories = read(bucket, domain.table());
            Events events = trajectories.events(domain);
            List<Values> values = new ArrayList<>();
            values.add(new Values.Longs(personOfEachRow(trajectories.persons(), events)));
            for (CdmColumn column : columns) {
                values.add(values(events, column));
            }
            send(worker, values);
        }
    }

    private long[] personOfEachRow(Persons persons, Events events) {
        long[] ofRow = new long[events.size()];
        for (int person = 0; person < persons.size(); person++) {
            if (events.count(person) > 0) {
                Arrays.fill(ofRow, events.from(person), events.to(person), named(persons.id(person)));
            }
        }
        return ofRow;
    }

    private Values values(Events events, CdmColumn column) {
        return switch (ColumnKind.of(column)) {
            case INT -> new Values.Ints(events.ints(column));
            case LONG ->
                new Values.Longs(
                        column.role() == ColumnRole.DATETIME
                                ? events.longs(column)
                                : Arrays.stream(events.longs(column))
                                        .map(id -> Absent.is(id) ? id : names.row(column, id))
                                        .toArray());
            case DOUBLE -> new Values.Doubles(events.doubles(column));
            case TEXT -> new Values.Texts(events.texts(column));
        };
    }

    private long named(long person) {
        long name = names.person(person);
        personByName.put(name, person);
        return name;
    }

    private Trajectories read(int bucket, CdmTable table) {
        return source.read(
                bucket,
                new Needs(needs.columns().stream()
                        .filter(column -> column.table() == table)
                        .collect(Collectors.toSet())));
    }

    /** The granted columns of a table beside the person, in a fixed order. */
    private List<CdmColumn> columns(CdmTable table) {
        return needs.columns().stream()
                .filter(column -> column.table() == table && !column.name().equals(PERSON_ID))
                .sorted()
                .toList();
    }

    private static Message.Table table(CdmTable table, List<CdmColumn> columns) {
        List<Message.Table.Column> all = new ArrayList<>();
        all.add(new Message.Table.Column(PERSON_ID, ColumnType.BIGINT));
        for (CdmColumn column : columns) {
            all.add(new Message.Table.Column(column.name(), type(column)));
        }
        return new Message.Table(table.tableName(), all);
    }

    private static ColumnType type(CdmColumn column) {
        return switch (ColumnKind.of(column)) {
            case INT -> column.role() == ColumnRole.DATE ? ColumnType.DATE : ColumnType.INTEGER;
            case LONG -> column.role() == ColumnRole.DATETIME ? ColumnType.TIMESTAMP : ColumnType.BIGINT;
            case DOUBLE -> ColumnType.DOUBLE;
            case TEXT -> ColumnType.TEXT;
        };
    }

    // Vocabularies are about no person, and belong to every grant.

    private static void sendConcepts(ConfinedWorker worker, Vocabulary vocabulary) throws WorkerGoneException {
        worker.send(new Message.Table(
                CdmTable.CONCEPT.tableName(),
                List.of(
                        new Message.Table.Column("concept_id", ColumnType.INTEGER),
                        new Message.Table.Column("concept_name", ColumnType.TEXT),
                        new Message.Table.Column("domain_id", ColumnType.TEXT),
                        new Message.Table.Column("vocabulary_id", ColumnType.TEXT),
                        new Message.Table.Column("standard_concept", ColumnType.TEXT))));
        List<Concept> concepts = vocabulary
                .concepts()
                .mapToObj(id -> vocabulary.concept(id).orElseThrow())
                .toList();
        send(
                worker,
                List.of(
                        new Values.Ints(concepts.stream().mapToInt(Concept::id).toArray()),
                        texts(concepts.stream().map(Concept::name).toArray(String[]::new)),
                        texts(concepts.stream().map(Concept::domainId).toArray(String[]::new)),
                        texts(concepts.stream().map(Concept::vocabularyId).toArray(String[]::new)),
                        texts(concepts.stream()
                                .map(concept -> concept.isStandard() ? "S" : null)
                                .toArray(String[]::new))));
    }

    private static void sendAncestors(ConfinedWorker worker, Vocabulary vocabulary) throws WorkerGoneException {
        worker.send(new Message.Table(
                CdmTable.CONCEPT_ANCESTOR.tableName(),
                List.of(
                        new Message.Table.Column("ancestor_concept_id", ColumnType.INTEGER),
                        new Message.Table.Column("descendant_concept_id", ColumnType.INTEGER))));
        for (int ancestor : vocabulary.concepts().toArray()) {
            int[] descendants = vocabulary.descendants(ancestor);
            int[] ancestors = new int[descendants.length];
            Arrays.fill(ancestors, ancestor);
            send(worker, List.of(new Values.Ints(ancestors), new Values.Ints(descendants)));
        }
    }

    private static Values texts(@Nullable String[] texts) {
        return new Values.Texts(texts);
    }

    // Long columns in messages.

    private static void send(ConfinedWorker worker, List<Values> columns) throws WorkerGoneException {
        int rows = columns.getFirst().size();
        boolean hasTexts = columns.stream().anyMatch(Values.Texts.class::isInstance);
        int together = hasTexts ? ROWS_WITH_TEXTS : Pipe.ROWS_MAX;
        for (int from = 0; from < rows; from += together) {
            int to = Math.min(rows, from + together);
            List<Values> some = new ArrayList<>();
            for (Values column : columns) {
                some.add(part(column, from, to));
            }
            worker.send(new Message.Rows(some));
        }
    }

    private static Values part(Values column, int from, int to) {
        return switch (column) {
            case Values.Ints(int[] values) -> new Values.Ints(Arrays.copyOfRange(values, from, to));
            case Values.Longs(long[] values) -> new Values.Longs(Arrays.copyOfRange(values, from, to));
            case Values.Doubles(double[] values) -> new Values.Doubles(Arrays.copyOfRange(values, from, to));
            case Values.Texts(@Nullable String[] values) -> new Values.Texts(Arrays.copyOfRange(values, from, to));
        };
    }
}
