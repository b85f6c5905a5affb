package org.vauban.trajectory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.CdmTable;
import org.vauban.vocabulary.Vocabulary;

class TrajectoriesTest {
    private static final CdmColumn YEAR_OF_BIRTH = CdmTable.PERSON.column("year_of_birth");

    @Test
    void personsOfAllTablesAreTogetherInAscendingOrder() {
        Trajectories bucket = TrajectoryTable.of("""
                person | table                | concept | start      | end        | rank | more
                5      | person               |         |            |            |      | year_of_birth=1960
                2      | condition_occurrence | 100     | 2011-03-01 |            |      |
                9      | observation_period   |         | 2010-01-01 | 2012-12-31 |      |
                """);

        Persons persons = bucket.persons();

        assertThat(persons.size()).isEqualTo(3);
        assertThat(List.of(persons.id(0), persons.id(1), persons.id(2))).containsExactly(2L, 5L, 9L);
    }

    @Test
    void aPersonWithoutARowInPersonIsThereAndUnknown() {
        Trajectories bucket = TrajectoryTable.of("""
                5 | person               |     |            | | | year_of_birth=1960
                2 | condition_occurrence | 100 | 2011-03-01 | | |
                """);

        Persons persons = bucket.persons();

        assertThat(persons.isKnown(persons.find(2))).isFalse();
        assertThat(persons.ints(YEAR_OF_BIRTH)[persons.find(2)]).isEqualTo(Absent.INT);
        assertThat(persons.isKnown(persons.find(5))).isTrue();
        assertThat(persons.ints(YEAR_OF_BIRTH)[persons.find(5)]).isEqualTo(1960);
    }

    @Test
    void eventsOfAPersonComeByStartDayThenRank() {
        Trajectories bucket = TrajectoryTable.of("""
                1 | drug_exposure | 12 | 2011-03-02 | | 1 |
                1 | drug_exposure | 11 | 2011-03-01 | | 9 |
                1 | drug_exposure | 10 | 2011-03-01 | | 3 |
                2 | drug_exposure | 20 | 2010-03-01 | | 4 | quantity=2.5
                """);

        Events drugs = bucket.events(Domain.DRUG_EXPOSURE);

        assertThat(drugs.concepts()).containsExactly(10, 11, 12, 20);
        assertThat(drugs.ranks()).containsExactly(3, 9, 1, 4);
        assertThat(List.of(drugs.from(0), drugs.to(0), drugs.from(1), drugs.to(1)))
                .containsExactly(0, 3, 3, 4);
        assertThat(drugs.endDays()).containsOnly(Absent.INT);
        double[] quantities = drugs.doubles(CdmTable.DRUG_EXPOSURE.column("quantity"));
        assertThat(Absent.is(quantities[0])).isTrue();
        assertThat(quantities[3]).isEqualTo(2.5);
    }

    @Test
    void aRowOutOfOrderIsRefused() {
        RowsBuilder rows = new TrajectoriesBuilder(Domain.DRUG_ERA.needsOfEvents()).events(Domain.DRUG_ERA);
        rows.addEvent(2, 100, 5);

        assertThatThrownBy(() -> rows.addEvent(1, 100, 6)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> rows.addEvent(2, 99, 6)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> rows.addEvent(2, 100, 4))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("drug_era")
                .hasMessageContaining("row 1");
    }

    @Test
    void aColumnThatNoPlanNamedCannotBeRead() {
        Trajectories bucket = TrajectoryTable.of("1 | drug_exposure | 10 | 2011-03-01 | | 3 |");

        Trajectories restricted = bucket.only(Domain.DRUG_EXPOSURE.needs());
        Events drugs = restricted.events(Domain.DRUG_EXPOSURE);

        assertThat(drugs.startDays()).hasSize(1);
        assertThatThrownBy(drugs::concepts)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("drug_exposure.drug_concept_id was not read");
    }

    @Test
    void aTableThatTheDataLackIsEmpty() {
        Trajectories bucket = TrajectoryTable.of("1 | drug_exposure | 10 | 2011-03-01 | | 3 |");

        Events deaths = bucket.events(Domain.DEATH);

        assertThat(deaths.size()).isZero();
        assertThat(deaths.count(0)).isZero();
        assertThat(deaths.concepts()).isEmpty();
        assertThat(bucket.reference(CdmTable.PROVIDER.column("specialty_concept_id"))
                        .has(1))
                .isFalse();
    }

    @Test
    void aSourceInMemoryHandsOutTheNeededColumnsAlone() {
        Trajectories bucket = TrajectoryTable.of("1 | drug_exposure | 10 | 2011-03-01 | | 3 |");
        var source = new InMemoryTrajectorySource(List.of(bucket), Vocabulary.empty());

        Trajectories read = source.read(0, Domain.DRUG_EXPOSURE.needsOfEvents());

        assertThat(read.events(Domain.DRUG_EXPOSURE).concepts()).containsExactly(10);
        assertThatThrownBy(() -> read.events(Domain.DRUG_EXPOSURE).ints(CdmTable.DRUG_EXPOSURE.column("days_supply")))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatIsPrintedNamesNobody() {
        Trajectories bucket = TrajectoryTable.of("4711 | drug_exposure | 10 | 2011-03-01 | | 3 |");

        assertThat(bucket.toString() + bucket.persons() + bucket.events(Domain.DRUG_EXPOSURE))
                .doesNotContain("4711");
    }
}
