package org.vauban.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Which days of a person are at risk, one line a rule, one character a day.
 *
 * <pre>
 * observed:  O under observation       . not
 * outcome:   X it begins   x it lasts  . none
 * at risk:   = a day at risk   ! a day at risk on which the outcome begins   . not at risk
 * </pre>
 */
class TimeLineTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            nobody without observation is at risk          | ...... | X..... | ever | no  | ......
            without an outcome all days count              | OOOOOO | ...... | ever | no  | ======
            the day of the event is a day at risk          | OOOOOO | ..X... | ever | no  | ==!...
            an event on the first day counts               | OOOOOO | X..... | ever | no  | !.....
            an event on the last day counts                | OOOOOO | .....X | ever | no  | =====!
            one event is the last                          | OOOOOO | .X..X. | 0    | no  | =!....
            an outcome before bars for ever                | ..OOOO | X..... | ever | no  | ......
            and in a later period of observation           | OO..OO | .X.... | ever | no  | =!....
            an outcome seen while not observed bars too    | OO..OO | ..X... | ever | no  | ==....
            the washout runs from the last day of it       | ..OOOOOO | Xx...... | 2 | no  | ....====
            without washout the day after it is at risk    | ..OOOOOO | XxxxxX.. | 0 | yes | .....!==
            who has it on entry is at risk when it ends    | ..OOOO | Xxxx.. | 0    | no  | ....==
            who has it to the end is never at risk         | ..OOOO | Xxxxxx | 0    | no  | ......
            a washout that ends before entry takes nothing | ...OOO | X..... | 2    | no  | ...===
            one that ends a day later takes a day          | ...OOO | X..... | 3    | no  | ....==
            events are repeated after their washout        | OOOOOOOO | .X....X. | 1 | yes | =!.===!.
            an outcome in the washout is no event          | OOOOOOOOOO | .X.X...... | 2 | yes | =!....====
            and its own washout counts                     | OOOOOOOOOO | .X.X.X.... | 2 | yes | =!......==
            the last day of a washout is not at risk       | OOOOOO | X..X.. | 2    | yes | !..!..
            a day earlier the outcome falls into it        | OOOOOO | X.X... | 2    | yes | !....=
            two periods of observation are both at risk    | OO..OO | ...... | ever | no  | ==..==
            an event may come in the second                | OO..OO | ....X. | ever | no  | ==..!.
            after an event in the first there is no second | OO..OO | .X.... | 0    | no  | =!....
            unless events are repeated                     | OO..OO | .X.... | 1    | yes | =!..==
            a washout reaches across the gap               | OO..OO | .X.... | 3    | yes | =!...=
            """)
    void daysAtRisk(String rule, String observed, String outcome, String washout, String repeated, String expected) {
        List<TimeLine.AtRisk> atRisk = TimeLine.atRisk(
                stays(observed, 'O', 'O'),
                stays(outcome, 'X', 'x'),
                washout.equals("ever") ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(washout)),
                repeated.equals("yes"));

        assertThat(drawn(atRisk, expected.length())).as(rule).isEqualTo(expected);
    }

    @Test
    void observationBeforeIsAskedOfEachPeriod() {
        assertThat(line(TimeLine.afterDays(stays("OOOOOO..OOOO", 'O', 'O'), 3), 12))
                .isEqualTo("...OOO.....O");
        assertThat(line(TimeLine.afterDays(stays("OOO", 'O', 'O'), 3), 3)).isEqualTo("...");
    }

    @Test
    void overlappingPeriodsOfObservationAreOneAndTouchingOnesAreTwo() {
        assertThat(TimeLine.merged(List.of(new Stay(0, 5), new Stay(3, 4), new Stay(5, 8), new Stay(9, 9))))
                .containsExactly(new Stay(0, 8), new Stay(9, 9));
    }

    @Test
    void daysThatAreInBothAreKept() {
        List<Stay> both = TimeLine.both(stays("OOOO..OOOO", 'O', 'O'), stays("..XxxxxX..", 'X', 'x'));

        assertThat(line(both, 10)).isEqualTo("..OO..OO..");
    }

    /** Begins at {@code first}, goes on with {@code next}; where both are one letter, a run is one stay. */
    static List<Stay> stays(String line, char first, char next) {
        List<Stay> stays = new ArrayList<>();
        for (int day = 0; day < line.length(); day++) {
            char each = line.charAt(day);
            boolean goesOn = each == next && day > 0 && line.charAt(day - 1) != '.';
            if (goesOn) {
                stays.add(new Stay(stays.removeLast().start(), day));
            } else if (each == first) {
                stays.add(new Stay(day, day));
            }
        }
        return stays;
    }

    private static String line(List<Stay> stays, int days) {
        char[] line = ".".repeat(days).toCharArray();
        stays.forEach(stay -> Arrays.fill(line, stay.start(), stay.end() + 1, 'O'));
        return new String(line);
    }

    private static String drawn(List<TimeLine.AtRisk> atRisk, int days) {
        char[] line = ".".repeat(days).toCharArray();
        for (TimeLine.AtRisk risk : atRisk) {
            Arrays.fill(line, risk.days().start(), risk.days().end() + 1, '=');
            if (risk.event()) {
                line[risk.days().end()] = '!';
            }
        }
        return new String(line);
    }
}
