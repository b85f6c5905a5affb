package org.vauban.identity.linkage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NirTest {

    @ParameterizedTest
    @ValueSource(strings = {"255081416802538", "2 55 08 14 168 025 38", "185052A00100174", "185052B00100104"})
    void aNumberWithItsKeyIsCertain(String written) {
        assertThat(Nir.certain(written)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "255081416802539", // another key
                "2550814168025", // no key
                "755081416802579", // provisional
                "355081416802585", // on its way
                "2550814168025AB",
                "185052C00100180",
                "25508141680253812"
            })
    void anythingElseIsNot(String written) {
        assertThat(Nir.certain(written)).isEmpty();
    }

    @Test
    void corsicansHaveNumbersOfTheirOwn() {
        long south = Nir.certain("185052A00100174").orElseThrow().number();
        long north = Nir.certain("185052B00100104").orElseThrow().number();

        assertThat(south).isNotEqualTo(north);
    }

    @ParameterizedTest
    @CsvSource({
        "1955-08-20, 2, true",
        "1955-09-20, 2, true",
        "1955-08-20, 1, true",
        "'',         2, true",
        "2015-03-20, 2, false",
        "2015-08-20, 1, false",
    })
    void aParentsNumberDoesNotFitTheChild(String birthDate, String sex, boolean fits) {
        assertThat(Nir.certain("255081416802538").orElseThrow().fits(birthDate, sex))
                .isEqualTo(fits);
    }

    @Test
    void itIsNotShown() {
        assertThat(Nir.certain("255081416802538").orElseThrow().toString()).doesNotContain("255");
    }
}
