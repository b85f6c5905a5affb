package org.vauban.deposit.identifier;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is found, and what is let pass: a table to be checked by eye. The persons are invented. */
class DetectorTest {
    private final KnownPersons known = new KnownPersons();
    private final Detector detector = new Detector(known);

    @BeforeEach
    void persons() {
        known.addSurname("TOURNEBOUCHE");
        known.addGivenName("Hyacinthe Luc");
        known.addSurname("Petit");
        known.addGivenName("Rose");
        known.addSurname("Le Goff");
        known.addNir("185057800608491");
        known.addNir("2990199999999");
        known.addLocalNumber("IPP7704411");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // numbers of social security
                "185057800608491              | CODE   | NIR",
                "1850578006084                | CODE   | NIR",
                "1 85 05 78 006 084 91        | TEXT   | NIR",
                "nir 185057800608491.         | TEXT   | NIR",
                "2A5057800608436              | CODE   | -",
                "185052A00608435              | NUMBER | NIR",
                "185057800608492              | TEXT   | NIR",
                "185057800608537              | NUMBER | -",
                "2990199999999                | NUMBER | NIR",
                "1850678006084                | NUMBER | -",
                "3400935418487                | TEXT   | -",
                "3400935418487                | CODE   | -",
                "72550860559488               | CODE   | -",
                "2019-03-01T10:00:00.123+01:00| CODE   | -",
                // names
                "Tournebouche                 | CODE   | NAME",
                "TOURNEBOUCHE                 | TEXT   | NAME",
                "revoir Mme Tournebouche lundi| TEXT   | NAME",
                "hyacinthe tournebouche       | TEXT   | NAME",
                "vu avec TOURNEBOUCHE hier    | TEXT   | NAME",
                "M. Petit vu ce jour          | TEXT   | NAME",
                "petit mal                    | TEXT   | -",
                "Petit mal                    | TERM   | -",
                "Rose Petit                   | TERM   | NAME",
                "Petit mal, rose              | TERM   | -",
                "dr Le Goff                   | TEXT   | -",
                "Hémoglobine glyquée          | TERM   | -",
                "K250                         | CODE   | -",
                // the rest
                "a.b@exemple.fr               | CODE   | E_MAIL",
                "06 12 34 56 78               | TEXT   | TELEPHONE",
                "tel 0612345678               | TEXT   | TELEPHONE",
                "+33612345678                 | TEXT   | TELEPHONE",
                "0612345678                   | TEXT   | -",
                "0612345678                   | CODE   | -",
                "dossier ipp7704411           | TEXT   | LOCAL_NUMBER",
                "IPP7704411                   | CODE   | -",
            })
    void whatIsFound(String value, Reading reading, String expected) {
        String found = detector.inspect(value, reading)
                .map(finding -> finding.what().name())
                .orElse(null);

        assertThat(found).isEqualTo(expected);
    }

    @Test
    void aFindingShowsTheShapeAlone() {
        assertThat(detector.inspect("185057800608491", Reading.CODE)
                        .orElseThrow()
                        .shape())
                .isEqualTo("999999999999999");
    }
}
