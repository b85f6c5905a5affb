package org.vauban.cohort.reference;

/**
 * A record that matches a criterion.
 *
 * @param id the record's rank, which orders events of one day; records that share it share their identifier in the source
 * @param start first day, adjusted
 * @param end last day, filled in and adjusted, or {@link org.vauban.trajectory.Absent#INT} when the record has none
 * @param sortDay the day that orders primary events: the start before a fixed period takes its place
 * @param visit the visit it belongs to, or {@link org.vauban.trajectory.Absent#LONG}
 * @param row its row in the domain
 */
record Event(long id, int start, int end, int sortDay, long visit, int row) {}
