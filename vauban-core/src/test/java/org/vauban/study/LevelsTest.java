package org.vauban.study;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LevelsTest {
    private static final Covariate AGE = new Covariate.Age("age", "Age", Covariate.Age.Form.LINEAR, 20);

    @Test
    void agesStandInGroupsOfWholeYears() {
        assertThat(Levels.level(AGE, 0)).isEqualTo("0-19");
        assertThat(Levels.level(AGE, 79)).isEqualTo("60-79");
        assertThat(Levels.level(AGE, 104)).isEqualTo("100-119");
        assertThat(Levels.level(AGE, Double.NaN)).isEqualTo("Not known");
    }

    /** Among some hundred thousand persons somebody's year of birth is wrong; a label never begins with a sign. */
    @Test
    void whoeverIsExposedBeforeBirthHasAGroupOfTheirOwn() {
        assertThat(Levels.level(AGE, -1)).isEqualTo("Before birth");
        assertThat(Levels.level(AGE, -30)).isEqualTo("Before birth");
    }
}
