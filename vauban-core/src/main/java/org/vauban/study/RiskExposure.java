package org.vauban.study;

import java.util.List;

/**
 * An exposure of a self-controlled case series, and the days on which it may change the rate. A day that lies in two windows counts in the
 * one of the later course; of one course, in the window that is written later.
 *
 * @param cohort whose stays are the courses of the exposure
 * @param preExposureDays days before each course that are kept apart: an outcome that changes whether somebody is exposed shows on them; 0 =
 *     none
 * @param windows the days of risk, counted from each course; each is estimated apart
 */
public record RiskExposure(String cohort, int preExposureDays, List<Window> windows) {
    public RiskExposure {
        windows = List.copyOf(windows);
        if (preExposureDays < 0 || windows.isEmpty()) {
            throw new IllegalArgumentException("An exposure has a window of risk, and no negative days before it");
        }
    }

    /**
     * One window.
     *
     * @param name in the letters of a file name, unique in its study
     * @param days from which day to which, both included
     */
    public record Window(String name, TimeAtRisk days) {}
}
