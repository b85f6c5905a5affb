package org.vauban.study;

import java.util.OptionalInt;

/** How persons come into a study, and with whom they are compared. */
public sealed interface Design {

    /**
     * New users of one medicine against new users of another (Ray 2003; Lund and others 2015).
     *
     * @param target cohort whose effect is asked
     * @param comparator cohort it is compared with
     * @param outcome cohort whose entries are the outcome
     * @param exposure which exposure of a person is the one studied
     * @param priorObservationDays days of observation needed before the start
     * @param personsInBoth what becomes of persons with both exposures
     * @param commonCalendarPeriod whether starts must lie between the later of both cohorts' first starts and the earlier of their
     *     last starts
     * @param priorOutcome what becomes of persons who had the outcome before their time at risk
     */
    record NewUserActiveComparator(
            String target,
            String comparator,
            String outcome,
            Exposure exposure,
            int priorObservationDays,
            PersonsInBoth personsInBoth,
            boolean commonCalendarPeriod,
            PriorOutcome priorOutcome)
            implements Design {
        public NewUserActiveComparator {
            if (priorObservationDays < 0) {
                throw new IllegalArgumentException("Days of observation are not negative");
            }
        }
    }

    /** Which exposure of a person is studied. */
    enum Exposure {
        /** The first ever in the cohort, if it is eligible. */
        FIRST,
        /** The first that is eligible. */
        FIRST_ELIGIBLE
    }

    /** What becomes of persons who are in both arms' cohorts. */
    enum PersonsInBoth {
        /** They are in neither. */
        REMOVE,
        /** They stay in the arm whose exposure came first; who began both on one day is in neither. */
        KEEP_FIRST
    }

    /**
     * What becomes of persons who had the outcome before.
     *
     * @param remove whether they are left out
     * @param lookbackDays how long before the start an outcome counts as before; empty = ever
     */
    record PriorOutcome(boolean remove, OptionalInt lookbackDays) {
        public PriorOutcome {
            if (lookbackDays.orElse(1) < 1) {
                throw new IllegalArgumentException("A look-back is at least one day");
            }
        }
    }
}
