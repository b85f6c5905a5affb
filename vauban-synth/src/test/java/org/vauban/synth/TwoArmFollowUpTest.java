package org.vauban.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vauban.synth.PlantedModel.Treatment;

class TwoArmFollowUpTest {
    @Test
    void withoutTiesItAgreesWithAnOrdinaryCoxRegression() {
        Chance chance = Chance.ofPerson(5, 5);
        TwoArmFollowUp counted = new TwoArmFollowUp();
        List<SmallCox.Subject> subjects = new ArrayList<>();
        for (int day = 1; day <= 400; day++) {
            boolean target = chance.happens(0.4);
            boolean event = chance.happens(target ? 0.3 : 0.6);
            counted.add(target ? Treatment.TARGET : Treatment.COMPARATOR, day, event);
            subjects.add(new SmallCox.Subject(day, event, new double[] {target ? 1 : 0}));
        }

        assertThat(counted.hazardRatio()).isCloseTo(SmallCox.fit(subjects).hazardRatio(0), within(1e-7));
    }

    @Test
    void expectedCountsGiveBackTheHazardRatioTheyWereMadeWith() {
        TwoArmFollowUp counted = new TwoArmFollowUp();

        counted.addExpected(Treatment.TARGET, 100, 0.0007, 700);
        counted.addExpected(Treatment.COMPARATOR, 300, 0.001, 700);

        assertThat(counted.hazardRatio()).isCloseTo(0.7, within(1e-3));
    }

    @Test
    void withoutAnEventThereIsNoHazardRatio() {
        TwoArmFollowUp counted = new TwoArmFollowUp();
        counted.add(Treatment.TARGET, 10, true);
        counted.add(Treatment.COMPARATOR, 10, false);

        assertThat(counted.hazardRatio()).isNaN();
    }
}
