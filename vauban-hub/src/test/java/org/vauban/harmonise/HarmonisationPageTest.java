package org.vauban.harmonise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.vauban.vocabulary.LocalConcepts;

/** The page that explains the rules says what the program does. */
class HarmonisationPageTest {
    @Test
    void everyRuleStandsOnThePageWithItsSourceAndBothSentences() throws IOException {
        String page = page();

        for (BusinessRule rule : BusinessRule.values()) {
            assertThat(page)
                    .contains("| `" + rule.ruleName() + "` | " + rule.requirement() + ", " + rule.document() + " | "
                            + rule.sentence(Locale.ENGLISH) + " | " + rule.sentence(Locale.FRENCH) + " |");
        }
    }

    @Test
    void theExampleOfAConceptIsRight() throws IOException {
        assertThat(page()).contains(String.format(Locale.ENGLISH, "%,d", LocalConcepts.id("CIM10", "K250")));
    }

    private static String page() throws IOException {
        Path page = Path.of("docs/formats/harmonisation.md");
        return Files.readString(Files.exists(page) ? page : Path.of("..").resolve(page));
    }
}
