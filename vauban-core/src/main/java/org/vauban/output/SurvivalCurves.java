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
     * One arm: arrays of one length.
     *
     * @param label the arm's name
     * @param persons the edition's person ids
     * @param days days at risk, at least 1, counted with first and last day
     * @param events whether the person's time ended with the event
     * @param weights for how many persons each one stands, above 0; empty when each stands for one
     */
    public record Arm(String label, long[] persons, int[] days, boolean[] events, double[] weights) {
        /** Persons who each stand for one. */
        public Arm(String label, long[] persons, int[] days, boolean[] events) {
            this(label, persons, days, events, new double[0]);
        }

        public Arm {
            OutputName.label(label);
            for (double weight : weights) {
                if (!(weight > 0) || Double.isInfinite(weight)) {
                    throw new IllegalArgumentException("A weight is a number above 0");
                }
            }
            if (weights.length != 0 && weights.length != persons.length) {
                throw new IllegalArgumentException("Each person has a weight, or none has");
            }
            weights = weights.clone();
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

        @Override
        public double[] weights() {
            return weights.clone();
        }

        /** Whether some persons stand for more than others. */
        public boolean isWeighted() {
            return weights.length > 0;
        }

        public int size() {
            return persons.length;
        }

        @Override
        public String toString() {
            return "Arm[" + label + "]";
        }
    }

    /** Whether the curves are those of a population in which the arms are alike. */
    public boolean areWeighted() {
        return arms.stream().anyMatch(Arm::isWeighted);
    }

    @Override
    public String toString() {
        return "SurvivalCurves[" + name + ", " + arms.size() + " arms]";
    }
}
