/**
 * What happened to each person, in the order it happened: the only form of the data that cohorts and studies see.
 *
 * <p>A {@link org.vauban.trajectory.TrajectorySource} hands out one bucket of persons at a time as
 * {@link org.vauban.trajectory.Trajectories}: primitive columns, persons ascending, and inside a person each
 * {@link org.vauban.trajectory.Domain}'s events by start day and rank. Only the columns named by
 * {@link org.vauban.trajectory.Needs} are there; asking for another is a mistake in the program and says so. Readers fill a
 * {@link org.vauban.trajectory.TrajectoriesBuilder}, which refuses rows that are out of order. Days are counted from 1970-01-01.
 *
 * <p>May use {@code omop} and {@code vocabulary}. Start at {@link org.vauban.trajectory.Trajectories}.
 */
@NullMarked
package org.vauban.trajectory;

import org.jspecify.annotations.NullMarked;
