package org.vauban.synth;

import java.util.ArrayList;
import java.util.List;

/**
 * A person in the books of the national health insurance: who the person is, and under which pseudonyms the person was
 * covered in the course of a life.
 *
 * @param covers in the order of time, at least one
 */
record Insured(Civil civil, List<Cover> covers) {
    /** Length of the insurer's pseudonyms, in characters. */
    private static final int LENGTH_OF_PSEUDONYM = 17;

    private static final int AGE_OF_OWN_RIGHTS = 18;
    private static final double COVERED_BY_BOTH_PARENTS = 0.35;
    private static final double COVERED_BY_SPOUSE_FIRST = 0.04;
    private static final double WITHOUT_CERTIFIED_NUMBER = 0.03;
    private static final double CHILD_WITHOUT_NIR = 0.10;

    Insured {
        covers = List.copyOf(covers);
        if (covers.isEmpty()) {
            throw new IllegalArgumentException("an insured person has at least one cover");
        }
    }

    /**
     * A time under one pseudonym.
     *
     * @param pseudonym the insurer's {@code BEN_NIR_PSA}, made of the number of whoever opens the right, and of the birth
     *     and sex of the beneficiary: twins of one sex share it
     * @param rank {@code BEN_RNG_GEM}, which tells twins apart
     * @param opener registration number of whoever opens the right, with key
     * @param beneficiary the person's own registration number with key, or empty
     * @param from first day, as days since 1970-01-01
     */
    record Cover(String pseudonym, int rank, String opener, String beneficiary, int from) {}

    /** The person's lasting pseudonym ({@code BEN_NIR_ANO}), or an empty text when the number was never certified. */
    String lasting() {
        return civil.certified() ? pseudonym(civil.seed(), civil.nir().number(), Integer.MIN_VALUE) : "";
    }

    /** The cover that is used on a day; a child of two covers uses now the one, now the other. */
    int coverOn(int day) {
        int last = covers.size() - 1;
        while (last > 0 && covers.get(last).from() > day) {
            last--;
        }
        boolean eitherParent =
                last == 1 && covers.get(0).from() == covers.get(1).from();
        return eitherParent && day % 3 != 0 ? 0 : last;
    }

    /** The covers of a person in the years of the data. */
    static Insured of(Civil civil, long seed, int firstDay, int lastDay) {
        Chance chance = Chance.ofPerson(seed ^ 0x43_4F_56_45_52L, civil.family());
        int adult = civil.birthDay() + (int) (AGE_OF_OWN_RIGHTS * PlantedModel.DAYS_PER_YEAR);
        List<Cover> covers = new ArrayList<>();
        String own = civil.nir().withKey();
        // What both twins share is drawn for their family; what follows is each one's own.
        boolean bothParents = chance.happens(COVERED_BY_BOTH_PARENTS);
        Nir mother = parent(false, civil, chance);
        Nir father = parent(true, civil, chance);
        Chance self = Chance.ofPerson(seed ^ 0x53_45_4C_46L, civil.number());
        boolean spouseFirst = self.happens(COVERED_BY_SPOUSE_FIRST);
        String ownOrNothing = self.happens(CHILD_WITHOUT_NIR) ? "" : own;
        if (adult > firstDay) {
            covers.add(onAnother(civil, seed, mother, ownOrNothing, firstDay));
            if (bothParents) {
                covers.add(onAnother(civil, seed, father, ownOrNothing, firstDay));
            }
            if (adult < lastDay) {
                covers.add(onSelf(civil, seed, own, adult));
            }
        } else if (spouseFirst && lastDay - firstDay > 800) {
            Nir spouse = Nir.of(
                    !civil.male(),
                    Population.yearOf(civil.birthDay() - 700),
                    self.between(1, 12),
                    self.pick(Town.placesOfBirth()),
                    self.between(1, 999));
            covers.add(onAnother(civil, seed, spouse, own, firstDay));
            covers.add(onSelf(civil, seed, own, firstDay + 400));
        } else {
            covers.add(onSelf(civil, seed, own, firstDay));
        }
        return new Insured(civil, covers);
    }

    static boolean certified(long seed, long number) {
        return !Chance.ofPerson(seed ^ 0x43_45_52_54L, number).happens(WITHOUT_CERTIFIED_NUMBER);
    }

    private static Nir parent(boolean male, Civil civil, Chance chance) {
        int year = Population.yearOf(civil.birthDay()) - chance.between(22, 38);
        return Nir.of(male, year, chance.between(1, 12), chance.pick(Town.placesOfBirth()), chance.between(1, 999));
    }

    private static Cover onSelf(Civil civil, long seed, String own, int from) {
        return new Cover(pseudonym(seed, civil.nir().number(), civil.birthDay()), 1, own, own, from);
    }

    private static Cover onAnother(Civil civil, long seed, Nir opener, String beneficiary, int from) {
        int rank = Census.isSecondTwin(civil.number()) ? 2 : 1;
        int salt = civil.birthDay() * 2 + (civil.male() ? 1 : 0);
        return new Cover(pseudonym(seed, opener.number(), salt), rank, opener.withKey(), beneficiary, from);
    }

    /** Seventeen letters and digits that say nothing about whom they stand for. */
    static String pseudonym(long seed, String of, int salt) {
        long high = seed;
        for (int at = 0; at < of.length(); at++) {
            high = Chance.scramble(high ^ ((long) of.charAt(at) << 32) ^ salt);
        }
        return text(high, Chance.scramble(high + 1), LENGTH_OF_PSEUDONYM);
    }

    /** Letters and digits out of 128 bits. */
    static String text(long high, long low, int length) {
        char[] characters = new char[length];
        long left = high;
        for (int at = 0; at < length; at++) {
            if (at == 12) {
                left = low;
            }
            characters[at] = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789".charAt((int) (left & 31));
            left >>>= 5;
        }
        return new String(characters);
    }
}
