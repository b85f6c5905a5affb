package org.vauban.cohort;

import org.vauban.omop.CdmColumn;

/** What a test looks at. */
public sealed interface Subject {

    /** The record's start or end as the criterion sees it: with defaults filled in, and adjusted. */
    enum Day implements Subject {
        START,
        END
    }

    /** Calendar year of the day minus the person's year of birth. */
    record Age(Day at) implements Subject {}

    /** Days from start to end; one day's event has 0 or 1, as its end is the same or the next day. */
    record Duration() implements Subject {}

    /** A column of the record itself. */
    record Own(CdmColumn column) implements Subject {}

    /** A column of the record, divided by another one that is not 0. */
    record Ratio(CdmColumn column, CdmColumn divisor) implements Subject {}

    /** A column of PERSON. */
    record OfPerson(CdmColumn column) implements Subject {}

    /** A column of the visit that the record belongs to; records without a visit fail. */
    record OfVisit(CdmColumn column) implements Subject {}

    /** A column of PROVIDER; a record without provider has no value. */
    record OfProvider(CdmColumn column) implements Subject {}

    /** A column of CARE_SITE; records without a known care site fail. */
    record OfCareSite(CdmColumn column) implements Subject {}
}
