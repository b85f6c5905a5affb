package org.vauban.cohort;

import java.util.List;

/** Conditions on a person at an index event; all must hold, and the person must be in PERSON. */
public record DemographicCriterion(List<AttributeTest> tests) {
    public DemographicCriterion {
        tests = List.copyOf(tests);
    }
}
