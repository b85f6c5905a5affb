package org.vauban.identity.linkage;

import java.util.ArrayList;
import java.util.List;

/**
 * Town and postcode together: a town has few postcodes, so that agreement on both is little more than agreement on one, and
 * treating them as two witnesses would count one fact twice.
 */
final class Places extends Comparison {

    private static final int TOWN_LEVELS = 4;
    private static final int POSTCODE_LEVELS = 5;
    private static final int SAME = 1;

    private final Values towns;
    private final Values postcodes;
    private final Remembered townLevels;
    private final Remembered postcodeLevels;

    /** @param postcodeColumn empty texts when there is no such column; likewise the towns */
    Places(String[] townColumn, String[] postcodeColumn) {
        super(true, levels());
        this.towns = Values.of(townColumn, value -> Spelling.plain(value).replace(" ", ""));
        this.postcodes =
                Values.of(postcodeColumn, value -> Spelling.plain(value).replace(" ", ""));
        this.townLevels = new Remembered((one, other) -> closeness(towns.textOf(one), towns.textOf(other), 3));
        this.postcodeLevels =
                new Remembered((one, other) -> postcodeCloseness(postcodes.textOf(one), postcodes.textOf(other)));
    }

    /** Whether a level says that town or postcode are the same. */
    static boolean same(int level) {
        return level / POSTCODE_LEVELS == SAME || level % POSTCODE_LEVELS == SAME;
    }

    String town(int record) {
        return towns.text(record);
    }

    String postcode(int record) {
        return postcodes.text(record);
    }

    @Override
    int compare(int one, int other) {
        int town = level(towns, townLevels, one, other);
        int postcode = level(postcodes, postcodeLevels, one, other);
        return town * POSTCODE_LEVELS + postcode;
    }

    @Override
    double logCommonness(int record) {
        return towns.number(record) == 0 ? postcodes.logCommonness(record) : towns.logCommonness(record);
    }

    private static int level(Values values, Remembered levels, int one, int other) {
        int valueOfOne = values.number(one);
        int valueOfOther = values.number(other);
        if (valueOfOne == 0 || valueOfOther == 0) {
            return MISSING;
        }
        return valueOfOne == valueOfOther ? SAME : levels.ask(valueOfOne, valueOfOther);
    }

    private static int closeness(String one, String other, int different) {
        return Similarity.close(one, other)
                        || (one.length() >= 6
                                && other.length() >= 6
                                && (one.startsWith(other) || other.startsWith(one)))
                ? 2
                : different;
    }

    private static int postcodeCloseness(String one, String other) {
        if (Similarity.edits(one, other, 1) <= 1) {
            return 2;
        }
        // In France, the first two digits are the département.
        return one.regionMatches(0, other, 0, 2) ? 3 : 4;
    }

    // Both are compared, or one of them: three groups.
    private static Level[] levels() {
        double[] town = {1, 0.8, 0.08, 0.12};
        double[] postcode = {1, 0.8, 0.06, 0.05, 0.09};
        List<Level> levels = new ArrayList<>();
        for (int t = 0; t < TOWN_LEVELS; t++) {
            for (int p = 0; p < POSTCODE_LEVELS; p++) {
                if (t + p > 0) {
                    int group = t == 0 ? 1 : p == 0 ? 2 : 0;
                    boolean exact = t == SAME || (t == 0 && p == SAME);
                    levels.add(new Level("town " + t + ", postcode " + p, group, town[t] * postcode[p], exact));
                }
            }
        }
        return levels.toArray(Level[]::new);
    }
}
