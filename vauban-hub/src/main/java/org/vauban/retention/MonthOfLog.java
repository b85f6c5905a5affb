package org.vauban.retention;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;

/**
 * The bodies of a month's entries.
 *
 * @param entries how many entries the month has
 * @param keptUntil the last day on which they must be there
 * @param holds that keep them longer
 */
public record MonthOfLog(YearMonth month, long entries, LocalDate keptUntil, State state, List<HoldId> holds) {
    public MonthOfLog {
        holds = List.copyOf(holds);
    }

    /** Where they stand on the way to their end. */
    public enum State {
        KEPT,
        ASKED,
        DECIDED,
        ERASED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
