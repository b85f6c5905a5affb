package org.vauban.study.propensity;

/**
 * The propensity score with the popularity of the treatment taken out, so that one half is indifference (Walker and others 2013), and
 * the choices of persons that follow from scores.
 */
public final class PreferenceScore {
    private PreferenceScore() {}

    /** The preference of each person, from the propensity scores and the arms. */
    public static double[] of(double[] scores, boolean[] treated) {
        double share = share(treated);
        double[] preferences = new double[scores.length];
        for (int person = 0; person < scores.length; person++) {
            inside(scores[person]);
            double odds = scores[person] / (1 - scores[person]) / (share / (1 - share));
            preferences[person] = odds / (1 + odds);
        }
        return preferences;
    }

    /** The share of persons whose preference is between the limits: 0.3 and 0.7 are Walker's. */
    public static double equipoise(double[] preferences, double lower, double upper) {
        int between = 0;
        for (boolean each : between(preferences, lower, upper)) {
            between += each ? 1 : 0;
        }
        return (double) between / preferences.length;
    }

    /** Trimming: who has a score between limits, both included. Crump and others (2009) advise 0.1 and 0.9. */
    public static boolean[] between(double[] scores, double lower, double upper) {
        boolean[] kept = new boolean[scores.length];
        for (int person = 0; person < scores.length; person++) {
            kept[person] = scores[person] >= lower && scores[person] <= upper;
        }
        return kept;
    }

    /**
     * Asymmetric trimming (Stürmer and others 2010): who lies above a quantile of the treated's scores and below one of the others'.
     *
     * @param share the quantile of the treated, and one less it that of the others
     */
    public static boolean[] inCommon(double[] scores, boolean[] treated, double share) {
        double lower = ScoreStrata.quantile(ScoreStrata.of(scores, treated, true), share);
        double upper = ScoreStrata.quantile(ScoreStrata.of(scores, treated, false), 1 - share);
        return between(scores, lower, upper);
    }

    /** The share of the treated; both arms have somebody. */
    static double share(boolean[] treated) {
        int count = 0;
        for (boolean each : treated) {
            count += each ? 1 : 0;
        }
        if (count == 0 || count == treated.length) {
            throw new IllegalArgumentException("Both arms have somebody in them");
        }
        return (double) count / treated.length;
    }

    static void inside(double score) {
        if (!(score > 0 && score < 1)) {
            throw new IllegalArgumentException("A propensity score lies between 0 and 1, and is neither");
        }
    }
}
