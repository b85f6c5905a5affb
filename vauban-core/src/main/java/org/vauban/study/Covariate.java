package org.vauban.study;

import org.vauban.trajectory.Domain;
import org.vauban.vocabulary.ConceptSet;

/** What is known of a person at the start of the exposure. */
public sealed interface Covariate {
    String name();

    /** What readers see. */
    String label();

    /**
     * Age in years: the calendar year of the start minus the year of birth.
     *
     * @param form how it enters a model
     * @param groupYears width of the groups in tables, and in a model by groups
     */
    record Age(String name, String label, Form form, int groupYears) implements Covariate {
        public Age {
            if (groupYears < 1) {
                throw new IllegalArgumentException("An age group is at least one year wide");
            }
        }

        /** How age enters a model. */
        public enum Form {
            LINEAR,
            GROUPS
        }
    }

    /** Sex as recorded. */
    record Sex(String name, String label) implements Covariate {}

    /**
     * Whether a record of some concepts began in a window around the start.
     *
     * @param domain where it is recorded
     * @param concepts which concepts
     * @param fromDay first day of the window, counted from the start: -365 is a year before
     * @param toDay last day of the window
     */
    record Recorded(String name, String label, Domain domain, ConceptSet concepts, int fromDay, int toDay)
            implements Covariate {
        public Recorded {
            if (toDay < fromDay) {
                throw new IllegalArgumentException("A window does not end before it begins");
            }
        }
    }
}
