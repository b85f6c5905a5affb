package org.vauban.study;

/** The words for what is told of the use of a medicine, as they stand in outputs. Reports translate them by their pattern. */
final class UseLabels {
    static final String SINCE_TARGET = "Days from the entry to the first exposure";
    static final String EXPOSURES = "Exposures";
    static final String EPISODES = "Episodes";
    static final String FIRST_EPISODE = "Days of the first episode";
    static final String TREATED = "Days in episodes";
    static final String FIRST_GAP = "Days between first and second episode";
    static final String CHANGES = "After the first episode";
    static final String SEVERAL = "Several of them";
    static final String NONE_OF_THEM = "None of them";
    static final String NEITHER = "No change in these days";

    private UseLabels() {}

    static String covered(int days) {
        return "Share of " + days + " days covered";
    }

    static String more(int least) {
        return least + " or more";
    }

    static String indications(DayWindow window) {
        return "Indication, " + days(window.fromDay(), window.toDay());
    }

    static String change(Use.Change change, int fromDay, int toDay) {
        return switch (change) {
                    case RESTARTED -> "Same medicine again, ";
                    case SWITCHED -> "Another medicine, ";
                    case BOTH -> "Both on one day, ";
                }
                + days(fromDay, toDay);
    }

    private static String days(int fromDay, int toDay) {
        return "days " + fromDay + " to " + toDay;
    }
}
