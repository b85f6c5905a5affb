package org.vauban.identity.linkage;

/**
 * Sex, told apart by whether the given names agree: two people of one given name have one sex, so that then the agreement
 * tells nothing new.
 */
final class Sexes extends Comparison {

    private static final int SAME = 1;
    private static final int DIFFERENT = 2;
    private static final int SAME_WITH_THE_NAME = 3;
    private static final int DIFFERENT_DESPITE_THE_NAME = 4;

    private final byte[] sexes;

    Sexes(String[] column) {
        super(
                false,
                new Level("same", 0, 0.98, false),
                new Level("different", 0, 0.02, false),
                new Level("same, as is the given name", 1, 0.99, false),
                new Level("different, though the given name is the same", 1, 0.01, false));
        this.sexes = new byte[column.length];
        for (int record = 0; record < column.length; record++) {
            sexes[record] = number(column[record]);
        }
    }

    private static byte number(String value) {
        String plain = Spelling.plain(value);
        return switch (plain.isEmpty() ? '?' : plain.charAt(0)) {
            case '1', 'M', 'H' -> 1;
            case '2', 'F', 'W' -> 2;
            default -> 0;
        };
    }

    @Override
    int compare(int one, int other) {
        if (sexes[one] == 0 || sexes[other] == 0) {
            return MISSING;
        }
        return sexes[one] == sexes[other] ? SAME : DIFFERENT;
    }

    /** The same, knowing the level of the given names. */
    int compare(int one, int other, int levelOfGivenNames) {
        int level = compare(one, other);
        boolean nameAgrees = levelOfGivenNames != MISSING && levelOfGivenNames <= GivenNames.FIRST_TWO_LEVELS;
        return level == MISSING || !nameAgrees
                ? level
                : level == SAME ? SAME_WITH_THE_NAME : DIFFERENT_DESPITE_THE_NAME;
    }
}
