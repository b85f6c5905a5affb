package org.vauban.synth;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vauban.synth.Person.FirstCourse;
import org.vauban.synth.PlantedModel.Baseline;
import org.vauban.synth.PlantedModel.Treatment;

/**
 * Draws persons. A person depends on the seed and the person's own number only, never on how many others there are.
 *
 * <p>Entry, exit and death do not look at the treatment or at the potential outcomes, and persistence is the same under both
 * drugs: censoring is independent of the outcome given the covariates.
 */
final class Population {
    static final int FIRST_DAY = day(2012, 1, 1);
    static final int LAST_DAY = day(2022, 12, 31);

    private static final double A_YEAR_OF_PRIOR_OBSERVATION = 0.92;
    private static final double OBSERVED_TO_THE_END = 0.78;

    private final long seed;
    private final Census census;

    Population(long seed, Census census) {
        this.seed = seed;
        this.census = census;
    }

    /** The person and the streams of chance that remain for the person's history. */
    Drawn draw(long number) {
        Chance chance = Chance.ofPerson(seed, number);
        Chance traits = chance.split();
        Chance choice = chance.split();
        Chance outcome = chance.split();
        Chance records = chance.split();
        return new Drawn(person(number, traits, choice, outcome), outcome, records);
    }

    Person person(long number) {
        return draw(number).person();
    }

    /** The person's recorded life. */
    Life life(long number) {
        return MedicalHistory.of(draw(number));
    }

    record Drawn(Person person, Chance outcome, Chance records) {}

    private Person person(long number, Chance traits, Chance choice, Chance outcome) {
        Census.Birth birth = census.birth(seed, number, traits);
        boolean male = birth.male();
        int birthDay = birth.day();
        int firstDay;
        int leavingDay;
        if (census.everybodyIsObservedThroughout()) {
            firstDay = Math.max(FIRST_DAY, birthDay);
            leavingDay = LAST_DAY;
        } else {
            firstDay = traits.happens(0.55) ? FIRST_DAY : FIRST_DAY + traits.between(1, 1460);
            leavingDay = traits.happens(OBSERVED_TO_THE_END) ? LAST_DAY : traits.between(firstDay + 900, LAST_DAY);
        }
        boolean meansToUse = traits.happens(census.meansToUse(2016 - yearOf(birthDay)));
        int priorDays = traits.happens(A_YEAR_OF_PRIOR_OBSERVATION)
                ? traits.between(365, leavingDay - 60 - firstDay)
                : traits.between(40, 364);
        int baselineDay = firstDay + priorDays;
        Baseline baseline = baseline(yearOf(baselineDay) - yearOf(birthDay), male, traits);

        int deathDay = deathDay(birthDay, firstDay + 400, baseline.renalDisease(), traits);
        boolean dies = deathDay <= leavingDay;
        int lastDay = dies ? deathDay : leavingDay;
        boolean uses = meansToUse && baselineDay < lastDay;
        Optional<FirstCourse> course =
                uses ? Optional.of(firstCourse(baseline, baselineDay, choice, outcome)) : Optional.empty();
        return new Person(
                number, male, birthDay, firstDay, lastDay, dies, baseline, Math.min(baselineDay, lastDay), course);
    }

    private Baseline baseline(int age, boolean male, Chance traits) {
        double decades = (age - 60) / 10.0;
        boolean ulcer = traits.happens(logistic(-1.75 + 0.15 * decades));
        boolean anticoagulant = traits.happens(logistic(-2.0 + 0.45 * decades + (male ? 0.2 : 0)));
        boolean renal = traits.happens(logistic(-2.1 + 0.50 * decades));
        boolean adult = age >= census.adultFrom();
        return new Baseline(age, male, adult && ulcer, adult && anticoagulant, adult && renal);
    }

    private static FirstCourse firstCourse(Baseline baseline, int start, Chance choice, Chance outcome) {
        Treatment received =
                choice.happens(PlantedModel.probabilityOfTarget(baseline)) ? Treatment.TARGET : Treatment.COMPARATOR;
        double patience = outcome.exponential(1);
        return new FirstCourse(received, schedule(start, outcome), patience);
    }

    /** Three refills at least, ten more on average, five years at most. */
    static RefillSchedule schedule(int start, Chance chance) {
        int refills = 3 + (int) Math.min(chance.exponential(10), 52);
        List<Integer> days = new ArrayList<>(refills);
        int day = start;
        for (int refill = 0; refill < refills; refill++) {
            days.add(day);
            day += RefillSchedule.DAYS_OF_SUPPLY + chance.between(-2, 9);
        }
        return new RefillSchedule(days);
    }

    /** Gompertz mortality of a French-like old age, given that the person is alive on {@code from}. */
    private static int deathDay(int birthDay, int from, boolean renalDisease, Chance traits) {
        double slope = 0.092;
        double level = StrictMath.exp(-10.3) * (renalDisease ? 1.5 : 1);
        double age = (from - birthDay) / PlantedModel.DAYS_PER_YEAR;
        double hazardNow = level * StrictMath.exp(slope * age);
        double years = StrictMath.log1p(slope * traits.exponential(1) / hazardNow) / slope;
        return from + (int) (years * PlantedModel.DAYS_PER_YEAR);
    }

    private static double logistic(double logit) {
        return 1 / (1 + StrictMath.exp(-logit));
    }

    static int day(int year, int month, int dayOfMonth) {
        return (int) LocalDate.of(year, month, dayOfMonth).toEpochDay();
    }

    static int yearOf(int day) {
        return LocalDate.ofEpochDay(day).getYear();
    }
}
