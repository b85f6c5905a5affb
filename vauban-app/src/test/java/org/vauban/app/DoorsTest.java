package org.vauban.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.vauban.app.api.PlantedDoor;
import org.vauban.app.cli.Branch;
import org.vauban.app.cli.Verb;
import org.vauban.app.cli.Verbs;

/**
 * Every way by which rows of an edition, or exact results of them, reach somebody. Whoever adds one has to write it down here, and then
 * {@link WholePathTest} asks it without a grant.
 */
class DoorsTest {
    /** The verbs that read an edition, by the class that asks the hub. No route reads one. */
    static final Map<String, String> VERBS = Map.of(
            "study run", "app.cli.StudyVerbs$Run",
            "sql explore", "app.cli.SqlVerbs$Explore",
            "sql tabulate", "app.cli.SqlVerbs$Tabulate",
            "project results", "app.cli.ProjectVerbs$Results");

    /** What hands out rows, or results with persons behind them, and who may call it inside the hub. */
    private static final Map<String, Set<String>> HANDED_OUT = Map.of(
            "edition.Edition.read", Set.of("edition.Edition", "publication.Publications"),
            "edition.Sight.of", Set.of("edition.Edition"),
            "publication.Publications.read", Set.of("gate.Gate", "sql.AdHocSql"),
            "project.Projects.evidence", Set.of("airlock.Airlock"));

    /** What a door calls. */
    private static final Set<String> CALLED_BY_DOORS =
            Set.of("gate.Gate.run", "sql.AdHocSql.explore", "sql.AdHocSql.tabulate", "project.Projects.results");

    private static final String ROOT = "org.vauban.";

    private static final JavaClasses PRODUCTION = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.vauban");

    @Test
    void everyVerbAndRouteThatReadsAnEditionIsListed() {
        assertThat(callers(PRODUCTION, CALLED_BY_DOORS)).isEqualTo(Set.copyOf(VERBS.values()));
        assertThat(leaves(Verbs.tree(), "")).containsKeys(VERBS.keySet().toArray(String[]::new));
        VERBS.forEach((verb, type) ->
                assertThat(ROOT + type).isEqualTo(leaves(Verbs.tree(), "").get(verb)));
    }

    @Test
    void insideTheHubOnlyTheGateAndTheSqlRoomOpenAnEdition() {
        HANDED_OUT.forEach((method, who) ->
                assertThat(callers(PRODUCTION, Set.of(method))).as(method).isEqualTo(who));
    }

    @Test
    void aPlantedDoorIsFound() {
        JavaClasses planted = new ClassFileImporter().importClasses(PlantedDoor.class);

        assertThat(callers(planted, CALLED_BY_DOORS)).containsExactly("app.api.PlantedDoor");
    }

    private static Set<String> callers(JavaClasses classes, Set<String> methods) {
        return StreamSupport.stream(classes.spliterator(), false)
                .flatMap(type -> type.getCodeUnitAccessesFromSelf().stream())
                .filter(call -> methods.contains(name(call.getTarget())))
                .map(JavaCodeUnitAccess::getOriginOwner)
                .map(type -> withoutRoot(type.getName()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String name(AccessTarget.CodeUnitAccessTarget target) {
        return withoutRoot(target.getOwner().getName()) + "." + target.getName();
    }

    private static String withoutRoot(String name) {
        return name.startsWith(ROOT) ? name.substring(ROOT.length()) : name;
    }

    /** The class of each verb by the words that are typed. */
    private static Map<String, String> leaves(List<Branch> branches, String before) {
        List<Map.Entry<String, String>> found = new ArrayList<>();
        for (Branch branch : branches) {
            String words = before + branch.name();
            Supplier<? extends Object> verb = branch.verb();
            if (verb.get() instanceof Verb typed) {
                found.add(Map.entry(words, typed.getClass().getName()));
            }
            found.addAll(leaves(branch.under().get(), words + " ").entrySet());
        }
        return found.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
