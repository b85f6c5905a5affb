package org.vauban.harmonise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CodeSystemTest {
    @Test
    void codesHaveTheHierarchyOfTheirPrefixes() {
        assertThat(CodeSystem.ATC.above("M01AH01")).containsExactly("M01AH", "M01A", "M01", "M");
        assertThat(CodeSystem.CIM10.above("K250")).containsExactly("K25", "K");
        assertThat(CodeSystem.CCAM.above("HEQE002")).containsExactly("HEQE", "HE", "H");
        assertThat(CodeSystem.CIP13.above("3400935418487")).isEmpty();
    }

    @Test
    void cim10LosesItsDot() {
        assertThat(CodeSystem.CIM10.written("K25.0")).isEqualTo("K250");
        assertThat(CodeSystem.SNOMED.written(" 314529007 ")).isEqualTo("314529007");
    }

    @Test
    void namesAndNumbersOfPersonsHaveTheFormOfNoVocabulary() {
        for (String text : List.of("DUPONT", "Jean", "185057510212345", "12 rue de la Paix", "")) {
            assertThat(Stream.of(CodeSystem.values())
                            .filter(CodeSystem::isLocal)
                            .filter(system -> system.hasForm(text)))
                    .as(text)
                    .isEmpty();
        }
    }

    @Test
    void everyRuleSaysWhatItDoesInBothLanguagesAndWhereThatIsWritten() {
        for (BusinessRule rule : BusinessRule.values()) {
            assertThat(rule.sentence(Locale.ENGLISH)).endsWith(".").isNotEqualTo(rule.sentence(Locale.FRENCH));
            assertThat(rule.sentence(Locale.FRENCH)).endsWith(".");
            assertThat(rule.requirement()).matches("R\\d\\d");
            assertThat(rule.document()).isNotEmpty();
            assertThat(rule.ruleName()).matches("[a-z0-9]+(-[a-z0-9]+)*");
        }
    }
}
