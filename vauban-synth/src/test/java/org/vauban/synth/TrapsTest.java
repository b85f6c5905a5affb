package org.vauban.synth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.synth.GeneratedFrance.Row;

/** The rules that planted errors ask for, applied to the tables alone: they must find the listed rows and no other. */
class TrapsTest {
    private static final List<String> NINE_KEYS = List.of(
            "DCT_ORD_NUM",
            "FLX_DIS_DTD",
            "FLX_EMT_NUM",
            "FLX_EMT_ORD",
            "FLX_EMT_TYP",
            "FLX_TRT_DTD",
            "ORG_CLE_NUM",
            "PRS_ORD_NUM",
            "REM_TYP_AFF");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final Map<String, Set<String>> found = new TreeMap<>();

    @Test
    void everyRuleFindsTheRowsThatAreListedForItAndNoOther() throws IOException {
        GeneratedFrance france = GeneratedFrance.of(2_000, 1707, folder);

        beneficiaries(france);
        claims(france);
        stays(france);
        for (Row row : france.table("KI_CCI_R")) {
            find("unmatched-death", "KI_CCI_R", row, !row.at("DCD_IDT_TOP").equals("1"));
        }
        for (Row row : france.table("IR_IMB_R")) {
            find("ald", "IR_IMB_R", row, !row.at("MED_NCL_IDT").equals("CIM10"));
        }

        Map<String, Set<String>> listed = new TreeMap<>();
        Set<String> rows = new HashSet<>();
        for (Row trap : france.truth("traps")) {
            String row = trap.at("table") + " " + trap.at("row");
            listed.computeIfAbsent(trap.at("trap"), _ -> new TreeSet<>()).add(row);
            assertThat(rows.add(row)).as("%s has one error only", row).isTrue();
        }
        assertThat(found).isEqualTo(listed);
        assertThat(listed).hasSize(Trap.values().length);
        assertThat(listed.values()).allSatisfy(of -> assertThat(of).hasSizeGreaterThanOrEqualTo(5));
    }

    private void beneficiaries(GeneratedFrance france) throws IOException {
        Set<String> lasting = new HashSet<>();
        Set<String> keys = new HashSet<>();
        for (Row row : france.table("IR_BEN_R")) {
            String known = row.at("BEN_NIR_ANO");
            find("person-identifier", "IR_BEN_R", row, !known.isEmpty() && !lasting.add(known));
            find("death-1600", "IR_BEN_R", row, row.at("BEN_DCD_DTE").equals("1600-01-01"));
            assertThat(keys.add(row.at("BEN_NIR_PSA") + row.at("BEN_RNG_GEM"))).isTrue();
        }
    }

    private void claims(GeneratedFrance france) throws IOException {
        Map<String, Row> lines = new HashMap<>();
        for (Row row : france.table("ER_PRS_F")) {
            assertThat(lines.put(row.at(NINE_KEYS), row)).isNull();
            find("fictitious-nir", "ER_PRS_F", row, !row.at("BEN_CDI_NIR").equals("00"));
            find(
                    "expense-qualifier",
                    "ER_PRS_F",
                    row,
                    row.at("DPN_QLF").equals("71") || row.at("PRS_DPN_QLP").equals("71"));
            find("majoration", "ER_PRS_F", row, Integer.parseInt(row.at("CPL_MAJ_TOP")) >= 2);
            find("flow-lag", "ER_PRS_F", row, month(row.at("FLX_DIS_DTD")) - month(row.at("EXE_SOI_DTD")) > 6);
        }
        Set<String> known = france.table("IR_PHA_R").stream()
                .map(row -> row.at("PHA_CIP_C13"))
                .collect(Collectors.toSet());
        Map<String, List<Row>> sameDrugSameDay = new HashMap<>();
        for (Row row : france.table("ER_PHA_F")) {
            Row line = lines.get(row.at(NINE_KEYS));
            String box = row.at("PHA_PRS_C13");
            find("nine-key-join", "ER_PHA_F", row, line == null);
            find("cip7", "ER_PHA_F", row, box.isEmpty());
            find("cip-unknown", "ER_PHA_F", row, !box.isEmpty() && !known.contains(box));
            if (line != null) {
                String group = line.at(List.of("BEN_NIR_PSA", "BEN_RNG_GEM", "EXE_SOI_DTD")) + ";"
                        + (box.isEmpty() ? row.at("PHA_PRS_IDE") : box.substring(5, 12));
                sameDrugSameDay.computeIfAbsent(group, _ -> new ArrayList<>()).add(row);
            }
        }
        sameDrugSameDay.values().forEach(group -> {
            int sum = group.stream()
                    .mapToInt(row -> Integer.parseInt(row.at("PHA_ACT_QSN")))
                    .sum();
            group.forEach(row -> find("regularisation", "ER_PHA_F", row, sum <= 0));
        });
    }

    private void stays(GeneratedFrance france) throws IOException {
        Set<String> sites =
                Hospital.SITES_OF_GROUPS.stream().map(Hospital::number).collect(Collectors.toSet());
        for (int year = 12; year <= 22; year++) {
            Map<String, Row> whose = new HashMap<>();
            for (Row row : france.table("T_MCO" + year + "C")) {
                assertThat(whose.put(row.at(List.of("ETA_NUM", "RSA_NUM")), row))
                        .isNull();
            }
            String table = "T_MCO" + year + "B";
            for (Row row : france.table(table)) {
                Row chained = whose.get(row.at(List.of("ETA_NUM", "RSA_NUM")));
                if (chained == null) {
                    throw new AssertionError("a stay without its row of chaining");
                }
                find(
                        "return-code",
                        table,
                        row,
                        chained.cells().entrySet().stream()
                                .anyMatch(cell -> cell.getKey().endsWith("_RET")
                                        && !cell.getValue().equals("0")));
                find(
                        "not-chained",
                        table,
                        row,
                        chained.at("NIR_ANO_17").equalsIgnoreCase("xxxxxxxxxxxxxxxxx")
                                || chained.at("NIR_ANO_17").equals("XXXXXXXXXXXXXXXXD"));
                find("error-ghm", table, row, row.at("GRG_GHM").startsWith("90"));
                find("duplicate-finess", table, row, sites.contains(row.at("ETA_NUM")) && year <= 17);
            }
        }
    }

    private void find(String rule, String table, Row row, boolean applies) {
        if (applies) {
            found.computeIfAbsent(rule, _ -> new TreeSet<>()).add(table + " " + row.number());
        }
    }

    private static int month(String date) {
        return Integer.parseInt(date, 0, 4, 10) * 12 + Integer.parseInt(date, 5, 7, 10);
    }
}
