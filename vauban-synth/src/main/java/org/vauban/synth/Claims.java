package org.vauban.synth;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.vauban.synth.Care.Delivery;
import org.vauban.synth.Care.Kind;
import org.vauban.synth.Care.TownVisit;
import org.vauban.synth.Insured.Cover;

/**
 * Bills of doctors and pharmacies: one row of {@code ER_PRS_F} per line, and for a medicine one of {@code ER_PHA_F} under the
 * same nine keys. Lines of one day share a statement.
 */
final class Claims implements Closeable {
    private static final String KEYS =
            "DCT_ORD_NUM;FLX_DIS_DTD;FLX_EMT_NUM;FLX_EMT_ORD;FLX_EMT_TYP;FLX_TRT_DTD;ORG_CLE_NUM;PRS_ORD_NUM;REM_TYP_AFF";
    private static final int KEYS_COUNT = 9;
    private static final String BENEFICIARY =
            "BEN_NIR_PSA;BEN_RNG_GEM;BEN_SEX_COD;BEN_NAI_ANN;BEN_RES_DPT;BEN_RES_COM;BEN_CMU_TOP;ORG_AFF_BEN;RGM_COD;"
                    + "RGM_GRG_COD;BEN_DCD_DTE;BEN_DCD_AME";
    private static final int BENEFICIARY_COUNT = 12;
    private static final String LINE =
            "BEN_CDI_NIR;BEN_AMA_COD;EXE_SOI_DTD;EXE_SOI_DTF;PRE_PRE_DTD;PRS_NAT_REF;PRS_ACT_QTE;CPL_MAJ_TOP;DPN_QLF;"
                    + "PRS_DPN_QLP;EXO_MTF;PFS_EXE_NUM;PFS_PRE_NUM;PSE_SPE_COD;PSP_SPE_COD;ETB_PRE_FIN;BSE_REM_MNT;"
                    + "PRS_PAI_MNT";
    private static final String MEDICINE = "PHA_PRS_C13;PHA_PRS_IDE;PHA_ACT_QSN;PHA_DEC_TOP;PHA_ORD_NUM";

    private static final int PHARMACY_65_PERCENT = 3313;
    private static final int PHARMACY_100_PERCENT = 3311;
    private static final int PHARMACIST = 50;
    private static final int PAID_IN_FULL = 42;
    static final String ORDINARY_NIR = "00";

    /** Until this day pharmacies also sent the older code of seven digits. */
    static final int OLDER_CODE_UNTIL = Population.day(2014, 6, 30);

    /** A statement has at most so many lines. */
    static final int MOST_LINES = 99;

    /** The last two keys, number of the line in its statement and kind of its supplement, written out once. */
    private static final byte[][] LINES = new byte[MOST_LINES + 1][];

    private static final byte[] ONE = {'1'};
    private static final byte[][] ORGANISATIONS = new byte[97][];

    static {
        for (int line = 0; line <= MOST_LINES; line++) {
            LINES[line] = (line + ";1").getBytes(StandardCharsets.US_ASCII);
        }
        for (int number = 0; number < ORGANISATIONS.length; number++) {
            ORGANISATIONS[number] = ("01C" + (751_001 + number)).getBytes(StandardCharsets.US_ASCII);
        }
    }

    private final InsurerTable lines;
    private final InsurerTable medicines;
    private long statement;
    private int lineInStatement;

    /** The keys of the statement, with room behind them for those of a line. */
    private final byte[] keys = new byte[128];

    private int keysLength;

    Claims(Path folder, Compression compression) throws IOException {
        this.lines = new InsurerTable(folder, "ER_PRS_F", KEYS + ";" + BENEFICIARY + ";" + LINE, compression);
        this.medicines = new InsurerTable(folder, "ER_PHA_F", KEYS + ";" + MEDICINE, compression);
    }

    long numberOfLines() {
        return lines.rows();
    }

    long numberOfMedicines() {
        return medicines.rows();
    }

    /**
     * Begins a statement.
     *
     * @param flowMonth the first day of the month in which it reached the data
     */
    void beginStatement(int flowMonth) {
        statement++;
        lineInStatement = 0;
        keysLength = 0;
        key(statement);
        key(Days.written(flowMonth));
        key(ONE);
        key(1 + statement % 9999);
        key(ONE);
        key(Days.written(flowMonth - 9));
        key(ORGANISATIONS[(int) (statement % ORGANISATIONS.length)]);
    }

    private void key(byte[] value) {
        System.arraycopy(value, 0, keys, keysLength, value.length);
        keysLength += value.length;
        keys[keysLength++] = ';';
    }

    private void key(long number) {
        int from = keysLength;
        for (long left = number; left > 0 || keysLength == from; left /= 10) {
            System.arraycopy(keys, from, keys, from + 1, keysLength - from);
            keys[from] = (byte) ('0' + left % 10);
            keysLength++;
        }
        keys[keysLength++] = ';';
    }

    /** The beneficiary's part of every line, put together once. */
    static Beneficiary beneficiary(FrenchLife life, Cover cover) {
        Civil civil = life.insured().civil();
        String death = "";
        String monthOfDeath = "";
        if (life.deathDay().isPresent()) {
            int day = life.deathDay().getAsInt();
            death = new String(Days.written(day), StandardCharsets.US_ASCII);
            monthOfDeath = Integer.toString(Days.year(day) * 100 + Days.month(day));
        }
        byte[] text = String.join(
                        ";",
                        cover.pseudonym(),
                        Integer.toString(cover.rank()),
                        civil.male() ? "1" : "2",
                        Integer.toString(Days.year(civil.birthDay())),
                        civil.home().department(),
                        civil.home().commune(),
                        "0",
                        "01C" + civil.home().postcode() + "0",
                        "100",
                        "1",
                        death,
                        monthOfDeath)
                .getBytes(StandardCharsets.US_ASCII);
        return new Beneficiary(text, 100_000_000L + (civil.family() * 7919 % 800_000) * 100);
    }

    /** A visit or act, with the row number it got. */
    long visit(Beneficiary beneficiary, int age, TownVisit visit, Irregular irregular) throws IOException {
        Kind kind = visit.kind();
        return line(
                beneficiary,
                age,
                visit.day(),
                kind.service(),
                1,
                visit.longTerm(),
                kind.speciality(),
                kind.cents(),
                irregular);
    }

    /** A medicine: a line and what was handed out under the same keys, with the row number of the line. */
    long delivery(Beneficiary beneficiary, int age, Delivery delivery, boolean older) throws IOException {
        return delivery(
                beneficiary, age, delivery, delivery.boxes(), delivery.drug().cip13(), older);
    }

    long delivery(Beneficiary beneficiary, int age, Delivery delivery, int boxes, String cip13, boolean older)
            throws IOException {
        int service = delivery.longTerm() ? PHARMACY_100_PERCENT : PHARMACY_65_PERCENT;
        long row = line(
                beneficiary,
                age,
                delivery.day(),
                service,
                boxes,
                delivery.longTerm(),
                PHARMACIST,
                boxes * 640,
                Irregular.NOTHING);
        keys(medicines);
        medicine(delivery, boxes, cip13, older);
        return row;
    }

    /** A medicine whose line never reached the data. */
    long medicineWithoutLine(Delivery delivery) throws IOException {
        lineInStatement++;
        keys(medicines);
        medicine(delivery, delivery.boxes(), delivery.drug().cip13(), false);
        return medicines.rows();
    }

    private void medicine(Delivery delivery, int boxes, String cip13, boolean older) throws IOException {
        boolean seven = older || delivery.day() <= OLDER_CODE_UNTIL && !cip13.isEmpty();
        if (older) {
            medicines.empty();
        } else {
            medicines.ascii(cip13);
        }
        if (seven) {
            medicines.ascii(cip13.substring(5, 12));
        } else {
            medicines.empty();
        }
        medicines.number(boxes).ascii("N").number(1);
        medicines.end();
    }

    private long line(
            Beneficiary beneficiary,
            int age,
            int day,
            int service,
            int quantity,
            boolean longTerm,
            int speciality,
            int cents,
            Irregular irregular)
            throws IOException {
        lineInStatement++;
        keys(lines);
        lines.together(beneficiary.text(), beneficiary.text().length, BENEFICIARY_COUNT)
                .ascii(irregular.nirCode())
                .number(age)
                .date(day)
                .date(day)
                .date(day)
                .number(service)
                .number(quantity)
                .number(irregular.majoration())
                .number(irregular.qualifier())
                .number(irregular.qualifierOfLine())
                .number(longTerm ? PAID_IN_FULL : 0)
                .number(beneficiary.practice() + speciality)
                .number(beneficiary.practice() + 1)
                .number(speciality)
                .number(1)
                .empty()
                .cents(longTerm ? cents : cents * 7 / 10)
                .cents(cents);
        return lines.end();
    }

    private void keys(InsurerTable table) throws IOException {
        byte[] line = LINES[lineInStatement];
        System.arraycopy(line, 0, keys, keysLength, line.length);
        table.together(keys, keysLength + line.length, KEYS_COUNT);
    }

    @Override
    public void close() throws IOException {
        lines.close();
        medicines.close();
    }

    /**
     * Whom a line is about.
     *
     * @param text the columns that are the same on every line
     * @param practice the number from which those of the person's doctors follow: families keep to theirs
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Beneficiary(byte[] text, long practice) {}

    /**
     * What is unusual about a line.
     *
     * @param nirCode {@code BEN_CDI_NIR}; anything but 00 is a number that belongs to nobody
     * @param majoration {@code CPL_MAJ_TOP}; 2 and more is a supplement to another line
     * @param qualifier {@code DPN_QLF}
     * @param qualifierOfLine {@code PRS_DPN_QLP}
     */
    record Irregular(String nirCode, int majoration, int qualifier, int qualifierOfLine) {
        static final Irregular NOTHING = new Irregular(ORDINARY_NIR, 0, 0, 0);
    }
}
