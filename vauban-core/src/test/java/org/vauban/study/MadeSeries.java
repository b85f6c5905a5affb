package org.vauban.study;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * People made from a seed, as a case series sees them: those who had the outcome. Of each the observation, one course of a medicine for
 * about half of them, and outcomes at a known rate, higher by a known ratio in the month after the course began.
 */
final class MadeSeries {
    static final int RISK_DAYS = 30;
    static final int FIRST = day("2010-01-01");
    static final int LAST = day("2013-12-31");
    private static final double DAYS_PER_YEAR = 365.25;

    private final Random random;
    private final List<ObservedCase> cases = new ArrayList<>();

    /** What is planted. */
    enum Break {
        NOTHING,
        /** Most who have the outcome leave observation within three weeks. */
        OBSERVATION_ENDS,
        /** Who had the outcome gets the medicine two weeks later. */
        EXPOSURE_FOLLOWS,
        /** Rates grow sixfold in four years, and the model does not know. */
        RATES_GROW
    }

    private MadeSeries(long seed) {
        this.random = new Random(seed);
    }

    /**
     * Cases of a population.
     *
     * @param ratio of the rate in the month after a course began
     */
    static List<ObservedCase> of(long seed, int number, double ratio, Break broken) {
        var made = new MadeSeries(seed);
        for (long person = 1; made.cases.size() < number; person++) {
            made.person(person, ratio, broken);
        }
        return made.cases;
    }

    private void person(long person, double ratio, Break broken) {
        int start = FIRST + random.nextInt(300);
        int end = LAST;
        int course = random.nextBoolean() ? start + random.nextInt(end - start) : Integer.MAX_VALUE;
        int born = 1930 + random.nextInt(50);
        double yearly = 0.1 * Math.exp(0.5 * random.nextGaussian());
        List<Integer> events = new ArrayList<>();
        for (int day = start; day <= end; day++) {
            boolean atRisk = course <= day && day < course + RISK_DAYS;
            double trend = broken == Break.RATES_GROW ? Math.pow(6, (double) (day - FIRST) / (LAST - FIRST)) : 1;
            if (random.nextDouble() < yearly / DAYS_PER_YEAR * (atRisk ? ratio : 1) * trend) {
                events.add(day);
                if (broken == Break.OBSERVATION_ENDS && random.nextDouble() < 0.7) {
                    end = Math.min(end, day + random.nextInt(21));
                }
                if (broken == Break.EXPOSURE_FOLLOWS && course > day) {
                    course = day + 14;
                }
            }
        }
        if (!events.isEmpty()) {
            List<Stay> courses = course <= end ? List.of(new Stay(course, course + RISK_DAYS - 1)) : List.of();
            cases.add(new ObservedCase(person, born, new Stay(start, end), events, List.of(courses)));
        }
    }

    private static int day(String date) {
        return (int) LocalDate.parse(date).toEpochDay();
    }
}
