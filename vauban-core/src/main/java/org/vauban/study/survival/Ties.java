package org.vauban.study.survival;

/** How events at the same time share the partial likelihood. */
public enum Ties {
    /** Efron 1977: close to the exact likelihood. Our default, and R's. */
    EFRON,
    /** Breslow 1974: the default of SAS and of OHDSI's Cyclops. */
    BRESLOW
}
