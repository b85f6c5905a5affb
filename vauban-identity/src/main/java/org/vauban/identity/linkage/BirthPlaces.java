package org.vauban.identity.linkage;

/**
 * Birth places, told apart by whether the pair lives in one place: many people live where they were born, so that neighbours
 * share a birth place far more often than strangers do, and counting both at full weight makes one person of two.
 */
final class BirthPlaces extends Comparison {

    private static final int LEVELS = 3;
    private final Values places;
    private final Remembered levels;

    BirthPlaces(String[] column) {
        super(
                true,
                exact("same", 0.88),
                level("one slip", 0.04),
                level("different", 0.08),
                new Level("same, as is the residence", 1, 0.92, false),
                new Level("one slip, in one residence", 1, 0.03, false),
                new Level("different, in one residence", 1, 0.05, false));
        this.places = Values.of(column, Codes::compact);
        this.levels = new Remembered(this::judge);
    }

    @Override
    int compare(int one, int other) {
        int valueOfOne = places.number(one);
        int valueOfOther = places.number(other);
        if (valueOfOne == 0 || valueOfOther == 0) {
            return MISSING;
        }
        return valueOfOne == valueOfOther ? 1 : levels.ask(valueOfOne, valueOfOther);
    }

    /** The same, knowing whether the two live in one place. */
    int compare(int one, int other, boolean inOneResidence) {
        int level = compare(one, other);
        return level == MISSING || !inOneResidence ? level : level + LEVELS;
    }

    @Override
    double logCommonness(int record) {
        return places.logCommonness(record);
    }

    private int judge(int valueOfOne, int valueOfOther) {
        return Similarity.edits(places.textOf(valueOfOne), places.textOf(valueOfOther), 1) <= 1 ? 2 : LEVELS;
    }
}
