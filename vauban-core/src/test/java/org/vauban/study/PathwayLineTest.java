package org.vauban.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * From eras to a path, one line a rule, one character a day.
 *
 * <pre>
 * A, B, C:  the days of each treatment      . none
 * cut:      a, b, c the treatment alone     1 a and b   2 a and c   3 b and c   7 all three   . none
 * path:     treatments in their order, + for those at a time
 * </pre>
 */
class PathwayLineTest {

    /** An overlap of 3 days is a combination, and a part lasts 2 days at least. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            one treatment is a path of one step                 | AAAA...... | .......... | .......... | aaaa......
            one after the other                                 | AAAA...... | ....BBBB.. | .......... | aaaabbbb..
            a gap between them is nothing                       | AA........ | ....BBBB.. | .......... | aa..bbbb..
            an overlap of two days is a switch                  | AAAAA..... | ...BBBBB.. | .......... | aaabbbbb..
            of three days a combination                         | AAAAAA.... | ...BBBBB.. | .......... | aaa111bb..
            the second may end first                            | AAAAAAAAAA | ..BBBB.... | .......... | aa1111aaaa
            both may begin together                             | AAAAAAAA.. | BBBB...... | .......... | 1111aaaa..
            and end together                                    | AAAAAAAA.. | ....BBBB.. | .......... | aaaa1111..
            the same days are a combination and nothing else    | AAAA...... | AAAA...... | .......... | 1111......
            a short one inside is no switch                     | AAAAAAAAAA | ....BB.... | .......... | aaaa11aaaa
            even near the end, where it is too short to stay    | AAAAAAAAAA | ........B. | .......... | aaaaaaaa..
            a part of one day is left out                       | AAAAAA.... | .BBBBBBBBB | .......... | .11111bbbb
            and so is a combination of one day                  | AAAAAAAAAA | ....B..... | .......... | aaaa.aaaaa
            an era of one day that nothing cuts stays           | A......... | ...BBBB... | .......... | a..bbbb...
            what a switch leaves of one day does not            | AAA....... | .BBBBBBBBB | .......... | .bbbbbbbbb
            three at a time                                     | AAAAAAAAAA | ..BBBBBBBB | ....CCCCCC | aa11777777
            in turns                                            | AAAAAA.... | ...BBBBBB. | ......CCCC | aaa111333.
            """)
    void erasAreCut(String rule, String a, String b, String c, String expected) {
        List<PathwayLine.Era> eras = new ArrayList<>();
        add(eras, 1, a);
        add(eras, 2, b);
        add(eras, 4, c);

        assertThat(drawn(PathwayLine.cut(eras, 3, 2), expected.length()))
                .as(rule)
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}, at most {2}")
    @CsvSource(delimiter = '|', textBlock = """
            aabbaa..aa | FIRST   | 5 | a b
            aabbaa..aa | CHANGES | 5 | a b a
            aabbaa..aa | ALL     | 5 | a b a a
            aabbaa..aa | ALL     | 2 | a b
            aa11bb11aa | FIRST   | 5 | a a+b b
            aa11bb11aa | CHANGES | 5 | a a+b b a+b a
            .......... | ALL     | 5 | nothing
            """)
    void aPathKeepsWhatIsAskedFor(String line, String kept, int longest, String expected) {
        List<PathwayLine.Era> eras = new ArrayList<>();
        for (int day = 0; day < line.length(); day++) {
            char each = line.charAt(day);
            if (each != '.' && (day == 0 || line.charAt(day - 1) != each)) {
                int end = day;
                while (end < line.length() && line.charAt(end) == each) {
                    end++;
                }
                eras.add(new PathwayLine.Era(each == '1' ? 3 : 1 << each - 'a', day, end));
            }
        }

        String found = PathwayLine.path(eras, Design.Kept.valueOf(kept), longest).stream()
                .map(step -> step == 3 ? "a+b" : step == 1 ? "a" : "b")
                .collect(Collectors.joining(" "));

        assertThat(found.isEmpty() ? "nothing" : found).isEqualTo(expected);
    }

    /** The example that TreatmentPatterns' own page on good practice draws: ends are not counted there, as here. */
    @Test
    void theExampleOfTreatmentPatternsIsCutAsItsPageSays() {
        var second = new PathwayLine.Era(1, 0, 19); // 1 to 20 January
        var third = new PathwayLine.Era(2, 21, 58); // 22 January to 28 February
        var fourth = new PathwayLine.Era(4, 50, 62); // 20 February to 3 March

        List<PathwayLine.Era> ten = PathwayLine.cut(List.of(second, third, fourth), 5, 10);
        List<PathwayLine.Era> five = PathwayLine.cut(List.of(second, third, fourth), 5, 5);

        assertThat(PathwayLine.path(ten, Design.Kept.ALL, 5)).containsExactly(1, 2);
        assertThat(PathwayLine.path(five, Design.Kept.ALL, 5)).containsExactly(1, 2, 2 | 4);
    }

    private static void add(List<PathwayLine.Era> eras, int treatment, String line) {
        for (Stay stay : TimeLineTest.stays(line.replaceAll("[A-C]", "O"), 'O', 'O')) {
            eras.add(new PathwayLine.Era(treatment, stay.start(), stay.end() + 1));
        }
    }

    private static String drawn(List<PathwayLine.Era> line, int days) {
        char[] drawn = ".".repeat(days).toCharArray();
        for (PathwayLine.Era era : line) {
            char letter = switch (era.treatments()) {
                case 1 -> 'a';
                case 2 -> 'b';
                case 4 -> 'c';
                case 3 -> '1';
                case 5 -> '2';
                case 6 -> '3';
                default -> '7';
            };
            Arrays.fill(drawn, era.start(), era.end(), letter);
        }
        return new String(drawn);
    }
}
