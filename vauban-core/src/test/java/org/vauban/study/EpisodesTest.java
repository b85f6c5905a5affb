package org.vauban.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vauban.study.TimeLineTest.stays;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How one person uses a medicine, one line a rule, one character a day.
 *
 * <pre>
 * exposures:  X one begins   x it lasts   . none
 * episodes:   A the days of the first, B of the second, and so on, gaps inside them counted   . none
 * </pre>
 */
class EpisodesTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            one exposure is one episode                     | Xxx....... | 1 | AAA.......
            the day after is a gap of 1 and joins           | XxxXxx.... | 1 | AAAAAA....
            with a gap of 0 it is an episode of its own     | XxxXxx.... | 0 | AAABBB....
            a day between is a gap of 2                     | Xxx.Xx.... | 1 | AAA.BB....
            and joins when 2 are allowed, itself counted    | Xxx.Xx.... | 2 | AAAAAA....
            gaps are counted from the day before            | X..X..X... | 3 | AAAAAAA...
            a longer one ends the episode                   | X..X...X.. | 3 | AAAA...B..
            """)
    void exposuresAreJoined(String rule, String exposures, int gap, String expected) {
        List<Stay> episodes = Episodes.joined(stays(exposures, 'X', 'x'), gap);

        assertThat(drawn(episodes, expected.length())).as(rule).isEqualTo(expected);
    }

    @Test
    void anExposureInsideALongerOneChangesNothing() {
        List<Stay> exposures = List.of(new Stay(0, 20), new Stay(3, 5), new Stay(22, 25));

        assertThat(Episodes.joined(exposures, 1)).containsExactly(new Stay(0, 20), new Stay(22, 25));
        assertThat(Episodes.joined(exposures, 2)).containsExactly(new Stay(0, 25));
        assertThat(Episodes.daysCovered(exposures)).isEqualTo(25);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            who never took it is new                        | .....X | ever | yes
            who took it once is not                         | X....X | ever | no
            four free days before the start                 | X....X | 4    | yes
            are not five                                    | X....X | 5    | no
            the last day of the one before counts           | Xx...X | 3    | yes
            and takes a free day                            | Xx...X | 4    | no
            with no free day asked the day before is no bar | XxxxxX | 0    | yes
            but one that still lasts is                     | XxxxxX | 1    | no
            """)
    void aNewUserTookItOnNoneOfTheDaysBefore(String rule, String exposures, String washout, String expected) {
        OptionalInt days = washout.equals("ever") ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(washout));

        boolean found = Episodes.isNew(stays(exposures, 'X', 'x'), exposures.lastIndexOf('X'), days);

        assertThat(found).as(rule).isEqualTo(expected.equals("yes"));
    }

    /** Follow-up begins with the first exposure and lasts to the end of the line. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            an end is known after the days of grace         | Xxx..   | 2 | 3 ended
            a day earlier it is not                         | Xxx.    | 2 | 2 going on
            an exposure in the days of grace goes on        | Xxx..Xx... | 3 | 7 ended
            the last day of grace is one of them            | Xxx..X... | 2 | 3 ended
            and one more joins                              | Xxx..X... | 3 | 6 ended
            covered to the end is never seen to end         | Xxxxxxxx | 2 | 6 going on
            without grace each end is seen                  | Xxx     | 0 | 3 ended
            who is not followed past the grace tells nothing | Xx     | 2 | nothing
            who is followed a day past it tells a day       | Xxx     | 2 | 1 going on
            """)
    void useGoesOnUntilTheGraceIsOver(String rule, String exposures, int grace, String expected) {
        String found = Episodes.persistence(stays(exposures, 'X', 'x'), new Stay(0, exposures.length() - 1), grace)
                .map(each -> each.days() + (each.ended() ? " ended" : " going on"))
                .orElse("nothing");

        assertThat(found).as(rule).isEqualTo(expected);
    }

    /** Gap of 2 allowed. The second line is another medicine. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            nothing comes                                   | Xx........ | .......... | nothing
            the next episode is the same medicine again     | Xx...Xx... | .......... | RESTARTED on day 4
            another medicine that begins is a switch        | Xx........ | ....X..... | SWITCHED on day 3
            one that began before is none                   | Xx........ | Xxxx...... | nothing
            nor one that begins on the last day             | Xx........ | .Xxxx..... | nothing
            the earlier one counts                          | Xx...X.... | ...X...... | SWITCHED on day 2
            here the restart                                | Xx...X.... | ......X... | RESTARTED on day 4
            both on one day are both                        | Xx...X.... | .....X.... | BOTH on day 4
            """)
    void theFirstChangeAfterTheFirstEpisode(String rule, String exposures, String others, String expected) {
        Use use = use(exposures, 2);

        String found = use.firstChange(stays(others, 'X', 'x'))
                .map(each -> each.change() + " on day " + each.day())
                .orElse("nothing");

        assertThat(found).as(rule).isEqualTo(expected);
    }

    @Test
    void whatIsToldOfOnePerson() {
        Use use = use("Xxx.Xx....Xxx...", 2);

        assertThat(use.exposures()).hasSize(3);
        assertThat(drawn(use.episodes(), 16)).isEqualTo("AAAAAA....BBB...");
        assertThat(use.daysOfFirstEpisode()).isEqualTo(6);
        assertThat(use.daysTreated()).isEqualTo(9);
        assertThat(use.firstGap()).hasValue(4);
        // Day 4 is in the episode and not covered.
        assertThat(use.shareCovered(10)).hasValue(0.5);
        assertThat(use.shareCovered(16)).hasValue(0.5);
        assertThat(use.shareCovered(17)).isEmpty();
        assertThat(use.isFollowedAfterFirstEpisode(10)).isTrue();
        assertThat(use.isFollowedAfterFirstEpisode(11)).isFalse();
        assertThat(use).hasToString("Use");
    }

    @Test
    void anExposureCountsThatBeginsInTheFollowUpAndIsCutAtItsEnd() {
        assertThat(Episodes.within(stays("Xxx.XxxxX", 'X', 'x'), new Stay(2, 6)))
                .containsExactly(new Stay(4, 6));
    }

    private static Use use(String exposures, int gap) {
        return Use.of(1, new Stay(0, exposures.length() - 1), stays(exposures, 'X', 'x'), gap, OptionalInt.empty());
    }

    private static String drawn(List<Stay> episodes, int days) {
        char[] line = ".".repeat(days).toCharArray();
        for (int episode = 0; episode < episodes.size(); episode++) {
            Arrays.fill(
                    line, episodes.get(episode).start(), episodes.get(episode).end() + 1, (char) ('A' + episode));
        }
        return new String(line);
    }
}
