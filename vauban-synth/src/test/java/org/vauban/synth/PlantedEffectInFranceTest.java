package org.vauban.synth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.synth.GeneratedFrance.Row;

class PlantedEffectInFranceTest {
    private static final int MONTHS_BEFORE_DAYS = 182;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void aCrudeComparisonMissesThePlantedEffectAndAnAdjustedOneFindsIt() throws IOException {
        for (long seed : new long[] {Generation.DEFAULT_SEED, 2}) {
            PerfectStudy study = PerfectStudy.of(perfect(20_000, seed));
            List<SmallCox.Subject> subjects = study.subjects();
            SmallCox.Fit crude = study.crude();
            SmallCox.Fit adjusted = study.adjusted();

            System.out.printf(
                    "seed %d: users %d, target %.0f, events %d; crude %.3f [%.3f, %.3f]; adjusted %.3f [%.3f, %.3f], se %.3f%n",
                    seed,
                    subjects.size(),
                    subjects.stream()
                            .mapToDouble(subject -> subject.covariates()[0])
                            .sum(),
                    subjects.stream().filter(SmallCox.Subject::event).count(),
                    crude.hazardRatio(0),
                    crude.low(0),
                    crude.high(0),
                    adjusted.hazardRatio(0),
                    adjusted.low(0),
                    adjusted.high(0),
                    adjusted.standardErrors()[0]);
            assertThat(subjects).hasSizeGreaterThan(7_000);
            assertThat(crude.low(0)).isGreaterThan(0.9);
            assertThat(adjusted.standardErrors()[0]).isLessThanOrEqualTo(0.15);
            assertThat(Math.log(adjusted.hazardRatio(0) / PlantedModel.CONDITIONAL_HAZARD_RATIO))
                    .isBetween(-2.5 * adjusted.standardErrors()[0], 2.5 * adjusted.standardErrors()[0]);
        }
    }

    /** Drug, days, event and every covariate of every new user must be in the insurer's tables, whoever the person is. */
    @Test
    void theInsurersTablesShowEachNewUserAsThePerfectPipelineSeesThem() throws IOException {
        GeneratedFrance france = GeneratedFrance.of(2_000, 1707, folder);
        Map<String, String> person = france.truth("who_is_who").stream()
                .filter(row -> row.at("producer").equals("cnam"))
                .collect(Collectors.toMap(row -> row.at("local_id"), row -> row.at("person")));
        Map<String, TreeMap<Integer, String>> studied = new HashMap<>();
        Map<String, TreeSet<Integer>> anticoagulant = new HashMap<>();
        Map<String, TreeSet<Integer>> bleeding = new HashMap<>();
        Map<String, TreeSet<Integer>> ulcer = new HashMap<>();
        Map<String, TreeSet<Integer>> renal = new HashMap<>();
        readDeliveries(france, person, studied, anticoagulant);
        readStays(france, person, bleeding, ulcer, renal);

        int compared = 0;
        for (Row user : france.truth("perfect")) {
            String who = user.at("person");
            TreeMap<Integer, String> deliveries = studied.getOrDefault(who, new TreeMap<>());
            int index = user.day("first_day");
            assertThat(deliveries).as("person %s", who).isNotEmpty();
            assertThat(deliveries.firstKey()).isEqualTo(index);
            assertThat(deliveries.firstEntry().getValue())
                    .isEqualTo(user.at("received").equals("target") ? "M01AH01" : "M01AB05");
            assertThat(within(anticoagulant, who, index)).isEqualTo(user.at("anticoagulant"));
            assertThat(within(ulcer, who, index)).isEqualTo(user.at("prior_ulcer"));
            assertThat(within(renal, who, index)).isEqualTo(user.at("renal_disease"));
            TreeSet<Integer> bleedings = bleeding.getOrDefault(who, new TreeSet<>());
            assertThat(bleedings.floor(index) != null ? "1" : "0").isEqualTo(user.at("bled_before"));
            int lastDay = index + Integer.parseInt(user.at("days_at_risk")) - 1;
            Integer first = bleedings.higher(index);
            assertThat(first != null && first <= lastDay ? "1" : "0").isEqualTo(user.at("event"));
            if (user.at("event").equals("1")) {
                assertThat(first).isEqualTo(lastDay);
            }
            compared++;
        }
        assertThat(compared).isGreaterThan(700);
        assertThat(studied).hasSize(compared);
    }

    /** Only clean rows: those listed as planted errors are left out. */
    private static void readDeliveries(
            GeneratedFrance france,
            Map<String, String> person,
            Map<String, TreeMap<Integer, String>> studied,
            Map<String, TreeSet<Integer>> anticoagulant)
            throws IOException {
        TreeSet<Long> errors = errors(france, "ER_PHA_F", List.of("nine-key-join", "regularisation"));
        Map<String, String> atc = new HashMap<>();
        for (Row row : france.table("IR_PHA_R")) {
            atc.put(row.at("PHA_CIP_C13"), row.at("PHA_ATC_C07"));
            atc.put(row.at("PHA_PRS_IDE"), row.at("PHA_ATC_C07"));
        }
        List<String> keys = List.of("DCT_ORD_NUM", "PRS_ORD_NUM");
        Map<String, Row> lines = new HashMap<>();
        for (Row row : france.table("ER_PRS_F")) {
            lines.put(row.at(keys), row);
        }
        for (Row row : france.table("ER_PHA_F")) {
            if (errors.contains(row.number())) {
                continue;
            }
            Row line = Optional.ofNullable(lines.get(row.at(keys))).orElseThrow();
            String who = Optional.ofNullable(person.get(line.at("BEN_NIR_PSA") + "|" + line.at("BEN_RNG_GEM")))
                    .orElseThrow();
            String box = row.at("PHA_PRS_C13").isEmpty() ? row.at("PHA_PRS_IDE") : row.at("PHA_PRS_C13");
            String substance = atc.getOrDefault(box, "");
            if (substance.equals("M01AH01") || substance.equals("M01AB05")) {
                studied.computeIfAbsent(who, _ -> new TreeMap<>()).putIfAbsent(line.day("EXE_SOI_DTD"), substance);
            } else if (substance.startsWith("B01AA03") || substance.startsWith("B01AF02")) {
                anticoagulant.computeIfAbsent(who, _ -> new TreeSet<>()).add(line.day("EXE_SOI_DTD"));
            }
        }
    }

    private static void readStays(
            GeneratedFrance france,
            Map<String, String> person,
            Map<String, TreeSet<Integer>> bleeding,
            Map<String, TreeSet<Integer>> ulcer,
            Map<String, TreeSet<Integer>> renal)
            throws IOException {
        for (int year = 12; year <= 22; year++) {
            String table = "T_MCO" + year + "B";
            TreeSet<Long> errors =
                    errors(france, table, List.of("return-code", "not-chained", "error-ghm", "duplicate-finess"));
            List<Row> whose = france.table("T_MCO" + year + "C");
            for (Row row : france.table(table)) {
                if (errors.contains(row.number())) {
                    continue;
                }
                Row chained = whose.get((int) row.number() - 1);
                assertThat(chained.at("RSA_NUM")).isEqualTo(row.at("RSA_NUM"));
                String who = Optional.ofNullable(person.get(chained.at("NIR_ANO_17") + "|" + chained.at("RNG_NAI")))
                        .orElseThrow();
                String diagnosis = row.at("DGN_PAL");
                Map<String, TreeSet<Integer>> kind = PlantedCodes.BLEEDING.stream()
                                .map(Stays::withoutDot)
                                .anyMatch(diagnosis::equals)
                        ? bleeding
                        : PlantedCodes.ULCER.stream().map(Stays::withoutDot).anyMatch(diagnosis::equals)
                                ? ulcer
                                : diagnosis.startsWith("N18") ? renal : new HashMap<>();
                kind.computeIfAbsent(who, _ -> new TreeSet<>()).add(chained.day("EXE_SOI_DTD"));
            }
        }
        for (Row row : france.table("IR_IMB_R")) {
            if (row.at("MED_MTF_COD").startsWith("N18")) {
                String who = Optional.ofNullable(person.get(row.at("BEN_NIR_PSA") + "|" + row.at("BEN_RNG_GEM")))
                        .orElseThrow();
                renal.computeIfAbsent(who, _ -> new TreeSet<>()).add(row.day("IMB_ALD_DTD"));
            }
        }
    }

    private static TreeSet<Long> errors(GeneratedFrance france, String table, List<String> traps) throws IOException {
        return france.truth("traps").stream()
                .filter(row -> row.at("table").equals(table) && traps.contains(row.at("trap")))
                .map(row -> Long.valueOf(row.at("row")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String within(Map<String, TreeSet<Integer>> days, String who, int index) {
        Integer last = days.getOrDefault(who, new TreeSet<>()).lower(index);
        return last != null && last >= index - MONTHS_BEFORE_DAYS ? "1" : "0";
    }

    private Path perfect(int persons, long seed) throws IOException {
        Path truth = Files.createDirectories(folder.resolve("seed-" + seed));
        Population population = new Population(seed, Census.FRANCE);
        try (FrenchTruth written = new FrenchTruth(truth)) {
            for (long number = 1; number <= persons; number++) {
                written.add(FrenchHistory.of(population.draw(number), seed));
            }
        }
        return truth.resolve(FrenchTruth.PERFECT);
    }
}
