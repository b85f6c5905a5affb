package org.vauban.harmonise;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The tables of the SNDS that are understood, and of each the columns that are read. A column may have other names: extracts for
 * projects write NUM_ENQ for every pseudo-NIR. Columns that a file lacks are absent values; those marked {@code !} it must have.
 */
enum SndsTable {
    IR_PHA_R(
            "IR_PHA_R",
            false,
            "!PHA_CIP_C13 PHA_PRS_IDE !PHA_ATC_C07 PHA_ATC_LIB|PHA_ATC_L07 PHA_NOM_PA units=PHA_UNT_NBR_DSES#"),
    IR_BEN_R(
            "IR_BEN_R",
            false,
            "!BEN_NIR_PSA|NUM_ENQ !BEN_RNG_GEM BEN_NIR_ANO BEN_IDT_ANO BEN_NAI_ANN BEN_NAI_MOI BEN_SEX_COD BEN_DCD_DTE@"
                    + " BEN_RES_DPT BEN_TOP_CNS MAX_TRT_DTD@ RECORD_NUMBER"),
    IR_IMB_R(
            "IR_IMB_R",
            false,
            "!BEN_NIR_PSA|NUM_ENQ !BEN_RNG_GEM !MED_NCL_IDT !MED_MTF_COD !IMB_ALD_DTD@ IMB_ALD_DTF@"),
    ER_PRS_F(
            "ER_PRS_F",
            true,
            "!BEN_NIR_PSA|NUM_ENQ !BEN_RNG_GEM BEN_CDI_NIR !EXE_SOI_DTD@ FLX_DIS_DTD@ PRS_NAT_REF PRS_ACT_QTE# CPL_MAJ_TOP"
                    + " DPN_QLF PRS_DPN_QLP"),
    ER_PHA_F("ER_PHA_F", true, "!PHA_PRS_C13 PHA_PRS_IDE PHA_ACT_QSN#"),
    ER_CAM_F("ER_CAM_F", true, "!CAM_PRS_IDE"),
    ER_BIO_F("ER_BIO_F", true, "!BIO_PRS_IDE BIO_ACT_QSN#"),
    ER_UCD_F("ER_UCD_F", true, "!UCD_UCD_COD UCD_DLV_NBR#"),
    T_MCO_B(
            "T_MCO(\\d\\d|AA)(?:_\\d\\d)?B",
            false,
            "!ETA_NUM !RSA_NUM !DGN_PAL DGN_REL GRG_GHM SOR_MOD SOR_ANN SOR_MOI SEJ_NBJ"),
    T_MCO_C(
            "T_MCO(\\d\\d|AA)(?:_\\d\\d)?C",
            false,
            "!ETA_NUM !RSA_NUM !NIR_ANO_17|NUM_ENQ RNG_NAI EXE_SOI_DTD@ EXE_SOI_DTF@ ENT_DAT@ SOR_DAT@ SOR_ANN SOR_MOI NIR_RET"
                    + " NAI_RET SEX_RET SEJ_RET FHO_RET PMS_RET DAT_RET COH_NAI_RET COH_SEX_RET"),
    T_MCO_D("T_MCO(\\d\\d|AA)(?:_\\d\\d)?D", false, "!ETA_NUM !RSA_NUM !ASS_DGN"),
    T_MCO_A("T_MCO(\\d\\d|AA)(?:_\\d\\d)?A", false, "!ETA_NUM !RSA_NUM !CDC_ACT ENT_DAT_DEL#"),
    KI_CCI_R("KI_CCI_R", false, "!BEN_IDT_ANO BEN_NIR_ANO !DCD_IDT_TOP !BEN_DCD_DTE@ DCD_CIM_COD");

    /** The column that stands for the three keys of a stay. */
    static final String STAY_KEY = "stay_key";

    /** R21: what the tables of stays have in common, beside the year in their name. */
    static final List<String> STAY_KEYS = List.of("ETA_NUM", "RSA_NUM");

    private final Pattern name;
    private final boolean isOfClaims;
    private final List<Column> columns;

    SndsTable(String name, boolean isOfClaims, String columns) {
        this.name = Pattern.compile(name);
        this.isOfClaims = isOfClaims;
        this.columns = Stream.of(columns.split(" ")).map(Column::parse).toList();
    }

    /** How a column is read. */
    enum Type {
        TEXT,
        DAY,
        NUMBER;

        String sql() {
            return switch (this) {
                case TEXT -> "VARCHAR";
                case DAY -> "DATE";
                case NUMBER -> "DOUBLE";
            };
        }
    }

    /**
     * A column that is read.
     *
     * @param name its name here
     * @param names what a file may call it
     * @param required whether a file without it is refused
     */
    record Column(String name, List<String> names, Type type, boolean required) {
        /** {@code !} required, {@code name=SOURCE}, {@code FIRST|OTHER}, {@code @} a day, {@code #} a number. */
        static Column parse(String text) {
            boolean required = text.startsWith("!");
            Type type = text.endsWith("@") ? Type.DAY : text.endsWith("#") ? Type.NUMBER : Type.TEXT;
            String bare = text.substring(required ? 1 : 0, text.length() - (type == Type.TEXT ? 0 : 1));
            int equals = bare.indexOf('=');
            List<String> names = List.of(bare.substring(equals + 1).split("\\|"));
            return new Column(equals < 0 ? names.getFirst() : bare.substring(0, equals), names, type, required);
        }
    }

    static Optional<SndsTable> named(String table) {
        String upper = table.toUpperCase(Locale.ROOT);
        return Stream.of(values())
                .filter(each -> each.name.matcher(upper).matches())
                .findFirst();
    }

    /** The year in the name of a PMSI table. */
    OptionalInt year(String table) {
        Matcher matcher = name.matcher(table.toUpperCase(Locale.ROOT));
        if (!matcher.matches() || matcher.groupCount() < 1 || matcher.group(1).equals("AA")) {
            return OptionalInt.empty();
        }
        int year = Integer.parseInt(matcher.group(1));
        return OptionalInt.of(year >= 70 ? 1900 + year : 2000 + year);
    }

    /** Whether the nine keys of the claims are in it. */
    boolean isOfClaims() {
        return isOfClaims;
    }

    /** Whether a stay's keys are in it. */
    boolean isOfStays() {
        return switch (this) {
            case T_MCO_A, T_MCO_B, T_MCO_C, T_MCO_D -> true;
            case IR_PHA_R, IR_BEN_R, IR_IMB_R, KI_CCI_R, ER_PRS_F, ER_PHA_F, ER_CAM_F, ER_BIO_F, ER_UCD_F -> false;
        };
    }

    /** Whether it is about persons or words rather than care: small, read first, and wanted in every pass. */
    boolean isSmall() {
        return !isOfClaims && !isOfStays();
    }

    List<Column> columns() {
        return columns;
    }

    /** The table's name in the session's schema {@code snds}. */
    String stageName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Every column that a file must have. */
    List<String> required() {
        List<String> required = new ArrayList<>();
        columns.stream()
                .filter(Column::required)
                .forEach(column -> required.add(column.names().getFirst()));
        if (isOfClaims) {
            required.addAll(ClaimRules.NINE_KEYS);
        }
        return required;
    }

    /** The stage, empty: what is read, where from, and the fate that a rule may give. */
    String createSql() {
        var sql =
                new StringBuilder("CREATE OR REPLACE TABLE snds." + stageName() + " (deposit VARCHAR, year INTEGER, ");
        if (isOfClaims) {
            sql.append("claim UHUGEINT, ");
        }
        if (isOfStays()) {
            sql.append(STAY_KEY).append(" UHUGEINT, ");
        }
        columns.forEach(column -> sql.append(column.name())
                .append(' ')
                .append(column.type().sql())
                .append(", "));
        return sql.append("fate VARCHAR)").toString();
    }
}
