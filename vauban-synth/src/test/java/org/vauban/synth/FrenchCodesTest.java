package org.vauban.synth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hand-picked codes against the national lists, and written tables against the national schema; not run without them. */
class FrenchCodesTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void everyBoxIsInTheNationalDrugListUnderItsSubstance() throws IOException {
        Map<String, List<String>> national = new HashMap<>();
        for (Map<String, String> row : nomenclature("IR_PHA_R.csv.gz", ",")) {
            national.put(
                    row.get("PHA_CIP_C13"),
                    List.of(
                            Objects.requireNonNull(row.get("PHA_PRS_IDE")),
                            Objects.requireNonNull(row.get("PHA_ATC_C07"))));
        }

        assertThat(Drug.all())
                .hasSizeGreaterThan(60)
                .allSatisfy(drug -> assertThat(national.get(drug.cip13()))
                        .as("%s", drug)
                        .isEqualTo(List.of(drug.cip7(), drug.atc())));
    }

    @Test
    void everyDiagnosisActGroupServiceAndTownIsInItsNationalList() throws IOException {
        Set<String> diagnoses = codes("IR_CIM_V.csv.gz", "CIM_COD");
        Set<String> acts = codes("IR_CCAM_V63.csv.gz", "CAM_PRS_IDE_COD");
        Set<String> groups = codes("MS_GM9_V.csv", "GM9_GHM_COD");
        Set<String> services = codes("IR_NAT_V.csv", "PRS_NAT");
        Set<String> towns = nomenclature("IR_GEO_V.csv.gz", ";").stream()
                .map(row -> row.get("GEO_DPT_COD") + row.get("GEO_COM_COD"))
                .collect(Collectors.toSet());
        GeneratedFrance france = GeneratedFrance.of(1_500, 3, folder);

        TreeSet<String> usedGroups = new TreeSet<>();
        TreeSet<String> usedDiagnoses = new TreeSet<>();
        TreeSet<String> usedActs = new TreeSet<>();
        for (int year = 12; year <= 22; year++) {
            france.table("T_MCO" + year + "B").forEach(row -> {
                usedGroups.add(row.at("GRG_GHM"));
                usedDiagnoses.add(row.at("DGN_PAL"));
            });
            france.table("T_MCO" + year + "D").forEach(row -> usedDiagnoses.add(row.at("ASS_DGN")));
            france.table("T_MCO" + year + "A").forEach(row -> usedActs.add(row.at("CDC_ACT")));
        }
        france.table("KI_CCI_R").forEach(row -> usedDiagnoses.add(row.at("DCD_CIM_COD")));
        Disease.ALL.forEach(disease -> usedDiagnoses.add(Stays.withoutDot(disease.code())));
        Stream.of(PlantedCodes.BLEEDING, PlantedCodes.ULCER, PlantedCodes.RENAL_DISEASE)
                .flatMap(List::stream)
                .forEach(code -> usedDiagnoses.add(Stays.withoutDot(code)));
        TreeSet<String> usedServices = new TreeSet<>();
        france.table("ER_PRS_F").forEach(row -> usedServices.add(row.at("PRS_NAT_REF")));

        assertThat(diagnoses).containsAll(usedDiagnoses);
        assertThat(acts).containsAll(usedActs);
        assertThat(groups).containsAll(usedGroups);
        assertThat(services).containsAll(usedServices);
        assertThat(towns)
                .containsAll(Town.all().stream()
                        .map(town -> town.department() + town.commune())
                        .toList());
        assertThat(usedDiagnoses).hasSizeGreaterThan(40);
    }

    @Test
    void everyTableKeepsToTheNationalSchema() throws IOException {
        Path schemas = RepositoryFolders.shared().resolve("data/snds/schema-snds");
        GeneratedFrance france = GeneratedFrance.of(400, 3, folder);
        Map<String, String> tables = new HashMap<>();
        for (String name : List.of("ER_PRS_F", "ER_PHA_F", "IR_BEN_R", "IR_IMB_R", "KI_CCI_R")) {
            tables.put(name, name);
        }
        for (int year = 12; year <= 22; year++) {
            for (String kind : List.of("A", "B", "C", "D")) {
                tables.put("T_MCO" + year + kind, "T_MCOaa" + kind);
            }
        }
        List<String> problems = new ArrayList<>();
        for (Map.Entry<String, String> table : tables.entrySet()) {
            try (Stream<Path> found = Files.walk(schemas)) {
                Path schema = found.filter(path -> path.endsWith(table.getValue() + ".json"))
                        .findFirst()
                        .orElseThrow();
                problems.addAll(problems(table.getKey(), schema, france));
            }
        }

        assertThat(problems).isEmpty();
    }

    private static List<String> problems(String table, Path schemaFile, GeneratedFrance france) throws IOException {
        Map<?, ?> schema = (Map<?, ?>) Objects.requireNonNull(Json.read(Files.readString(schemaFile)));
        Map<String, Map<?, ?>> fields = new HashMap<>();
        for (Object field : (List<?>) Objects.requireNonNull(schema.get("fields"))) {
            fields.put(String.valueOf(((Map<?, ?>) field).get("name")), (Map<?, ?>) field);
        }
        List<String> problems = new ArrayList<>();
        List<String> header =
                List.of(france.lines("cnam/" + table + ".csv.gz").getFirst().split(";", -1));
        if (schema.get("primaryKey") instanceof List<?> keys) {
            keys.stream()
                    .filter(key -> !header.contains(String.valueOf(key)))
                    .forEach(key -> problems.add(table + " lacks the key " + key));
        }
        for (String column : header) {
            Map<?, ?> field = fields.get(column);
            if (field == null) {
                problems.add(table + " has a column of its own: " + column);
                continue;
            }
            String type = String.valueOf(field.get("type"));
            String length = String.valueOf(field.get("length"));
            TreeSet<String> wrong = france.table(table).stream()
                    .map(row -> row.at(column))
                    .filter(value -> !value.isEmpty() && !fits(value, type, length))
                    .collect(Collectors.toCollection(TreeSet::new));
            if (!wrong.isEmpty()) {
                problems.add(table + "." + column + " is not of type " + type + " and length " + length);
            }
        }
        return problems;
    }

    private static boolean fits(String value, String type, String length) {
        int most = length.matches("\\d+") ? Integer.parseInt(length) : Integer.MAX_VALUE;
        return switch (type) {
            case "string" -> value.length() <= most;
            case "integer" -> value.matches("-?\\d+") && value.replace("-", "").length() <= most;
            case "number" -> value.matches("-?\\d+(\\.\\d+)?");
            case "year" -> value.matches("\\d{4}");
            case "yearmonth" -> value.matches("\\d{6}");
            case "boolean" -> value.matches("[01]");
            case "date", "datetime" -> value.matches(most == 2 ? "\\d{2}" : "\\d{4}-\\d{2}-\\d{2}");
            default -> false;
        };
    }

    private static Set<String> codes(String file, String column) throws IOException {
        return nomenclature(file, ";").stream()
                .map(row -> Objects.requireNonNull(row.get(column), column))
                .collect(Collectors.toSet());
    }

    private static List<Map<String, String>> nomenclature(String name, String delimiter) throws IOException {
        Path file =
                RepositoryFolders.shared().resolve("data/snds/nomenclatures").resolve(name);
        List<Map<String, String>> rows = new ArrayList<>();
        try (InputStream bytes = Files.newInputStream(file);
                BufferedReader reader = new BufferedReader(new InputStreamReader(
                        name.endsWith(".gz") ? new GZIPInputStream(bytes) : bytes, StandardCharsets.UTF_8))) {
            List<String> header = cells(Objects.requireNonNull(reader.readLine()), delimiter);
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                List<String> cells = cells(line, delimiter);
                Map<String, String> row = new HashMap<>();
                for (int at = 0; at < Math.min(header.size(), cells.size()); at++) {
                    row.put(header.get(at), cells.get(at));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    private static List<String> cells(String line, String delimiter) {
        return Arrays.stream(line.split(delimiter + "(?=([^\"]*\"[^\"]*\")*[^\"]*$)", -1))
                .map(cell -> cell.replace("\"", ""))
                .toList();
    }
}
