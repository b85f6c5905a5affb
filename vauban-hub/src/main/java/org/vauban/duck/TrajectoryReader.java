package org.vauban.duck;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBReadableVector;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.CdmTable;
import org.vauban.trajectory.Absent;
import org.vauban.trajectory.ColumnKind;
import org.vauban.trajectory.Domain;
import org.vauban.trajectory.Needs;
import org.vauban.trajectory.Period;
import org.vauban.trajectory.ReferenceColumn;
import org.vauban.trajectory.RowsBuilder;
import org.vauban.trajectory.Trajectories;
import org.vauban.trajectory.TrajectoriesBuilder;
import org.vauban.trajectory.VisibleRows;
import org.vauban.vocabulary.Concept;
import org.vauban.vocabulary.Vocabulary;

/**
 * Turns tables of a session into trajectories and vocabularies.
 *
 * <p>Rows are always asked ORDER BY person, start and rank: DuckDB gives no order by itself, and a lost order would be a wrong cohort
 * that looks right. {@link RowsBuilder} checks the order again.
 */
public final class TrajectoryReader {
    /** Before the needed columns of an event come its person, day and rank. */
    private static final int FIRST_OF_THE_COLUMNS = 3;

    private final DuckSession session;
    private final Map<CdmTable, TableRows> tables;
    private final int sideBySide;

    public TrajectoryReader(DuckSession session, Map<CdmTable, TableRows> tables) {
        this(session, tables, 1);
    }

    /** @param sideBySide how many tables may be read at the same time */
    public TrajectoryReader(DuckSession session, Map<CdmTable, TableRows> tables, int sideBySide) {
        this.session = session;
        this.tables = Map.copyOf(tables);
        this.sideBySide = sideBySide;
    }

    /** Reads the needed columns of the rows that are visible. */
    public Trajectories trajectories(Needs needs, VisibleRows visible) {
        var builder = new TrajectoriesBuilder(needs);
        readPersons(builder, needs, visible.persons());
        var waiting = new ConcurrentSkipListMap<Domain, RowsBuilder>();
        for (Domain domain : Domain.values()) {
            if (needs.reads(domain.table()) && rows(domain.table()).isPresent()) {
                waiting.put(domain, builder.events(domain));
            }
        }
        Together.run(IntStream.range(0, Math.clamp(waiting.size(), 1, sideBySide))
                .mapToObj(_ -> (Runnable) () -> readEvents(waiting, needs, visible))
                .toList());
        for (CdmColumn column : new TreeSet<>(needs.columns())) {
            if (isReference(column)) {
                rows(column.table()).ifPresent(rows -> builder.reference(reference(column, rows)));
            }
        }
        return builder.build();
    }

    /** Reads the concepts, their descendants and their valid mappings. */
    public Vocabulary vocabulary() {
        var builder = Vocabulary.builder();
        rows(CdmTable.CONCEPT).ifPresent(rows -> readConcepts(builder, rows));
        rows(CdmTable.CONCEPT_ANCESTOR)
                .ifPresent(rows -> readPairs(
                        rows,
                        "ancestor_concept_id",
                        "descendant_concept_id",
                        "true",
                        pair -> builder.descendant(pair[0], pair[1])));
        rows(CdmTable.CONCEPT_RELATIONSHIP)
                .ifPresent(rows -> readPairs(
                        rows,
                        "concept_id_1",
                        "concept_id_2",
                        "relationship_id = 'Maps to' AND "
                                + rows.expression(CdmTable.CONCEPT_RELATIONSHIP.column("invalid_reason")) + " IS NULL",
                        pair -> builder.mapsTo(pair[0], pair[1])));
        return builder.build();
    }

    /** True for columns of tables that are not about persons and are found by their key, such as a provider's specialty. */
    public static boolean isReference(CdmColumn column) {
        return (column.table() == CdmTable.PROVIDER
                        || column.table() == CdmTable.CARE_SITE
                        || column.table() == CdmTable.LOCATION)
                && ColumnKind.of(column) == ColumnKind.INT;
    }

    private Optional<TableRows> rows(CdmTable table) {
        return Optional.ofNullable(tables.get(table));
    }

    // Persons.

    private void readPersons(TrajectoriesBuilder builder, Needs needs, LongPredicate visible) {
        Optional<TableRows> rows = rows(CdmTable.PERSON);
        if (!needs.reads(CdmTable.PERSON) || rows.isEmpty()) {
            return;
        }
        Selection selection = new Selection(rows.get(), needs, Set.of(CdmTable.PERSON.column("person_id")));
        RowsBuilder persons = builder.persons();
        List<Setter> setters = selection.setters(persons, 1);
        String sql = "SELECT person_id" + selection.list(column -> rows.get().expression(column)) + " FROM "
                + rows.get().from() + " ORDER BY ALL";
        long[] last = {Absent.LONG};
        session.chunks(sql, chunk -> {
            DuckDBReadableVector person = chunk.vector(0);
            var taken = new Taken(chunk, persons);
            for (int row = 0; row < chunk.rowCount(); row++) {
                long id = person.getLong(row);
                if (id == last[0]) {
                    // A person who is listed twice counts once, with the values that sort first.
                    continue;
                }
                last[0] = id;
                if (visible.test(id)) {
                    persons.addPerson(id);
                    taken.add(row);
                }
            }
            setters.forEach(taken::set);
        });
    }

    // Events.

    /** Takes one domain after the other until none is left. */
    private void readEvents(ConcurrentNavigableMap<Domain, RowsBuilder> waiting, Needs needs, VisibleRows visible) {
        try (DuckSession own = session.beside()) {
            for (var next = waiting.pollFirstEntry(); next != null; next = waiting.pollFirstEntry()) {
                Domain domain = next.getKey();
                readEvents(own, next.getValue(), domain, rows(domain.table()).orElseThrow(), needs, visible);
            }
        }
    }

    /** Where rows share a rank, which sound data do not, their values decide: a dearer order, and so only then. */
    private static void readEvents(
            DuckSession session, RowsBuilder events, Domain domain, TableRows rows, Needs needs, VisibleRows visible) {
        readEvents(session, events, domain, rows, needs, visible, "1, 2, 3");
        if (events.hasTies()) {
            events.startAgain();
            readEvents(session, events, domain, rows, needs, visible, "ALL");
        }
    }

    private static void readEvents(
            DuckSession session,
            RowsBuilder events,
            Domain domain,
            TableRows rows,
            Needs needs,
            VisibleRows visible,
            String order) {
        CdmColumn person = domain.table().personColumn().orElseThrow();
        CdmColumn start = domain.startColumn();
        Selection selection = new Selection(rows, needs, Set.of(start));
        List<Setter> setters = selection.setters(events, FIRST_OF_THE_COLUMNS);
        var within = new Within(visible, domain, rows);
        var isThere = new OncePerPerson(visible.persons());
        IntPredicate concepts = visible.concepts().getOrDefault(domain, _ -> true);
        // Asked behind all others, so that it does not change their order.
        int concept = visible.concepts().containsKey(domain) ? FIRST_OF_THE_COLUMNS + setters.size() : -1;
        String sql = "SELECT " + rows.expression(person)
                + ", " + days(within.start())
                + ", " + TableRows.RANK
                + selection.list(within::value)
                + (concept < 0 ? "" : ", " + rows.expression(domain.conceptColumn()))
                + " FROM " + rows.from()
                + " WHERE " + within.condition()
                + " ORDER BY " + order;
        session.chunks(sql, chunk -> {
            DuckDBReadableVector persons = chunk.vector(0);
            DuckDBReadableVector days = chunk.vector(1);
            DuckDBReadableVector ranks = chunk.vector(2);
            var taken = new Taken(chunk, events);
            for (int row = 0; row < chunk.rowCount(); row++) {
                long id = persons.getLong(row);
                if (isThere.test(id) && isVisible(chunk, row, concept, concepts)) {
                    events.addEvent(id, days.getInt(row), ranks.getLong(row));
                    taken.add(row);
                }
            }
            setters.forEach(taken::set);
        });
    }

    /** Rows come person by person, and each person is asked about once. */
    private static final class OncePerPerson {
        private final LongPredicate persons;
        private long last = Absent.LONG;
        private boolean isThere;

        OncePerPerson(LongPredicate persons) {
            this.persons = persons;
        }

        boolean test(long person) {
            if (person != last) {
                last = person;
                isThere = persons.test(person);
            }
            return isThere;
        }
    }

    /** A row without a concept is none of a set of concepts. */
    private static boolean isVisible(DuckDBDataChunkReader chunk, long row, int column, IntPredicate concepts) {
        return column < 0
                || (!chunk.vector(column).isNull(row)
                        && concepts.test(chunk.vector(column).getInt(row)));
    }

    /** How the granted days, and how precisely they are told, change the rows of a domain. */
    private record Within(VisibleRows visible, Domain domain, TableRows rows) {
        private Period period() {
            return visible.period();
        }

        private boolean isCut() {
            return !period().equals(Period.ALWAYS);
        }

        private boolean isByMonth() {
            return visible.byMonth().contains(domain);
        }

        private boolean isStretch() {
            return domain == Domain.OBSERVATION_PERIOD || domain == Domain.PAYER_PLAN_PERIOD;
        }

        String start() {
            return told(rows.expression(domain.startColumn()));
        }

        String condition() {
            String start = rows.expression(domain.startColumn());
            String there = start + " IS NOT NULL";
            if (!isCut()) {
                return there;
            }
            String inside = there + " AND " + start + " <= " + date(period().to());
            return isStretch()
                    ? inside + " AND " + rows.expression(domain.endColumn().orElseThrow()) + " >= "
                            + date(period().from())
                    : inside + " AND " + start + " >= " + date(period().from());
        }

        String value(CdmColumn column) {
            String value = rows.expression(column);
            return switch (column.type()) {
                case DATE -> told(value);
                case DATETIME -> toldToTheSecond(value);
                case INTEGER, NUMBER, TEXT -> value;
            };
        }

        /** A day as it is told: within the period, and its month alone where days are not granted. */
        private String told(String day) {
            String precise = isByMonth() ? "CAST(date_trunc('month', " + day + ") AS DATE)" : day;
            return isCut() ? later(earlier(precise, date(period().to())), date(period().from())) : precise;
        }

        private String toldToTheSecond(String time) {
            String precise = isByMonth() ? "date_trunc('month', " + time + ")" : time;
            return isCut()
                    ? later(
                            earlier(precise, "TIMESTAMP '" + period().to() + " 23:59:59'"),
                            "TIMESTAMP '" + period().from() + " 00:00:00'")
                    : precise;
        }

        /** Written out, because LEAST takes the bound for a missing value. */
        private static String earlier(String value, String bound) {
            return "CASE WHEN " + value + " > " + bound + " THEN " + bound + " ELSE " + value + " END";
        }

        private static String later(String value, String bound) {
            return "CASE WHEN " + value + " < " + bound + " THEN " + bound + " ELSE " + value + " END";
        }

        private static String date(LocalDate day) {
            return "DATE '" + day + "'";
        }
    }

    // Reference tables.

    private ReferenceColumn reference(CdmColumn column, TableRows rows) {
        String key = DuckSession.quoted(column.table().keyColumn().orElseThrow().name());
        var keys = new ArrayList<Long>();
        var values = new ArrayList<Integer>();
        // A key that is listed twice counts once, with the value that sorts first.
        session.rows(
                "SELECT " + key + ", min(" + rows.expression(column) + ") FROM " + rows.from() + " WHERE " + key
                        + " IS NOT NULL GROUP BY 1 ORDER BY 1",
                row -> {
                    keys.add(row.getLong(1));
                    int value = row.getInt(2);
                    values.add(row.wasNull() ? Absent.INT : value);
                });
        return ReferenceColumn.of(
                column,
                keys.stream().mapToLong(Long::longValue).toArray(),
                values.stream().mapToInt(Integer::intValue).toArray());
    }

    // Vocabulary.

    private void readConcepts(Vocabulary.Builder builder, TableRows rows) {
        Map<String, String> text = new TreeMap<>();
        for (String column :
                List.of("concept_name", "domain_id", "vocabulary_id", "standard_concept", "invalid_reason")) {
            text.put(column, rows.expression(CdmTable.CONCEPT.column(column)));
        }
        session.rows(
                "SELECT concept_id, coalesce(" + text.get("concept_name") + ", ''), coalesce(" + text.get("domain_id")
                        + ", ''), coalesce(" + text.get("vocabulary_id") + ", ''), coalesce("
                        + text.get("standard_concept") + " = 'S', false), " + text.get("invalid_reason")
                        + " IS NULL FROM " + rows.from() + " WHERE concept_id IS NOT NULL ORDER BY ALL",
                row -> builder.concept(new Concept(
                        row.getInt(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getBoolean(5),
                        row.getBoolean(6))));
    }

    private void readPairs(TableRows rows, String left, String right, String condition, Consumer<int[]> pair) {
        session.chunks(
                "SELECT DISTINCT " + left + ", " + right + " FROM " + rows.from() + " WHERE " + condition + " AND "
                        + left + " IS NOT NULL AND " + right + " IS NOT NULL",
                chunk -> {
                    DuckDBReadableVector lefts = chunk.vector(0);
                    DuckDBReadableVector rights = chunk.vector(1);
                    for (long row = 0; row < chunk.rowCount(); row++) {
                        pair.accept(new int[] {lefts.getInt(row), rights.getInt(row)});
                    }
                });
    }

    // From SQL columns to arrays.

    private static String days(String date) {
        return "CAST(" + date + " - DATE '1970-01-01' AS INTEGER)";
    }

    /** The needed columns of a table beside those that are always read. */
    private static final class Selection {
        private final List<CdmColumn> columns;

        Selection(TableRows rows, Needs needs, Set<CdmColumn> always) {
            Set<CdmColumn> present = rows.present(needs.columns());
            present.removeAll(always);
            this.columns = List.copyOf(present);
        }

        /** The columns as they follow in a SELECT. */
        String list(Function<CdmColumn, String> expression) {
            var list = new StringBuilder();
            for (CdmColumn column : columns) {
                String value = expression.apply(column);
                list.append(", ")
                        .append(
                                switch (column.type()) {
                                    case DATE -> days(value);
                                    case DATETIME -> "CAST(floor(epoch(" + value + ")) AS BIGINT)";
                                    case INTEGER, NUMBER, TEXT -> value;
                                });
            }
            return list.toString();
        }

        List<Setter> setters(RowsBuilder rows, int firstVector) {
            List<Setter> setters = new ArrayList<>();
            for (int index = 0; index < columns.size(); index++) {
                setters.add(Setter.of(rows, columns.get(index), firstVector + index));
            }
            return List.copyOf(setters);
        }
    }

    /** Moves the values of a chunk's column into the builder's. */
    @FunctionalInterface
    private interface Move {
        void move(DuckDBReadableVector vector, Taken taken);
    }

    private record Setter(int vector, Move move) {
        static Setter of(RowsBuilder rows, CdmColumn column, int vector) {
            return new Setter(
                    vector,
                    switch (ColumnKind.of(column)) {
                        case INT -> {
                            var values = rows.ints(column);
                            yield (from, taken) -> {
                                for (int i = 0; i < taken.size; i++) {
                                    values.set(taken.first + i, from.getInt(taken.rows[i], Absent.INT));
                                }
                            };
                        }
                        case LONG -> {
                            var values = rows.longs(column);
                            yield (from, taken) -> {
                                for (int i = 0; i < taken.size; i++) {
                                    values.set(taken.first + i, from.getLong(taken.rows[i], Absent.LONG));
                                }
                            };
                        }
                        case DOUBLE -> {
                            var values = rows.doubles(column);
                            yield (from, taken) -> {
                                for (int i = 0; i < taken.size; i++) {
                                    values.set(taken.first + i, from.getDouble(taken.rows[i], Absent.DOUBLE));
                                }
                            };
                        }
                        case TEXT -> {
                            var values = rows.texts(column);
                            yield (from, taken) -> {
                                for (int i = 0; i < taken.size; i++) {
                                    if (!from.isNull(taken.rows[i])) {
                                        values.set(taken.first + i, from.getString(taken.rows[i]));
                                    }
                                }
                            };
                        }
                    });
        }
    }

    /** The rows of a chunk that were added to a builder. Their columns follow one by one, as they lie in the chunk. */
    private static final class Taken {
        private final DuckDBDataChunkReader chunk;
        /** The builder's number of the first of them. */
        private final int first;

        private final int[] rows;
        private int size;

        Taken(DuckDBDataChunkReader chunk, RowsBuilder builder) {
            this.chunk = chunk;
            this.first = builder.size();
            this.rows = new int[Math.toIntExact(chunk.rowCount())];
        }

        void add(int row) {
            rows[size++] = row;
        }

        void set(Setter setter) {
            setter.move().move(chunk.vector(setter.vector()), this);
        }
    }
}
