package org.vauban.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.vauban.study.SmallCdm.BLEEDING;
import static org.vauban.study.SmallCdm.CELECOXIB;
import static org.vauban.study.SmallCdm.CONTROL;
import static org.vauban.study.SmallCdm.DICLOFENAC;
import static org.vauban.study.SmallCdm.FEMALE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.cohort.EvaluationProgress;
import org.vauban.cohort.compiled.CompiledEvaluator;
import org.vauban.cohort.reference.ReferenceEvaluator;
import org.vauban.output.AttritionFlow;
import org.vauban.output.Pathways;
import org.vauban.trajectory.TrajectorySource;

/** Treatment pathways: a few persons by hand, random ones against a slow second way, and the example on GiBleed. */
class PathwayStudyTest {
    private static final String DESIGN = """
            type: treatment-pathways
            target: gi-bleed
            treatments: [celecoxib, diclofenac, third]
            prior-observation-days: 30
            follow-up-days: 365
            era-collapse-days: 10
            least-era-days: 5
            combination-days: 20
            least-part-days: 8
            kept: changes
            longest-path: 4
            """;

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void copiesTheExamples() throws IOException {
        try (Stream<Path> files = Files.list(Examples.folder("gibleed"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, folder.resolve(Objects.requireNonNull(file.getFileName())));
            }
        }
    }

    @Test
    void aFewPersonsByHand() {
        var data = new SmallCdm()
                .person(1, 1970, FEMALE) // One after the other; the era before the bleeding does not count.
                .observed("2009-01-01", "2011-12-31")
                .has(BLEEDING, "2010-01-01")
                .takes(DICLOFENAC, "2009-12-01", "2009-12-20")
                .takes(CELECOXIB, "2010-01-01", "2010-01-31")
                .takes(DICLOFENAC, "2010-03-01", "2010-03-31")
                .person(2, 1970, FEMALE) // 31 days of both.
                .observed("2009-01-01", "2011-12-31")
                .has(BLEEDING, "2010-01-01")
                .takes(CELECOXIB, "2010-01-01", "2010-03-31")
                .takes(DICLOFENAC, "2010-03-01", "2010-05-31")
                .person(3, 1970, FEMALE) // Four days are no era.
                .observed("2009-01-01", "2011-12-31")
                .has(BLEEDING, "2010-01-01")
                .takes(CELECOXIB, "2010-01-01", "2010-01-04")
                .person(4, 1970, FEMALE) // Two eras of one treatment, far apart, are no change.
                .observed("2009-01-01", "2011-12-31")
                .has(BLEEDING, "2010-01-01")
                .takes(CELECOXIB, "2010-01-01", "2010-01-31")
                .takes(CELECOXIB, "2010-06-01", "2010-06-30")
                .takes(DICLOFENAC, "2011-01-01", "2011-01-31") // After the follow-up.
                .person(5, 1970, FEMALE) // Not observed long enough before.
                .observed("2009-12-15", "2011-12-31")
                .has(BLEEDING, "2010-01-01");

        StudyResults results = run(DESIGN, data);

        assertThat(lines(results))
                .containsExactlyInAnyOrder(
                        "celecoxib - diclofenac: 1",
                        "celecoxib - celecoxib + diclofenac - diclofenac: 1",
                        "nothing: 1",
                        "celecoxib: 1");
        assertThat(results.attrition().arms().getFirst().steps())
                .extracting(AttritionFlow.Step::label, step -> step.remaining().size())
                .containsExactly(tuple("Original cohort", 5), tuple("30 days of observation before", 4));
        assertThat(results.toString() + results.outputs()).doesNotContain("=");
    }

    /** The same with sets of days instead of first and last ones, on persons made up from fixed seeds. */
    @Test
    void aPlainCountWithSetsOfDaysAgrees() {
        for (long seed = 20261123; seed < 20261143; seed++) {
            var random = new Random(seed);
            var data = new SmallCdm().buckets(3);
            var expected = new TreeMap<String, Integer>();
            for (int id = 1; id <= 30; id++) {
                data.person(id, 1970, FEMALE)
                        .observed("2009-01-01", "2011-12-31")
                        .has(BLEEDING, "2010-01-01");
                int first = SmallCdm.day("2010-01-01");
                List<Plain> eras = new ArrayList<>();
                int[] drugs = {CELECOXIB, DICLOFENAC, CONTROL};
                for (int drug = 0; drug < drugs.length; drug++) {
                    List<BitSet> begun = new ArrayList<>();
                    for (int count = random.nextInt(4); count > 0; count--) {
                        int start = random.nextInt(430) - 30;
                        int end = start + random.nextInt(90);
                        data.takes(drugs[drug], date(first + start), date(first + end));
                        if (start >= 0 && start < 365) {
                            var days = new BitSet();
                            days.set(start, end + 1);
                            begun.add(days);
                        }
                    }
                    for (BitSet era : Plain.joined(begun, 10)) {
                        if (era.length() - era.nextSetBit(0) >= 5) {
                            eras.add(new Plain(1 << drug, era));
                        }
                    }
                }
                expected.merge(Plain.path(eras), 1, Integer::sum);
            }

            var found = new TreeMap<String, Integer>();
            for (String line : lines(run(DESIGN, data))) {
                String[] parts = line.split(": ", -1);
                found.put(parts[0], Integer.parseInt(parts[1]));
            }
            assertThat(found).as("seed " + seed).isEqualTo(expected);
        }
    }

    /** A treatment, or several, with the set of its days. */
    private record Plain(int treatments, BitSet days) {
        int first() {
            return days.nextSetBit(0);
        }

        int after() {
            return days.length();
        }

        /** Fills gaps of fewer than so many free days, on one sheet of days. */
        static List<BitSet> joined(List<BitSet> all, int gap) {
            var sheet = new BitSet();
            all.forEach(sheet::or);
            List<BitSet> found = new ArrayList<>();
            for (int day = sheet.nextSetBit(0); day >= 0; day = sheet.nextSetBit(day + 1)) {
                if (found.isEmpty() || day - found.getLast().length() >= gap) {
                    found.add(new BitSet());
                }
                BitSet last = found.getLast();
                last.set(last.isEmpty() ? day : last.length(), day + 1);
            }
            return found;
        }

        static String path(List<Plain> eras) {
            List<Plain> line = new ArrayList<>(eras);
            while (cutOnce(line)) {
                line.sort(Comparator.comparingInt(Plain::first));
            }
            line.sort(Comparator.comparingInt(Plain::first));
            List<String> names = new ArrayList<>();
            for (Plain era : line) {
                String name = name(era.treatments());
                if (names.isEmpty() || !names.getLast().equals(name)) {
                    names.add(name);
                }
            }
            return names.isEmpty() ? "nothing" : String.join(" - ", names.subList(0, Math.min(4, names.size())));
        }

        private static boolean cutOnce(List<Plain> line) {
            line.sort(Comparator.comparingInt(Plain::first)
                    .thenComparingInt(Plain::after)
                    .thenComparingInt(Plain::treatments));
            for (int place = 1; place < line.size(); place++) {
                Plain one = line.get(place - 1);
                Plain two = line.get(place);
                if (one.days().intersects(two.days())) {
                    line.remove(two);
                    line.remove(one);
                    boolean twoInside = two.after() <= one.after();
                    boolean oneInside = one.first() == two.first();
                    List<Plain> parts = new ArrayList<>();
                    if (one.after() - two.first() < 20 && !twoInside && !oneInside) {
                        BitSet rest = (BitSet) one.days().clone();
                        rest.clear(two.first(), Integer.MAX_VALUE);
                        parts.add(new Plain(one.treatments(), rest));
                        line.add(two);
                    } else {
                        BitSet both = (BitSet) one.days().clone();
                        both.and(two.days());
                        for (Plain each : List.of(one, two)) {
                            BitSet before = (BitSet) each.days().clone();
                            before.clear(both.nextSetBit(0), Integer.MAX_VALUE);
                            parts.add(new Plain(each.treatments(), before));
                            BitSet after = (BitSet) each.days().clone();
                            after.clear(0, both.length());
                            parts.add(new Plain(each.treatments(), after));
                        }
                        parts.add(new Plain(one.treatments() | two.treatments(), both));
                    }
                    parts.stream()
                            .filter(part -> part.days().cardinality() >= 8)
                            .forEach(line::add);
                    return true;
                }
            }
            return false;
        }

        private static String name(int treatments) {
            List<String> names = new ArrayList<>();
            for (int each = 0; each < 3; each++) {
                if ((treatments & 1 << each) != 0) {
                    names.add(List.of("celecoxib", "diclofenac", "third").get(each));
                }
            }
            return String.join(" + ", names);
        }
    }

    @Test
    void theExampleOnGiBleedGivesPathsThatAddUp() {
        Path data = SharedReference.folder("data/omop/gibleed_5.3.zip");
        StudyDefinition study = StudyDefinition.read(Examples.folder("gibleed").resolve("PATHWAYS.yaml"));

        StudyResults results = StudyRunner.run(
                StudyPlanner.plan(study), new ZippedCdm(data, 4), new CompiledEvaluator(), EvaluationProgress.SILENT);

        assertThat(lines(results))
                .hasSize(19)
                .startsWith(
                        "nothing: 1116",
                        "Acetaminophen | Paracétamol: 904",
                        "Ibuprofen | Ibuprofène: 158",
                        "Naproxen | Naproxène: 139",
                        "Ibuprofen | Ibuprofène - Acetaminophen | Paracétamol: 60");
        assertThat(((Pathways) results.findings().getFirst()).everybody().size())
                .isEqualTo(results.attrition()
                        .arms()
                        .getFirst()
                        .steps()
                        .getLast()
                        .remaining()
                        .size())
                .isEqualTo(2630);
    }

    private StudyResults run(String design, TrajectorySource data) {
        String text = """
                study: small
                title: A few persons
                cohorts:
                  gi-bleed: {definition: gi-bleed.json}
                records:
                  celecoxib: {table: drug_era, concepts: [%d]}
                  diclofenac: {table: drug_era, concepts: [%d]}
                  third: {table: drug_era, concepts: [%d]}
                design:
                """.formatted(CELECOXIB, DICLOFENAC, CONTROL) + design.indent(2);
        try {
            Files.writeString(folder.resolve("SMALL.yaml"), text);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        return StudyRunner.run(
                StudyPlanner.plan(StudyDefinition.read(folder.resolve("SMALL.yaml"))),
                data,
                new ReferenceEvaluator(),
                EvaluationProgress.SILENT);
    }

    private static List<String> lines(StudyResults results) {
        return ((Pathways) results.findings().getFirst())
                .rows().stream()
                        .map(row -> (row.steps().isEmpty()
                                        ? "nothing"
                                        : String.join(
                                                " - ",
                                                row.steps().stream()
                                                        .map(step -> String.join(" + ", step.treatments()))
                                                        .toList()))
                                + ": " + row.persons().size())
                        .toList();
    }

    private static String date(int day) {
        return LocalDate.ofEpochDay(day).toString();
    }
}
