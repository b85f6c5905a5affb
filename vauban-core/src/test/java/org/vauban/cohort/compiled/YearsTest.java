package org.vauban.cohort.compiled;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class YearsTest {
    @Test
    void everyDayHasTheYearOfTheCalendarInsideTheTableAndOutside() {
        int first = Math.toIntExact(LocalDate.of(1750, 1, 1).toEpochDay());
        int last = Math.toIntExact(LocalDate.of(2250, 12, 31).toEpochDay());

        for (int day = first; day <= last; day++) {
            assertThat(Years.of(day)).isEqualTo(LocalDate.ofEpochDay(day).getYear());
        }
    }
}
