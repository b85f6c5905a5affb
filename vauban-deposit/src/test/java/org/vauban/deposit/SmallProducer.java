package org.vauban.deposit;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.vauban.deposit.envelope.Kind;
import org.vauban.deposit.envelope.Zone;

/** A producer with two invented persons, whose names and numbers are the canaries: they may be in the identity part, and nowhere else. */
final class SmallProducer {
    /** Invented, with the right key. */
    static final String NIR = "185057800608491";

    static final String NINE =
            "DCT_ORD_NUM;FLX_DIS_DTD;FLX_EMT_NUM;FLX_EMT_ORD;FLX_EMT_TYP;FLX_TRT_DTD;ORG_CLE_NUM;PRS_ORD_NUM;"
                    + "REM_TYP_AFF";
    static final String NINE_VALUES = "1;2019-01-05;1;1;1;2019-01-06;01C731;1;0";

    static final String[] CANARIES = {
        NIR,
        "1850578006084",
        "TOURNEBOUCHE",
        "Tournebouche",
        "Hyacinthe",
        "0612345678",
        "impasse des Lilas",
        "PSA000000000000A1",
        "ANO0000000000000A",
        "IPP-7704411",
        "hyacinthe@exemple.fr",
        "patient-17",
        "enc-1",
        "38185"
    };

    final Zones health = Zones.of(Zone.HEALTH);
    final Zones identity = Zones.of(Zone.IDENTITY);
    final Path source;
    final Path spool;
    private final Path folder;
    private final Kind kind;

    private SmallProducer(Path folder, Kind kind) {
        this.folder = folder;
        this.source = folder.resolve("source");
        this.spool = folder.resolve("spool");
        this.kind = kind;
        try {
            Files.createDirectories(source);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    static SmallProducer insurer(Path folder) {
        var producer = new SmallProducer(folder, Kind.SNDS);
        producer.gzip(
                "identities.csv.gz",
                "BEN_NIR_PSA;BEN_RNG_GEM;NIR_OUVRANT_DROIT;NIR_BENEFICIAIRE;DATE_NAISSANCE;SEXE;NOM_NAISSANCE;NOM_USAGE;PRENOMS;"
                        + "LIEU_NAISSANCE;COMMUNE_RESIDENCE;CODE_POSTAL;TELEPHONE\n"
                        + "PSA000000000000A1;1;" + NIR + ";" + NIR
                        + ";1985-05-12;1;TOURNEBOUCHE;;HYACINTHE LUC;78006;38185;38000;0612345678\n"
                        + "PSA000000000000B2;1;;;1950-01-02;2;PETIT;MARIN;ROSE;97411;2A004;20000;\n");
        producer.write(
                "IR_BEN_R.csv",
                "BEN_NIR_PSA;BEN_RNG_GEM;BEN_NIR_ANO;BEN_SEX_COD\nPSA000000000000A1;1;ANO0000000000000A;1\n"
                        + "PSA000000000000B2;1;ANO0000000000000B;2\n");
        producer.write(
                "ER_PRS_F.csv",
                NINE + ";BEN_NIR_PSA;BEN_RNG_GEM;PFS_EXE_NUM;PRS_NAT_REF\n" + NINE_VALUES
                        + ";PSA000000000000A1;1;A10000001;3313\n" + NINE_VALUES
                        + ";PSA000000000000B2;1;A10000001;3313\n");
        producer.write("ER_PHA_F.csv", NINE + ";PHA_PRS_C13\n" + NINE_VALUES + ";3400935418487\n");
        producer.write(
                "T_MCO19C.csv",
                "ETA_NUM;RSA_NUM;NIR_ANO_17;NIR_RET\n380000001;1;PSA000000000000A1;0\n380000001;2;xxxxxxxxxxxxxxxxx;1\n"
                        + "380000001;3;XXXXXXXXXXXXXXXXD;1\n");
        return producer;
    }

    static SmallProducer hospital(Path folder) {
        var producer = new SmallProducer(folder, Kind.FHIR);
        producer.gzip("Patient.ndjson.gz", """
                {"resourceType":"Patient","id":"patient-17","text":{"status":"generated","div":"<div>Tournebouche</div>"},\
                "identifier":[{"system":"urn:oid:1.2.250.1.213.1.4.8","value":"185057800608491"},\
                {"type":{"coding":[{"code":"PI"}]},"system":"urn:oid:1.2.3","value":"IPP-7704411"}],\
                "name":[{"use":"official","family":"TOURNEBOUCHE","given":["Hyacinthe","Luc"]}],\
                "telecom":[{"system":"phone","value":"0612345678"},{"system":"email","value":"hyacinthe@exemple.fr"}],\
                "gender":"male","birthDate":"1985-05-12","address":[{"line":["3 impasse des Lilas"],"city":"Grenoble",\
                "postalCode":"38000","district":"38185"}],"photo":[{"data":"aGVsbG8="}],"deceasedDateTime":"2020-02-03"}
                """);
        producer.write("Encounter.ndjson", """
                {"resourceType":"Encounter","id":"enc-1","status":"finished","class":{"code":"IMP"},\
                "subject":{"reference":"Patient/patient-17","display":"Hyacinthe Tournebouche"},\
                "period":{"start":"2019-03-01T10:00:00+01:00","end":"2019-03-04"},"note":[{"text":"vu par Tournebouche"}]}
                """);
        producer.write("Observation.ndjson", """
                {"resourceType":"Observation","id":"o1","status":"final","code":{"coding":[{"system":"http://loinc.org",\
                "code":"718-7","display":"Hémoglobine"}],"text":"Hb de M. Tournebouche"},\
                "subject":{"reference":"https://hopital.example/fhir/Patient/patient-17/_history/2"},\
                "encounter":{"reference":"urn:uuid:enc-1"},"performer":[{"reference":"Practitioner/dr-9"}],\
                "effectiveDateTime":"2019-03-01","valueQuantity":{"value":13.50,"unit":"g/dL","code":"g/dL"}}
                {"resourceType":"Observation","id":"o2","status":"final","code":{"coding":[{"code":"8302-2"}]},\
                "subject":{"reference":"Patient/patient-17"},"valueString":"petit malade, blanc"}
                """);
        return producer;
    }

    SmallProducer write(String name, String content) {
        return bytes(name, content.getBytes(StandardCharsets.UTF_8));
    }

    SmallProducer bytes(String name, byte[] content) {
        try {
            Files.write(source.resolve(name), content);
            return this;
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    SmallProducer gzip(String name, String content) {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(source.resolve(name)))) {
            out.write(content.getBytes(StandardCharsets.UTF_8));
            return this;
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    Path recordMap() {
        return folder.resolve("map.csv");
    }

    Path rejects() {
        return folder.resolve("rejects.csv");
    }

    SplitRequest request() {
        return new SplitRequest(
                source,
                "producer-1",
                Optional.of(kind),
                health.key(),
                identity.key(),
                spool,
                Optional.of(recordMap()),
                rejects(),
                SplitRequest.PART_BYTES_DEFAULT);
    }

    SplitReport split() {
        return split(Progress.silent());
    }

    SplitReport split(Progress progress) {
        return Splitter.split(request(), progress, Clock.fixed(Instant.parse("2026-03-01T08:00:00Z"), ZoneOffset.UTC));
    }
}
