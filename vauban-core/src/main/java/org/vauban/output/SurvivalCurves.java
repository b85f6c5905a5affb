package org.vauban.output;

import java.util.List;

/** Times to an event, person by person, for each arm; curves and risk tables are computed from these. */
public record SurvivalCurves(String name, String timeUnit, List<Arm> arms, Interval interval) implements RawOutput {
    public SurvivalCurves {
        OutputName.name(name);
        OutputName.label(timeUnit);
        arms = List.copyOf(arms);
    }

    /** How confidence limits are made around the curve. */
    public enum Interval {
        LOG_LOG,
        LOG
    }

    /**
     * One arm: three arrays of one length.
     *
     * @param label the arm's name
     * @param persons the edition's person ids
     * @param days days at risk, at least 1, counted with first and last day
     * @param events whether the person's time ended with the event
     */
    public record Arm(String label, long[] persons, int[] days, boolean[] events) {
        public Arm {
            OutputName.label(label);
            if (persons.length != days.length || persons.length != events.length) {
                throw new IllegalArgumentException("Each person has one time and one event flag");
            }
            persons = persons.clone();
            days = days.clone();
            events = events.clone();
        }

        @Override
        public long[] persons() {
            return persons.clone();
        }

        @Override
        public int[] days() {
            return days.clone();
        }

        @Override
        public boolean[] events() {
            return events.clone();
        }

        public int size() {
            return persons.length;
        }

        @Override
        public String toString() {
            return "Arm[" + label + "]";
        }
    }

    @Override
    public String toString() {
        return "SurvivalCurves[" + name + ", " + arms.size() + " arms]";
    }
}
