package org.vauban.study.overtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a day of follow-up has of an exposure, one line a rule, one character a day from day 0 on.
 *
 * <pre>
 * taken:   X exposed   . not
 * asked:   current with days of grace, recency with the last days of bands, steps of days in all, taken again every so many days
 * has:     - nothing yet   1 2 3 a level (current is 1, then the bands)   with a lag all of it later
 * </pre>
 */
class ExposureRowsTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            exposed on the days themselves           | ..XX...... | current  | 0 | 0   | --11------
            and for days of grace after              | ..XX...... | current  | 0 | 2   | --1111----
            grace joins two courses                  | .X.X...... | current  | 0 | 1   | -1111-----
            a lag moves everything later             | ..XX...... | current  | 3 | 0   | -----11---
            never exposed                            | .......... | current  | 0 | 5   | ----------
            recency goes from band to band           | .XX....... | recency  | 0 | 2,4 | -112233444
            a new course begins again                | .X...X.... | recency  | 0 | 2,4 | -122312233
            recency with a lag                       | .X........ | recency  | 2 | 2   | ---1223333
            days in all never fall                   | .X.XX.X... | steps    | 0 | 1,3 | -112223333
            and are counted again every so often     | .X.XX.X... | steps3   | 0 | 1,3 | ---2223333
            days in all with a lag                   | .XXX...... | steps    | 2 | 1,2 | ---1233333
            the future is told from the first day    | .....X.... | ever     | 0 | 0   | 1111111111
            """)
    void whatADayHas(String rule, String taken, String asked, int lag, String numbers, String has) {
        List<Integer> days =
                Stream.of(numbers.split(",", -1)).map(Integer::valueOf).toList();
        ExposureMeasure measure = switch (asked) {
            case "current" -> new ExposureMeasure.Current(lag, days.getFirst());
            case "recency" -> new ExposureMeasure.Recency(lag, days);
            case "steps" -> new ExposureMeasure.CumulativeSteps(lag, days, 1);
            case "steps3" -> new ExposureMeasure.CumulativeSteps(lag, days, 3);
            default -> new ExposureMeasure.Ever();
        };

        ExposureRows rows = ExposureRows.of(List.of(new History(taken.length(), false, courses(taken))), measure);

        char[] line = ".".repeat(taken.length()).toCharArray();
        for (ExposureRows.Row row : rows.rows()) {
            Arrays.fill(line, row.from(), row.to() + 1, row.exposure() == 0 ? '-' : (char) ('0' + row.exposure()));
        }
        assertThat(new String(line)).as(rule).isEqualTo(has);
    }

    @Test
    void theEventIsOnTheLastDayOfTheLastRowAlone() {
        ExposureRows rows =
                ExposureRows.of(List.of(new History(6, true, courses("..XX..."))), new ExposureMeasure.Current(0, 0));

        assertThat(rows.rows())
                .containsExactly(
                        new ExposureRows.Row(0, 0, 1, 0, false),
                        new ExposureRows.Row(0, 2, 3, 1, false),
                        new ExposureRows.Row(0, 4, 5, 0, true));
    }

    @Test
    void coursesBeforeFollowUpAreRemembered() {
        var before = new History(3, false, List.of(new History.Course(-10, -5)));

        assertThat(new ExposureMeasure.Recency(0, List.of(6)).on(before, 0)).isEqualTo(2);
        assertThat(new ExposureMeasure.Recency(0, List.of(6)).on(before, 2)).isEqualTo(3);
        assertThat(new ExposureMeasure.CumulativeSteps(0, List.of(5), 1).on(before, 0))
                .isEqualTo(2);
    }

    @Test
    void onlyTheFutureHasImmortalDays() {
        List<History> persons = List.of(
                new History(10, false, courses(".....X....")),
                new History(10, true, courses("..........")),
                new History(4, true, courses(".......X..")));

        assertThat(ExposureRows.of(persons, new ExposureMeasure.Ever()).immortalDays(persons))
                .isEqualTo(5);
        for (ExposureMeasure measure : List.of(
                new ExposureMeasure.Current(0, 3),
                new ExposureMeasure.Recency(1, List.of(2)),
                new ExposureMeasure.CumulativeSteps(0, List.of(1), 2))) {
            assertThat(ExposureRows.of(persons, measure).immortalDays(persons)).isZero();
        }
    }

    static List<History.Course> courses(String taken) {
        List<History.Course> courses = new ArrayList<>();
        for (int day = 0; day < taken.length(); day++) {
            if (taken.charAt(day) == 'X') {
                courses.add(new History.Course(day, day));
            }
        }
        return courses;
    }
}
