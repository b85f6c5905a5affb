package org.vauban.identity.linkage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CandidatesTest {
    private static final int PERSONS = 2_000;
    private static final int YEARS = 20;
    private static final int MONTHS = 10;
    private static final int POSTCODES = 4;

    /**
     * Two files of the same people, all of one name: a birth date is one person's, a year a hundred's, a postcode five hundred's. Whoever
     * asked every block would meet five hundred and more.
     */
    @Test
    void aRecordMeetsItsNearestAndThenEnough() {
        People people = People.ofTwoFiles(
                PERSONS,
                PERSONS,
                List.of(
                        column(Trait.GIVEN_NAME, _ -> "ANNE"),
                        column(Trait.SURNAME, _ -> "MARTIN"),
                        column(Trait.BIRTH_DATE, CandidatesTest::birthDate),
                        column(Trait.POSTCODE, person -> "%05d".formatted(75_001 + person % POSTCODES))));
        var candidates = new Candidates(people, new Comparisons(people));

        for (int record = 0; record < people.size(); record++) {
            if (candidates.asks(record)) {
                List<Integer> met = new ArrayList<>();
                candidates.partners(record, met::add);

                assertThat(met).contains(record - PERSONS).doesNotHaveDuplicates();
                assertThat(met).hasSizeBetween(100, 200);
            }
        }
    }

    private static String birthDate(int person) {
        int day = person / YEARS;
        return String.format(Locale.ROOT, "%04d-%02d-%02d", 1950 + person % YEARS, 1 + day % MONTHS, 11 + day / MONTHS);
    }

    private static People.Column column(Trait trait, IntFunction<String> value) {
        return new People.Column(
                trait,
                IntStream.range(0, 2 * PERSONS)
                        .mapToObj(record -> value.apply(record % PERSONS))
                        .toArray(String[]::new));
    }
}
