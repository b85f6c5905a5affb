package org.vauban.harmonise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vauban.harmonise.BusinessRule.CIP7;
import static org.vauban.harmonise.BusinessRule.CIP_UNKNOWN;
import static org.vauban.harmonise.BusinessRule.EXPENSE_QUALIFIER;
import static org.vauban.harmonise.BusinessRule.FICTITIOUS_NIR;
import static org.vauban.harmonise.BusinessRule.FLOW_LAG;
import static org.vauban.harmonise.BusinessRule.MAJORATION;
import static org.vauban.harmonise.BusinessRule.NINE_KEY_JOIN;
import static org.vauban.harmonise.BusinessRule.REGULARISATION;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules of the DCIR, each on a table that can be checked by eye. A line is: rows in, rows out, dropped, merged, counted. */
class ClaimRulesTest {
    private static final String DISPENSATIONS =
            "SELECT person, day, vocabulary, code, atc, boxes FROM dispensation ORDER BY ALL";

    private static final String CELECOXIB = "3400935418487 3541848";

    @TempDir
    Path folder;

    /** Anne (1) and Bruno (2), and a nomenclature of two drugs. */
    private SmallDeposit insurer() {
        return new SmallDeposit(folder)
                .knows("A", "1", 1)
                .knows("B", "1", 2)
                .table("IR_BEN_R", "BEN_NIR_PSA BEN_RNG_GEM BEN_NAI_ANN BEN_SEX_COD", "A 1 1950 2", "B 1 1960 1")
                .table(
                        "IR_PHA_R",
                        "PHA_CIP_C13 PHA_PRS_IDE PHA_ATC_C07",
                        "3400935418487 3541848 A10BB09",
                        "3400935563538 3556353 M01AH01");
    }

    // R13: fiche of ER_PRS_F, its primary key of nine columns.

    @Test
    void aDispensedLineFindsItsClaimByNineKeys() {
        try (var tables = insurer()
                .table("ER_PRS_F", "claim BEN_NIR_PSA BEN_RNG_GEM EXE_SOI_DTD", "1 A 1 2015-01-05", "2 B 1 2015-01-06")
                .table(
                        "ER_PHA_F",
                        "claim PHA_PRS_C13 PHA_PRS_IDE PHA_ACT_QSN",
                        "1 " + CELECOXIB + " 1",
                        "2 3400935563538 3556353 2")
                .ruled()) {

            assertThat(tables.line(NINE_KEY_JOIN)).containsExactly(2L, 2L, 0L, 0L, 0L);
            assertThat(tables.rows(DISPENSATIONS))
                    .containsExactly(
                            "1 2015-01-05 CIP13 3400935418487 A10BB09 1.0",
                            "2 2015-01-06 CIP13 3400935563538 M01AH01 2.0");
        }
    }

    @Test
    void aDispensedLineWithoutItsClaimIsDropped() {
        try (var tables = insurer()
                .table("ER_PRS_F", "claim BEN_NIR_PSA BEN_RNG_GEM EXE_SOI_DTD", "1 A 1 2015-01-05")
                .table(
                        "ER_PHA_F",
                        "claim PHA_PRS_C13 PHA_PRS_IDE PHA_ACT_QSN",
                        "1 " + CELECOXIB + " 1",
                        "9 " + CELECOXIB + " 1")
                .ruled()) {

            assertThat(tables.line(NINE_KEY_JOIN)).containsExactly(2L, 1L, 1L, 0L, 0L);
        }
    }

    @Test
    void twoClaimsThatDifferInOneOfNineKeysAreTwo() {
        try (var tables = insurer()
                .table(
                        "ER_PRS_F",
                        "claim BEN_NIR_PSA BEN_RNG_GEM EXE_SOI_DTD",
                        "1@2015-02-01 A 1 2015-01-05",
                        "1@2015-03-01 B 1 2015-01-07")
                .table("ER_PHA_F", "claim PHA_PRS_C13 PHA_PRS_IDE PHA_ACT_QSN", "1@2015-03-01 " + CELECOXIB + " 1")
                .ruled()) {

            assertThat(tables.rows(DISPENSATIONS)).containsExactly("2 2015-01-07 CIP13 3400935418487 A10BB09 1.0");
        }
    }

    // R19: fiche_beneficiaire, fictitious NIR.

    @Test
    void aClaimUnderAFictitiousNirIsDroppedWithItsDrugs() {
        try (var tables = insurer()
                .table(
                        "ER_PRS_F",
                        "claim BEN_NIR_PSA BEN_RNG_GEM BEN_CDI_NIR EXE_SOI_DTD",
                        "1 A 1 00 2015-01-05",
                        "2 A 1 01 2015-01-06",
                        "3 B 1 11 2015-01-07")
                .table(
                        "ER_PHA_F",
                        "claim PHA_PRS_C13 PHA_PRS_IDE PHA_ACT_QSN",
                        "1 " + CELECOXIB + " 1",
                        "2 " + CELECOXIB + " 1")
                .ruled()) {

            assertThat(tables.line(FICTITIOUS_NIR)).containsExactly(3L, 1L, 2L, 0L, 0L);
            assertThat(tables.line(NINE_KEY_JOIN)).as("its claim exists").containsExactly(2L, 2L, 0L, 0L, 0L);
            assertThat(tables.rows(DISPENSATIONS)).containsExactly("1 2015-01-05 CIP13 3400935418487 A10BB09 1.0");
        }
    }

    @Test
    void aClaimThatSaysNothingOfItsNirStays() {
        try (var tables = insurer()
                .table("ER_PRS_F", "claim BEN_NIR_PSA BEN_RNG_GEM BEN_CDI_NIR EXE_SOI_DTD", "1 A 1 - 2015-01-05")
                .ruled()) {

            assertThat(tables.line(FICTITIOUS_NIR)).containsExactly(1L, 1L, 0L, 0L, 0L);
        }
    }

    @Test
    void switchedOffTheRuleKeepsFictitiousNirsAndSaysSo() {
        try (var tables = insurer()
                .table("ER_PRS_F", "claim BEN_NIR_PSA BEN_RNG_GEM BEN_CDI_NIR EXE_SOI_DTD", "1 A 1 05 2015-01-05")
                .table("ER_PHA_F", "claim PHA_PRS_C13 PHA_PRS_IDE PHA_ACT_QSN", "1 " + CELECOXIB + " 1")
                .ruled(FICTITIOUS_NIR)) {

            assertThat(tables.line(FICTITIOUS_NIR)).containsExactly(1L, 1L, 0L, 0L, 0L);
            assertThat(tables.rows(DISPENSATIONS)).hasSize(1);
        }
    }

    // R20: sas_prestation_dcir, filters on DPN_QLF, PRS_DPN_QLP and CPL_MAJ_TOP.

    @Test
    void linesForInformationAreDropped() {
        try (var tables = insurer()
                .table(
                        "ER_PRS_F",
                        "claim BEN_NIR_PSA BEN_RNG_GEM EXE_SOI_DTD DPN_QLF PRS_DPN_QLP",
                        "1 A 1 2015-01-05 0 0",
                        "2 A 1 2015-01-06 71 0",
                        "3 A 1 2015-01-07 0 71",
                        "4 A 1 2015-01-08 7 1")
                .ruled()) {

            assertThat(tables.line(EXPENSE_QUALIFIER)).containsExactly(4L, 2L, 2L, 0L, 0L);
        }
    }

    @Test
    void linesThatOnlyRaiseAPriceAreNoVisit() {
        try (var tables = insurer()
                .table(
                        "ER_PRS_F",
                        "claim BEN_NIR_PSA BEN_RNG_GEM EXE_SOI_DTD PRS_NAT_REF CPL_MAJ_TOP",
                        "1 A 1 2015-01-05 1111 0",
                        "2 A 1 2015-01-05 1111 1",
                        "3 A 1 2015-01-05 1111 2",
                        "4 B 1 2015-01-06 1111 3")
                .mapped()) {

            assertThat(tables.line(MAJORATION)).containsExactly(4L, 2L, 2L, 0L, 0L);
            assertThat(tables.rows(
                            "SELECT visit_concept_id, visit_start_date, visit_source_value FROM visit_occurrence"))
                    .containsExactly("9202 2015-01-05 1111", "9202 2015-01-05 1111");
        }
    }

    @Test
    void aLineThatSaysNothingOfItsQualifierIsCare() {
        try (var tables = insurer()
                .table(
                        "ER_PRS_F",
                        "claim BEN_NIR_PSA BEN_RNG_GEM EXE_SOI_DTD DPN_QLF PRS_DPN_QLP",
                        "1 A 1 2015-01-05 - -",
                        "2 A 1 2015-01-06 71 -",
                        "3 A 1 2015-01-07 - 71")
                .ruled()) {

            assertThat(tables.line(EXPENSE_QUALIFIER)).containsExactly(3L, 1L, 2L, 0L, 0L);
        }
    }

    @Test
    void aLineForInformationTwiceIsDroppedOnce() {
        try (var tables = insurer()
                .table(
                        "ER_PRS_F",
                        "claim BEN_NIR_PSA BEN_RNG_GEM EXE_SOI_DTD DPN_QLF PRS_DPN_QLP",
                        "1 A 1 2015-01-05 71 71",
                        "2 A 1 2015-01-06 710 17")
                .ruled()) {

            assertThat(tables.line(EXPENSE_QUALIFIER)).containsExactly(2L, 1L, 1L, 0L, 0L);
        }
    }

    @Test
    void theBoxOfALineForInformationWasNotDispensed() {
        try (var tables = insurer()
                .table(
                        "ER_PRS_F",
                        "claim BEN_NIR_PSA BEN_RNG_GEM EXE_SOI_DTD DPN_QLF",
                        "1 A 1 2015-01-05 0",
                        "2 A 1 2015-01-06 71")
                .table(
                        "ER_PHA_F",
                        "claim PHA_PRS_C13 PHA_PRS_IDE PHA_ACT_QSN",
                        "1 " + CELECOXIB + " 1",
                        "2 " + CELECOXIB + " 1")
                .ruled()) {

            assertThat(tables.line(EXPENSE_QUALIFIER)).containsExactly(2L, 1L, 1L, 0L, 0L);
            assertThat(tables.line(NINE_KEY_JOIN)).as("its claim exists").containsExactly(2L, 2L, 0L, 0L, 0L);
            assertThat(tables.rows(DISPENSATIONS)).containsExactly("1 2015-01-05 CIP13 3400935418487 A10BB09 1.0");
        }
    }

    @Test
    void switchedOffTheRuleKeepsLinesForInformation() {
        try (var tables = insurer()
                .table(
                        "ER_PRS_F",
                        "claim BEN_NIR_PSA BEN_RNG_GEM EXE_SOI_DTD DPN_QLF PRS_DPN_QLP",
                        "1 A 1 2015-01-05 71 0",
                        "2 B 1 2015-01-06 0 71")
                .ruled(EXPENSE_QUALIFIER)) {

            assertThat(tables.line(EXPENSE_QUALIFIER)).containsExactly(2L, 2L, 0L, 0L, 0L);
        }
    }

    @Test
    void switchedOffTheRuleCountsRaisedPricesAsVisits() {
        try (var tables = insurer()
                .table(
                        "ER_PRS_F",
                        "claim BEN_NIR_PSA BEN_RNG_GEM EXE_SOI_DTD PRS_NAT_REF CPL_MAJ_TOP",
                        "1 A 1 2015-01-05 1111 2")
                .ruled(MAJORATION)) {

            assertThat(tables.line(MAJORATION)).containsExactly(1L, 1L, 0L, 0L, 0L);
        }
    }

    @Test
    void aLineFallsByTheFirstRuleThatSpeaksOfIt() {
        try (var tables = insurer()
                .table(
                        "ER_PRS_F",
                        "claim BEN_NIR_PSA BEN_RNG_GEM BEN_CDI_NIR EXE_SOI_DTD DPN_QLF CPL_MAJ_TOP",
                        "1 A 1 01 2015-01-05 71 2")
                .ruled()) {

            assertThat(tables.line(FICTITIOUS_NIR)).containsExactly(1L, 0L, 1L, 0L, 0L);
            assertThat(tables.line(EXPENSE_QUALIFIER)).containsExactly(0L, 0L, 0L, 0L, 0L);
            assertThat(tables.line(MAJORATION)).containsExactly(0L, 0L, 0L, 0L, 0L);
        }
    }

    // R16: medicament.md, CIP13 from 2007, CIP7 until 2014 at least: both must be tried.

    @Test
    void aLineWithoutCip13IsUnderstoodByItsCip7() {
        try (var tables = insurer()
                .table(
                        "ER_PRS_F",
                        "claim BEN_NIR_PSA BEN_RNG_GEM EXE_SOI_DTD",
                        "1 A 1 2015-01-05",
                        "2 A 1 2015-02-05",
                        "3 A 1 2015-03-05")
                .table(
                        "ER_PHA_F",
                        "claim PHA_PRS_C13 PHA_PRS_IDE PHA_ACT_QSN",
                        "1 - 3541848 1",
                        "2 0 3541848 1",
                        "3 " + CELECOXIB + " 1")
                .ruled()) {

            assertThat(tables.line(CIP7)).containsExactly(3L, 3L, 0L, 0L, 2L);
            assertThat(tables.rows("SELECT DISTINCT vocabulary, code, atc FROM dispensation"))
                    .containsExactly("CIP13 3400935418487 A10BB09");
        }
    }

    @Test
    void aLineWhoseCodeNobodyKnowsIsKeptUnderConceptZero() {
        try (var tables = insurer()
                .table("ER_PRS_F", "claim BEN_NIR_PSA BEN_RNG_GEM EXE_SOI_DTD", "1 A 1 2015-01-05", "2 A 1 2015-02-05")
                .table(
                        "ER_PHA_F",
                        "claim PHA_PRS_C13 PHA_PRS_IDE PHA_ACT_QSN",
                        "1 3400999999999 9999999 1",
                        "2 - 8888888 1")
                .mapped()) {

            assertThat(tables.line(CIP_UNKNOWN)).containsExactly(2L, 2L, 0L, 0L, 2L);
            assertThat(tables.rows("SELECT drug_concept_id, drug_source_value FROM drug_exposure ORDER BY ALL"))
                    .containsExactly("0 3400999999999", "0 8888888");
        }
    }

    @Test
    void switchedOffCip7LeavesSuchLinesUnknown() {
        try (var tables = insurer()
                .table("ER_PRS_F", "claim BEN_NIR_PSA BEN_RNG_GEM EXE_SOI_DTD", "1 A 1 2015-01-05")
                .table("ER_PHA_F", "claim PHA_PRS_C13 PHA_PRS_IDE PHA_ACT_QSN", "1 - 3541848 1")
                .ruled(CIP7)) {

            assertThat(tables.line(CIP7)).containsExactly(1L, 1L, 0L, 0L, 0L);
            assertThat(tables.line(CIP_UNKNOWN)).containsExactly(1L, 1L, 0L, 0L, 1L);
        }
    }

    // R20: sas_prestation_dcir, sums over identical lines and keeps what is above 0.

    @Test
    void whatWasTakenBackSumsToNothing() {
        try (var tables = insurer()
                .table("ER_PRS_F", "claim BEN_NIR_PSA BEN_RNG_GEM EXE_SOI_DTD", "1 A 1 2015-01-05", "2 A 1 2015-01-05")
                .table(
                        "ER_PHA_F",
                        "claim PHA_PRS_C13 PHA_PRS_IDE PHA_ACT_QSN",
                        "1 " + CELECOXIB + " 1",
                        "2 " + CELECOXIB + " -1")
                .ruled()) {

            assertThat(tables.line(REGULARISATION)).containsExactly(2L, 0L, 2L, 0L, 0L);
            assertThat(tables.rows(DISPENSATIONS)).isEmpty();
        }
    }

    @Test
    void whatWasPartlyTakenBackKeepsTheRest() {
        try (var tables = insurer()
                .table("ER_PRS_F", "claim BEN_NIR_PSA BEN_RNG_GEM EXE_SOI_DTD", "1 A 1 2015-01-05", "2 A 1 2015-01-05")
                .table(
                        "ER_PHA_F",
                        "claim PHA_PRS_C13 PHA_PRS_IDE PHA_ACT_QSN",
                        "1 " + CELECOXIB + " 3",
                        "2 " + CELECOXIB + " -1")
                .ruled()) {

            assertThat(tables.line(REGULARISATION)).containsExactly(2L, 2L, 0L, 1L, 0L);
            assertThat(tables.rows(DISPENSATIONS)).containsExactly("1 2015-01-05 CIP13 3400935418487 A10BB09 2.0");
        }
    }

    @Test
    void anotherDayAnotherDrugOrAnotherPersonIsNotSummed() {
        try (var tables = insurer()
                .table(
                        "ER_PRS_F",
                        "claim BEN_NIR_PSA BEN_RNG_GEM EXE_SOI_DTD",
                        "1 A 1 2015-01-05",
                        "2 A 1 2015-01-06",
                        "3 B 1 2015-01-05",
                        "4 A 1 2015-01-05")
                .table(
                        "ER_PHA_F",
                        "claim PHA_PRS_C13 PHA_PRS_IDE PHA_ACT_QSN",
                        "1 " + CELECOXIB + " 1",
                        "2 " + CELECOXIB + " -1",
                        "3 " + CELECOXIB + " -1",
                        "4 3400935563538 3556353 -1")
                .ruled()) {

            assertThat(tables.line(REGULARISATION)).containsExactly(4L, 1L, 3L, 0L, 0L);
            assertThat(tables.rows(DISPENSATIONS)).containsExactly("1 2015-01-05 CIP13 3400935418487 A10BB09 1.0");
        }
    }

    // R20: the flow may be later than the care; 18 months of flow hold more than 98 % of the deliveries of a year.

    @Test
    void claimsMoreThanSixMonthsLateAreCountedAndStay() {
        try (var tables = insurer()
                .table(
                        "ER_PRS_F",
                        "claim BEN_NIR_PSA BEN_RNG_GEM EXE_SOI_DTD",
                        "1@2015-02-01 A 1 2015-01-05",
                        "2@2015-07-01 A 1 2015-01-31",
                        "3@2015-08-01 A 1 2015-01-01")
                .ruled()) {

            assertThat(tables.line(FLOW_LAG)).containsExactly(3L, 3L, 0L, 0L, 1L);
        }
    }

    @Test
    void theDayOfCareCountsAndNotTheFlows() {
        try (var tables = insurer()
                .table("ER_PRS_F", "claim BEN_NIR_PSA BEN_RNG_GEM EXE_SOI_DTD", "1@2016-03-01 A 1 05/01/2015")
                .table("ER_PHA_F", "claim PHA_PRS_C13 PHA_PRS_IDE PHA_ACT_QSN", "1@2016-03-01 " + CELECOXIB + " 1")
                .mapped()) {

            assertThat(tables.rows(
                            "SELECT drug_exposure_start_date, drug_exposure_end_date, days_supply FROM drug_exposure"))
                    .isEqualTo(List.of("2015-01-05 2015-02-03 30"));
        }
    }

    @Test
    void aClaimWithoutAFlowIsNotLate() {
        try (var tables = insurer()
                .table("ER_PRS_F", "claim BEN_NIR_PSA BEN_RNG_GEM EXE_SOI_DTD", "1@- A 1 2015-01-05")
                .ruled()) {

            assertThat(tables.line(FLOW_LAG)).containsExactly(1L, 1L, 0L, 0L, 0L);
        }
    }

    // The switches.

    @Test
    void switchedOffLinesForInformationAreCare() {
        try (var tables = insurer()
                .table("ER_PRS_F", "claim BEN_NIR_PSA BEN_RNG_GEM EXE_SOI_DTD DPN_QLF", "1 A 1 2015-01-05 71")
                .table("ER_PHA_F", "claim PHA_PRS_C13 PHA_PRS_IDE PHA_ACT_QSN", "1 " + CELECOXIB + " 1")
                .ruled(EXPENSE_QUALIFIER)) {

            assertThat(tables.line(EXPENSE_QUALIFIER)).containsExactly(1L, 1L, 0L, 0L, 0L);
            assertThat(tables.rows(DISPENSATIONS)).hasSize(1);
        }
    }

    @Test
    void switchedOffMajorationsAreVisits() {
        try (var tables = insurer()
                .table(
                        "ER_PRS_F",
                        "claim BEN_NIR_PSA BEN_RNG_GEM EXE_SOI_DTD PRS_NAT_REF CPL_MAJ_TOP",
                        "1 A 1 2015-01-05 1111 2")
                .mapped(MAJORATION)) {

            assertThat(tables.number("SELECT count(*) FROM visit_occurrence")).isEqualTo(1);
        }
    }

    @Test
    void switchedOffEachLineIsADispensationOfItsOwn() {
        try (var tables = insurer()
                .table("ER_PRS_F", "claim BEN_NIR_PSA BEN_RNG_GEM EXE_SOI_DTD", "1 A 1 2015-01-05", "2 A 1 2015-01-05")
                .table(
                        "ER_PHA_F",
                        "claim PHA_PRS_C13 PHA_PRS_IDE PHA_ACT_QSN",
                        "1 " + CELECOXIB + " 1",
                        "2 " + CELECOXIB + " -1")
                .ruled(REGULARISATION)) {

            assertThat(tables.line(REGULARISATION)).containsExactly(2L, 2L, 0L, 0L, 0L);
            assertThat(tables.rows(DISPENSATIONS)).hasSize(2);
        }
    }

    @Test
    void anUnreadableMajorationIsNone() {
        try (var tables = insurer()
                .table(
                        "ER_PRS_F",
                        "claim BEN_NIR_PSA BEN_RNG_GEM EXE_SOI_DTD CPL_MAJ_TOP",
                        "1 A 1 2015-01-05 -",
                        "2 A 1 2015-01-05 X")
                .ruled()) {

            assertThat(tables.line(MAJORATION)).containsExactly(2L, 2L, 0L, 0L, 0L);
        }
    }
}
