package org.vauban.cohort;

/** A named condition on qualified events; attrition reports it by this name. */
public record InclusionRule(String name, String description, CriteriaGroup group) {}
