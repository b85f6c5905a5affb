package org.vauban.attack.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * Attacks what leaves of studies of incidence and prevalence: strata, totals, outcomes and persons at risk as equations.
 * {@code -Dvauban.attack.studies=N} says how many (100 by default), {@code -Dvauban.attack.seed=S} which.
 */
class StudiesTest {
    private static final int STUDIES = Integer.getInteger("vauban.attack.studies", 60);
    private static final long SEED = Long.getLong("vauban.attack.seed", 20261122L);
    private static final int THRESHOLD = 11;

    @Test
    void noHiddenNumberIsBoundedMoreCloselyThanPromised() {
        RandomGenerator random = new java.util.Random(SEED);
        int attacked = 0;
        int hidden = 0;
        int asked = 0;

        for (int number = 0; number < STUDIES; number++) {
            CountedStudy study = CountedStudy.random(random);
            Optional<PublishedTable> published = ReviewedStudy.of(study, THRESHOLD);
            if (published.isPresent()) {
                attacked++;
                List<Interval> found = new TableAttacker(published.get(), Knowledge.MARK_MAY_BE_ZERO).attack();
                assertThat(found)
                        .as("study %d of seed %d", number, SEED)
                        .noneMatch(interval -> interval.isBroken(THRESHOLD));
                hidden += found.size();
                asked += askInWholeNumbers(published.get(), found);
            }
        }

        System.out.printf(
                "%d studies, %d attacked, %d hidden numbers, %d values asked in whole numbers, seed %d%n",
                STUDIES, attacked, hidden, asked, SEED);
        assertThat(attacked).isGreaterThan(STUDIES / 3);
        assertThat(hidden).isGreaterThan(attacked);
    }

    /** Of a small number both ends of what is promised; in three dimensions the linear limits alone prove nothing. */
    private static int askInWholeNumbers(PublishedTable published, List<Interval> found) {
        var attacker = new WholeNumberAttacker(published, Knowledge.MARK_MAY_BE_ZERO);
        int asked = 0;
        for (Interval interval : found) {
            if (interval.status() == PublishedTable.Status.PRIMARY) {
                for (long value : new long[] {1, THRESHOLD - 1}) {
                    asked++;
                    assertThat(attacker.ask(interval.cell(), value))
                            .isNotEqualTo(WholeNumberAttacker.Answer.IMPOSSIBLE);
                }
            }
        }
        return asked;
    }

    @Test
    void hidingSmallNumbersAloneIsBroken() {
        RandomGenerator random = new java.util.Random(SEED);
        int withHidden = 0;
        int broken = 0;

        for (int number = 0; number < Math.min(STUDIES, 100); number++) {
            PublishedTable careless = ReviewedStudy.carelessly(CountedStudy.random(random), THRESHOLD);
            List<Interval> found = new TableAttacker(careless, Knowledge.MARK_MAY_BE_ZERO).attack();
            withHidden += found.isEmpty() ? 0 : 1;
            broken += found.stream().anyMatch(interval -> interval.isBroken(THRESHOLD)) ? 1 : 0;
        }

        System.out.printf("hidden carelessly: %d studies with hidden numbers, %d broken%n", withHidden, broken);
        assertThat(broken).isGreaterThan(withHidden / 3);
    }
}
