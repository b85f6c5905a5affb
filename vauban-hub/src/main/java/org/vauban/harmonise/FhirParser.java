package org.vauban.harmonise;

import java.time.DateTimeException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.vauban.harmonise.FhirResource.Coding;
import org.vauban.harmonise.FhirResource.Component;
import org.vauban.harmonise.FhirResource.Diagnosis;
import org.vauban.harmonise.FhirResource.Value;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads one FHIR R4 resource token by token, and looks at nothing that OMOP has no place for. Texts, names and displays are skipped
 * unread.
 */
final class FhirParser {
    private final JsonFactory factory = new JsonFactory();

    /** Reads a resource; what is no JSON throws Jackson's own exception, whose words must not be passed on. */
    FhirResource parse(byte[] line, int length) {
        try (JsonParser json = factory.createParser(ObjectReadContext.empty(), line, 0, length)) {
            var resource = new FhirResource();
            if (json.nextToken() == JsonToken.START_OBJECT) {
                for (String field = json.nextName(); field != null; field = json.nextName()) {
                    json.nextToken();
                    read(json, field, resource);
                }
            }
            return resource;
        }
    }

    private void read(JsonParser json, String field, FhirResource resource) {
        switch (field) {
            case "resourceType" -> resource.type = text(json);
            case "id" -> resource.id = text(json);
            case "status" ->
                resource.status = json.currentToken() == JsonToken.VALUE_STRING ? text(json) : skipped(json);
            case "verificationStatus" -> resource.verification = firstCode(json);
            case "subject", "patient" -> resource.patient = reference(json, "Patient/");
            case "encounter", "context" -> resource.encounter = reference(json, "Encounter/");
            case "medicationReference" -> resource.medication = reference(json, "Medication/");
            case "class" -> resource.encounterClass = firstCode(json);
            case "code", "medicationCodeableConcept", "vaccineCode" -> code(json, resource);
            case "type" -> type(json, resource);
            case "onsetDateTime",
                    "performedDateTime",
                    "effectiveDateTime",
                    "effectiveInstant",
                    "occurrenceDateTime",
                    "authoredOn" -> resource.start = day(text(json));
            case "recordedDate", "manufactureDate" -> {
                Integer recorded = day(text(json));
                resource.start = resource.start == null ? recorded : resource.start;
            }
            case "abatementDateTime", "deceasedDateTime" -> resource.end = day(text(json));
            case "period", "performedPeriod", "effectivePeriod", "onsetPeriod" -> period(json, resource);
            case "dispenseRequest" -> dispense(json, resource);
            case "component" -> components(json, resource);
            case "diagnosis" -> diagnoses(json, resource);
            case "gender" -> resource.gender = text(json);
            case "birthDate" -> resource.birthDate = text(json);
            case "address" -> resource.state = state(json);
            default -> {
                if (field.startsWith("value")) {
                    value(json, field, resource.value);
                } else {
                    json.skipChildren();
                }
            }
        }
    }

    /** Only of a device is the type what it is; an encounter's type is another matter. */
    private void type(JsonParser json, FhirResource resource) {
        if (resource.type.equals("Device")) {
            code(json, resource);
        } else {
            json.skipChildren();
        }
    }

    private void code(JsonParser json, FhirResource resource) {
        var best = new Coding[1];
        eachCoding(json, coding -> {
            if (coding.system() == CodeSystem.ATC) {
                resource.atc = coding;
            }
            best[0] = Coding.better(best[0], coding);
        });
        resource.code = best[0];
    }

    /** What is done with a coding. */
    @FunctionalInterface
    private interface CodingReader {
        void read(Coding coding);
    }

    /** The codings of a CodeableConcept. */
    private void eachCoding(JsonParser json, CodingReader reader) {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        for (String field = json.nextName(); field != null; field = json.nextName()) {
            JsonToken token = json.nextToken();
            if (field.equals("coding") && token == JsonToken.START_ARRAY) {
                while (json.nextToken() == JsonToken.START_OBJECT) {
                    Coding coding = coding(json);
                    if (coding != null) {
                        reader.read(coding);
                    }
                }
            } else {
                json.skipChildren();
            }
        }
    }

    private @Nullable Coding coding(JsonParser json) {
        String system = "";
        String code = "";
        for (String field = json.nextName(); field != null; field = json.nextName()) {
            json.nextToken();
            switch (field) {
                case "system" -> system = text(json);
                case "code" -> code = text(json);
                default -> json.skipChildren();
            }
        }
        CodeSystem known = CodeSystem.ofUri(system);
        return code.isEmpty() ? null : new Coding(known, known.written(code));
    }

    /** The code of a Coding, or the first of a CodeableConcept. */
    private String firstCode(JsonParser json) {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            return skipped(json);
        }
        String code = "";
        for (String field = json.nextName(); field != null; field = json.nextName()) {
            JsonToken token = json.nextToken();
            if (field.equals("code")) {
                code = text(json);
            } else if (field.equals("coding") && token == JsonToken.START_ARRAY) {
                while (json.nextToken() == JsonToken.START_OBJECT) {
                    Coding coding = coding(json);
                    code = code.isEmpty() && coding != null ? coding.code() : code;
                }
            } else {
                json.skipChildren();
            }
        }
        return code;
    }

    private String reference(JsonParser json, String prefix) {
        String reference = "";
        if (json.currentToken() != JsonToken.START_OBJECT) {
            return skipped(json);
        }
        for (String field = json.nextName(); field != null; field = json.nextName()) {
            json.nextToken();
            if (field.equals("reference")) {
                reference = text(json);
            } else {
                json.skipChildren();
            }
        }
        return reference.startsWith(prefix) ? reference.substring(prefix.length()) : "";
    }

    private void period(JsonParser json, FhirResource resource) {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        for (String field = json.nextName(); field != null; field = json.nextName()) {
            json.nextToken();
            switch (field) {
                case "start" -> resource.start = day(text(json));
                case "end" -> resource.end = day(text(json));
                default -> json.skipChildren();
            }
        }
    }

    /** The days for which a prescription is meant to last. */
    private void dispense(JsonParser json, FhirResource resource) {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        for (String field = json.nextName(); field != null; field = json.nextName()) {
            json.nextToken();
            if (field.equals("expectedSupplyDuration")) {
                var duration = new Value();
                quantity(json, duration);
                resource.days = duration.unit.isEmpty() || duration.unit.equals("d") ? duration.number : null;
            } else {
                json.skipChildren();
            }
        }
    }

    private void components(JsonParser json, FhirResource resource) {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() == JsonToken.START_OBJECT) {
            var component = new Component();
            for (String field = json.nextName(); field != null; field = json.nextName()) {
                json.nextToken();
                if (field.equals("code")) {
                    eachCoding(json, coding -> component.code = Coding.better(component.code, coding));
                } else if (field.startsWith("value")) {
                    value(json, field, component.value);
                } else {
                    json.skipChildren();
                }
            }
            resource.components.add(component);
        }
    }

    private void diagnoses(JsonParser json, FhirResource resource) {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() == JsonToken.START_OBJECT) {
            String condition = "";
            Double rank = null;
            for (String field = json.nextName(); field != null; field = json.nextName()) {
                json.nextToken();
                switch (field) {
                    case "condition" -> condition = reference(json, "Condition/");
                    case "rank" -> rank = number(json);
                    default -> json.skipChildren();
                }
            }
            if (!condition.isEmpty() && rank != null) {
                resource.diagnoses.add(new Diagnosis(condition, (int) Math.clamp(rank, 0, 1_000)));
            }
        }
    }

    private void value(JsonParser json, String field, Value value) {
        value.present = true;
        switch (field) {
            case "valueQuantity" -> quantity(json, value);
            case "valueInteger", "valueDecimal" -> value.number = number(json);
            case "valueCodeableConcept" -> eachCoding(json, coding -> value.code = Coding.better(value.code, coding));
            default -> json.skipChildren();
        }
    }

    private void quantity(JsonParser json, Value value) {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        String unit = "";
        for (String field = json.nextName(); field != null; field = json.nextName()) {
            json.nextToken();
            switch (field) {
                case "value" -> value.number = number(json);
                case "code" -> value.unit = text(json);
                case "unit" -> unit = text(json);
                default -> json.skipChildren();
            }
        }
        value.unit = value.unit.isEmpty() ? unit : value.unit;
    }

    /** The state of the first address. */
    private String state(JsonParser json) {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            return skipped(json);
        }
        String state = "";
        while (json.nextToken() == JsonToken.START_OBJECT) {
            for (String field = json.nextName(); field != null; field = json.nextName()) {
                json.nextToken();
                if (field.equals("state") && state.isEmpty()) {
                    state = text(json);
                } else {
                    json.skipChildren();
                }
            }
        }
        return state;
    }

    private static @Nullable Double number(JsonParser json) {
        if (json.currentToken() == JsonToken.VALUE_NUMBER_INT || json.currentToken() == JsonToken.VALUE_NUMBER_FLOAT) {
            return json.getDoubleValue();
        }
        json.skipChildren();
        return null;
    }

    private static String text(JsonParser json) {
        return json.currentToken() == JsonToken.VALUE_STRING ? json.getString() : skipped(json);
    }

    private static String skipped(JsonParser json) {
        json.skipChildren();
        return "";
    }

    /** The day that is written, in the place where it was written; of a month or a year the first day. */
    static @Nullable Integer day(String text) {
        try {
            int year = Integer.parseInt(text, 0, 4, 10);
            int month = text.length() >= 7 ? Integer.parseInt(text, 5, 7, 10) : 1;
            int day = text.length() >= 10 ? Integer.parseInt(text, 8, 10, 10) : 1;
            return (int) LocalDate.of(year, month, day).toEpochDay();
        } catch (NumberFormatException | DateTimeException | IndexOutOfBoundsException noDay) {
            return null;
        }
    }
}
