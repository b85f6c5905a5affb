package org.vauban.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every code has a sentence and a remedy, and every phrase its words, in both languages with the same gaps. */
class ProblemTextsTest {
    private static final Pattern GAP = Pattern.compile("\\{[^}]*}");

    @ParameterizedTest
    @EnumSource
    void aCodeHasASentenceAndARemedyInBothLanguages(ProblemCode code) {
        assertThat(code.name()).satisfies(ProblemTextsTest::isInBothLanguages);
        assertThat(code.name() + ".remedy").satisfies(ProblemTextsTest::isInBothLanguages);
    }

    @ParameterizedTest
    @EnumSource
    void aPhraseHasWordsInBothLanguagesWithTheSameGaps(Phrase phrase) {
        assertThat("phrase." + phrase).satisfies(ProblemTextsTest::isInBothLanguages);
        assertThat(gaps("phrase." + phrase, Locale.ENGLISH)).isEqualTo(gaps("phrase." + phrase, Locale.FRENCH));
    }

    @Test
    void nothingIsTranslatedThatNobodySays() {
        Set<String> known = new TreeSet<>();
        Arrays.stream(ProblemCode.values())
                .flatMap(code -> Stream.of(code.name(), code.name() + ".remedy"))
                .forEach(known::add);
        Arrays.stream(Phrase.values()).forEach(phrase -> known.add("phrase." + phrase));

        assertThat(ProblemTexts.in(Locale.ENGLISH).keySet()).isEqualTo(known);
        assertThat(ProblemTexts.in(Locale.FRENCH).keySet()).isEqualTo(known);
    }

    @Test
    void aPhraseInAProblemIsSaidInTheReadersLanguage() {
        Problem problem = Problem.of(ProblemCode.FIELD_WRONG_TYPE)
                .expected(Phrase.WHOLE_NUMBER)
                .found(Phrase.FROM_TO.with(1, "x"));

        assertThat(problem.sentence(Locale.FRENCH)).isEqualTo("Attendu un nombre entier, trouvé 1 à x.");
        assertThat(problem.sentence(Locale.ENGLISH)).isEqualTo("Expected whole number, found 1 to x.");
        assertThat(problem.arguments()).containsEntry("expected", "whole number");
    }

    private static void isInBothLanguages(String key) {
        assertThat(ProblemTexts.text(key, Locale.ENGLISH)).isNotBlank().isNotEqualTo(key);
        assertThat(ProblemTexts.text(key, Locale.FRENCH)).isNotBlank().isNotEqualTo(key);
    }

    private static Set<String> gaps(String key, Locale language) {
        Set<String> gaps = new TreeSet<>();
        Matcher matcher = GAP.matcher(ProblemTexts.text(key, language));
        while (matcher.find()) {
            gaps.add(matcher.group());
        }
        return gaps;
    }
}
