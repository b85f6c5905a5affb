package org.vauban.cohort;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.vauban.vocabulary.VocabularyTest;

/** Every trap has a test, and every test that the decision on Circe's bugs names is there. */
class TrapsTest {
    private static final int TRAPS = 24;

    private static final List<Class<?>> TESTS = List.of(
            AttributeMeaningTest.class,
            AttritionMeaningTest.class,
            BugMeaningTest.class,
            CohortReaderTest.class,
            CountingMeaningTest.class,
            EntryMeaningTest.class,
            ExitMeaningTest.class,
            GroupMeaningTest.class,
            LimitMeaningTest.class,
            OverlapMeaningTest.class,
            WindowMeaningTest.class,
            VocabularyTest.class);

    @Test
    void everyTrapHasATest() {
        SortedMap<Integer, List<String>> byTrap = new TreeMap<>();
        for (Class<?> tests : TESTS) {
            for (Method method : tests.getDeclaredMethods()) {
                Trap trap = method.getAnnotation(Trap.class);
                if (trap != null) {
                    assertThat(method.isAnnotationPresent(Test.class))
                            .as("%s is run", method.getName())
                            .isTrue();
                    for (int number : trap.value()) {
                        byTrap.computeIfAbsent(number, _ -> new ArrayList<>()).add(method.getName());
                    }
                }
            }
        }

        assertThat(byTrap.keySet())
                .as("traps with a test: %s", byTrap)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, TRAPS).boxed().toList());
    }

    @Test
    void everyTestThatTheDecisionOnCircesBugsNamesIsThere() throws IOException {
        Set<String> there = new TreeSet<>();
        for (Class<?> tests : TESTS) {
            for (Method method : tests.getDeclaredMethods()) {
                there.add(tests.getSimpleName() + "." + method.getName());
            }
        }
        Set<String> named = new TreeSet<>();
        Matcher matcher = Pattern.compile("`(\\w+Test\\.\\w+)`")
                .matcher(Files.readString(Path.of("..", "docs", "adr", "0012-circe-bugs.md")));
        while (matcher.find()) {
            named.add(matcher.group(1));
        }

        assertThat(named).hasSizeGreaterThan(10).allMatch(there::contains);
    }
}
