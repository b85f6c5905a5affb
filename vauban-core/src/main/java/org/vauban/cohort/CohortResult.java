package org.vauban.cohort;

/**
 * The members of one cohort.
 *
 * @param name the definition's name
 * @param entries who, from when to when
 * @param attrition what each inclusion rule left
 * @param milliseconds time spent on this definition; work shared with others is not in it
 */
public record CohortResult(String name, CohortEntries entries, Attrition attrition, double milliseconds) {}
