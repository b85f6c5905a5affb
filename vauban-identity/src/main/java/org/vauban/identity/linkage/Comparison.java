package org.vauban.identity.linkage;

/**
 * Compares one trait of two records to a level of agreement. Level 0 says that the trait is missing on a side, and tells
 * nothing; the other levels are listed by {@link Level}, from the most alike to the least.
 */
abstract class Comparison {

    static final int MISSING = 0;

    /**
     * One level.
     *
     * @param group levels whose chances add up to one: what was comparable at all is no evidence by itself
     * @param expected the chance of the level among pairs of one person that a modest clerk would guess; a prior
     * @param exact whether the values are the same, so that a rare value tells more than a common one
     */
    record Level(String name, int group, double expected, boolean exact) {}

    private final Level[] levels;
    private final boolean sharedByRelatives;

    Comparison(boolean sharedByRelatives, Level... levels) {
        this.levels = levels;
        this.sharedByRelatives = sharedByRelatives;
    }

    /** How many levels there are, the missing one included. */
    final int size() {
        return levels.length + 1;
    }

    /** What level 1 and following are. */
    final Level level(int number) {
        return levels[number - 1];
    }

    final boolean sharedByRelatives() {
        return sharedByRelatives;
    }

    /** Whether twins have the trait in common, though other relatives have not: they have one birthday. */
    boolean mayBeTwins() {
        return false;
    }

    /** Writes the level of the pair at its place; the names before it are written already. */
    abstract int compare(int one, int other);

    /**
     * How much more common the value that a pair agrees on is than values agreed on by chance are on average, as a natural
     * logarithm; 0 where the trait's values are about equally common.
     */
    double logCommonness(int record) {
        return 0;
    }

    static Level level(String name, double expected) {
        return new Level(name, 0, expected, false);
    }

    static Level exact(String name, double expected) {
        return new Level(name, 0, expected, true);
    }
}
