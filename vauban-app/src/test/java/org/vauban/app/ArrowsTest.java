package org.vauban.app;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.vauban.app.api.PlantedShortcut;

/** Holds the code to the map in {@link Arrows}, and ARCHITECTURE.md to it as well. */
class ArrowsTest {
    private static final String ROOT = "org.vauban.";

    private static final JavaClasses PRODUCTION = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.vauban");

    /** Doors may ask the hub and show what it answers; they never evaluate. */
    private static final ArchRule DOORS_HOLD_NO_EVALUATOR = noClasses()
            .that()
            .resideInAnyPackage(
                    "org.vauban.app",
                    "org.vauban.app.api..",
                    "org.vauban.app.page..",
                    "org.vauban.app.cli..",
                    "org.vauban.app.server..",
                    "org.vauban.app.demo..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.vauban.cohort.compiled..", "org.vauban.cohort.reference..")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("org.vauban.cohort.CohortEvaluator")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("org.vauban.study.StudyRunner");

    @Test
    void theTestSawTheWholeHouse() {
        assertThat(PRODUCTION.size()).isGreaterThan(600);
        assertThat(packagesOfTheCode()).isEqualTo(new TreeSet<>(Arrows.map().keySet()));
    }

    @Test
    void everyArrowOfTheCodeIsInTheMap() {
        Map<String, Set<String>> beyond = new TreeMap<>();
        for (JavaClass type : PRODUCTION) {
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                String from = name(type.getPackageName());
                String to = dependency.getTargetClass().getBaseComponentType().getPackageName();
                boolean drawn = !to.startsWith(ROOT)
                        || from.equals(name(to))
                        || Arrows.map().getOrDefault(from, Set.of()).contains(name(to));
                if (!drawn) {
                    beyond.computeIfAbsent(from + " → " + name(to), _ -> new TreeSet<>())
                            .add(type.getSimpleName());
                }
            }
        }

        assertThat(beyond)
                .as("arrows that the map in Arrows does not have, with the classes that draw them")
                .isEmpty();
    }

    @Test
    void theMapHasNoCycle() {
        for (String start : Arrows.map().keySet()) {
            assertThat(reachableFrom(start)).as("what %s reaches", start).doesNotContain(start);
        }
    }

    @Test
    void theDrawingInArchitectureMdIsThisMap() throws IOException {
        Path file = Repository.root().resolve("ARCHITECTURE.md");
        String text = Files.readString(file);
        String begin = "<!-- arrows:begin -->\n";
        int from = text.indexOf(begin) + begin.length();
        int to = text.indexOf("<!-- arrows:end -->");
        String drawing = Arrows.drawing() + "\n";
        if ("write".equals(System.getProperty("vauban.arrows"))) {
            Files.writeString(file, text.substring(0, from) + drawing + text.substring(to));
            return;
        }

        assertThat(text.substring(from, to)).as("`make arrows` draws it again").isEqualTo(drawing);
    }

    @Test
    void noDoorHoldsAnEvaluator() {
        DOORS_HOLD_NO_EVALUATOR.check(PRODUCTION);
    }

    @Test
    void aPlantedShortcutInTheApiIsFound() {
        JavaClasses planted = new ClassFileImporter().importClasses(PlantedShortcut.class);

        assertThatThrownBy(() -> DOORS_HOLD_NO_EVALUATOR.check(planted))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("PlantedShortcut");
    }

    @Test
    void everyPackageIsNullMarked() {
        Set<String> unmarked = new TreeSet<>();
        for (String name : packagesOfTheCode()) {
            JavaPackage javaPackage = PRODUCTION.getPackage(ROOT + name);
            if (!javaPackage.isAnnotatedWith(NullMarked.class)) {
                unmarked.add(name);
            }
        }

        assertThat(unmarked).isEmpty();
    }

    @Test
    void springLivesInTheWebPackagesAndBelowTheControlPlane() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "org.vauban.app.server..",
                        "org.vauban.app.page..",
                        "org.vauban.app.api..",
                        "org.vauban.care..",
                        "org.vauban.control..",
                        "org.vauban.journal..",
                        "org.vauban.people..",
                        "org.vauban.permit..",
                        "org.vauban.desk..",
                        "org.vauban.publication..",
                        "org.vauban.project..",
                        "org.vauban.airlock..",
                        "org.vauban.register..",
                        "org.vauban.objection..",
                        "org.vauban.producer..",
                        "org.vauban.retention..",
                        "org.vauban.reply..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework..")
                .check(PRODUCTION);
        noClasses()
                .that()
                .resideOutsideOfPackages("org.vauban.app..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.springframework..")
                        .and(resideOutsideOfPackages(
                                "org.springframework.jdbc..",
                                "org.springframework.transaction..",
                                "org.springframework.dao..",
                                "org.springframework.security.crypto..")))
                .check(PRODUCTION);
    }

    @Test
    void ledgerCustodianAndGeneratorUseTheJdkAlone() {
        for (String room : Set.of("org.vauban.ledger..", "org.vauban.custodian..", "org.vauban.synth..")) {
            classes()
                    .that()
                    .resideInAPackage(room)
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            room, "java..", "javax..", "jdk.net..", "com.sun.net.httpserver..", "org.jspecify..")
                    .check(PRODUCTION);
        }
    }

    @Test
    void nobodyImportsTheGenerator() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.vauban.synth..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.vauban.synth..")
                .check(PRODUCTION);
    }

    /** What tests plant stays in test sources: no switch of theirs is in what is shipped. */
    @Test
    void nothingThatIsShippedBelongsToTests() {
        noClasses()
                .should()
                .haveSimpleNameStartingWith("Fake")
                .orShould()
                .haveSimpleNameStartingWith("Faulty")
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("org.junit..", "org.assertj..", "net.jqwik..", "com.tngtech.archunit..")
                .check(PRODUCTION);
    }

    private static Set<String> packagesOfTheCode() {
        return PRODUCTION.stream()
                .map(type -> name(type.getPackageName()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> reachableFrom(String start) {
        Set<String> reached = new HashSet<>();
        Deque<String> next = new ArrayDeque<>(Arrows.map().getOrDefault(start, Set.of()));
        while (!next.isEmpty()) {
            String name = next.pop();
            if (reached.add(name)) {
                next.addAll(Arrows.map().getOrDefault(name, Set.of()));
            }
        }
        return reached;
    }

    private static String name(String packageName) {
        return packageName.startsWith(ROOT) ? packageName.substring(ROOT.length()) : packageName;
    }
}
