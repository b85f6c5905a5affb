package org.vauban.study;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.vauban.omop.CdmTable;
import org.vauban.trajectory.Domain;
import org.vauban.trajectory.Needs;
import org.vauban.trajectory.RowsBuilder;
import org.vauban.trajectory.Trajectories;
import org.vauban.trajectory.TrajectoriesBuilder;
import org.vauban.trajectory.TrajectorySource;
import org.vauban.vocabulary.Concept;
import org.vauban.vocabulary.Vocabulary;

/** A few persons written down in a test: who is observed, takes what, has what. */
public final class SmallCdm implements TrajectorySource {
    public static final int CELECOXIB = 1118084;
    public static final int DICLOFENAC = 1124300;
    public static final int BLEEDING = 192671;
    public static final int STROKE = 381316;
    /** The first of some conditions that nothing here causes. */
    public static final int CONTROL = 900_001;

    private static final int CONTROLS = 9;

    public static final int MALE = 8507;
    public static final int FEMALE = 8532;

    private final List<PersonRow> persons = new ArrayList<>();
    private final List<EventRow> events = new ArrayList<>();
    private int buckets = 1;

    private record PersonRow(long id, int born, int sex) {}

    private record EventRow(Domain domain, long person, int concept, int start, int end) {}

    public SmallCdm buckets(int count) {
        buckets = count;
        return this;
    }

    /** A person; what follows is about her or him. */
    public SmallCdm person(long id, int born, int sex) {
        persons.add(new PersonRow(id, born, sex));
        return this;
    }

    public SmallCdm observed(String from, String to) {
        return event(Domain.OBSERVATION_PERIOD, 0, from, to);
    }

    public SmallCdm takes(int drug, String from, String to) {
        return event(Domain.DRUG_ERA, drug, from, to);
    }

    public SmallCdm has(int condition, String on) {
        return event(Domain.CONDITION_OCCURRENCE, condition, on, on);
    }

    public SmallCdm event(Domain domain, int concept, String from, String to) {
        events.add(new EventRow(domain, persons.getLast().id(), concept, day(from), day(to)));
        return this;
    }

    @Override
    public int buckets() {
        return buckets;
    }

    @Override
    public Vocabulary vocabulary() {
        var builder = Vocabulary.builder();
        for (int concept : new int[] {CELECOXIB, DICLOFENAC, BLEEDING, STROKE, 80180, 1125315, 1112807}) {
            builder.concept(new Concept(concept, "", "", "", true, true));
        }
        for (int control = 0; control < CONTROLS; control++) {
            builder.concept(new Concept(CONTROL + control, "", "", "", true, true));
        }
        return builder.build();
    }

    @Override
    public Trajectories read(int bucket, Needs needs) {
        var builder = new TrajectoriesBuilder(needs);
        persons.stream()
                .filter(person -> person.id() % buckets == bucket)
                .sorted(Comparator.comparingLong(PersonRow::id))
                .forEach(person -> {
                    builder.persons().addPerson(person.id());
                    set(builder.persons(), CdmTable.PERSON, "year_of_birth", needs, person.born());
                    set(builder.persons(), CdmTable.PERSON, "gender_concept_id", needs, person.sex());
                });
        for (Domain domain : Domain.values()) {
            if (needs.reads(domain.table())) {
                RowsBuilder rows = builder.events(domain);
                events.stream()
                        .filter(event -> event.domain() == domain && event.person() % buckets == bucket)
                        .sorted(Comparator.comparingLong(EventRow::person).thenComparingInt(EventRow::start))
                        .forEach(event -> {
                            rows.addEvent(event.person(), event.start(), events.indexOf(event));
                            set(rows, domain.table(), domain.conceptColumn().name(), needs, event.concept());
                            domain.endColumn()
                                    .ifPresent(end -> set(rows, domain.table(), end.name(), needs, event.end()));
                        });
            }
        }
        return builder.build();
    }

    private static void set(RowsBuilder rows, CdmTable table, String column, Needs needs, int value) {
        if (needs.columns().contains(table.column(column))) {
            rows.ints(table.column(column)).set(value);
        }
    }

    static int day(String date) {
        return (int) LocalDate.parse(date).toEpochDay();
    }
}
