package org.vauban.study.propensity;

/** Weights that follow from a propensity score, each with whom the effect is about (Li, Morgan and Zaslavsky 2018). */
public enum BalancingWeights {
    /** One over the probability of what the person received: the effect in all. */
    ALL {
        @Override
        double treated(double score, double share) {
            return 1 / score;
        }

        @Override
        double other(double score, double share) {
            return 1 / (1 - score);
        }
    },
    /** The same times the share of the person's arm: the effect in all, with weights around 1. */
    ALL_STABILISED {
        @Override
        double treated(double score, double share) {
            return share / score;
        }

        @Override
        double other(double score, double share) {
            return (1 - share) / (1 - score);
        }
    },
    /** The others weighted by their odds of treatment: the effect in the treated. */
    TREATED {
        @Override
        double treated(double score, double share) {
            return 1;
        }

        @Override
        double other(double score, double share) {
            return score / (1 - score);
        }
    },
    /** The treated weighted by their odds of no treatment: the effect in the others. */
    OTHERS {
        @Override
        double treated(double score, double share) {
            return (1 - score) / score;
        }

        @Override
        double other(double score, double share) {
            return 1;
        }
    },
    /** The probability of the other arm: the effect where both arms are likely. Means of the model's covariates become equal. */
    OVERLAP {
        @Override
        double treated(double score, double share) {
            return 1 - score;
        }

        @Override
        double other(double score, double share) {
            return score;
        }
    },
    /** The smaller probability over that of the arm received: as matching one to one would choose (Li and Greene 2013). */
    MATCHING {
        @Override
        double treated(double score, double share) {
            return Math.min(score, 1 - score) / score;
        }

        @Override
        double other(double score, double share) {
            return Math.min(score, 1 - score) / (1 - score);
        }
    };

    abstract double treated(double score, double share);

    abstract double other(double score, double share);

    /** A weight for each person; scores lie strictly between 0 and 1. */
    public double[] of(double[] scores, boolean[] treated) {
        double share = PreferenceScore.share(treated);
        double[] weights = new double[scores.length];
        for (int person = 0; person < weights.length; person++) {
            PreferenceScore.inside(scores[person]);
            weights[person] = treated[person] ? treated(scores[person], share) : other(scores[person], share);
        }
        return weights;
    }
}
