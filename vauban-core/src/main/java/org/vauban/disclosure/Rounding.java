package org.vauban.disclosure;

/** How counts that may be shown are written. */
public enum Rounding {
    /** As they are. */
    NONE {
        @Override
        long shown(long count, int threshold) {
            return count;
        }
    },
    /**
     * To the middle of bands of ten that begin at the threshold: with 11, 11 to 20 give 15 and 21 to 30 give 25. Bands that
     * are not aligned would tell more: with nearest-5 and threshold 11, a 10 means 11 or 12.
     */
    MIDPOINT_10 {
        @Override
        long shown(long count, int threshold) {
            return count == 0 ? 0 : threshold + (count - threshold) / BAND * BAND + (BAND - 1) / 2;
        }
    };

    private static final int BAND = 10;

    /** What is written for a count that is 0 or at least the threshold. */
    abstract long shown(long count, int threshold);
}
