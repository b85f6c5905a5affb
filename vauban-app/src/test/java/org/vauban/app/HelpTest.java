package org.vauban.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vauban.app.cli.VerbRunner;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;

/** Help is complete in both languages. */
class HelpTest {
    @ParameterizedTest
    @ValueSource(strings = {"cli/help", "cli/words", "page/pages"})
    void bothLanguagesHaveTheSameTexts(String bundle) throws IOException {
        Properties english = texts(bundle + "_en");
        Properties french = texts(bundle + "_fr");

        assertThat(new TreeSet<>(french.stringPropertyNames())).isEqualTo(new TreeSet<>(english.stringPropertyNames()));
        for (String name : english.stringPropertyNames()) {
            assertThat(gaps(french.getProperty(name))).as(name).isEqualTo(gaps(english.getProperty(name)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "fr"})
    void everyVerbEveryOptionAndEveryArgumentHasAText(String language) {
        List<String> silent = new ArrayList<>();
        var numberOfVerbs = new int[1];
        visit(VerbRunner.whole(Vauban.tree(), Locale.of(language)), silent, numberOfVerbs);

        assertThat(silent).isEmpty();
        assertThat(numberOfVerbs[0]).isGreaterThan(45);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "fr"})
    void helpSpeaksTheLanguage(String language) {
        var terminal = new TestTerminal(Locale.of(language), Path.of(""));

        int status = Vauban.run(terminal, List.of("study", "run", "--help"));

        assertThat(status).isZero();
        assertThat(terminal.written())
                .contains(language.equals("fr") ? "L’étude." : "The study.")
                .contains("--edition")
                .doesNotContain("null");
    }

    private static void visit(CommandLine line, List<String> silent, int[] numberOfVerbs) {
        numberOfVerbs[0]++;
        String verb = line.getCommandSpec().qualifiedName(" ");
        if (line.getCommandSpec().usageMessage().header().length == 0) {
            silent.add(verb);
        }
        for (ArgSpec argument : line.getCommandSpec().args()) {
            if (argument.description().length == 0 || argument.description()[0].isBlank()) {
                silent.add(verb + " " + argument.paramLabel() + " " + argument);
            }
        }
        line.getSubcommands().values().forEach(under -> visit(under, silent, numberOfVerbs));
    }

    private static Properties texts(String name) throws IOException {
        var texts = new Properties();
        try (var stream = Objects.requireNonNull(HelpTest.class.getResourceAsStream(name + ".properties"))) {
            texts.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
        }
        return texts;
    }

    private static Set<String> gaps(String text) {
        Set<String> gaps = new TreeSet<>();
        var matcher = java.util.regex.Pattern.compile("\\{\\d}").matcher(text);
        while (matcher.find()) {
            gaps.add(matcher.group());
        }
        return gaps;
    }
}
