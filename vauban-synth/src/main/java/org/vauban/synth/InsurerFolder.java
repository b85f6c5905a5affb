package org.vauban.synth;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.vauban.synth.Care.Clinic;
import org.vauban.synth.Care.Delivery;
import org.vauban.synth.Care.Kind;
import org.vauban.synth.Care.Stay;
import org.vauban.synth.Care.TownVisit;
import org.vauban.synth.Claims.Beneficiary;
import org.vauban.synth.Claims.Irregular;
import org.vauban.synth.FrenchLife.LongTermDisease;
import org.vauban.synth.Insured.Cover;
import org.vauban.synth.Stays.Oddity;

/**
 * The folder of the national health insurance: its tables under their own names and columns, and the identities of the
 * insured in a file by itself. Planted errors are written between the clean rows and told to the {@link TrapList}.
 */
final class InsurerFolder implements Closeable {
    static final String NAME = "cnam";

    private static final int MONTHS_OF_LATE_FLOW = 7;

    private final Claims claims;
    private final Stays stays;
    private final InsurerTable beneficiaries;
    private final InsurerTable longTermDiseases;
    private final InsurerTable deaths;
    private final InsurerTable identities;
    private final InsurerTable drugs;
    private final TrapList traps;
    private final long seed;

    InsurerFolder(Path folder, Compression compression, TrapList traps, long seed) throws IOException {
        Files.createDirectories(folder);
        this.traps = traps;
        this.seed = seed;
        this.claims = new Claims(folder, compression);
        this.stays = new Stays(folder, compression);
        this.beneficiaries = new InsurerTable(
                folder,
                "IR_BEN_R",
                "BEN_NIR_PSA;BEN_RNG_GEM;BEN_NIR_ANO;BEN_IDT_ANO;BEN_IDT_TOP;ASS_NIR_ANO;BEN_CDI_NIR;BEN_NAI_ANN;"
                        + "BEN_NAI_MOI;BEN_SEX_COD;BEN_DCD_DTE;BEN_DCD_AME;ORG_AFF_BEN;BEN_RES_DPT;BEN_RES_COM;"
                        + "BEN_TOP_CNS;MAX_TRT_DTD",
                compression);
        this.longTermDiseases = new InsurerTable(
                folder,
                "IR_IMB_R",
                "BEN_NIR_PSA;BEN_RNG_GEM;IMB_ALD_NUM;IMB_ALD_DTD;IMB_ALD_DTF;IMB_ETM_NAT;MED_MTF_COD;MED_NCL_IDT;INS_DTE",
                compression);
        this.deaths = new InsurerTable(
                folder,
                "KI_CCI_R",
                "DCD_IDT_ENC;DCD_IDT_TOP;BEN_IDT_ANO;BEN_IDT_TOP;DCD_CIM_COD;BEN_DCD_DTE;BEN_DCD_AME;BEN_NAI_ANN;"
                        + "BEN_NAI_MOI;BEN_SEX_COD;BEN_RES_DPT;BEN_RES_COM;DCD_DPT_COD;DCD_COM_COD;DCD_LIE_COD;FLX_PER_ANN",
                compression);
        this.identities = new InsurerTable(
                folder,
                "identities",
                "BEN_NIR_PSA;BEN_RNG_GEM;NIR_OUVRANT_DROIT;NIR_BENEFICIAIRE;DATE_NAISSANCE;SEXE;NOM_NAISSANCE;NOM_USAGE;"
                        + "PRENOMS;LIEU_NAISSANCE;COMMUNE_RESIDENCE;CODE_POSTAL;TELEPHONE",
                compression);
        this.drugs = new InsurerTable(
                folder,
                "IR_PHA_R",
                "PHA_CIP_C13;PHA_PRS_IDE;PHA_ATC_C07;PHA_ATC_LIB;PHA_NOM_PA;PHA_UNT_NBR_DSES",
                compression);
        for (Drug drug : Drug.all()) {
            drugs.ascii(drug.cip13())
                    .ascii(drug.cip7())
                    .ascii(drug.atc())
                    .text(drug.substance())
                    .text(drug.substance())
                    .number(drug.units())
                    .end();
        }
    }

    long rows() {
        return claims.numberOfLines()
                + claims.numberOfMedicines()
                + stays.rows()
                + beneficiaries.rows()
                + longTermDiseases.rows()
                + deaths.rows()
                + identities.rows()
                + drugs.rows();
    }

    void write(FrenchLife life) throws IOException {
        // Errors have a stream of their own: with more or fewer of them, lives stay the same.
        Chance chance = Chance.ofPerson(seed ^ 0x54_52_41_50L, life.person().number());
        writePapers(life, chance);
        writeLongTermDiseases(life, chance);
        writeCare(life, chance);
        writeClaimErrors(life, chance);
        writeStayErrors(life, chance);
        writeDeath(life, chance);
    }

    // Papers.

    private void writePapers(FrenchLife life, Chance chance) throws IOException {
        Insured insured = life.insured();
        Civil civil = insured.civil();
        String lasting = insured.lasting();
        for (int number = 0; number < insured.covers().size(); number++) {
            Cover cover = insured.covers().get(number);
            boolean unknownDeath = number == 0 && life.deathDay().isEmpty() && chance.happens(0.10);
            beneficiaries
                    .ascii(cover.pseudonym())
                    .number(cover.rank())
                    .ascii(lasting)
                    .ascii(lasting)
                    .number(lasting.isEmpty() ? 0 : 1)
                    .ascii(Insured.pseudonym(seed, cover.opener(), 1))
                    .ascii(Claims.ORDINARY_NIR)
                    .number(Days.year(civil.birthDay()));
            month(beneficiaries, civil.birthDay());
            beneficiaries.number(civil.male() ? 1 : 2);
            if (life.deathDay().isPresent()) {
                beneficiaries
                        .date(life.deathDay().getAsInt())
                        .month(life.deathDay().getAsInt());
            } else {
                beneficiaries.ascii(unknownDeath ? "1600-01-01" : "").ascii(unknownDeath ? "160001" : "");
            }
            beneficiaries
                    .ascii("01C" + civil.home().postcode() + "0")
                    .ascii(civil.home().department())
                    .ascii(civil.home().commune())
                    .number(1)
                    .date(life.lastDay());
            long row = beneficiaries.end();
            if (number > 0 && !lasting.isEmpty()) {
                traps.add(Trap.PERSON_IDENTIFIER, life, "IR_BEN_R", row);
            } else if (unknownDeath) {
                traps.add(Trap.DEATH_1600, life, "IR_BEN_R", row);
            }
            writeIdentity(civil, cover);
        }
    }

    private void writeIdentity(Civil civil, Cover cover) throws IOException {
        identities
                .ascii(cover.pseudonym())
                .number(cover.rank())
                .ascii(cover.opener())
                .ascii(cover.beneficiary())
                .date(civil.birthDay())
                .number(civil.male() ? 1 : 2)
                .text(civil.birthName())
                .text(civil.usedName())
                .text(civil.givenNames())
                .ascii(civil.placeOfBirth())
                .ascii(civil.home().code())
                .ascii(civil.home().postcode())
                .ascii(civil.phone())
                .end();
    }

    private void writeLongTermDiseases(FrenchLife life, Chance chance) throws IOException {
        for (LongTermDisease disease : life.longTermDiseases()) {
            writeLongTermDisease(life, disease, Stays.withoutDot(disease.code()), "CIM10");
        }
        if (chance.happens(0.02)) {
            int from = chance.between(life.person().firstDay(), life.lastDay());
            long row = writeLongTermDisease(life, new LongTermDisease("", 31, from), "A01", "CISP");
            traps.add(Trap.ALD, life, "IR_IMB_R", row);
        }
    }

    private long writeLongTermDisease(FrenchLife life, LongTermDisease disease, String code, String nomenclature)
            throws IOException {
        Cover cover = cover(life, disease.from());
        return longTermDiseases
                .ascii(cover.pseudonym())
                .number(cover.rank())
                .number(disease.number())
                .date(disease.from())
                .empty()
                .number(disease.number() > 30 ? 43 : 41)
                .ascii(code)
                .ascii(nomenclature)
                .date(disease.from())
                .end();
    }

    // Care.

    private void writeCare(FrenchLife life, Chance chance) throws IOException {
        List<Cover> covers = life.insured().covers();
        Beneficiary[] beneficiaries = new Beneficiary[covers.size()];
        for (int number = 0; number < beneficiaries.length; number++) {
            beneficiaries[number] = Claims.beneficiary(life, covers.get(number));
        }
        int birthYear = Days.year(life.person().birthDay());
        int statementDay = Integer.MIN_VALUE;
        int lines = 0;
        boolean late = false;
        for (Care care : life.care()) {
            int cover = life.insured().coverOn(care.day());
            if (care.day() != statementDay || lines == Claims.MOST_LINES) {
                statementDay = care.day();
                lines = 0;
                late = chance.happens(0.003);
                claims.beginStatement(flowMonth(care.day(), late, chance));
            }
            lines++;
            int age = Days.year(care.day()) - birthYear;
            switch (care) {
                case Delivery it -> {
                    boolean older = it.day() <= Claims.OLDER_CODE_UNTIL && chance.happens(0.05);
                    long row = claims.delivery(beneficiaries[cover], age, it, older);
                    if (older) {
                        traps.add(Trap.CIP7, life, "ER_PHA_F", claims.numberOfMedicines());
                    }
                    if (late) {
                        traps.add(Trap.FLOW_LAG, life, "ER_PRS_F", row);
                    }
                }
                case TownVisit it -> {
                    long row = claims.visit(beneficiaries[cover], age, it, Irregular.NOTHING);
                    if (late) {
                        traps.add(Trap.FLOW_LAG, life, "ER_PRS_F", row);
                    }
                }
                case Stay it -> stays.write(life, covers.get(cover), it);
                case Clinic _ -> {
                    // Known to the hospital alone.
                }
            }
        }
    }

    /** Most lines reach the data in the month after the care, some two or three months later, a few very late. */
    private static int flowMonth(int day, boolean late, Chance chance) {
        if (late) {
            return Days.firstOfMonthAfter(day, MONTHS_OF_LATE_FLOW + chance.between(0, 4));
        }
        double drawn = chance.uniform();
        return Days.firstOfMonthAfter(day, drawn < 0.7 ? 1 : drawn < 0.9 ? 2 : 3);
    }

    // Errors. Those that a careless reader would count are errors about the studied drugs and the outcome.

    private void writeClaimErrors(FrenchLife life, Chance chance) throws IOException {
        if (chance.happens(0.01)) {
            Delivery delivery = delivery(studied(chance), life, chance);
            claims.beginStatement(Days.firstOfMonthAfter(delivery.day(), 1));
            traps.add(Trap.NINE_KEY_JOIN, life, "ER_PHA_F", claims.medicineWithoutLine(delivery));
        }
        if (chance.happens(0.015)) {
            int day = anyDay(life, chance);
            Beneficiary nobody = Claims.beneficiary(
                    life,
                    new Cover(
                            Insured.pseudonym(
                                    seed, "nobody", life.insured().civil().birthDay() + day),
                            1,
                            "",
                            "",
                            day));
            visit(Trap.FICTITIOUS_NIR, life, nobody, day, new Irregular(chance.happens(0.5) ? "01" : "05", 0, 0, 0));
        }
        if (chance.happens(0.02)) {
            boolean ofStatement = chance.happens(0.5);
            Irregular irregular = new Irregular(Claims.ORDINARY_NIR, 0, ofStatement ? 71 : 0, ofStatement ? 0 : 71);
            visit(Trap.EXPENSE_QUALIFIER, life, anyDay(life, chance), irregular);
        }
        if (chance.happens(0.02)) {
            Irregular irregular = new Irregular(Claims.ORDINARY_NIR, chance.between(2, 3), 0, 0);
            visit(Trap.MAJORATION, life, anyDay(life, chance), irregular);
        }
        if (chance.happens(0.02)) {
            writeTakenBackDelivery(life, chance);
        }
        if (chance.happens(0.01)) {
            Delivery delivery = delivery("N02BE01", life, chance);
            String inNoList = "34009999" + chance.between(10_000, 99_999);
            claims.beginStatement(Days.firstOfMonthAfter(delivery.day(), 1));
            Beneficiary beneficiary = Claims.beneficiary(life, cover(life, delivery.day()));
            claims.delivery(beneficiary, age(life, delivery.day()), delivery, 1, inNoList, false);
            traps.add(Trap.CIP_UNKNOWN, life, "ER_PHA_F", claims.numberOfMedicines());
        }
    }

    /** A box handed out and taken back: two lines whose sum is nothing, of a drug that the person has never had. */
    private void writeTakenBackDelivery(FrenchLife life, Chance chance) throws IOException {
        boolean uses = life.person().course().isPresent();
        Delivery delivery = delivery(uses ? Drug.RESERVED_FOR_ERRORS : studied(chance), life, chance);
        Beneficiary beneficiary = Claims.beneficiary(life, cover(life, delivery.day()));
        for (int boxes : new int[] {delivery.boxes(), -delivery.boxes()}) {
            claims.beginStatement(Days.firstOfMonthAfter(delivery.day(), boxes > 0 ? 1 : 2));
            claims.delivery(
                    beneficiary,
                    age(life, delivery.day()),
                    delivery,
                    boxes,
                    delivery.drug().cip13(),
                    false);
            traps.add(Trap.REGULARISATION, life, "ER_PHA_F", claims.numberOfMedicines());
        }
    }

    private void visit(Trap trap, FrenchLife life, int day, Irregular irregular) throws IOException {
        visit(trap, life, Claims.beneficiary(life, cover(life, day)), day, irregular);
    }

    private void visit(Trap trap, FrenchLife life, Beneficiary beneficiary, int day, Irregular irregular)
            throws IOException {
        claims.beginStatement(Days.firstOfMonthAfter(day, 1));
        long row = claims.visit(
                beneficiary, age(life, day), new TownVisit(Kind.GENERAL_PRACTITIONER, day, false), irregular);
        traps.add(trap, life, "ER_PRS_F", row);
    }

    private void writeStayErrors(FrenchLife life, Chance chance) throws IOException {
        if (chance.happens(0.01)) {
            Stay stay = bleeding(life, chance);
            writeOddStay(Trap.RETURN_CODE, life, stay, own(life, stay, "06M04V", chance.between(0, 8)));
        }
        if (chance.happens(0.01)) {
            Stay stay = bleeding(life, chance);
            String nobody = chance.happens(0.5) ? "xxxxxxxxxxxxxxxxx" : "XXXXXXXXXXXXXXXXD";
            String hospital = Hospital.ALL.get(stay.hospital()).number();
            writeOddStay(Trap.NOT_CHAINED, life, stay, new Oddity(hospital, nobody, "06M04V", -1));
        }
        if (chance.happens(0.01)) {
            Stay stay = bleeding(life, chance);
            writeOddStay(Trap.ERROR_GHM, life, stay, own(life, stay, "90Z00Z", -1));
        }
        int untilDay = Math.min(life.lastDay(), Population.day(2017, 12, 1));
        if (chance.happens(0.012) && life.person().firstDay() < untilDay) {
            int day = chance.between(life.person().firstDay(), untilDay);
            Stay stay = bleeding(day, day, chance);
            String site = chance.pick(Hospital.SITES_OF_GROUPS).number();
            String pseudonym = cover(life, day).pseudonym();
            writeOddStay(Trap.DUPLICATE_FINESS, life, stay, new Oddity(site, pseudonym, "06M04V", -1));
        }
    }

    private Oddity own(FrenchLife life, Stay stay, String group, int wrongReturnCode) {
        return new Oddity(
                Hospital.ALL.get(stay.hospital()).number(),
                cover(life, stay.day()).pseudonym(),
                group,
                wrongReturnCode);
    }

    private void writeOddStay(Trap trap, FrenchLife life, Stay stay, Oddity oddity) throws IOException {
        long row = stays.write(life, cover(life, stay.day()), stay, oddity);
        traps.add(trap, life, Stays.tableOf(stay.lastDay()), row);
    }

    private static Stay bleeding(FrenchLife life, Chance chance) {
        int day = anyDay(life, chance);
        return bleeding(day, Math.min(day + chance.between(0, 4), life.lastDay()), chance);
    }

    private static Stay bleeding(int day, int until, Chance chance) {
        return new Stay(
                day,
                until,
                Hospital.elsewhere(chance),
                chance.happens(0.5) ? "K92.2" : "K25.4",
                List.of("D64.9"),
                List.of("HEQE002"),
                "06M04V",
                List.of(),
                List.of(),
                true,
                false);
    }

    private void writeDeath(FrenchLife life, Chance chance) throws IOException {
        if (life.deathDay().isEmpty()) {
            return;
        }
        boolean matched = !chance.happens(0.08);
        Insured insured = life.insured();
        Civil civil = insured.civil();
        Cover last = insured.covers().getLast();
        int day = life.deathDay().getAsInt();
        String identified = insured.lasting().isEmpty() ? last.pseudonym() + last.rank() : insured.lasting();
        deaths.ascii(Insured.text(chance.bits(), chance.bits(), 24))
                .number(matched ? 1 : 0)
                .ascii(matched ? identified : "")
                .number(matched && !insured.lasting().isEmpty() ? 1 : 0)
                .ascii(Stays.withoutDot(life.causeOfDeath()))
                .date(day)
                .month(day)
                .number(Days.year(civil.birthDay()));
        month(deaths, civil.birthDay());
        deaths.number(civil.male() ? 1 : 2)
                .ascii(civil.home().department())
                .ascii(civil.home().commune())
                .ascii(civil.home().department())
                .ascii(civil.home().commune())
                .number(1)
                .number(Days.year(day));
        long row = deaths.end();
        if (!matched) {
            traps.add(Trap.UNMATCHED_DEATH, life, "KI_CCI_R", row);
        }
    }

    // Small steps.

    private static String studied(Chance chance) {
        return chance.happens(0.5) ? "M01AH01" : "M01AB05";
    }

    private static Delivery delivery(String atc, FrenchLife life, Chance chance) {
        return new Delivery(chance.pick(Drug.of(atc)), anyDay(life, chance), 1, false);
    }

    private static Cover cover(FrenchLife life, int day) {
        return life.insured().covers().get(life.insured().coverOn(day));
    }

    private static int anyDay(FrenchLife life, Chance chance) {
        return chance.between(life.person().firstDay(), life.lastDay());
    }

    private static int age(FrenchLife life, int day) {
        return Days.year(day) - Days.year(life.person().birthDay());
    }

    /** Two digits. */
    private static void month(InsurerTable table, int day) throws IOException {
        int month = Days.month(day);
        table.ascii(month < 10 ? "0" + month : Integer.toString(month));
    }

    @Override
    public void close() throws IOException {
        claims.close();
        stays.close();
        beneficiaries.close();
        longTermDiseases.close();
        deaths.close();
        identities.close();
        drugs.close();
    }
}
