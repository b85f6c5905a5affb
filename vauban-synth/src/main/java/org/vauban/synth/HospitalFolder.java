package org.vauban.synth;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.vauban.synth.Care.Clinic;
import org.vauban.synth.Care.Result;
import org.vauban.synth.Care.Stay;

/**
 * The folder of one hospital: FHIR R4 resources, one per line, one file for each type.
 */
final class HospitalFolder implements Closeable {
    private static final String DIAGNOSES = "http://hl7.org/fhir/sid/icd-10";
    private static final String ACTS = "https://smt.esante.gouv.fr/terminologie-ccam";
    private static final byte[] END = ascii("}\n");

    private final int hospital;
    private final Gzipped patients;
    private final Gzipped encounters;
    private final Gzipped conditions;
    private final Gzipped procedures;
    private final Gzipped observations;
    private final Gzipped requests;
    private final Gzipped administrations;
    private long resources;
    private long lastId;

    HospitalFolder(Path folder, int hospital, Compression compression) throws IOException {
        Files.createDirectories(folder);
        this.hospital = hospital;
        this.patients = file(folder, "Patient", compression);
        this.encounters = file(folder, "Encounter", compression);
        this.conditions = file(folder, "Condition", compression);
        this.procedures = file(folder, "Procedure", compression);
        this.observations = file(folder, "Observation", compression);
        this.requests = file(folder, "MedicationRequest", compression);
        this.administrations = file(folder, "MedicationAdministration", compression);
    }

    private static Gzipped file(Path folder, String type, Compression compression) throws IOException {
        return new Gzipped(folder.resolve(type + ".ndjson.gz"), compression);
    }

    /** The name under which a hospital gives data. */
    static String name(int hospital) {
        return "hospital-" + (hospital + 1);
    }

    long resources() {
        return resources;
    }

    /** Writes what this hospital knows of a person: nothing about most persons. */
    void write(FrenchLife life) throws IOException {
        boolean known = false;
        for (HospitalRecord record : life.hospitalRecords()) {
            if (record.hospital() == hospital) {
                writePatient(record, life.deathDay());
                known = true;
            }
        }
        if (!known) {
            return;
        }
        for (Care care : life.care()) {
            switch (care) {
                case Stay it when it.hospital() == hospital -> writeStay(subject(life, it.day()), it);
                case Clinic it when it.hospital() == hospital -> writeClinic(subject(life, it.day()), it);
                case Stay _, Clinic _, Care.Delivery _, Care.TownVisit _ -> {
                    // Seen elsewhere.
                }
            }
        }
    }

    private byte[] subject(FrenchLife life, int day) {
        return ascii(",\"subject\":{\"reference\":\"Patient/"
                + life.recordAt(hospital, day).id() + "\"}");
    }

    private void writePatient(HospitalRecord record, OptionalInt deathDay) throws IOException {
        Gzipped out = begin(patients, "Patient");
        out.ascii(record.id()).ascii("\",\"identifier\":[");
        if (!record.nir().isEmpty()) {
            out.ascii("{\"use\":\"official\",\"type\":{\"coding\":[{\"system\":"
                            + "\"https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-v2-0203\",\"code\":\"INS-NIR\"}]},"
                            + "\"system\":\"urn:oid:1.2.250.1.213.1.4.8\",\"value\":\"")
                    .ascii(record.nir())
                    .ascii("\"},");
        }
        out.ascii("{\"use\":\"usual\",\"type\":{\"coding\":[{\"system\":"
                        + "\"http://terminology.hl7.org/CodeSystem/v2-0203\",\"code\":\"PI\"}]},"
                        + "\"system\":\"urn:oid:2.999.")
                .number(hospital + 1)
                .ascii("\",\"value\":\"")
                .ascii(record.id())
                .ascii("\"}],\"name\":[{\"use\":\"official\",\"family\":\"")
                .text(record.birthName())
                .ascii("\",\"given\":[\"")
                .text(record.givenNames().replace(" ", "\",\""))
                .ascii("\"]}");
        if (!record.usedName().equals(record.birthName())) {
            out.ascii(",{\"use\":\"usual\",\"family\":\"")
                    .text(record.usedName())
                    .ascii("\",\"given\":[\"")
                    .text(firstWord(record.givenNames()))
                    .ascii("\"]}");
        }
        out.ascii("],\"gender\":\"")
                .ascii(record.male() ? "male" : "female")
                .ascii("\",\"birthDate\":\"")
                .date(record.birthDay())
                .one('"');
        if (!record.placeOfBirth().isEmpty()) {
            out.ascii(",\"extension\":[{\"url\":\"http://hl7.org/fhir/StructureDefinition/patient-birthPlace\","
                            + "\"valueAddress\":{\"extension\":[{\"url\":"
                            + "\"https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-address-insee-code\","
                            + "\"valueCoding\":{\"code\":\"")
                    .ascii(record.placeOfBirth())
                    .ascii("\"}}],\"district\":\"")
                    .ascii(record.placeOfBirth())
                    .ascii("\"}}]");
        }
        if (record.home().isPresent()) {
            Town home = record.home().get();
            out.ascii(",\"address\":[{\"use\":\"home\",");
            if (!record.street().isEmpty()) {
                out.ascii("\"line\":[\"").text(record.street()).ascii("\"],");
            }
            out.ascii("\"city\":\"")
                    .text(home.name())
                    .ascii("\",\"postalCode\":\"")
                    .ascii(home.postcode())
                    .ascii("\",\"district\":\"")
                    .ascii(home.code())
                    .ascii("\"}]");
        }
        if (!record.phone().isEmpty()) {
            out.ascii(",\"telecom\":[{\"system\":\"phone\",\"value\":\"")
                    .ascii(record.phone())
                    .ascii("\"}]");
        }
        if (deathDay.isPresent()) {
            out.ascii(",\"deceasedDateTime\":\"").date(deathDay.getAsInt()).one('"');
        }
        out.bytes(END);
    }

    private void writeStay(byte[] subject, Stay stay) throws IOException {
        byte[] encounter = writeEncounter(
                subject,
                "IMP",
                stay.day(),
                stay.lastDay(),
                1 + stay.associated().size());
        writeCondition(subject, encounter, stay.diagnosis(), stay.day());
        for (String associated : stay.associated()) {
            writeCondition(subject, encounter, associated, stay.day());
        }
        writeRest(subject, encounter, stay.day(), stay.acts(), stay.results());
        for (Drug drug : stay.administered()) {
            writeMedication(administrations, "MedicationAdministration", subject, encounter, drug, stay.day());
        }
    }

    private void writeClinic(byte[] subject, Clinic clinic) throws IOException {
        byte[] encounter = writeEncounter(
                subject, "AMB", clinic.day(), clinic.day(), clinic.diagnoses().size());
        for (String diagnosis : clinic.diagnoses()) {
            writeCondition(subject, encounter, diagnosis, clinic.day());
        }
        writeRest(subject, encounter, clinic.day(), clinic.acts(), clinic.results());
        for (Drug drug : clinic.prescribed()) {
            writeMedication(requests, "MedicationRequest", subject, encounter, drug, clinic.day());
        }
    }

    private void writeRest(byte[] subject, byte[] encounter, int day, List<String> acts, List<Result> results)
            throws IOException {
        for (String act : acts) {
            begin(procedures, "Procedure").number(++lastId).ascii("\",\"status\":\"completed\"");
            code(procedures, ACTS, act);
            procedures
                    .bytes(subject)
                    .bytes(encounter)
                    .ascii(",\"performedDateTime\":\"")
                    .date(day)
                    .one('"')
                    .bytes(END);
        }
        for (Result result : results) {
            writeObservation(subject, encounter, result);
        }
    }

    /** An encounter; its first diagnosis is the principal one. The conditions follow under the next ids. */
    private byte[] writeEncounter(byte[] subject, String kind, int day, int lastDay, int diagnoses) throws IOException {
        begin(encounters, "Encounter")
                .number(++lastId)
                .ascii("\",\"status\":\"finished\",\"class\":{\"system\":"
                        + "\"http://terminology.hl7.org/CodeSystem/v3-ActCode\",\"code\":\"")
                .ascii(kind)
                .ascii("\"}")
                .bytes(subject)
                .ascii(",\"period\":{\"start\":\"")
                .date(day)
                .ascii("\",\"end\":\"")
                .date(lastDay)
                .ascii("\"},\"diagnosis\":[");
        for (int rank = 1; rank <= diagnoses; rank++) {
            encounters
                    .ascii(rank > 1 ? "," : "")
                    .ascii("{\"condition\":{\"reference\":\"Condition/")
                    .number(lastId + rank)
                    .ascii("\"},\"rank\":")
                    .number(rank)
                    .one('}');
        }
        encounters.one(']').bytes(END);
        return ascii(",\"encounter\":{\"reference\":\"Encounter/" + lastId + "\"}");
    }

    private void writeCondition(byte[] subject, byte[] encounter, String diagnosis, int day) throws IOException {
        begin(conditions, "Condition")
                .number(++lastId)
                .ascii("\",\"category\":[{\"coding\":[{\"system\":"
                        + "\"http://terminology.hl7.org/CodeSystem/condition-category\","
                        + "\"code\":\"encounter-diagnosis\"}]}]");
        code(conditions, DIAGNOSES, diagnosis);
        conditions
                .bytes(subject)
                .bytes(encounter)
                .ascii(",\"onsetDateTime\":\"")
                .date(day)
                .ascii("\",\"recordedDate\":\"")
                .date(day)
                .one('"')
                .bytes(END);
    }

    private void writeObservation(byte[] subject, byte[] encounter, Result result) throws IOException {
        begin(observations, "Observation")
                .number(++lastId)
                .bytes(MeasureText.of(result.measure()).beforeSubject())
                .bytes(subject)
                .bytes(encounter)
                .ascii(",\"effectiveDateTime\":\"")
                .date(result.day())
                .ascii("\",\"valueQuantity\":{\"value\":")
                .tenths(result.tenths())
                .bytes(MeasureText.of(result.measure()).afterValue())
                .bytes(END);
    }

    private void writeMedication(Gzipped out, String type, byte[] subject, byte[] encounter, Drug drug, int day)
            throws IOException {
        boolean request = type.equals("MedicationRequest");
        begin(out, type)
                .number(++lastId)
                .ascii("\",\"status\":\"completed\"")
                .ascii(request ? ",\"intent\":\"order\"" : "")
                .ascii(
                        ",\"medicationCodeableConcept\":{\"coding\":[{\"system\":\"http://www.whocc.no/atc\",\"code\":\"")
                .ascii(drug.atc())
                .ascii("\"},{\"system\":\"https://smt.esante.gouv.fr/terminologie-cip\",\"code\":\"")
                .ascii(drug.cip13())
                .ascii("\"}]}")
                .bytes(subject)
                .bytes(
                        request
                                ? encounter
                                : ascii(new String(encounter, StandardCharsets.US_ASCII)
                                        .replace("\"encounter\"", "\"context\"")))
                .ascii(request ? ",\"authoredOn\":\"" : ",\"effectiveDateTime\":\"")
                .date(day)
                .one('"')
                .bytes(END);
    }

    private Gzipped begin(Gzipped out, String type) throws IOException {
        resources++;
        return out.ascii("{\"resourceType\":\"").ascii(type).ascii("\",\"id\":\"");
    }

    private static void code(Gzipped out, String system, String code) throws IOException {
        out.ascii(",\"code\":{\"coding\":[{\"system\":\"")
                .ascii(system)
                .ascii("\",\"code\":\"")
                .ascii(code)
                .ascii("\"}]}");
    }

    private static String firstWord(String words) {
        int space = words.indexOf(' ');
        return space < 0 ? words : words.substring(0, space);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        patients.close();
        encounters.close();
        conditions.close();
        procedures.close();
        observations.close();
        requests.close();
        administrations.close();
    }

    /** The parts of an observation that are the same for every value of a measure. */
    private record MeasureText(byte[] beforeSubject, byte[] afterValue) {
        private static final List<MeasureText> ALL =
                List.of(Measure.values()).stream().map(MeasureText::new).toList();

        private MeasureText(Measure measure) {
            this(
                    ascii("\",\"status\":\"final\",\"category\":[{\"coding\":[{\"system\":"
                            + "\"http://terminology.hl7.org/CodeSystem/observation-category\",\"code\":\""
                            + (measure.laboratory() ? "laboratory" : "vital-signs")
                            + "\"}]}],\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\""
                            + measure.loinc()
                            + "\"}]}"),
                    ascii(",\"unit\":\""
                            + measure.unit()
                            + "\",\"system\":\"http://unitsofmeasure.org\",\"code\":\""
                            + measure.unit()
                            + "\"}"));
        }

        private static MeasureText of(Measure measure) {
            return ALL.get(measure.ordinal());
        }
    }
}
