package org.vauban.disclosure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vauban.output.DesignChecks;
import org.vauban.output.DesignChecks.Answer;
import org.vauban.output.DesignChecks.Check;
import org.vauban.output.DesignChecks.Found;
import org.vauban.output.DesignChecks.Question;
import org.vauban.output.PersonSet;

/** What of a design's checks may leave: the answers always, a figure when it is of enough persons and not of all but a few. */
class ChecksReviewTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            10, false
            11, true
            12, true
            88, true
            89, true
            90, false
            99, false
            100, true
            """)
    void aFigureOfFewPersonsOrOfAllButAFewIsHiddenAndItsAnswerTold(int counted, boolean told) {
        ShownChecks shown = shown(checks(100, check(Question.EVENT_DEPENDENT_EXPOSURE, Answer.CROSSED, counted)));

        assertThat(shown.checks().getFirst().found().isPresent()).isEqualTo(told);
        assertThat(shown.checks().getFirst().answer()).isEqualTo(Answer.CROSSED);
        assertThat(shown.mustNotBeRead()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"10, false", "11, true"})
    void aDesignOfFewPersonsIsWithheld(int persons, boolean cleared) {
        Verdict verdict = Disclosure.review(
                checks(persons, check(Question.TIME_TREND, Answer.KEPT, persons)), DisclosureRules.standard());

        assertThat(verdict instanceof Cleared).isEqualTo(cleared);
    }

    @Test
    void ofTwoFiguresThatAreAlmostTheSamePersonsOneIsTold() {
        ShownChecks shown = shown(checks(
                100,
                check(Question.EVENT_DEPENDENT_EXPOSURE, Answer.KEPT, 50),
                check(Question.EVENT_DEPENDENT_OBSERVATION, Answer.KEPT, 45)));

        assertThat(shown.checks())
                .extracting(check -> check.found().isPresent())
                .containsExactly(true, false);
    }

    @Test
    void figuresKeepTwoDecimals() {
        ShownChecks shown = shown(checks(100, check(Question.EVENT_DEPENDENT_EXPOSURE, Answer.KEPT, 50)));

        assertThat(shown.checks().getFirst().found())
                .contains(new Found(1.23, OptionalDouble.of(0.99), OptionalDouble.of(1.68)));
    }

    private static ShownChecks shown(DesignChecks checks) {
        return (ShownChecks) ((Cleared) Disclosure.review(checks, DisclosureRules.standard())).content();
    }

    private static DesignChecks checks(int persons, Check... checks) {
        return new DesignChecks("checks", "Bleeding", persons(persons), List.of(checks));
    }

    private static Check check(Question question, Answer answer, int counted) {
        return new Check(
                question,
                "Celecoxib",
                answer,
                Optional.of(new Found(1.23456, OptionalDouble.of(0.98765), OptionalDouble.of(1.6789))),
                1.25,
                persons(counted));
    }

    private static PersonSet persons(int number) {
        return PersonSet.of(LongStream.rangeClosed(1, number).toArray());
    }
}
