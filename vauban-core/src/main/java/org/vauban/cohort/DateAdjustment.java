package org.vauban.cohort;

import org.vauban.cohort.Subject.Day;

/** Start and end taken from one of the record's own days, moved by a number of days. Records that then end before they start drop out. */
public record DateAdjustment(Day start, int startOffsetDays, Day end, int endOffsetDays) {}
