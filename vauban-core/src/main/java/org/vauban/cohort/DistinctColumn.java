package org.vauban.cohort;

/** What can be counted in different values instead of rows. Names as in Circe. */
public enum DistinctColumn {
    DAYS_SUPPLY,
    DOMAIN_CONCEPT,
    DOMAIN_SOURCE_CONCEPT,
    /** Days from start to end; 1 for events that last a day by definition. */
    DURATION,
    END_DATE,
    ERA_OCCURRENCES,
    GAP_DAYS,
    QUANTITY,
    RANGE_HIGH,
    RANGE_LOW,
    REFILLS,
    START_DATE,
    UNIT,
    VALUE_AS_NUMBER,
    VISIT_ID,
    VISIT_DETAIL_ID
}
