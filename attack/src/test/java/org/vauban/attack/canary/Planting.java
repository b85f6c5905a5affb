package org.vauban.attack.canary;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Writes canaries into the files of generated producers, as one more gzip member of each: a hospital each, and the insurer. */
final class Planting {
    private static final int HOSPITALS = 4;

    private final Path producers;
    private final Map<String, Writer> files = new HashMap<>();

    private Planting(Path producers) {
        this.producers = producers;
    }

    static void plant(List<Canary> people, Path producers) {
        var planting = new Planting(producers);
        try {
            for (Canary person : people) {
                planting.atTheInsurer(person);
                planting.atAHospital(person, "hospital-" + (1 + person.number() % HOSPITALS));
            }
            for (Writer file : planting.files.values()) {
                file.close();
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private void atTheInsurer(Canary person) throws IOException {
        String pseudonym = String.format(Locale.ROOT, "QPSA%013d", person.number());
        String chained = String.format(Locale.ROOT, "QANO%013d", person.number());
        String identity = String.format(Locale.ROOT, "QIDT%013d", person.number());
        line(
                "cnam/identities.csv",
                String.join(
                        ";",
                        pseudonym,
                        "1",
                        person.nirAndKey(),
                        person.nirAndKey(),
                        person.birth().toString(),
                        "2",
                        person.family(),
                        person.family(),
                        person.given(),
                        "95001",
                        "75113",
                        "75013",
                        ""));
        line(
                "cnam/IR_BEN_R.csv",
                String.join(
                        ";",
                        pseudonym,
                        "1",
                        chained,
                        chained,
                        "1",
                        identity,
                        "00",
                        String.valueOf(person.birth().getYear()),
                        String.format(Locale.ROOT, "%02d", person.birth().getMonthValue()),
                        "2",
                        "",
                        "",
                        "01C751000",
                        "075",
                        "113",
                        "1",
                        "2022-12-31"));
    }

    private void atAHospital(Canary person, String hospital) throws IOException {
        String patient = person.localId();
        line(hospital + "/Patient.ndjson", """
                {"resourceType":"Patient","id":"%s","identifier":[{"use":"official","system":"urn:oid:1.2.250.1.213.1.4.8","value":"%s"},\
                {"use":"usual","type":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v2-0203","code":"PI"}]},\
                "system":"urn:oid:2.999.1","value":"%s"}],"name":[{"use":"official","family":"%s","given":["%s"]}],\
                "gender":"female","birthDate":"%s","address":[{"use":"home","line":["%s"],"city":"Paris","postalCode":"75013",\
                "district":"75113"}]}""".formatted(
                        patient,
                        person.nirAndKey(),
                        patient,
                        person.family(),
                        person.given(),
                        person.birth(),
                        person.street()));
        for (int event = 0; event < person.days().size(); event++) {
            LocalDate day = person.days().get(event);
            String id = "Q" + person.number() + "E" + event;
            line(hospital + "/Encounter.ndjson", """
                    {"resourceType":"Encounter","id":"%s","status":"finished","class":{"system":\
                    "http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"IMP"},"subject":{"reference":"Patient/%s"},\
                    "period":{"start":"%s","end":"%s"}}""".formatted(id, patient, day, day.plusDays(2)));
            line(hospital + "/Condition.ndjson", """
                    {"resourceType":"Condition","id":"%sC","code":{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10","code":"%s"}]},\
                    "subject":{"reference":"Patient/%s"},"encounter":{"reference":"Encounter/%s"},"onsetDateTime":"%s",\
                    "recordedDate":"%s"}""".formatted(id, person.code(), patient, id, day, day));
        }
        observation(hospital, person, "N", "\"valueString\":\"" + person.note() + "\"");
        observation(
                hospital,
                person,
                "M",
                "\"valueQuantity\":{\"value\":" + person.measured()
                        + ",\"unit\":\"mm[Hg]\",\"system\":\"http://unitsofmeasure.org\",\"code\":\"mm[Hg]\"}");
    }

    private void observation(String hospital, Canary person, String mark, String value) throws IOException {
        line(hospital + "/Observation.ndjson", """
                {"resourceType":"Observation","id":"Q%d%s","status":"final","code":{"coding":[{"system":"http://loinc.org",\
                "code":"8480-6"}]},"subject":{"reference":"Patient/%s"},"encounter":{"reference":"Encounter/Q%dE0"},\
                "effectiveDateTime":"%s",%s}""".formatted(
                        person.number(),
                        mark,
                        person.localId(),
                        person.number(),
                        person.days().getFirst(),
                        value));
    }

    private void line(String name, String line) throws IOException {
        Writer file = files.get(name);
        if (file == null) {
            OutputStream end = Files.newOutputStream(
                    producers.resolve(name + ".gz"), StandardOpenOption.WRITE, StandardOpenOption.APPEND);
            file = new OutputStreamWriter(new GZIPOutputStream(end), StandardCharsets.UTF_8);
            files.put(name, file);
        }
        file.write(line + "\n");
    }
}
