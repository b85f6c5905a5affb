package org.vauban.synth;

import java.util.OptionalInt;

/**
 * Something that happened to a person and was recorded, in no file format. Days are days since 1970-01-01.
 *
 * <p>A printer of a format switches on these without a default, so that a new kind shows where it matters.
 */
sealed interface HealthEvent {
    /** The code of {@link Codes}. */
    int code();

    int day();

    /** The number of the visit it belongs to, in {@link Life#visits()}. */
    OptionalInt visit();

    /** A diagnosis that held from {@code day} to {@code lastDay}, both included. */
    record Diagnosis(int code, int day, int lastDay, OptionalInt visit) implements HealthEvent {}

    /** A drug handed out on {@code day} that lasts to {@code lastDay}, both included. */
    record Dispensing(int code, int day, int lastDay, int daysOfSupply, OptionalInt visit) implements HealthEvent {}

    /** Something done to a person. */
    record Act(int code, int day, OptionalInt visit) implements HealthEvent {}

    /** A measured value in tenths of the unit that its code has in {@link Codes}. */
    record Reading(int code, int day, int tenths, OptionalInt visit) implements HealthEvent {}

    /** Something noted about a way of life or a circumstance. */
    record Note(int code, int day, OptionalInt visit) implements HealthEvent {}
}
