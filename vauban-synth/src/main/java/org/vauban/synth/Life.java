package org.vauban.synth;

import java.util.List;
import java.util.OptionalInt;

/**
 * A person's whole recorded life, ready to be printed in any format: visits and events in the order of their days, all
 * between the day observation began and the day it ended.
 *
 * @param lastDay last day of observation
 * @param deathDay day of death if the person died under observation; then also the last day
 */
record Life(Person person, int lastDay, OptionalInt deathDay, List<Visit> visits, List<HealthEvent> events) {
    Life {
        visits = List.copyOf(visits);
        events = List.copyOf(events);
    }

    /** Clinical events: visits and everything recorded. */
    int numberOfEvents() {
        return visits.size() + events.size();
    }

    /** A contact with care from {@code day} to {@code lastDay}, both included. */
    record Visit(Place place, int day, int lastDay) {}

    /** Where a visit took place. */
    enum Place {
        HOSPITAL_STAY,
        CONSULTATION,
        EMERGENCY
    }
}
