package org.vauban.synth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NirTest {
    /** The first is the specimen card of the health insurance; Corsican numbers count 2A as 19 and 2B as 18. */
    @ParameterizedTest
    @CsvSource({"2550814168025, 38", "2690549588157, 80", "1850578006084, 91", "180012A004012, 24", "180012B033012, 06"
    })
    void theKeyIsWhatRemainsTo97(String number, String key) {
        String digits = number.replace("2A", "19").replace("2B", "18");
        long expected = 97 - Long.parseLong(digits) % 97;

        assertThat(new Nir(number).withKey()).hasSize(15).startsWith(number);
        assertThat((long) new Nir(number).key()).isEqualTo(expected);
        if (!number.contains("2A") && !number.contains("2B")) {
            assertThat(new Nir(number).withKey()).endsWith(key);
        }
    }

    @Test
    void aWrongKeyIsNeverTheRightOne() {
        for (int order = 1; order < 200; order++) {
            Nir nir = Nir.of(true, 1980, 5, "33063", order);
            assertThat(nir.withWrongKey()).hasSize(15).isNotEqualTo(nir.withKey());
        }
    }

    @Test
    void corsicaHadOneNumberBeforeItHadTwo() {
        assertThat(Nir.of(false, 1975, 12, "2A004", 7).number()).isEqualTo("2751220004007");
        assertThat(Nir.of(false, 1976, 1, "2A004", 7).number()).isEqualTo("276012A004007");
        assertThat(Nir.of(true, 1990, 3, "99352", 11).number()).isEqualTo("1900399352011");
    }

    @Test
    void noTwoPersonsShareANumber() {
        Population population = new Population(1707, Census.FRANCE);
        Set<String> numbers = new HashSet<>();
        for (long number = 1; number <= 20_000; number++) {
            Civil civil = Civil.of(population.person(number), 1707);
            assertThat(numbers.add(civil.nir().number())).isTrue();
        }
    }
}
