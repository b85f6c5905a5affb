package org.vauban.harmonise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vauban.harmonise.BusinessRule.ALD;
import static org.vauban.harmonise.BusinessRule.DEATH_1600;
import static org.vauban.harmonise.BusinessRule.PERSON_IDENTIFIER;
import static org.vauban.harmonise.BusinessRule.UNMATCHED_DEATH;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Persons, deaths and long-term illnesses, on tables that can be checked by eye. A line is: rows in, out, dropped, merged, counted. */
class BeneficiaryRulesTest {
    private static final String R =
            "BEN_NIR_PSA BEN_RNG_GEM BEN_NIR_ANO BEN_IDT_ANO BEN_NAI_ANN BEN_SEX_COD BEN_DCD_DTE";

    @TempDir
    Path folder;

    private SmallDeposit insurer() {
        return new SmallDeposit(folder).knows("A", "1", 1).knows("B", "1", 2);
    }

    // R18: fiche_beneficiaire, several pseudo-NIR in a life.

    @Test
    void aChildOfTwoParentsWhoLaterIsInsuredItselfIsOnePerson() {
        try (var tables = insurer()
                .table("IR_BEN_R", R, "A 1 ANN X 1990 1 -", "F 1 ANN X 1990 1 -", "M 1 ANN X 1990 1 -")
                .ruled()) {

            assertThat(tables.line(PERSON_IDENTIFIER)).containsExactly(3L, 1L, 0L, 2L, 0L);
            assertThat(tables.rows("SELECT psa, person FROM beneficiary ORDER BY ALL"))
                    .containsExactly("A 1", "F 1", "M 1");
        }
    }

    @Test
    void aRecordWithoutAnonymousNirStandsForItself() {
        try (var tables = insurer()
                .table("IR_BEN_R", R, "A 1 - X 1990 1 -", "B 1 - Y 1991 1 -")
                .ruled()) {

            assertThat(tables.line(PERSON_IDENTIFIER)).containsExactly(2L, 2L, 0L, 0L, 0L);
        }
    }

    @Test
    void switchedOffEachPseudoNirIsAPersonOfItsOwn() {
        try (var tables = insurer()
                .table("IR_BEN_R", R, "A 1 ANN X 1990 1 -", "B 1 ANN X 1990 1 -")
                .ruled(PERSON_IDENTIFIER)) {

            assertThat(tables.line(PERSON_IDENTIFIER)).containsExactly(2L, 2L, 0L, 0L, 0L);
            assertThat(tables.rows("SELECT psa, person FROM beneficiary ORDER BY ALL"))
                    .containsExactly("A 1", "B 2");
        }
    }

    // R17: IR_BEN_R, BEN_DCD_DTE.

    @Test
    void theDay1600MeansThatNoDeathIsKnown() {
        try (var tables = insurer()
                .table("IR_BEN_R", R, "A 1 - X 1950 1 1600-01-01", "B 1 - Y 1960 2 2016-05-01")
                .mapped()) {

            assertThat(tables.line(DEATH_1600)).containsExactly(2L, 2L, 0L, 0L, 1L);
            assertThat(tables.rows("SELECT death_date FROM death")).containsExactly("2016-05-01");
        }
    }

    @Test
    void theDay1600IsUnderstoodInEveryWayOfWritingIt() {
        try (var tables = insurer()
                .table("IR_BEN_R", R, "A 1 - X 1950 1 01/01/1600", "B 1 - Y 1960 2 01011600")
                .ruled()) {

            assertThat(tables.line(DEATH_1600)).containsExactly(2L, 2L, 0L, 0L, 2L);
        }
    }

    @Test
    void switchedOffADeathIn1600WouldBeBelieved() {
        try (var tables =
                insurer().table("IR_BEN_R", R, "A 1 - X 1950 1 1600-01-01").mapped(DEATH_1600)) {

            assertThat(tables.rows("SELECT death_date FROM death")).containsExactly("1600-01-01");
        }
    }

    // R27: causes of death of the CepiDc.

    @Test
    void aMatchedCertificateGivesTheCause() {
        try (var tables = insurer()
                .table("IR_BEN_R", R, "A 1 - X 1950 1 2016-05-02", "B 1 - Y 1960 2 -")
                .table("KI_CCI_R", "BEN_IDT_ANO DCD_IDT_TOP BEN_DCD_DTE DCD_CIM_COD", "X 1 2016-05-01 K250")
                .mapped()) {

            assertThat(tables.rows("SELECT death_date, cause_source_value, death_type_concept_id FROM death"))
                    .containsExactly("2016-05-01 K250 32815");
        }
    }

    @Test
    void aCertificateOfNobodyIsDropped() {
        try (var tables = insurer()
                .table("IR_BEN_R", R, "A 1 - X 1950 1 -", "B 1 - Y 1960 2 -")
                .table(
                        "KI_CCI_R",
                        "BEN_IDT_ANO DCD_IDT_TOP BEN_DCD_DTE DCD_CIM_COD",
                        "X 0 2016-05-01 K250",
                        "Y - 2016-05-01 K250")
                .mapped()) {

            assertThat(tables.line(UNMATCHED_DEATH)).containsExactly(2L, 0L, 2L, 0L, 0L);
            assertThat(tables.rows("SELECT * FROM death")).isEmpty();
        }
    }

    @Test
    void switchedOffUnmatchedCertificatesAreBelieved() {
        try (var tables = insurer()
                .table("IR_BEN_R", R, "A 1 - X 1950 1 -")
                .table("KI_CCI_R", "BEN_IDT_ANO DCD_IDT_TOP BEN_DCD_DTE DCD_CIM_COD", "X 0 2016-05-01 K250")
                .mapped(UNMATCHED_DEATH)) {

            assertThat(tables.line(UNMATCHED_DEATH)).containsExactly(1L, 1L, 0L, 0L, 0L);
            assertThat(tables.rows("SELECT death_date FROM death")).containsExactly("2016-05-01");
        }
    }

    // R28: beneficiaires_ald.

    @Test
    void aLongTermIllnessInCim10BecomesACondition() {
        try (var tables = insurer()
                .table("IR_BEN_R", R, "A 1 - X 1950 1 -")
                .table(
                        "IR_IMB_R",
                        "BEN_NIR_PSA BEN_RNG_GEM MED_NCL_IDT MED_MTF_COD IMB_ALD_DTD IMB_ALD_DTF",
                        "A 1 CIM10 E11 2014-01-01 2019-01-01")
                .mapped()) {

            assertThat(tables.line(ALD)).containsExactly(1L, 1L, 0L, 0L, 0L);
            assertThat(tables.rows("SELECT condition_source_value, condition_start_date, condition_end_date,"
                            + " condition_type_concept_id FROM condition_occurrence"))
                    .containsExactly("E11 2014-01-01 2019-01-01 32810");
        }
    }

    @Test
    void aLongTermIllnessCodedOtherwiseIsCounted() {
        try (var tables = insurer()
                .table("IR_BEN_R", R, "A 1 - X 1950 1 -")
                .table(
                        "IR_IMB_R",
                        "BEN_NIR_PSA BEN_RNG_GEM MED_NCL_IDT MED_MTF_COD IMB_ALD_DTD",
                        "A 1 CIM10 E11 2014-01-01",
                        "A 1 CIM9 250 2014-01-01",
                        "A 1 - 8 2014-01-01")
                .mapped()) {

            assertThat(tables.line(ALD)).containsExactly(3L, 1L, 2L, 0L, 0L);
            assertThat(tables.rows("SELECT condition_source_value FROM condition_occurrence"))
                    .containsExactly("E11");
        }
    }

    @Test
    void aLongTermIllnessWithoutAnEndGoesOn() {
        try (var tables = insurer()
                .table("IR_BEN_R", R, "A 1 - X 1950 1 -")
                .table(
                        "IR_IMB_R",
                        "BEN_NIR_PSA BEN_RNG_GEM MED_NCL_IDT MED_MTF_COD IMB_ALD_DTD IMB_ALD_DTF",
                        "A 1 CIM10 N18 2014-01-01 -")
                .mapped()) {

            assertThat(tables.rows("SELECT condition_end_date FROM condition_occurrence"))
                    .containsExactly("-");
        }
    }
}
