package org.vauban.study;

import java.time.LocalDate;
import java.util.Random;

/** Made-up users of both medicines, some of whom bleed; the same seed gives the same persons. */
public final class SmallTrial {
    private SmallTrial() {}

    public static SmallCdm of(int persons, long seed) {
        var random = new Random(seed);
        var data = new SmallCdm();
        for (int id = 1; id <= persons; id++) {
            LocalDate start = LocalDate.of(2013, 1, 1).plusDays(random.nextInt(900));
            data.person(id, 1940 + random.nextInt(30), random.nextBoolean() ? SmallCdm.FEMALE : SmallCdm.MALE)
                    .observed("2011-01-01", "2016-12-31")
                    .takes(
                            id % 2 == 0 ? SmallCdm.CELECOXIB : SmallCdm.DICLOFENAC,
                            start.toString(),
                            start.plusDays(random.nextInt(60)).toString());
            if (random.nextInt(3) == 0) {
                data.has(SmallCdm.BLEEDING, start.plusDays(random.nextInt(40)).toString());
            }
            if (random.nextInt(4) == 0) {
                data.has(
                        SmallCdm.STROKE,
                        start.minusDays(1 + random.nextInt(300)).toString());
            }
        }
        return data;
    }
}
