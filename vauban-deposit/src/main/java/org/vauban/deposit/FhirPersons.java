package org.vauban.deposit;

import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The resources Patient of a hospital: who they are. */
final class FhirPersons implements PersonSource {
    static final String TABLE = "Patient";

    /** The national health identity: the number of social security, confirmed by the national service. */
    private static final String INS_NIR = "urn:oid:1.2.250.1.213.1.4.8";

    private static final String BIRTH_PLACE = "http://hl7.org/fhir/StructureDefinition/patient-birthPlace";
    private static final RecordNumbers.Type PATIENT = RecordNumbers.Type.of(TABLE);
    private static final JsonMapper JSON = JsonMapper.builder(FhirSplitter.JSON).build();

    @Override
    public long read(
            SourceFile file,
            LineReader lines,
            RecordNumbers numbers,
            Rejects rejects,
            BiConsumer<Person, String> persons) {
        while (lines.next()) {
            if (lines.from < lines.to) {
                try {
                    JsonNode patient = JSON.readTree(lines.buffer, lines.from, lines.to - lines.from);
                    String id = patient.path("id").asString("");
                    if (!id.isEmpty()) {
                        persons.accept(person(patient, numbers.of(PATIENT, id)), id);
                    }
                } catch (JacksonException _) {
                    // Told when the health part of the same line is read.
                }
            }
        }
        return 0;
    }

    private static Person person(JsonNode patient, long record) {
        JsonNode official =
                name(patient, "official").orElse(patient.path("name").path(0));
        JsonNode usual = name(patient, "usual").orElse(official);
        JsonNode address = patient.path("address").path(0);
        String nir = identifier(patient, INS_NIR);
        return new Person(
                record,
                "",
                nir,
                !nir.isEmpty(),
                official.path("family").asString(""),
                usual.path("family").asString(""),
                texts(official.path("given")),
                patient.path("birthDate").asString(""),
                sex(patient.path("gender").asString("")),
                birthPlace(patient),
                address.path("district").asString(""),
                address.path("postalCode").asString(""),
                phone(patient),
                localNumber(patient),
                address.path("line").path(0).asString(""));
    }

    private static Optional<JsonNode> name(JsonNode patient, String use) {
        return StreamSupport.stream(patient.path("name").spliterator(), false)
                .filter(name -> name.path("use").asString("").equals(use))
                .findFirst();
    }

    private static String identifier(JsonNode patient, String system) {
        for (JsonNode identifier : patient.path("identifier")) {
            if (identifier.path("system").asString("").equals(system)) {
                return identifier.path("value").asString("");
            }
        }
        return "";
    }

    /** The hospital's permanent number of the patient (PI), or what stands in its place. */
    private static String localNumber(JsonNode patient) {
        for (JsonNode identifier : patient.path("identifier")) {
            for (JsonNode coding : identifier.path("type").path("coding")) {
                String code = coding.path("code").asString("");
                if (code.equals("PI") || code.equals("MR")) {
                    return identifier.path("value").asString("");
                }
            }
        }
        return patient.path("id").asString("");
    }

    private static int sex(String gender) {
        return switch (gender) {
            case "male" -> 1;
            case "female" -> 2;
            default -> 9;
        };
    }

    /** The INSEE code of the place of birth, wherever the hospital put it: in the address or in an extension of it. */
    private static String birthPlace(JsonNode patient) {
        for (JsonNode extension : patient.path("extension")) {
            if (extension.path("url").asString("").equals(BIRTH_PLACE)) {
                JsonNode address = extension.path("valueAddress");
                for (JsonNode inside : address.path("extension")) {
                    for (String value : new String[] {"valueCode", "valueString"}) {
                        if (inside.path(value).isString()) {
                            return inside.path(value).stringValue();
                        }
                    }
                    if (inside.path("valueCoding").path("code").isString()) {
                        return inside.path("valueCoding").path("code").stringValue();
                    }
                }
                for (String field : new String[] {"district", "postalCode", "city"}) {
                    if (address.path(field).isString()) {
                        return address.path(field).stringValue();
                    }
                }
                if (extension.path("valueCode").isString()) {
                    return extension.path("valueCode").stringValue();
                }
                return extension.path("valueString").asString("");
            }
        }
        return "";
    }

    private static String phone(JsonNode patient) {
        for (JsonNode telecom : patient.path("telecom")) {
            if (telecom.path("system").asString("").equals("phone")) {
                return telecom.path("value").asString("");
            }
        }
        return "";
    }

    private static String texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(each -> each.asString(""))
                .collect(Collectors.joining(" "));
    }
}
