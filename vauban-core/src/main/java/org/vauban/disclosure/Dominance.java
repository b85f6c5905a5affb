package org.vauban.disclosure;

import java.util.List;

/**
 * When one person, or a few, make up so much of a sum that it tells about them.
 *
 * @param percent p of the p% rule: who contributes second most, and takes the own part off, must not come closer than so many per cent to the largest
 * @param contributors n of the (n,k) rule
 * @param share k of it: so many contributors must not hold more than so many per cent of the sum
 */
public record Dominance(int percent, int contributors, int share) {
    public static final int PERCENT_LEAST = 5;
    public static final int PERCENT_MOST = 50;
    public static final int CONTRIBUTORS_MOST = 5;
    public static final int SHARE_LEAST = 50;
    public static final int SHARE_MOST = 95;
    public static final Dominance STANDARD = new Dominance(10, 2, 85);

    public Dominance {
        if (percent < PERCENT_LEAST || percent > PERCENT_MOST) {
            throw new IllegalArgumentException("p is from " + PERCENT_LEAST + " to " + PERCENT_MOST);
        }
        if (contributors < 1 || contributors > CONTRIBUTORS_MOST) {
            throw new IllegalArgumentException("n is from 1 to " + CONTRIBUTORS_MOST);
        }
        if (share < SHARE_LEAST || share > SHARE_MOST) {
            throw new IllegalArgumentException("k is from " + SHARE_LEAST + " to " + SHARE_MOST);
        }
    }

    /**
     * Whether a sum is dominated. Where fewer contributions are told than the rule asks for, the ones that are not told are taken for as large as the
     * last that is.
     *
     * @param sum the sum of contributions without signs
     * @param largest the largest contributions, the largest first
     */
    boolean isDominated(double sum, List<Double> largest) {
        if (sum <= 0) {
            return false;
        }
        double first = largest.isEmpty() ? 0 : largest.getFirst();
        double second = largest.size() < 2 ? 0 : largest.get(1);
        double most = 0;
        for (int place = 0; place < contributors; place++) {
            most += largest.isEmpty() ? 0 : largest.get(Math.min(place, largest.size() - 1));
        }
        return sum - first - second < first * percent / 100 || most > sum * share / 100;
    }
}
