package org.vauban.synth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NirTest {
    /** Published examples: the specimen card of the health insurance, and two of the statistical office's. */
    @ParameterizedTest
    @CsvSource({"2550814168025, 38", "2690549588157, 80", "1850578006084, 91"})
    void theKeyIsWhatRemainsTo97(String number, String key) {
        assertThat(new Nir(number).withKey()).isEqualTo(number + key);
    }

    @Test
    void inCorsicanNumbersTheLetterCountsAsNineteenOrEighteen() {
        assertThat(new Nir("180012A004012").key()).isEqualTo(new Nir("1800119004012").key());
        assertThat(new Nir("180012B033012").key()).isEqualTo(new Nir("1800118033012").key());
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
