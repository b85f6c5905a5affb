package org.vauban.deposit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.deposit.SplitReport.Outcome;

/** What goes which way. */
class SplitterTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void anInsurersPersonHasOneRecordNumberInAllTablesAndInTheIdentityPart() {
        SmallProducer insurer = SmallProducer.insurer(folder);

        SplitReport report = insurer.split();

        List<String> persons =
                insurer.health.table(insurer.spool, "IR_BEN_R").lines().toList();
        assertThat(persons.getFirst()).isEqualTo("BEN_NIR_PSA;BEN_RNG_GEM;BEN_NIR_ANO;BEN_SEX_COD;RECORD_NUMBER");
        String[] first = persons.get(1).split(";");
        String psa = first[0];
        String record = first[4];
        assertThat(psa).matches("[0-9]{10,19}").isNotEqualTo(record);
        assertThat(insurer.health
                        .table(insurer.spool, "ER_PRS_F")
                        .lines()
                        .toList()
                        .get(1))
                .startsWith(SmallProducer.NINE_VALUES + ";" + psa + ";1;")
                .endsWith(";3313")
                .doesNotContain("A10000001");
        assertThat(insurer.health.table(insurer.spool, "T_MCO19C"))
                .isEqualTo("ETA_NUM;RSA_NUM;NIR_ANO_17;NIR_RET\n380000001;1;" + psa
                        + ";0\n380000001;2;xxxxxxxxxxxxxxxxx;1\n380000001;3;XXXXXXXXXXXXXXXXD;1\n");
        assertThat(insurer.health.table(insurer.spool, "ER_PHA_F")).endsWith(";3400935418487\n");
        assertThat(insurer.identity
                        .table(insurer.spool, "IDENTITY")
                        .lines()
                        .toList()
                        .get(1))
                .isEqualTo(record
                        + ";1850578006084;185057800608491;1;TOURNEBOUCHE;;HYACINTHE LUC;1985-05-12;1;78006;38185;38000;"
                        + "0612345678;");
        assertThat(report.persons()).isEqualTo(2);
        assertThat(report.with(Outcome.QUARANTINED)).isEmpty();
    }

    @Test
    void aHospitalsResourcesKeepHealthDataAloneAndPointAtRecordNumbers() {
        SmallProducer hospital = SmallProducer.hospital(folder);

        hospital.split();

        String identity = hospital.identity
                .table(hospital.spool, "IDENTITY")
                .lines()
                .toList()
                .get(1);
        String record = identity.substring(0, identity.indexOf(';'));
        assertThat(identity)
                .isEqualTo(record
                        + ";;185057800608491;1;TOURNEBOUCHE;TOURNEBOUCHE;Hyacinthe Luc;1985-05-12;1;;38185;38000;"
                        + "0612345678;IPP-7704411");
        assertThat(hospital.health.table(hospital.spool, "Patient"))
                .isEqualTo("{\"resourceType\":\"Patient\",\"id\":\"" + record
                        + "\",\"gender\":\"male\",\"birthDate\":\"1985-05-12\",\"address\":[{\"state\":\"38\"}],"
                        + "\"deceasedDateTime\":\"2020-02-03\"}\n");
        String encounter = hospital.health.table(hospital.spool, "Encounter");
        String stay = encounter.replaceAll("(?s).*\"id\":\"(\\d+)\".*", "$1");
        assertThat(encounter)
                .isEqualTo("{\"resourceType\":\"Encounter\",\"id\":\"" + stay
                        + "\",\"status\":\"finished\",\"class\":{\"code\":\"IMP\"},\"subject\":{\"reference\":\"Patient/"
                        + record
                        + "\"},\"period\":{\"start\":\"2019-03-01T10:00:00+01:00\",\"end\":\"2019-03-04\"}}\n");
        assertThat(hospital.health.table(hospital.spool, "Observation"))
                .contains("\"subject\":{\"reference\":\"Patient/" + record + "\"}")
                .contains("\"encounter\":{\"reference\":\"Encounter/" + stay + "\"}")
                .contains("\"display\":\"Hémoglobine\"")
                .contains("\"value\":13.50")
                .contains("petit malade, blanc")
                .doesNotContain("performer")
                .doesNotContain("Hb de M");
    }

    @Test
    void noCanaryIsInAHealthPartAndNoPlaintextIsInTheSpool() throws IOException {
        SmallProducer insurer = SmallProducer.insurer(folder.resolve("insurer"));
        SmallProducer hospital = SmallProducer.hospital(folder.resolve("hospital"));

        insurer.split();
        hospital.split();

        String health = insurer.health.everything(insurer.spool) + hospital.health.everything(hospital.spool);
        String identities = insurer.identity.everything(insurer.spool) + hospital.identity.everything(hospital.spool);
        assertThat(health).doesNotContain(SmallProducer.CANARIES);
        assertThat(identities).contains(SmallProducer.NIR, "TOURNEBOUCHE", "0612345678");
        assertThat(spooled(insurer.spool) + spooled(hospital.spool))
                .doesNotContain(SmallProducer.CANARIES)
                .doesNotContain("ER_PRS_F", "Encounter", "3400935418487");
    }

    @Test
    void theSameFilesSplitTwiceHaveOtherRecordNumbersAndTheSameContentDigest() throws IOException {
        SmallProducer first = SmallProducer.insurer(folder.resolve("first"));
        SmallProducer second = SmallProducer.insurer(folder.resolve("second"));

        first.split();
        second.split();

        assertThat(first.health.table(first.spool, "IR_BEN_R"))
                .isNotEqualTo(second.health.table(second.spool, "IR_BEN_R"));
        assertThat(content(first)).isEqualTo(content(second)).matches("[0-9a-f]{64}");
        assertThat(first.spool.resolve("deposit.json")).doesNotExist();
    }

    @Test
    void theRecordMapStaysWithTheProducerAndNamesEachPerson() throws IOException {
        SmallProducer insurer = SmallProducer.insurer(folder);

        insurer.split();

        assertThat(Files.readAllLines(insurer.recordMap()))
                .hasSize(3)
                .anyMatch(line -> line.matches("producer-1,\\d+,PSA000000000000A1\\|1"));
    }

    @Test
    void aLargeTableHasSeveralPartsEachWithItsHeader() {
        SmallProducer insurer = SmallProducer.insurer(folder);
        String row = SmallProducer.NINE_VALUES + ";PSA000000000000A1;1;A10000001;3313\n";
        insurer.write(
                "ER_PRS_F.csv",
                SmallProducer.NINE + ";BEN_NIR_PSA;BEN_RNG_GEM;PFS_EXE_NUM;PRS_NAT_REF\n" + row.repeat(2000));
        SplitRequest request = insurer.request();

        Splitter.split(
                new SplitRequest(
                        request.folder(),
                        request.producer(),
                        request.kind(),
                        request.hubKey(),
                        request.identityKey(),
                        request.spool(),
                        request.recordMap(),
                        request.rejects(),
                        50_000),
                Progress.silent(),
                java.time.Clock.systemUTC());

        List<Zones.Clear> parts = insurer.health.open(insurer.spool).stream()
                .filter(part -> part.table().table().equals("ER_PRS_F"))
                .toList();
        assertThat(parts).hasSizeGreaterThan(2).allMatch(part -> part.content().startsWith(SmallProducer.NINE));
        assertThat(parts.stream()
                        .mapToLong(part -> part.content().lines().count() - 1)
                        .sum())
                .isEqualTo(2000);
    }

    @Test
    void quotedFieldsGoOnOverLineEndsAndWrongRowsAreCounted() throws IOException {
        SmallProducer insurer = SmallProducer.insurer(folder);
        insurer.write(
                "T_MCO19D.csv",
                "eta_num,rsa_num,ASS_DGN,REMARQUE\r\n1,2,\"K25,0\",\"deux\nlignes\"\r\n1,3,K920\r\n,4,K920,x\r\n1,5,K921,\"\"\r\n");

        SplitReport report = insurer.split();

        assertThat(insurer.health.table(insurer.spool, "T_MCO19D"))
                .isEqualTo("ETA_NUM,RSA_NUM,ASS_DGN,REMARQUE\n1,2,\"K25,0\",\"deux\nlignes\"\n1,5,K921,\"\"\n");
        assertThat(report.rejected()).isEqualTo(2);
        assertThat(Files.readString(insurer.rejects()))
                .isEqualTo("file,line,column,expected,found\n\"T_MCO19D.csv\",4,\"(all)\",\"4 fields\",\"3 fields\"\n"
                        + "\"T_MCO19D.csv\",5,\"ETA_NUM\",\"a value\",\"nothing\"\n");
    }

    @Test
    void anOmopFolderHasNewIdsAndNoSourceNumberOfItsPersons() {
        SmallProducer producer = SmallProducer.insurer(folder);
        Path omop = folder.resolve("omop");
        SplitRequest request = producer.request();
        Path spool = folder.resolve("omop-spool");
        write(
                omop,
                "PERSON.csv",
                "person_id,gender_concept_id,year_of_birth,birth_datetime,person_source_value\n7,8507,1960,1960-02-03 00:00:00,SRC-7\n");
        write(
                omop,
                "condition_occurrence.csv",
                "condition_occurrence_id,person_id,condition_concept_id,condition_start_date,visit_occurrence_id\n1,7,192671,2010-01-01,9\n");
        write(omop, "note.csv", "note_id,person_id,note_text\n1,7,secret\n");

        SplitReport report = Splitter.split(
                new SplitRequest(
                        omop,
                        "producer-2",
                        java.util.Optional.empty(),
                        request.hubKey(),
                        request.identityKey(),
                        spool,
                        java.util.Optional.empty(),
                        request.rejects(),
                        request.partBytes()),
                Progress.silent(),
                java.time.Clock.systemUTC());

        String identity =
                producer.identity.table(spool, "IDENTITY").lines().toList().get(1);
        String record = identity.substring(0, identity.indexOf(';'));
        assertThat(identity).isEqualTo(record + ";;;0;;;;1960-02-03;1;;;;;7");
        assertThat(producer.health.table(spool, "person"))
                .endsWith("\n" + record + ",8507,1960,1960-02-03 00:00:00,\n");
        assertThat(producer.health.table(spool, "condition_occurrence")).contains("," + record + ",192671,2010-01-01,");
        assertThat(report.with(Outcome.LEFT_OUT))
                .extracting(SplitReport.FileReport::file)
                .containsExactly("note.csv");
    }

    private static void write(Path folder, String name, String content) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(name), content);
        } catch (IOException unwritable) {
            throw new java.io.UncheckedIOException(unwritable);
        }
    }

    private static String content(SmallProducer producer) throws IOException {
        return Files.readString(producer.spool.resolve("health/manifest.json"))
                .replaceAll("(?s).*\"content\" : \"([0-9a-f]+)\".*", "$1");
    }

    private static String spooled(Path spool) throws IOException {
        var text = new StringBuilder();
        try (var files = Files.walk(spool)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                text.append(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1));
            }
        }
        return text.toString();
    }
}
