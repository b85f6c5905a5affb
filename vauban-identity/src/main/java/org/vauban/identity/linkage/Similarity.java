package org.vauban.identity.linkage;

/** How alike two spellings are. */
final class Similarity {

    private static final double PREFIX_SCALE = 0.1;
    private static final int PREFIX_MAX = 4;
    /** Longer texts are compared by their beginning. */
    private static final int LENGTH_MAX = 64;

    private Similarity() {}

    /** Jaro's similarity with Winkler's bonus for a common beginning, from 0 to 1. */
    static double jaroWinkler(String one, String other) {
        int lengthOfOne = Math.min(LENGTH_MAX, one.length());
        int lengthOfOther = Math.min(LENGTH_MAX, other.length());
        if (lengthOfOne == 0 || lengthOfOther == 0) {
            return 0;
        }
        int reach = Math.max(0, Math.max(lengthOfOne, lengthOfOther) / 2 - 1);
        // One bit per letter: texts of 64 letters need no arrays.
        long matchedInOne = 0;
        long matchedInOther = 0;
        for (int i = 0; i < lengthOfOne; i++) {
            int to = Math.min(lengthOfOther, i + reach + 1);
            for (int j = Math.max(0, i - reach); j < to; j++) {
                if ((matchedInOther & (1L << j)) == 0 && one.charAt(i) == other.charAt(j)) {
                    matchedInOne |= 1L << i;
                    matchedInOther |= 1L << j;
                    break;
                }
            }
        }
        int matches = Long.bitCount(matchedInOne);
        if (matches == 0) {
            return 0;
        }
        int outOfOrder = 0;
        long rest = matchedInOther;
        for (long left = matchedInOne; left != 0; left &= left - 1) {
            if (one.charAt(Long.numberOfTrailingZeros(left)) != other.charAt(Long.numberOfTrailingZeros(rest))) {
                outOfOrder++;
            }
            rest &= rest - 1;
        }
        double transpositions = outOfOrder / 2;
        double jaro = ((double) matches / lengthOfOne
                        + (double) matches / lengthOfOther
                        + (matches - transpositions) / matches)
                / 3;
        int prefix = 0;
        int prefixMax = Math.min(PREFIX_MAX, Math.min(lengthOfOne, lengthOfOther));
        while (prefix < prefixMax && one.charAt(prefix) == other.charAt(prefix)) {
            prefix++;
        }
        return jaro + prefix * PREFIX_SCALE * (1 - jaro);
    }

    /** Whether {@link #jaroWinkler} is at least {@code least}; most pairs are told apart by the letters they are made of. */
    static boolean alike(String one, String other, double least) {
        long lettersOfOne = letters(one);
        long lettersOfOther = letters(other);
        double matchesMax = Math.min(
                one.length() - Long.bitCount(lettersOfOne & ~lettersOfOther),
                other.length() - Long.bitCount(lettersOfOther & ~lettersOfOne));
        double jaroMax = (matchesMax / one.length() + matchesMax / other.length() + 1) / 3;
        double jaroLeast = (least - PREFIX_MAX * PREFIX_SCALE) / (1 - PREFIX_MAX * PREFIX_SCALE);
        return jaroMax >= jaroLeast && jaroWinkler(one, other) >= least;
    }

    /**
     * How many letters were changed, left out, added or swapped with their neighbour (Damerau and Levenshtein, each letter
     * touched once); {@code max + 1} when it is more than {@code max}.
     */
    static int edits(String one, String other, int max) {
        int lengthOfOne = one.length();
        int lengthOfOther = other.length();
        // An edit changes which letters there are by two at most.
        if (Math.abs(lengthOfOne - lengthOfOther) > max || Long.bitCount(letters(one) ^ letters(other)) > 2 * max) {
            return max + 1;
        }
        return max == 1 ? oneEdit(one, other) : editsInFull(one, other, max);
    }

    /** 0, 1 or 2 for more, without a table: everything before and after the edit is the same. */
    private static int oneEdit(String one, String other) {
        int shorter = Math.min(one.length(), other.length());
        int begin = 0;
        while (begin < shorter && one.charAt(begin) == other.charAt(begin)) {
            begin++;
        }
        int endOfOne = one.length();
        int endOfOther = other.length();
        while (endOfOne > begin && endOfOther > begin && one.charAt(endOfOne - 1) == other.charAt(endOfOther - 1)) {
            endOfOne--;
            endOfOther--;
        }
        int ofOne = endOfOne - begin;
        int ofOther = endOfOther - begin;
        boolean swapped = ofOne == 2
                && ofOther == 2
                && one.charAt(begin) == other.charAt(begin + 1)
                && one.charAt(begin + 1) == other.charAt(begin);
        return swapped ? 1 : Math.min(2, Math.max(ofOne, ofOther));
    }

    private static int editsInFull(String one, String other, int max) {
        int lengthOfOne = one.length();
        int lengthOfOther = other.length();
        int[] beforeLast = new int[lengthOfOther + 1];
        int[] last = new int[lengthOfOther + 1];
        int[] now = new int[lengthOfOther + 1];
        for (int j = 0; j <= lengthOfOther; j++) {
            last[j] = j;
        }
        for (int i = 1; i <= lengthOfOne; i++) {
            now[0] = i;
            int best = i;
            for (int j = 1; j <= lengthOfOther; j++) {
                int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                int edits = Math.min(Math.min(last[j], now[j - 1]) + 1, last[j - 1] + change);
                if (i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1)) {
                    edits = Math.min(edits, beforeLast[j - 2] + 1);
                }
                now[j] = edits;
                best = Math.min(best, edits);
            }
            if (best > max) {
                return max + 1;
            }
            int[] spare = beforeLast;
            beforeLast = last;
            last = now;
            now = spare;
        }
        return Math.min(last[lengthOfOther], max + 1);
    }

    /** One slip of the pen, or two in a long word, or nearly the same by Jaro and Winkler. */
    static boolean close(String one, String other) {
        int shorter = Math.min(one.length(), other.length());
        return (shorter >= 4 && edits(one, other, 1) <= 1)
                || (shorter >= 8 && edits(one, other, 2) <= 2)
                || alike(one, other, 0.93);
    }

    /** Which letters and digits a text has, one bit each; other characters share bits, which only makes texts look more alike. */
    private static long letters(String text) {
        long letters = 0;
        for (int i = 0; i < text.length(); i++) {
            letters |= 1L << text.charAt(i);
        }
        return letters;
    }
}
