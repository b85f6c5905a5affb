package org.vauban.disclosure;

/** Protected content in typed form; renderers for the outside accept nothing else. Order and digits are ours, not the author's. */
public sealed interface Shown
        permits ShownTable,
                ShownMagnitudes,
                ShownFlow,
                ShownCurves,
                ShownEstimates,
                ShownBalance,
                ShownOccurrences,
                ShownFeatures,
                ShownDistributions,
                ShownPathways,
                ShownChecks {
    /** The output's name. */
    String name();
}
