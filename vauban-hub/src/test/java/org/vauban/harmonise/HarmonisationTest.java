package org.vauban.harmonise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.custody.Keys;
import org.vauban.edition.Edition;
import org.vauban.edition.EditionReader;
import org.vauban.edition.Editions;
import org.vauban.edition.TestEditions;
import org.vauban.ingest.EditionDirectory;
import org.vauban.ingest.IngestReport;
import org.vauban.omop.CdmTable;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;
import org.vauban.trajectory.Domain;
import org.vauban.trajectory.Needs;
import org.vauban.trajectory.Trajectories;
import org.vauban.vault.TestKeys;
import org.vauban.vault.Vault;
import org.vauban.vocabulary.LocalConcepts;

/** The whole way: deposits in, a published edition out. */
class HarmonisationTest {
    private static final Answers ANSWERS = (_, record) -> switch (record) {
        case "101", "9001" -> OptionalLong.of(77);
        case "102" -> OptionalLong.of(78);
        default -> OptionalLong.empty();
    };

    @TempDir
    Path folder;

    private final TestKeys keys = new TestKeys();

    @Test
    void aPersonOfTheInsurerAndOfAHospitalIsOneInTheEdition() {
        Editions editions = new Editions(Vault.open(folder.resolve("vault"), keys), keys, SmallDeposit.CLOCK);

        Harmonised harmonised = new Harmonisation(editions, keys, SmallDeposit.CLOCK)
                .prepare(parts(), ANSWERS, 2, folder.resolve("rejects.csv"));
        editions.publish(harmonised.edition());

        Edition edition =
                editions.open(harmonised.edition().id(), harmonised.edition().root());
        assertThat(edition.rows())
                .containsEntry(CdmTable.PERSON, 2L)
                .containsEntry(CdmTable.DRUG_EXPOSURE, 2L)
                .containsEntry(CdmTable.CONDITION_OCCURRENCE, 1L)
                .containsEntry(CdmTable.VISIT_OCCURRENCE, 1L)
                .containsEntry(CdmTable.MEASUREMENT, 1L);
        IngestReport report = harmonised.report();
        assertThat(report.attrition()).hasSize(BusinessRule.values().length);
        assertThat(report.tables())
                .hasEntrySatisfying(
                        "Condition", table -> assertThat(table.rejected()).containsEntry("unknown_person", 1L));
        assertThat(edition.document("ingest-report")).isPresent();

        Needs needs = Needs.of(CdmTable.PERSON, "gender_concept_id", "year_of_birth")
                .and(Domain.CONDITION_OCCURRENCE.needsOfEvents())
                .and(Needs.of(CdmTable.CONDITION_OCCURRENCE, "visit_occurrence_id"))
                .and(Domain.DRUG_EXPOSURE.needsOfEvents())
                .and(Domain.DRUG_ERA.needsOfEvents())
                .and(Domain.OBSERVATION_PERIOD.needsOfEvents());
        EditionReader reader = TestEditions.read(edition, needs);
        int bleeding = LocalConcepts.id("CIM10", "K250");
        int celecoxib = LocalConcepts.id("ATC", "M01AH01");
        assertThat(reader.vocabulary().concept(celecoxib)).isPresent();
        assertThat(reader.vocabulary().descendants(LocalConcepts.id("ATC", "M01A")))
                .contains(celecoxib);
        assertThat(reader.vocabulary().descendants(LocalConcepts.id("CIM10", "K25")))
                .contains(bleeding);
        int conditions = 0;
        int drugs = 0;
        for (int bucket = 0; bucket < reader.buckets(); bucket++) {
            Trajectories persons = reader.read(bucket, needs);
            conditions += count(persons, Domain.CONDITION_OCCURRENCE, bleeding);
            drugs += count(persons, Domain.DRUG_EXPOSURE, celecoxib);
        }
        assertThat(conditions).isEqualTo(1);
        assertThat(drugs).isEqualTo(2);
    }

    @Test
    void whoIsInAnEditionIsFoundAgainUntilTheKeyOfItsDirectoryIsDestroyed() {
        Edition edition = published(ANSWERS);

        EditionDirectory directory = EditionDirectory.of(edition, keys);
        assertThat(directory.numbers(LongStream.of(77))).hasSize(1);
        assertThat(directory.numbers(LongStream.of(78, 79, 77))).containsExactly(1, 2);
        assertThat(directory.numbers(LongStream.of(79))).isEmpty();

        keys.destroyKey(Keys.ofDirectory(edition.id().value()));
        assertThat(EditionDirectory.of(edition, keys).numbers(LongStream.of(77, 78)))
                .isEmpty();
    }

    @Test
    void whoObjectsHasNoRowInANewEditionAndNoRejectTellsIt() throws IOException {
        Edition edition = published(new Answers() {
            @Override
            public OptionalLong person(String deposit, String record) {
                return ANSWERS.person(deposit, record);
            }

            @Override
            public boolean objects(long person) {
                return person == 77;
            }
        });
        String rejects = Files.readString(folder.resolve("rejects.csv"));

        assertThat(edition.rows()).containsEntry(CdmTable.PERSON, 1L).doesNotContainKey(CdmTable.CONDITION_OCCURRENCE);
        assertThat(EditionDirectory.of(edition, keys).numbers(LongStream.of(77, 78)))
                .containsExactly(1);
        published(ANSWERS);
        assertThat(rejects).isEqualTo(Files.readString(folder.resolve("rejects.csv")));
    }

    private Edition published(Answers answers) {
        Editions editions = new Editions(Vault.open(folder.resolve("vault"), keys), keys, SmallDeposit.CLOCK);
        Harmonised harmonised = new Harmonisation(editions, keys, SmallDeposit.CLOCK)
                .prepare(parts(), answers, 2, folder.resolve("rejects.csv"));
        editions.publish(harmonised.edition());
        return editions.open(harmonised.edition().id(), harmonised.edition().root());
    }

    @Test
    void aTableWithoutAKeyOfTheClaimsIsRefusedWithAllThatItLacks() {
        Editions editions = new Editions(Vault.open(folder.resolve("vault"), keys), keys, SmallDeposit.CLOCK);
        DepositedTable short1 =
                part(DepositedTable.Kind.SNDS, "ER_PHA_F", "PHA_PRS_C13;DCT_ORD_NUM\n3400935418487;1\n");

        ProblemException refused = catchThrowableOfType(
                ProblemException.class,
                () -> new Harmonisation(editions, keys, SmallDeposit.CLOCK)
                        .prepare(List.of(short1), ANSWERS, 1, folder.resolve("rejects.csv")));

        assertThat(refused.problems()).hasSize(8);
        assertThat(refused.problems().getFirst().code()).isEqualTo(ProblemCode.INPUT_COLUMN_MISSING);
        assertThat(refused.problems().getFirst().toString())
                .contains("insurer/ER_PHA_F")
                .contains("FLX_DIS_DTD");
    }

    @Test
    void nothingButPersonsNobodyKnowsMakesNoEdition() {
        Editions editions = new Editions(Vault.open(folder.resolve("vault"), keys), keys, SmallDeposit.CLOCK);

        ProblemException refused = catchThrowableOfType(
                ProblemException.class,
                () -> new Harmonisation(editions, keys, SmallDeposit.CLOCK)
                        .prepare(parts(), (_, _) -> OptionalLong.empty(), 1, folder.resolve("rejects.csv")));

        assertThat(refused.code()).isEqualTo(ProblemCode.INPUT_NO_PERSONS);
        assertThat(editions.list()).isEmpty();
    }

    @Test
    void aLineThatIsNoRowIsToldByItsPlaceAndTheNextOnesAreToldRightly() throws IOException {
        try (var tables = new SmallDeposit(folder)
                .knows("A", "1", 1)
                .csv("IR_BEN_R", ',', """
                        ben_nir_psa,ben_rng_gem,ben_nai_ann
                        A,1,1950
                        A,1,1950,too,many
                        A
                        NOBODY,1,1960
                        """)
                .ruled()) {

            assertThat(tables.number("SELECT count(*) FROM snds.ir_ben_r")).isEqualTo(2);
            assertThat(Files.readAllLines(folder.resolve("rejects.csv")))
                    .hasSize(4)
                    .anyMatch(line -> line.startsWith("IR_BEN_R,\"insurer/IR_BEN_R\",3,,,too_many_columns,"))
                    .anyMatch(line -> line.startsWith("IR_BEN_R,\"insurer/IR_BEN_R\",4,,,missing_columns,"))
                    .anyMatch(line -> line.startsWith("IR_BEN_R,\"insurer/IR_BEN_R\",5,,,unknown_person,"))
                    .noneMatch(line -> line.contains("NOBODY"));
        }
    }

    private static int count(Trajectories bucket, Domain domain, int concept) {
        return (int) Arrays.stream(bucket.events(domain).concepts())
                .filter(each -> each == concept)
                .count();
    }

    private static List<DepositedTable> parts() {
        String keys =
                "DCT_ORD_NUM;FLX_DIS_DTD;FLX_EMT_NUM;FLX_EMT_ORD;FLX_EMT_TYP;FLX_TRT_DTD;ORG_CLE_NUM;PRS_ORD_NUM;REM_TYP_AFF";
        return List.of(
                part(DepositedTable.Kind.SNDS, "IR_BEN_R", """
                        BEN_NIR_PSA;BEN_RNG_GEM;BEN_NAI_ANN;BEN_NAI_MOI;BEN_SEX_COD;BEN_RES_DPT;RECORD_NUMBER
                        5550;1;1950;07;2;075;101
                        5551;1;1960;01;1;02A;102
                        """),
                part(
                        DepositedTable.Kind.SNDS,
                        "IR_PHA_R",
                        "PHA_CIP_C13;PHA_PRS_IDE;PHA_ATC_C07\n3400935563538;3556353;M01AH01\n"),
                part(
                        DepositedTable.Kind.SNDS,
                        "ER_PRS_F",
                        keys + ";BEN_NIR_PSA;BEN_RNG_GEM;EXE_SOI_DTD\n1;2015-02-01;1;1;1;1;1;1;1;5550;1;2015-01-05\n"),
                part(
                        DepositedTable.Kind.SNDS,
                        "ER_PHA_F",
                        keys + ";PHA_PRS_C13;PHA_ACT_QSN\n1;2015-02-01;1;1;1;1;1;1;1;3400935563538;1\n"),
                part(DepositedTable.Kind.FHIR, "Condition", """
                        {"resourceType":"Condition","id":"1","code":{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10","code":"K25.0"}]},"subject":{"reference":"Patient/9001"},"encounter":{"reference":"Encounter/5"},"onsetDateTime":"2015-01-20"}
                        {"resourceType":"Condition","id":"2","code":{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10","code":"K25.0"}]},"subject":{"reference":"Patient/9002"},"onsetDateTime":"2015-01-20"}
                        """),
                part(DepositedTable.Kind.FHIR, "Patient", """
                        {"resourceType":"Patient","id":"9001","gender":"female","birthDate":"1950-07-14"}
                        """),
                part(DepositedTable.Kind.FHIR, "Encounter", """
                        {"resourceType":"Encounter","id":"5","status":"finished","class":{"code":"IMP"},"subject":{"reference":"Patient/9001"},"period":{"start":"2015-01-20T08:00:00+01:00","end":"2015-01-23T10:00:00+01:00"}}
                        """),
                part(DepositedTable.Kind.FHIR, "MedicationRequest", """
                        {"resourceType":"MedicationRequest","id":"6","status":"active","medicationCodeableConcept":{"coding":[{"system":"http://www.whocc.no/atc","code":"M01AH01"}]},"subject":{"reference":"Patient/9001"},"encounter":{"reference":"Encounter/5"},"authoredOn":"2015-01-21"}
                        """),
                part(DepositedTable.Kind.FHIR, "Observation", """
                        {"resourceType":"Observation","id":"7","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"718-7"}]},"subject":{"reference":"Patient/9001"},"effectiveDateTime":"2015-01-20","valueQuantity":{"value":9.5,"unit":"g/dL","code":"g/dL"}}
                        """));
    }

    private static DepositedTable part(DepositedTable.Kind kind, String table, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        String producer = kind == DepositedTable.Kind.SNDS ? "insurer" : "hospital";
        return new DepositedTable(producer, producer, kind, table, ';', 0, () -> new ByteArrayInputStream(bytes));
    }
}
