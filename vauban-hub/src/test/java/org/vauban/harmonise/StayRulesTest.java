package org.vauban.harmonise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vauban.harmonise.BusinessRule.DUPLICATE_FINESS;
import static org.vauban.harmonise.BusinessRule.ERROR_GHM;
import static org.vauban.harmonise.BusinessRule.NOT_CHAINED;
import static org.vauban.harmonise.BusinessRule.RETURN_CODE;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules of the PMSI, each on a table that can be checked by eye. A line is: rows in, rows out, dropped, merged, counted. */
class StayRulesTest {
    private static final String B = "ETA_NUM RSA_NUM DGN_PAL GRG_GHM";
    private static final String C = "ETA_NUM RSA_NUM NIR_ANO_17 EXE_SOI_DTD EXE_SOI_DTF NIR_RET SEJ_RET COH_NAI_RET";
    private static final String STAYS = "SELECT ETA_NUM, RSA_NUM, person FROM stay ORDER BY ALL";

    @TempDir
    Path folder;

    private SmallDeposit insurer() {
        return new SmallDeposit(folder)
                .knows("A", "1", 1)
                .knows("B", "1", 2)
                .table("IR_BEN_R", "BEN_NIR_PSA BEN_RNG_GEM BEN_NAI_ANN BEN_SEX_COD", "A 1 1950 2", "B 1 1960 1");
    }

    // R25: fiche_beneficiaire, chaining of the PMSI.

    @Test
    void aStayBelongsToThePersonWhosePseudoNirItHas() {
        try (var tables = insurer()
                .table("T_MCO15B", B, "100 1 K250 06K04J", "100 2 I10 05M09T")
                .table("T_MCO15C", C, "100 1 A 2015-03-01 2015-03-04 0 0 0", "100 2 B 2015-04-01 2015-04-01 0 0 0")
                .mapped()) {

            assertThat(tables.rows(STAYS)).containsExactly("100 1 1", "100 2 2");
            assertThat(tables.rows("SELECT visit_concept_id, visit_start_date, visit_end_date, visit_source_value"
                            + " FROM visit_occurrence ORDER BY 2"))
                    .containsExactly("9201 2015-03-01 2015-03-04 06K04J", "9201 2015-04-01 2015-04-01 05M09T");
        }
    }

    @Test
    void staysThatCouldNotBeChainedAreDropped() {
        try (var tables = insurer()
                .table("T_MCO15B", B, "100 1 K250 06K04J", "100 2 I10 05M09T", "100 3 I10 05M09T")
                .table(
                        "T_MCO15C",
                        C,
                        "100 1 xxxxxxxxxxxxxxxxx 2015-03-01 2015-03-04 0 0 0",
                        "100 2 XXXXXXXXXXXXXXXXD 2015-04-01 2015-04-01 0 0 0",
                        "100 3 A 2015-04-01 2015-04-01 0 0 0")
                .ruled()) {

            assertThat(tables.line(NOT_CHAINED)).containsExactly(3L, 1L, 2L, 0L, 0L);
            assertThat(tables.rows(STAYS)).containsExactly("100 3 1");
        }
    }

    @Test
    void staysOfTwoYearsWithOneNumberAreTwo() {
        try (var tables = insurer()
                .table("T_MCO15B", B, "100 1 K250 06K04J")
                .table("T_MCO16B", B, "100 1 I10 05M09T")
                .table("T_MCO15C", C, "100 1 A 2015-03-01 2015-03-04 0 0 0")
                .table("T_MCO16C", C, "100 1 B 2016-03-01 2016-03-04 0 0 0")
                .ruled()) {

            assertThat(tables.rows("SELECT year, person, DGN_PAL FROM stay ORDER BY ALL"))
                    .containsExactly("2015 1 K250", "2016 2 I10");
        }
    }

    @Test
    void staysChainedWithDoubtAreDropped() {
        try (var tables = insurer()
                .table("T_MCO15B", B, "100 1 K250 06K04J", "100 2 I10 05M09T", "100 3 I10 05M09T", "100 4 I10 05M09T")
                .table(
                        "T_MCO15C",
                        C,
                        "100 1 A 2015-03-01 2015-03-04 1 0 0",
                        "100 2 A 2015-04-01 2015-04-01 0 3 0",
                        "100 3 A 2015-05-01 2015-05-01 0 0 1",
                        "100 4 A 2015-06-01 2015-06-01 0 0 -")
                .ruled()) {

            assertThat(tables.line(RETURN_CODE)).containsExactly(4L, 1L, 3L, 0L, 0L);
            assertThat(tables.rows(STAYS)).containsExactly("100 4 1");
        }
    }

    @Test
    void aStayThatIsNotChainedIsNotCountedAgainForItsReturnCode() {
        try (var tables = insurer()
                .table("T_MCO15B", B, "100 1 K250 06K04J")
                .table("T_MCO15C", C, "100 1 xxxxxxxxxxxxxxxxx 2015-03-01 2015-03-04 1 0 0")
                .ruled()) {

            assertThat(tables.line(NOT_CHAINED)).containsExactly(1L, 0L, 1L, 0L, 0L);
            assertThat(tables.line(RETURN_CODE)).containsExactly(0L, 0L, 0L, 0L, 0L);
        }
    }

    @Test
    void switchedOffReturnCodesKeepTheStay() {
        try (var tables = insurer()
                .table("T_MCO15B", B, "100 1 K250 06K04J")
                .table("T_MCO15C", C, "100 1 A 2015-03-01 2015-03-04 1 0 0")
                .ruled(RETURN_CODE)) {

            assertThat(tables.rows(STAYS)).containsExactly("100 1 1");
        }
    }

    // R26: requete_type_pmsi_mco, groups of errors and stays that were sent twice.

    @Test
    void staysInAGroupOfErrorsAreDropped() {
        try (var tables = insurer()
                .table("T_MCO15B", B, "100 1 K250 90Z00Z", "100 2 I10 90Z03Z", "100 3 I10 09K02J")
                .table(
                        "T_MCO15C",
                        C,
                        "100 1 A 2015-03-01 2015-03-04 0 0 0",
                        "100 2 A 2015-03-01 2015-03-04 0 0 0",
                        "100 3 A 2015-03-01 2015-03-04 0 0 0")
                .ruled()) {

            assertThat(tables.line(ERROR_GHM)).containsExactly(3L, 1L, 2L, 0L, 0L);
            assertThat(tables.rows(STAYS)).containsExactly("100 3 1");
        }
    }

    @Test
    void onlyTheBeginningOfTheGroupTellsAnError() {
        try (var tables = insurer()
                .table("T_MCO15B", B, "100 1 K250 09K902", "100 2 I10 09M90Z", "100 3 I10 90H01Z")
                .table(
                        "T_MCO15C",
                        C,
                        "100 1 A 2015-03-01 2015-03-04 0 0 0",
                        "100 2 A 2015-04-01 2015-04-04 0 0 0",
                        "100 3 A 2015-05-01 2015-05-04 0 0 0")
                .ruled()) {

            assertThat(tables.line(ERROR_GHM)).containsExactly(3L, 2L, 1L, 0L, 0L);
            assertThat(tables.rows(STAYS)).containsExactly("100 1 1", "100 2 1");
        }
    }

    @Test
    void aStayInAGroupOfErrorsGivesNoDiagnosis() {
        try (var tables = insurer()
                .table("T_MCO15B", B, "100 1 K250 90Z00Z", "100 2 I10 05M09T")
                .table("T_MCO15C", C, "100 1 A 2015-03-01 2015-03-04 0 0 0", "100 2 A 2015-04-01 2015-04-01 0 0 0")
                .mapped()) {

            assertThat(tables.line(ERROR_GHM)).containsExactly(2L, 1L, 1L, 0L, 0L);
            assertThat(tables.rows("SELECT condition_source_value FROM condition_occurrence"))
                    .containsExactly("I10");
        }
    }

    @Test
    void until2017TheCopyUnderTheGeographicFinessIsDropped() {
        try (var tables = insurer()
                .table("T_MCO17B", B, "750712184 1 K250 06K04J", "750100042 7 K250 06K04J")
                .table(
                        "T_MCO17C",
                        C,
                        "750712184 1 A 2017-03-01 2017-03-04 0 0 0",
                        "750100042 7 A 2017-03-01 2017-03-04 0 0 0")
                .ruled()) {

            assertThat(tables.line(DUPLICATE_FINESS)).containsExactly(2L, 1L, 1L, 0L, 0L);
            assertThat(tables.rows(STAYS)).containsExactly("750712184 1 1");
        }
    }

    @Test
    void from2018OnNothingWasSentTwice() {
        try (var tables = insurer()
                .table("T_MCO18B", B, "750100042 7 K250 06K04J")
                .table("T_MCO18C", C, "750100042 7 A 2018-03-01 2018-03-04 0 0 0")
                .ruled()) {

            assertThat(tables.line(DUPLICATE_FINESS)).containsExactly(1L, 1L, 0L, 0L, 0L);
        }
    }

    @Test
    void theListOfFinessHasTheThreeUniversityHospitals() {
        assertThat(DuplicateFiness.numbers())
                .hasSizeGreaterThan(150)
                .contains("750100042", "130783236", "690784137")
                .doesNotHaveDuplicates();
    }

    // R21: diagnoses and acts of a stay.

    @Test
    void diagnosesAndActsOfAStayAreItsPersons() {
        try (var tables = insurer()
                .table("T_MCO15B", "ETA_NUM RSA_NUM DGN_PAL DGN_REL GRG_GHM", "100 1 K250 D62 06K04J")
                .table("T_MCO15C", C, "100 1 A 2015-03-01 2015-03-04 0 0 0")
                .table("T_MCO15D", "ETA_NUM RSA_NUM ASS_DGN", "100 1 N18.3", "100 1 Z921")
                .table("T_MCO15A", "ETA_NUM RSA_NUM CDC_ACT ENT_DAT_DEL", "100 1 HEQE002 2")
                .mapped()) {

            assertThat(tables.rows("SELECT condition_source_value, condition_start_date, condition_status_concept_id"
                            + " FROM condition_occurrence ORDER BY ALL"))
                    .containsExactly(
                            "D62 2015-03-01 32908",
                            "K250 2015-03-01 32902",
                            "N183 2015-03-01 32908",
                            "Z921 2015-03-01 32908");
            assertThat(tables.rows("SELECT procedure_source_value, procedure_date FROM procedure_occurrence"))
                    .containsExactly("HEQE002 2015-03-03");
            assertThat(tables.number("SELECT count(DISTINCT visit_occurrence_id) FROM condition_occurrence"))
                    .isEqualTo(1);
        }
    }

    @Test
    void twinsWhoShareAPseudoNirAreToldApartByTheirRank() {
        try (var tables = new SmallDeposit(folder)
                .knows("T", "1", 1)
                .knows("T", "2", 2)
                .table("IR_BEN_R", "BEN_NIR_PSA BEN_RNG_GEM BEN_NAI_ANN BEN_SEX_COD", "T 1 1950 2", "T 2 1950 2")
                .table("T_MCO15B", B, "100 1 K250 06K04J", "100 2 I10 05M09T")
                .table(
                        "T_MCO15C",
                        "ETA_NUM RSA_NUM NIR_ANO_17 RNG_NAI EXE_SOI_DTD",
                        "100 1 T 2 2015-03-01",
                        "100 2 T - 2015-03-01")
                .ruled()) {

            assertThat(tables.rows(STAYS)).as("the second nobody can tell").containsExactly("100 1 2");
        }
    }

    // The switches.

    @Test
    void switchedOffErrorsAndCopiesAreStays() {
        try (var tables = insurer()
                .table("T_MCO15B", B, "750100042 1 K250 90Z00Z")
                .table("T_MCO15C", C, "750100042 1 A 2015-03-01 2015-03-04 0 0 0")
                .ruled(ERROR_GHM, DUPLICATE_FINESS)) {

            assertThat(tables.line(ERROR_GHM)).containsExactly(1L, 1L, 0L, 0L, 0L);
            assertThat(tables.line(DUPLICATE_FINESS)).containsExactly(1L, 1L, 0L, 0L, 0L);
            assertThat(tables.rows(STAYS)).containsExactly("750100042 1 1");
        }
    }

    @Test
    void aStayWithoutAGroupIsNoError() {
        try (var tables = insurer()
                .table("T_MCO15B", B, "100 1 K250 -")
                .table("T_MCO15C", C, "100 1 A 2015-03-01 2015-03-04 0 0 0")
                .ruled()) {

            assertThat(tables.line(ERROR_GHM)).containsExactly(1L, 1L, 0L, 0L, 0L);
        }
    }
}
