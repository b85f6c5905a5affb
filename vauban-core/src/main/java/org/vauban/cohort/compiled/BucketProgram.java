package org.vauban.cohort.compiled;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.vauban.cohort.CohortDefinition;
import org.vauban.cohort.CorrelatedCriterion;
import org.vauban.cohort.CriteriaGroup;
import org.vauban.cohort.Criterion;
import org.vauban.cohort.ExitStrategy;
import org.vauban.cohort.RecordColumns;
import org.vauban.omop.CdmColumn;
import org.vauban.trajectory.ConceptCodes;
import org.vauban.trajectory.Domain;
import org.vauban.trajectory.Events;
import org.vauban.trajectory.Trajectories;

/** A batch bound to one bucket: walks over each person's events once and tells which definitions have to run. */
final class BucketProgram {
    private final Batch batch;
    private final Trajectories bucket;
    private final Cursor cursor = new Cursor();
    private final Offers offers;
    private final TestCompiler tests;
    private final Periods periods;
    private final Query[] queries;
    private final DefinitionProgram[] definitions;

    /** Of the queries that let somebody enter: walked over for everybody. */
    private final Lookup[] entrances;

    /** Of the other queries: walked over when one of them is first asked for. */
    private final Lookup[] others;

    /** For each query the definitions that it lets a person enter. */
    private final int[][] definitionsOfQuery;

    /** Queries that take all records of a domain, and let a person enter. */
    private final int[] openQueries;

    private final int[] active;
    private final int[] activeTurns;
    private int activeSize;

    BucketProgram(Batch batch, Trajectories bucket) {
        this.batch = batch;
        this.bucket = bucket;
        this.offers = new Offers(batch.queries().size(), cursor, this::offerToOthers);
        this.tests = new TestCompiler(batch, bucket, cursor);
        this.periods = new Periods(bucket, cursor);
        // A criterion around another was numbered before it, so its query is already there.
        this.queries = new Query[batch.queries().size()];
        for (int query = 0; query < queries.length; query++) {
            queries[query] = query(batch.queries().get(query));
        }
        var order = new Order();
        this.definitions = batch.definitions().stream()
                .map(definition -> definition(definition, order))
                .toArray(DefinitionProgram[]::new);
        this.definitionsOfQuery = definitionsOfQuery();
        this.openQueries = IntStream.range(0, queries.length)
                .filter(query -> queries[query].takesAll() && definitionsOfQuery[query].length > 0)
                .toArray();
        this.entrances = lookups(query -> definitionsOfQuery[query].length > 0);
        this.others = lookups(query -> definitionsOfQuery[query].length == 0);
        for (int walk = 0; walk < others.length; walk++) {
            for (int query : others[walk].all()) {
                offers.makeBy(query, walk);
            }
        }
        this.active = new int[definitions.length];
        this.activeTurns = new int[definitions.length];
    }

    /** Moves to a person; afterwards {@link #active} and {@link #activeSize} tell which definitions have to run. */
    void moveTo(int person) {
        cursor.moveTo(person);
        offers.clear();
        activeSize = 0;
        for (Lookup lookup : entrances) {
            offerToEntrances(lookup);
        }
        for (int query : openQueries) {
            if (queries[query].hasRecords()) {
                activate(query);
            }
        }
    }

    private void offerToEntrances(Lookup lookup) {
        int waiting = lookup.waiting;
        int[] from = lookup.from;
        int to = lookup.events.to(cursor.person);
        for (int row = lookup.events.from(cursor.person); row < to; row++) {
            int code = lookup.codes[row];
            for (int place = from[code]; place < from[code + 1]; place++) {
                int query = lookup.queries[place];
                if (offers.add(query, row)) {
                    activate(query);
                    if (--waiting == 0) {
                        return;
                    }
                }
            }
        }
    }

    private void offerToOthers(int walk) {
        Lookup lookup = others[walk];
        int[] from = lookup.from;
        int to = lookup.events.to(cursor.person);
        for (int row = lookup.events.from(cursor.person); row < to; row++) {
            int code = lookup.codes[row];
            for (int place = from[code]; place < from[code + 1]; place++) {
                offers.add(lookup.queries[place], row);
            }
        }
    }

    int activeSize() {
        return activeSize;
    }

    int active(int i) {
        return active[i];
    }

    DefinitionProgram definition(int number) {
        return definitions[number];
    }

    /** Somebody without an observation period enters nothing. */
    boolean isObserved(int person) {
        return bucket.events(Domain.OBSERVATION_PERIOD).count(person) > 0;
    }

    private void activate(int query) {
        for (int definition : definitionsOfQuery[query]) {
            if (activeTurns[definition] != cursor.turn) {
                activeTurns[definition] = cursor.turn;
                active[activeSize++] = definition;
            }
        }
    }

    /**
     * A column of concepts, and of each of its codes who looks for it. All lists lie behind one another, so that looking in vain, which most
     * rows do, touches one place of memory.
     */
    private static final class Lookup {
        private final Events events;
        private final int[] codes;
        /** Where the list of a code begins; it ends where that of the next code begins. */
        private final int[] from;

        private final int[] queries;

        /** How many queries wait for one record each, so that the walk may end early; a negative number when one wants more. */
        private final int waiting;

        Lookup(Events events, int[] codes, List<int[]> lists, IntPredicate takesFirst) {
            this.events = events;
            this.codes = codes;
            this.from = new int[lists.size() + 1];
            for (int code = 0; code < lists.size(); code++) {
                from[code + 1] = from[code] + lists.get(code).length;
            }
            this.queries = lists.stream().flatMapToInt(IntStream::of).toArray();
            this.waiting = IntStream.of(all()).allMatch(takesFirst) ? all().length : -1;
        }

        /** Every query that any record of this bucket is offered to. */
        int[] all() {
            return IntStream.of(queries).distinct().toArray();
        }
    }

    private Lookup[] lookups(IntPredicate wanted) {
        return Stream.concat(
                        batch.byConcept().entrySet().stream()
                                .map(each ->
                                        lookup(each.getKey(), each.getKey().conceptColumn(), each.getValue(), wanted)),
                        batch.bySourceConcept().entrySet().stream()
                                .map(each -> lookup(
                                        each.getKey(),
                                        RecordColumns.sourceConcept(each.getKey()),
                                        each.getValue(),
                                        wanted)))
                .filter(lookup -> lookup.all().length > 0)
                .toArray(Lookup[]::new);
    }

    private Lookup lookup(Domain domain, CdmColumn column, ConceptIndex index, IntPredicate wanted) {
        Events events = bucket.events(domain);
        ConceptCodes concepts = events.codes(column);
        return new Lookup(
                events,
                concepts.codes(),
                IntStream.of(concepts.concepts())
                        .mapToObj(concept -> IntStream.of(index.queries(concept))
                                .filter(wanted)
                                .toArray())
                        .toList(),
                offers::takesFirst);
    }

    private int[][] definitionsOfQuery() {
        List<List<Integer>> lists = new ArrayList<>();
        for (int i = 0; i < queries.length; i++) {
            lists.add(new ArrayList<>());
        }
        for (int definition = 0; definition < batch.definitions().size(); definition++) {
            for (Criterion criterion :
                    batch.definitions().get(definition).primary().criteria()) {
                lists.get(batch.number(criterion)).add(definition);
            }
        }
        return lists.stream()
                .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
    }

    private Query query(Criterion criterion) {
        @Nullable
        GroupFilter around = criterion
                .correlated()
                .map(group -> new GroupFilter(group(group), periods))
                .orElse(null);
        return new Query(criterion, batch, bucket, offers, cursor, tests, around);
    }

    private Query known(Criterion criterion) {
        return queries[batch.number(criterion)];
    }

    private GroupProgram group(CriteriaGroup group) {
        return new GroupProgram(
                group,
                group.correlated().stream().map(this::count).toArray(CountProgram[]::new),
                group.demographic().stream()
                        .map(demographic -> tests.all(demographic.tests(), Domain.OBSERVATION_PERIOD))
                        .toArray(RowTest[]::new),
                group.groups().stream().map(this::group).toArray(GroupProgram[]::new),
                bucket.persons(),
                cursor);
    }

    private CountProgram count(CorrelatedCriterion correlated) {
        return new CountProgram(
                correlated, known(correlated.criterion()), offers, DistinctCompiler.compile(correlated, bucket));
    }

    private DefinitionProgram definition(CohortDefinition definition, Order order) {
        Optional<ExitStrategy.DrugExposureEnd> drug =
                definition.exit() instanceof ExitStrategy.DrugExposureEnd found ? Optional.of(found) : Optional.empty();
        return new DefinitionProgram(
                definition,
                definition.primary().criteria().stream().map(this::known).toArray(Query[]::new),
                definition.additional().map(this::group).orElse(null),
                definition.rules().stream().map(rule -> group(rule.group())).toArray(GroupProgram[]::new),
                definition.censoring().stream().map(this::known).toArray(Query[]::new),
                drug.map(exit -> known(Batch.exposures(exit))).orElse(null),
                drug.map(exit -> known(Batch.exposuresBySource(exit))).orElse(null),
                offers,
                periods,
                order);
    }
}
