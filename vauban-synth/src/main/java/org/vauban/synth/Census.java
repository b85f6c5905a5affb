package org.vauban.synth;

/**
 * Who lives in a generated country: how old people are, who may come to use one of the two studied drugs, and how long they
 * are observed. The planted model above it is the same for all.
 */
enum Census {
    /** Adults around sixty, observed as a clinical data set would: some come late, some leave. */
    ADULTS_OF_A_STUDY {
        @Override
        Birth birth(long seed, long number, Chance traits) {
            boolean male = traits.happens(0.47);
            int ageIn2016 = (int) Math.clamp(Math.round(traits.normal(58, 14)), 22L, 90L);
            return new Birth(male, Population.day(2016 - ageIn2016, 1, 1) + traits.between(0, 364));
        }

        @Override
        double meansToUse(int ageIn2016) {
            return 0.75;
        }

        @Override
        boolean everybodyIsObservedThroughout() {
            return false;
        }

        @Override
        int adultFrom() {
            return 0;
        }
    },

    /**
     * Everybody, from the newborn to the very old, in the shares of a French age pyramid. The national health insurance covers
     * people from birth to death, so that nobody leaves. Now and then somebody is the twin of the person before.
     */
    FRANCE {
        @Override
        Birth birth(long seed, long number, Chance traits) {
            Chance chance = Chance.ofPerson(seed ^ 0x42_49_52_54_48L, isSecondTwin(number) ? number - 1 : number);
            boolean male = chance.happens(0.485);
            int band = chance.weighted(SHARES);
            int ageIn2016 = AGES_FROM[band] + chance.between(0, AGES_FROM[band + 1] - AGES_FROM[band] - 1);
            return new Birth(male, Population.day(2016 - ageIn2016, 1, 1) + chance.between(0, 364));
        }

        @Override
        double meansToUse(int ageIn2016) {
            return ageIn2016 < 30 ? 0 : 0.72;
        }

        @Override
        boolean everybodyIsObservedThroughout() {
            return true;
        }

        @Override
        int adultFrom() {
            return 25;
        }
    };

    /** Ages in 2016 at which the bands of the pyramid begin, and behind the last one its end. */
    private static final int[] AGES_FROM = {-2, 10, 20, 30, 40, 50, 60, 70, 80, 90, 101};

    /** Persons per hundred in each band, as the national statistics of the years around 2016 show them, rounded. */
    private static final double[] SHARES = {14.0, 12.4, 11.6, 12.4, 13.2, 13.2, 12.0, 7.0, 3.6, 0.6};

    private static final int TWINS_EVERY = 41;

    /** Sex and day of birth. The chance given is used, or left alone, by each country in its own way. */
    abstract Birth birth(long seed, long number, Chance traits);

    /** How probable it is that a person has an occasion to use one of the two drugs. */
    abstract double meansToUse(int ageIn2016);

    abstract boolean everybodyIsObservedThroughout();

    /** Nobody younger has one of the planted risk factors. */
    abstract int adultFrom();

    /** Whether the person is the younger twin of the one with the number before. */
    static boolean isSecondTwin(long number) {
        return number % TWINS_EVERY == 0;
    }

    /** Whether the person is the elder twin of the one with the number after. */
    static boolean isFirstTwin(long number) {
        return isSecondTwin(number + 1);
    }

    /** Day of birth as days since 1970-01-01. */
    record Birth(boolean male, int day) {}
}
