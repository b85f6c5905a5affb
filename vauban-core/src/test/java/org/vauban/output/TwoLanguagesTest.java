package org.vauban.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class TwoLanguagesTest {
    @Test
    void aLabelInBothLanguagesIsReadInOne() {
        String label = "Long-standing kidney disease | Maladie rénale chronique";

        assertThat(TwoLanguages.in(label, Locale.FRENCH)).isEqualTo("Maladie rénale chronique");
        assertThat(TwoLanguages.in(label, Locale.CANADA_FRENCH)).isEqualTo("Maladie rénale chronique");
        assertThat(TwoLanguages.in(label, Locale.ENGLISH)).isEqualTo("Long-standing kidney disease");
        assertThat(TwoLanguages.in(label, Locale.ROOT)).isEqualTo("Long-standing kidney disease");
    }

    @Test
    void aLabelWithoutABarIsTheSameInBoth() {
        assertThat(TwoLanguages.in("Celecoxib", Locale.FRENCH)).isEqualTo("Celecoxib");
        assertThat(TwoLanguages.in("Celecoxib", Locale.ENGLISH)).isEqualTo("Celecoxib");
    }
}
