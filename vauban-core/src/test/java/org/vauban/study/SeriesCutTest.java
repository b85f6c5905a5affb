package org.vauban.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Which day of a case counts in which window, one line a rule, one character a day.
 *
 * <pre>
 * observed:  O under observation       . not
 * courses:   X a course begins   x it lasts  . none
 * windows:   from start to end of the course: s+0..s+1 is its first two days, e+1..e+2 the two days after it
 * counted:   - outside all windows   p kept apart before a course   1 2 3 a window   . not counted
 * </pre>
 */
class SeriesCutTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            nobody exposed has only other days            | OOOOOO       | ......       | 0 | s+0..s+1          | ------
            the first days of a course are at risk        | OOOOOO       | ..Xxx.       | 0 | s+0..s+1          | --11--
            all days of a course                          | OOOOOO       | ..Xxx.       | 0 | s+0..e+0          | --111-
            days after it too                             | OOOOOO       | ..Xx..       | 0 | s+0..e+1          | --111-
            a window may begin after the course           | OOOOOO       | .Xx...       | 0 | e+1..e+2          | ---11-
            a window ends with the observation            | OOOOOO       | ....Xx       | 0 | s+0..s+9          | ----11
            a course before it reaches into it            | ..OOOO       | X.....       | 0 | s+0..s+3          | ..11--
            a course after it leaves its days before      | OOOO..       | .....X       | 3 | s+0..s+1          | --pp..
            days before a course are kept apart           | OOOOOO       | ...X..       | 2 | s+0..s+0          | -pp1--
            windows are told apart                        | OOOOOOOO     | .Xxxxx..     | 0 | s+0..s+1,s+2..e+0 | -11222--
            of two in one place the later written counts  | OOOOOOOO     | .Xxxxx..     | 0 | s+0..s+3,s+2..e+0 | -11222--
            whatever their days                           | OOOOOOOO     | .Xxxxx..     | 0 | s+2..e+0,s+0..s+3 | -22221--
            a window too late for a short course is none  | OOOOOO       | .X....       | 0 | s+2..e+0          | ------
            two courses have windows of their own         | OOOOOOOO     | .X...X..     | 0 | s+0..s+1          | -11--11-
            of two courses the later one counts           | OOOOOOOO     | .X.X....     | 0 | s+0..s+0,s+1..s+4 | -1212222
            risk counts before days kept apart            | OOOOOOOO     | .X...X..     | 3 | s+0..s+2          | p111p111
            """)
    void daysAndWindows(String rule, String observed, String courses, int before, String windows, String expected) {
        List<Stay> stays = TimeLineTest.stays(observed, 'O', 'O');
        var exposure = new RiskExposure("drug", before, windows(windows));

        List<SeriesCut.Part> parts = SeriesCut.cut(
                stays.getFirst(), List.of(exposure), List.of(TimeLineTest.stays(courses, 'X', 'x')), Optional.empty());

        assertThat(drawn(parts, observed.length(), 0)).as(rule).isEqualTo(expected);
    }

    @Test
    void twoExposuresDoNotHideEachOther() {
        var first = new RiskExposure("one", 0, windows("s+0..s+2"));
        var second = new RiskExposure("two", 1, windows("s+0..s+2"));

        List<SeriesCut.Part> parts = SeriesCut.cut(
                new Stay(0, 7),
                List.of(first, second),
                List.of(TimeLineTest.stays(".X......", 'X', 'x'), TimeLineTest.stays("...X....", 'X', 'x')),
                Optional.empty());

        assertThat(drawn(parts, 8, 0)).isEqualTo("-111----");
        assertThat(drawn(parts, 8, 1)).isEqualTo("--p111--");
    }

    @Test
    void theCalendarCutsWhereAMonthBegins() {
        List<SeriesCut.Part> parts = SeriesCut.cut(
                new Stay(SmallCdm.day("2020-01-30"), SmallCdm.day("2020-03-01")),
                List.of(new RiskExposure("drug", 0, windows("s+0..s+0"))),
                List.of(List.of()),
                Optional.of(CalendarInterval.MONTHS));

        assertThat(parts).extracting(SeriesCut.Part::length).containsExactly(2, 29, 1);
    }

    private static List<RiskExposure.Window> windows(String text) {
        List<RiskExposure.Window> windows = new ArrayList<>();
        for (String each : text.split(",", -1)) {
            String from = each.substring(0, each.indexOf(".."));
            String to = each.substring(each.indexOf("..") + 2);
            windows.add(new RiskExposure.Window(
                    each.replaceAll("[^0-9a-z]", ""),
                    new TimeAtRisk(anchor(from), days(from), anchor(to), days(to), 1)));
        }
        return windows;
    }

    private static TimeAtRisk.Anchor anchor(String point) {
        return point.startsWith("s") ? TimeAtRisk.Anchor.COHORT_START : TimeAtRisk.Anchor.COHORT_END;
    }

    private static int days(String point) {
        return Integer.parseInt(point.substring(1));
    }

    private static String drawn(List<SeriesCut.Part> parts, int days, int exposure) {
        char[] line = ".".repeat(days).toCharArray();
        for (SeriesCut.Part part : parts) {
            for (int day = part.days().start(); day <= part.days().end(); day++) {
                line[day] = switch (part.levels().get(exposure)) {
                    case SeriesCut.OUTSIDE -> '-';
                    case SeriesCut.BEFORE -> 'p';
                    default -> (char) ('0' + part.levels().get(exposure));
                };
            }
        }
        return new String(line);
    }
}
