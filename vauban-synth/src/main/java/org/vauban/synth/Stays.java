package org.vauban.synth;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.vauban.synth.Care.Stay;
import org.vauban.synth.Insured.Cover;

/**
 * Hospital stays as the national hospital database keeps them, one file of each kind for each year of discharge: B the stay,
 * C whose it was, D other diagnoses, A acts.
 */
final class Stays implements Closeable {
    private static final String STAY =
            "ETA_NUM;RSA_NUM;SOR_ANN;SOR_MOI;DGN_PAL;DGN_REL;GRG_GHM;GHS_NUM;AGE_ANN;COD_SEX;BDI_COD;BDI_DEP;ENT_MOD;"
                    + "SOR_MOD;SEJ_NBJ;NBR_DGN;NBR_ACT";
    private static final String WHOSE =
            "ETA_NUM;RSA_NUM;NIR_ANO_17;EXE_SOI_DTD;EXE_SOI_DTF;ENT_DAT;SOR_DAT;SOR_ANN;SOR_MOI;RNG_NAI;NIR_RET;NAI_RET;"
                    + "SEX_RET;SEJ_RET;FHO_RET;PMS_RET;DAT_RET;COH_NAI_RET;COH_SEX_RET";
    private static final int RETURN_CODES = 9;
    private static final String DIAGNOSES = "ETA_NUM;RSA_NUM;RSS_NUM;DGN_ASS_NUM;ASS_DGN";
    private static final String ACTS = "ETA_NUM;RSA_NUM;ENT_DAT_DEL;CDC_ACT;PHA_ACT;ACV_ACT;NBR_EXE_ACT";

    private static final int FIRST_YEAR = Days.year(Population.FIRST_DAY);
    private static final int YEARS = Days.year(Population.LAST_DAY) - FIRST_YEAR + 1;

    static final String ENTERED_FROM_HOME = "8";

    private final InsurerTable[] stays = new InsurerTable[YEARS];
    private final InsurerTable[] whose = new InsurerTable[YEARS];
    private final InsurerTable[] diagnoses = new InsurerTable[YEARS];
    private final InsurerTable[] acts = new InsurerTable[YEARS];

    Stays(Path folder, Compression compression) throws IOException {
        for (int year = 0; year < YEARS; year++) {
            String name = "T_MCO" + (FIRST_YEAR + year) % 100;
            stays[year] = new InsurerTable(folder, name + "B", STAY, compression);
            whose[year] = new InsurerTable(folder, name + "C", WHOSE, compression);
            diagnoses[year] = new InsurerTable(folder, name + "D", DIAGNOSES, compression);
            acts[year] = new InsurerTable(folder, name + "A", ACTS, compression);
        }
    }

    /** The name of the table of stays that end on a day. */
    static String tableOf(int lastDay) {
        return "T_MCO" + Days.year(lastDay) % 100 + "B";
    }

    long rows() {
        long rows = 0;
        for (int year = 0; year < YEARS; year++) {
            rows += stays[year].rows() + whose[year].rows() + diagnoses[year].rows() + acts[year].rows();
        }
        return rows;
    }

    /** Writes a stay under the pseudonym of a cover, and gives its row in its year's table of stays. */
    long write(FrenchLife life, Cover cover, Stay stay) throws IOException {
        return write(
                life,
                cover,
                stay,
                new Oddity(Hospital.ALL.get(stay.hospital()).number(), cover.pseudonym(), stay.group(), -1));
    }

    /** The same with something odd about it. */
    long write(FrenchLife life, Cover cover, Stay stay, Oddity oddity) throws IOException {
        int year = Days.year(stay.lastDay()) - FIRST_YEAR;
        Civil civil = life.insured().civil();
        long number = stays[year].rows() + 1;
        int age = (int) ((stay.day() - civil.birthDay()) / PlantedModel.DAYS_PER_YEAR);
        stays[year].ascii(oddity.hospital()).number(number).number(Days.year(stay.lastDay()));
        month(stays[year], stay.lastDay());
        stays[year]
                .ascii(withoutDot(stay.diagnosis()))
                .empty()
                .ascii(oddity.group())
                .empty()
                .number(Math.max(0, age))
                .ascii(civil.male() ? "1" : "2")
                .ascii(civil.home().postcode())
                .ascii(civil.home().code().substring(0, 2))
                .ascii(ENTERED_FROM_HOME)
                .ascii(stay.died() ? "9" : "8")
                .number(stay.lastDay() - stay.day())
                .number(1 + stay.associated().size())
                .number(stay.acts().size());
        long row = stays[year].end();
        whose(year, oddity, number, cover, stay);
        int place = 0;
        for (String associated : stay.associated()) {
            diagnoses[year]
                    .ascii(oddity.hospital())
                    .number(number)
                    .number(1)
                    .number(++place)
                    .ascii(withoutDot(associated))
                    .end();
        }
        for (String act : stay.acts()) {
            acts[year]
                    .ascii(oddity.hospital())
                    .number(number)
                    .number(0)
                    .ascii(act)
                    .ascii("0")
                    .ascii("1")
                    .number(1)
                    .end();
        }
        return row;
    }

    private void whose(int year, Oddity oddity, long number, Cover cover, Stay stay) throws IOException {
        InsurerTable table = whose[year];
        table.ascii(oddity.hospital())
                .number(number)
                .ascii(oddity.pseudonym())
                .date(stay.day())
                .date(stay.lastDay())
                .date(stay.day())
                .date(stay.lastDay())
                .number(Days.year(stay.lastDay()));
        month(table, stay.lastDay());
        table.number(cover.rank());
        for (int code = 0; code < RETURN_CODES; code++) {
            table.number(code == oddity.wrongReturnCode() ? 1 : 0);
        }
        table.end();
    }

    /** Two digits. */
    private static void month(InsurerTable table, int day) throws IOException {
        int month = Days.month(day);
        table.ascii(month < 10 ? "0" + month : Integer.toString(month));
    }

    /** The national databases write ICD-10 without the dot. */
    static String withoutDot(String code) {
        int dot = code.indexOf('.');
        return dot < 0 ? code : code.substring(0, dot) + code.substring(dot + 1);
    }

    @Override
    public void close() throws IOException {
        for (int year = 0; year < YEARS; year++) {
            stays[year].close();
            whose[year].close();
            diagnoses[year].close();
            acts[year].close();
        }
    }

    /**
     * What the national database says about where and whose.
     *
     * @param wrongReturnCode which of the nine return codes is not zero, or -1
     */
    record Oddity(String hospital, String pseudonym, String group, int wrongReturnCode) {}
}
