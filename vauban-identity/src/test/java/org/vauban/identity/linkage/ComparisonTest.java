package org.vauban.identity.linkage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Comparisons that a clerk can check by eye. */
class ComparisonTest {

    @ParameterizedTest
    @CsvSource({
        "JEAN PIERRE,        jean-pierre,    all",
        "Hélène,             HELENE,         all",
        "JEANPIERRE,         Jean Pierre,    all",
        "JEAN PIERRE MARIE,  JEAN,           first",
        "Jean-Pierre Paul,   JEANPIERRE,     first",
        "MICHELE,            MICHLE,         close",
        "Catherine,          Katherine,      close",
        "MARIE ANNE,         ANNE,           among",
        "ROBERT,             ROB,            among",
        "J,                  JEAN,           among",
        "MARTINE,            MARINETTE,      similar",
        "LUC,                ZOE,            different",
    })
    void givenNames(String one, String other, String level) {
        assertThat(levelOf(new GivenNames(new String[] {one, other}))).isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({
        "Le Goff,          LEGOFF,           same",
        "DE LA TOUR,       La Tour,          same",
        "d'Arc,            ARC,              same",
        "Saint-Martin,     ST MARTIN,        same",
        "O'Brien,          OBRIEN,           same",
        "Lefèvre,          LEFEVBRE,         close",
        "DUPONT-MARTIN,    DUPONT,           part",
        "Durand,           Zidane,           different",
    })
    void surnames(String one, String other, String level) {
        assertThat(levelOf(new Surnames(List.<String[]>of(new String[] {one, other}))))
                .isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({
        "MARTIN, DURAND, DURAND, '',     other name",
        "MARTIN, DURAND, '',     MARTIN, other name",
        "MARTIN, '',     MARTIN, PETIT,  same",
        "MARTIN, '',     '',     '',     missing",
    })
    void surnamesAtBirthAndInUse(
            String birthOfOne, String usedByOne, String birthOfOther, String usedByOther, String level) {
        var surnames = new Surnames(
                List.<String[]>of(new String[] {birthOfOne, birthOfOther}, new String[] {usedByOne, usedByOther}));

        assertThat(levelOf(surnames)).isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({
        "1980-05-17, 17/05/1980, same",
        "1980-05-17, 19800517,   same",
        "1980-05-07, 1980-07-05, day and month swapped",
        "1980-05-17, 1980-05-11, one digit",
        "1980-05-17, 1908-05-17, one digit",
        "1980-05-17, 1980-05-30, two of three",
        "1980-05-17, 1980,       same year",
        "1980-05-17, 1981,       other year",
        "1980-05-17, 1962-11-30, different",
        "1980-05-17, '',         missing",
    })
    void birthDates(String one, String other, String level) {
        assertThat(levelOf(new BirthDates(new String[] {one, other}))).isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({
        "06 12 34 56 78, +33 6 12 34 56 78, same",
        "0612345678,     0612345687,        one slip",
        "0612345678,     0699995678,        different",
    })
    void phones(String one, String other, String level) {
        assertThat(levelOf(new Codes(new String[] {one, other}, true, Codes::phone)))
                .isEqualTo(level);
    }

    // Values of Jaro and Winkler's own examples (Winkler 1990).
    @ParameterizedTest
    @CsvSource({
        "MARTHA, MARHTA, 0.961",
        "DWAYNE, DUANE, 0.840",
        "DIXON, DICKSONX, 0.813",
        "ABC, XYZ, 0",
    })
    void jaroWinkler(String one, String other, double expected) {
        assertThat(Similarity.jaroWinkler(one, other)).isCloseTo(expected, within(0.0005));
        assertThat(Similarity.jaroWinkler(other, one)).isCloseTo(expected, within(0.0005));
        assertThat(Similarity.alike(one, other, expected - 0.001)).isTrue();
        assertThat(Similarity.alike(one, other, expected + 0.001)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "ABCD, ABCD, 0",
        "ABCD, ABD, 1",
        "ABCD, ABCDE, 1",
        "ABCD, ABDC, 1",
        "ABCD, AXCD, 1",
        "ABCD, BADC, 2",
        "ABCDEF, ABEF, 2",
        "ABCD, DCBA, 3",
        "ABCD, WXYZ, 3",
    })
    void edits(String one, String other, int expected) {
        assertThat(Similarity.edits(one, other, 2)).isEqualTo(expected);
        assertThat(Similarity.edits(one, other, 1)).isEqualTo(Math.min(2, expected));
    }

    @ParameterizedTest
    @CsvSource({
        "RENAULT, RENAUD",
        "LEFEVRE, LEFEBVRE",
        "PHILIPPE, FILIPE",
        "GAUTHIER, GAUTIER",
        "DUPOND, DUPONT",
        "QUENTIN, KENTIN"
    })
    void whatSoundsAlikeMeets(String one, String other) {
        // LEFEBVRE is written with a B that nobody says: its first three sounds are the same.
        assertThat(Phonetic.of(one).substring(0, 2))
                .isEqualTo(Phonetic.of(other).substring(0, 2));
    }

    private static String levelOf(Comparison comparison) {
        int level = comparison.compare(0, 1);
        assertThat(comparison.compare(1, 0)).as("a comparison has no direction").isEqualTo(level);
        return level == Comparison.MISSING ? "missing" : comparison.level(level).name();
    }
}
