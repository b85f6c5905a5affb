package org.vauban.study;

import java.util.List;
import java.util.Optional;
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
     * @param timeAtRisk the days on which an outcome counts
     */
    record NewUserActiveComparator(
            String target,
            String comparator,
            String outcome,
            Exposure exposure,
            int priorObservationDays,
            PersonsInBoth personsInBoth,
            boolean commonCalendarPeriod,
            PriorOutcome priorOutcome,
            TimeAtRisk timeAtRisk)
            implements Design {
        public NewUserActiveComparator {
            if (priorObservationDays < 0) {
                throw new IllegalArgumentException("Days of observation are not negative");
            }
        }
    }

    /**
     * How often an outcome begins: events by days at risk.
     *
     * @param population who could have it, and when
     * @param outcome cohort whose entries are the outcome
     * @param washoutDays days without the outcome before somebody is at risk, counted from its last day; empty = ever
     * @param repeatedEvents whether a person is at risk again after an event
     * @param calendar how results are cut
     * @param confidence how limits of a rate are made
     */
    record Incidence(
            Population population,
            String outcome,
            OptionalInt washoutDays,
            boolean repeatedEvents,
            Calendar calendar,
            RateLimits confidence)
            implements Design {
        public Incidence {
            if (washoutDays.orElse(0) < 0) {
                throw new IllegalArgumentException("A washout is not negative");
            }
        }
    }

    /**
     * How many have an outcome: persons with it by persons.
     *
     * @param population among whom
     * @param outcome cohort whose stays are the outcome
     * @param moment when somebody must have it
     * @param fullContribution for a whole interval: whether only those count who are in the population on each of its days
     * @param calendar how results are cut
     */
    record Prevalence(Population population, String outcome, Moment moment, boolean fullContribution, Calendar calendar)
            implements Design {
        public Prevalence {
            if (fullContribution && moment != Moment.PERIOD) {
                throw new IllegalArgumentException("A single day is contributed or not");
            }
        }
    }

    /**
     * Who the members of one cohort are when they enter, or of two that are compared.
     *
     * @param cohorts one or two
     * @param entry which entry of a person counts
     * @param priorObservationDays days of observation needed before the entry
     * @param personsInBoth what becomes of persons in both cohorts
     * @param features records counted concept by concept, if asked for
     */
    record Characterisation(
            List<String> cohorts,
            Exposure entry,
            int priorObservationDays,
            PersonsInBoth personsInBoth,
            Optional<FeatureChoice> features)
            implements Design {
        public Characterisation {
            cohorts = List.copyOf(cohorts);
            if (cohorts.isEmpty() || cohorts.size() > 2) {
                throw new IllegalArgumentException("One cohort, or two that are compared");
            }
            if (priorObservationDays < 0) {
                throw new IllegalArgumentException("Days of observation are not negative");
            }
        }
    }

    /**
     * Persons who had an outcome, each compared with themselves: the days around an exposure against their other days (Farrington 1995).
     *
     * @param outcome cohort whose entries are the outcome
     * @param events which of a person's outcomes count
     * @param naiveDays first days of each observation that do not count: on them what is new cannot be told from what is known
     * @param exposures what may change the rate, and when
     * @param age how the rate may change with age
     * @param season how the rate may change with the time of the year
     * @param interval how confidence intervals are made
     * @param limits beyond which the ratios must not be read
     */
    record SelfControlledCaseSeries(
            String outcome,
            Events events,
            int naiveDays,
            List<RiskExposure> exposures,
            TimeEffect age,
            TimeEffect season,
            Analysis.Cox.Interval interval,
            SeriesLimits limits)
            implements Design {
        public SelfControlledCaseSeries {
            exposures = List.copyOf(exposures);
            if (exposures.isEmpty()) {
                throw new IllegalArgumentException("A case series has an exposure");
            }
            if (naiveDays < 0) {
                throw new IllegalArgumentException("Days of observation are not negative");
            }
        }
    }

    /**
     * Persons followed from a day on, while they begin and end an exposure.
     *
     * @param population cohort whose entry begins follow-up
     * @param exposure cohort whose stays are the courses of the exposure
     * @param outcome cohort whose entries are the outcome
     * @param entry which entry of a person counts
     * @param priorObservationDays days of observation needed before the entry
     * @param priorOutcome what becomes of persons who had the outcome before
     * @param newUsers whether persons who were exposed before their entry are left out
     * @param followUpDays days of follow-up at most; empty = until observation ends
     * @param limits beyond which an estimate must not be read
     */
    record ExposureOverTime(
            String population,
            String exposure,
            String outcome,
            Exposure entry,
            int priorObservationDays,
            PriorOutcome priorOutcome,
            boolean newUsers,
            OptionalInt followUpDays,
            Limits limits)
            implements Design {
        public ExposureOverTime {
            if (priorObservationDays < 0 || followUpDays.orElse(1) < 1) {
                throw new IllegalArgumentException("Days before are not negative, and follow-up is at least one day");
            }
        }

        /**
         * Beyond any of these an estimate must not be read.
         *
         * @param immortalTime the largest share of exposed days that lie before the exposure
         * @param detectableRatio the largest ratio that the events suffice to detect
         */
        public record Limits(double immortalTime, double detectableRatio) {
            /** What holds where a study says nothing. */
            public static Limits usual() {
                return new Limits(0, 10);
            }
        }
    }

    /** Which outcomes of a person count. */
    enum Events {
        /** The first ever, if it is observed. */
        FIRST,
        /** All that are observed. */
        ALL
    }

    /**
     * How new users of one medicine take it.
     *
     * @param drug whose exposures, a name of the study's records or cohorts
     * @param target cohort in whose stay the use must begin; empty = anybody's
     * @param washoutDays days before the start on none of which the person is exposed; empty = never exposed before
     * @param priorObservationDays days of observation needed before the start
     * @param gapDays exposures that begin at most so many days after the last day of those before are one episode; 1 means the day after
     * @param followUpDays days from the start that are looked at; empty = until observation or the study's period ends
     * @param graceDays days without an exposure after which the use is discontinued, on its last day
     * @param coveredDays stretches from the start of which the share of covered days is told, ascending
     * @param persistenceDays days at which the share of persons still treated is told, ascending
     * @param indications what is looked for before the start, if asked for
     * @param changes what is looked for after the first episode, if asked for
     */
    record DrugUtilisation(
            String drug,
            Optional<String> target,
            OptionalInt washoutDays,
            int priorObservationDays,
            int gapDays,
            OptionalInt followUpDays,
            int graceDays,
            List<Integer> coveredDays,
            List<Integer> persistenceDays,
            Optional<Indications> indications,
            Optional<Changes> changes)
            implements Design {
        public DrugUtilisation {
            if (washoutDays.orElse(0) < 0 || priorObservationDays < 0 || gapDays < 0 || graceDays < gapDays) {
                throw new IllegalArgumentException(
                        "Days are not negative, and what is one episode is not discontinued");
            }
            if (followUpDays.orElse(1) < 1) {
                throw new IllegalArgumentException("The first day is followed");
            }
            coveredDays = ascending(coveredDays);
            persistenceDays = ascending(persistenceDays);
        }
    }

    /**
     * What members of a cohort are treated with, one treatment after the other.
     *
     * @param target cohort whose first eligible entry begins the path
     * @param treatments names of the study's records or cohorts, two or more
     * @param priorObservationDays days of observation needed before the entry
     * @param fromDay the first day on which an era may begin, counted from the entry
     * @param followUpDays days from there on which it may begin; empty = until the stay in the target ends
     * @param collapseDays eras of one treatment with at most so many days from one's last day to the next are one
     * @param leastEraDays how many days an era lasts at least
     * @param combinationDays overlaps of so many days are a combination, shorter ones a switch
     * @param leastPartDays how many days a combination lasts at least, and what combining and switching leave of an era
     * @param kept which eras stand in the path
     * @param longest the most steps of a path
     */
    record TreatmentPathways(
            String target,
            List<String> treatments,
            int priorObservationDays,
            int fromDay,
            OptionalInt followUpDays,
            int collapseDays,
            int leastEraDays,
            int combinationDays,
            int leastPartDays,
            Kept kept,
            int longest)
            implements Design {
        /** More would not fit into a figure, nor into anybody's head. */
        public static final int TREATMENTS_MAX = 12;

        public TreatmentPathways {
            treatments = List.copyOf(treatments);
            if (treatments.isEmpty() || treatments.size() > TREATMENTS_MAX) {
                throw new IllegalArgumentException("A path has treatments");
            }
            if (priorObservationDays < 0
                    || collapseDays < 0
                    || leastEraDays < 0
                    || combinationDays < 1
                    || leastPartDays < 0
                    || followUpDays.orElse(1) < 1
                    || longest < 1) {
                throw new IllegalArgumentException("Days are not negative, and a path has a step");
            }
        }
    }

    /** Which eras stand in a path. */
    enum Kept {
        /** Each treatment where it comes for the first time. */
        FIRST,
        /** Those that differ from the one before. */
        CHANGES,
        ALL
    }

    /**
     * What may be why a medicine is taken.
     *
     * @param among names of the study's records or cohorts; an entry counts in the window in which it begins
     * @param windows disjoint, ascending, none after the start
     */
    record Indications(List<String> among, List<DayWindow> windows) {
        public Indications {
            among = List.copyOf(among);
            windows = List.copyOf(windows);
            if (among.isEmpty() || windows.isEmpty()) {
                throw new IllegalArgumentException("Something is looked for on some day");
            }
        }
    }

    /**
     * What comes first after the last day of the first episode: the same medicine again, or another one.
     *
     * @param switchTo names of the study's records or cohorts
     * @param days the ends of the stretches after the last day, ascending; who is not followed until the last of them is not counted
     */
    record Changes(List<String> switchTo, List<Integer> days) {
        public Changes {
            switchTo = List.copyOf(switchTo);
            days = ascending(days);
            if (days.isEmpty()) {
                throw new IllegalArgumentException("A change is looked for until some day");
            }
        }
    }

    private static List<Integer> ascending(List<Integer> days) {
        for (int index = 0; index < days.size(); index++) {
            if (days.get(index) <= (index == 0 ? 0 : days.get(index - 1))) {
                throw new IllegalArgumentException("Days ascend from 1");
            }
        }
        return List.copyOf(days);
    }

    /**
     * Who is counted, and on which days.
     *
     * @param target cohort in whose stays days must lie; empty = everybody observed
     * @param priorObservationDays days of observation needed before
     * @param ages disjoint age groups by age, also strata of the results; none = all ages together
     * @param bySex whether women and men are shown apart too
     * @param lookbackDays days read before the study's period, in which an outcome may have begun; empty = those that washout and
     *     observation need
     */
    record Population(
            Optional<String> target,
            int priorObservationDays,
            List<AgeGroup> ages,
            boolean bySex,
            OptionalInt lookbackDays) {
        public Population {
            ages = List.copyOf(ages);
            if (priorObservationDays < 0 || lookbackDays.orElse(0) < 0) {
                throw new IllegalArgumentException("Days before are not negative");
            }
            for (int index = 1; index < ages.size(); index++) {
                if (ages.get(index).from() <= ages.get(index - 1).to()) {
                    throw new IllegalArgumentException("Age groups ascend and do not overlap");
                }
            }
        }
    }

    /**
     * How results are cut by calendar. One kind of interval for each study: figures by month beside figures by year would be sums
     * from which a hidden figure is computed back.
     *
     * @param interval weeks, months, quarters, years, or all days together
     * @param completeIntervals whether intervals that the data do not cover from the first to the last day are left out
     */
    record Calendar(CalendarInterval interval, boolean completeIntervals) {}

    /** How the limits of a rate are made. */
    enum RateLimits {
        /** Garwood's, from the distribution of a Poisson count. */
        EXACT,
        BYAR
    }

    /** When a person must have the outcome. */
    enum Moment {
        /** On some day of the interval. */
        PERIOD,
        /** On its first day. */
        START,
        /** On the day in its middle; of two, the first. */
        MIDDLE,
        /** On its last day. */
        END
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
