package org.vauban.identity.linkage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Expectation and maximisation on a table small enough to be worked by hand. */
class EstimationTest {

    /** A trait of two levels, as in Fellegi and Sunter's paper: it agrees or it does not. */
    private static final class Agreement extends Comparison {
        Agreement() {
            super(false, level("agrees", 0.9), level("differs", 0.1));
        }

        @Override
        int compare(int one, int other) {
            throw new UnsupportedOperationException("Only levels are needed here.");
        }
    }

    @Test
    void itFindsTheChancesThatTheTableWasMadeWith() {
        // 10,000 pairs, 1,000 of one person; three traits agree with chance 0.9 among them and 0.1 among strangers.
        Patterns pairs = new Patterns(3);
        for (int pattern = 0; pattern < 8; pattern++) {
            byte[] levels = {
                (byte) (1 + (pattern & 1)), (byte) (1 + (pattern >> 1 & 1)), (byte) (1 + (pattern >> 2 & 1))
            };
            int agree = 3 - Integer.bitCount(pattern);
            long count = Math.round(1_000 * Math.pow(0.9, agree) * Math.pow(0.1, 3 - agree)
                    + 9_000 * Math.pow(0.1, agree) * Math.pow(0.9, 3 - agree));
            for (long each = 0; each < count; each++) {
                pairs.add(levels);
            }
        }
        List<Comparison> comparisons = List.of(new Agreement(), new Agreement(), new Agreement());

        Model model = new Estimation(comparisons, pairs, 1, pairs, 10_000).model(500);

        assertThat(model.shareOfSame).isCloseTo(0.1, within(0.01));
        for (int at = 0; at < 3; at++) {
            assertThat(Math.exp(model.same[at][1])).isCloseTo(0.9, within(0.03));
            assertThat(Math.exp(model.strangers[at][1])).isCloseTo(0.1, within(0.02));
        }
    }

    @Test
    void theOddsAreThoseOfBayesByHand() {
        List<Comparison> comparisons = List.of(new Agreement(), new Agreement());
        var model = new Model(comparisons, 0.01, 1e-12);
        for (int at = 0; at < 2; at++) {
            model.same[at][1] = Math.log(0.9);
            model.same[at][2] = Math.log(0.1);
            model.strangers[at][1] = Math.log(0.05);
            model.strangers[at][2] = Math.log(0.95);
        }
        model.deriveRelatives();

        // 0.01·0.9·0.9 : 0.99·0.05·0.05, and one of each: 0.01·0.9·0.1 : 0.99·0.05·0.95; a missing trait says nothing.
        assertThat(Math.exp(model.logOdds(new byte[] {1, 1}, 0))).isCloseTo(0.0081 / 0.002475, within(1e-6));
        assertThat(Math.exp(model.logOdds(new byte[] {1, 2}, 0))).isCloseTo(0.0009 / 0.047025, within(1e-6));
        assertThat(Math.exp(model.logOdds(new byte[] {0, 0}, 0))).isCloseTo(0.01 / 0.99, within(1e-6));
    }

    @Test
    void agreementOnARareNameTellsMore() {
        String[] names = new String[1_000];
        for (int at = 0; at < names.length; at++) {
            names[at] = at < 100 ? "MARTIN" : "NAME" + (char) ('A' + at % 26) + at / 40;
        }
        var surnames = new Surnames(List.<String[]>of(names));

        assertThat(surnames.logCommonness(0)).isGreaterThan(surnames.logCommonness(900) + 2);
    }
}
