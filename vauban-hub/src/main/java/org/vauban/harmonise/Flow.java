package org.vauban.harmonise;

import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Rows that are on their way between two steps. What belongs to a claim or a stay is gathered by the digest of its key; joined with it,
 * and what belongs to a person from the beginning, is gathered by person. Numbers stand in the place of long words, since these rows
 * are many.
 */
enum Flow {
    CLAIM("claim", "person BIGINT, day DATE"),
    DISPENSED("claim", "pair INTEGER, boxes DOUBLE"),
    TECHNICAL_ACT("claim", "code VARCHAR"),
    LABORATORY_ACT("claim", "code VARCHAR"),
    HOSPITAL_DRUG("claim", "code VARCHAR, quantity DOUBLE"),
    T_MCO_B(SndsTable.T_MCO_B),
    T_MCO_C(SndsTable.T_MCO_C),
    T_MCO_D(SndsTable.T_MCO_D),
    T_MCO_A(SndsTable.T_MCO_A),
    TOWN_VISIT("person", "day DATE, nature VARCHAR"),
    DELIVERY("person", "day DATE, pair INTEGER, boxes DOUBLE"),
    TOWN_ACT("person", "day DATE, code VARCHAR"),
    TOWN_MEASUREMENT("person", "day DATE, code VARCHAR"),
    TOWN_DRUG("person", "day DATE, code VARCHAR, quantity DOUBLE"),
    STAY(
            "person",
            "stay BIGINT, year INTEGER, ETA_NUM VARCHAR, RSA_NUM VARCHAR, DGN_PAL VARCHAR, DGN_REL VARCHAR,"
                    + " GRG_GHM VARCHAR, start_day DATE, end_day DATE"),
    STAY_DIAGNOSIS("person", "stay BIGINT, code VARCHAR"),
    STAY_ACT("person", "stay BIGINT, code VARCHAR, delay DOUBLE"),
    FHIR_FACT(
            "person",
            "resource VARCHAR, deposit INTEGER, id VARCHAR, encounter VARCHAR, vocabulary VARCHAR, code VARCHAR,"
                    + " atc VARCHAR, medication VARCHAR, start_day DATE, end_day DATE, days INTEGER, number DOUBLE,"
                    + " unit VARCHAR, value_vocabulary VARCHAR, value_code VARCHAR, class VARCHAR"),
    FHIR_DIAGNOSIS("person", "deposit INTEGER, condition VARCHAR, rank INTEGER");

    private final String key;
    private final String columns;

    Flow(String key, String columns) {
        this.key = key;
        this.columns = key + (key.equals("person") ? " BIGINT, " : " UHUGEINT, ") + columns;
    }

    Flow(SndsTable table) {
        this.key = SndsTable.STAY_KEY;
        this.columns = key + " UHUGEINT, place BIGINT, year INTEGER, "
                + table.columns().stream()
                        .map(column -> column.name() + ' ' + column.type().sql())
                        .collect(Collectors.joining(", "));
    }

    /** The name of its table in the session. */
    String table() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isByPerson() {
        return key.equals("person");
    }

    /** The column by whose value its rows are gathered. */
    String key() {
        return key;
    }

    /** How many columns it has. */
    int width() {
        return Math.toIntExact(columns.chars().filter(c -> c == ',').count()) + 1;
    }

    /** Makes its table, empty. */
    String createSql(String table) {
        return "CREATE OR REPLACE TABLE " + table + " (" + columns + ')';
    }
}
