package org.vauban.deposit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vauban.deposit.envelope.TableLine;
import org.vauban.deposit.identifier.Detector;
import org.vauban.deposit.identifier.Finding;
import org.vauban.deposit.identifier.Reading;
import org.vauban.problem.Phrase;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * The resources of one file, one a line: listed elements pass, ids and pointers become record numbers, words pass the detector. For
 * one file. Resources are copied event by event; none is ever a tree in memory. Plain ones take a shorter way ({@link PlainResource}).
 */
final class FhirSplitter {
    private static final int WRONG_FIRST_ROWS_MAX = 100;
    private static final int NESTING_MAX = 100;
    private static final int NIR_LENGTH_MIN = 13;

    static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(NESTING_MAX)
                    .maxStringLength(LineReader.LINE_BYTES_MAX)
                    .build())
            .build();

    private final SourceFile file;
    private final FhirElement root;
    private final RecordNumbers numbers;
    private final Detector detector;
    private final Rejects rejects;
    private final Map<String, RecordNumbers.Type> types = new HashMap<>();
    private final Remembered harmlessCodes = new Remembered();
    private final Remembered harmlessTerms = new Remembered();
    private final PlainResource plain;
    private final Bytes plainRow = new Bytes();
    private final Buffer row = new Buffer();
    private long rows;
    private long rejected;
    private long line;
    private boolean hasId;

    FhirSplitter(SourceFile file, FhirElement root, RecordNumbers numbers, Detector detector, Rejects rejects) {
        this.file = file;
        this.root = root;
        this.numbers = numbers;
        this.detector = detector;
        this.rejects = rejects;
        this.plain = new PlainResource(root, numbers, harmlessCodes, harmlessTerms);
    }

    /** The bytes that the generator writes, without copying them out. */
    private static final class Buffer extends ByteArrayOutputStream {
        Buffer() {
            super(1 << 16);
        }

        void give(TableParts parts) {
            parts.rows(buf, 0, count);
        }
    }

    /** A resource that is none of this table; the message is for the rejects file. */
    private static final class WrongResource extends RuntimeException {
        @java.io.Serial
        private static final long serialVersionUID = 1;

        private final String expected;
        private final String found;

        WrongResource(String expected, String found) {
            super(expected, null, false, false);
            this.expected = expected;
            this.found = found;
        }
    }

    Taken split(LineReader lines, Envelope envelope) {
        boolean any = false;
        try (var parts = new TableParts(envelope, TableLine.ndjson(file.table()), Optional.empty())) {
            while (lines.next()) {
                any = true;
                line = lines.line;
                if (plain.isCopied(lines.buffer, lines.from, lines.to, plainRow)) {
                    plainRow.add('\n');
                    parts.rows(plainRow.array, 0, plainRow.length);
                    rows++;
                } else if (lines.from < lines.to && isCopied(lines)) {
                    row.give(parts);
                    rows++;
                }
            }
            if (!any) {
                throw lines.empty();
            }
            return new Taken(rows, rejected, lines.contentDigest(), parts.finish());
        }
    }

    private boolean isCopied(LineReader lines) {
        row.reset();
        hasId = false;
        try (JsonParser parser =
                        JSON.createParser(ObjectReadContext.empty(), lines.buffer, lines.from, lines.to - lines.from);
                JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), row)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new WrongResource("one JSON object", "something else");
            }
            object(parser, root, generator);
            if (!hasId) {
                throw new WrongResource("an id", "none");
            }
        } catch (WrongResource wrong) {
            return reject(lines, wrong.expected, wrong.found);
        } catch (JacksonException malformed) {
            if (!lines.endedWithLineEnd) {
                throw Problem.of(ProblemCode.DEPOSIT_FILE_CUT)
                        .expected(Phrase.A_WHOLE_RESOURCE)
                        .found(Phrase.THE_END_OF_THE_FILE)
                        .at(file.place(lines.line, 0))
                        .exception(malformed);
            }
            return reject(lines, "one JSON object", "a line that is not well formed");
        }
        row.write('\n');
        return true;
    }

    private boolean reject(LineReader lines, String expected, String found) {
        rejected++;
        rejects.add(file, lines.line, "(all)", expected, found);
        if (rows == 0 && rejected >= WRONG_FIRST_ROWS_MAX) {
            throw Problem.of(ProblemCode.DEPOSIT_FILE_DAMAGED)
                    .expected(Phrase.RESOURCES_OF_TYPE.with(file.table()))
                    .found(Phrase.NO_SUCH_RESOURCE.with(rejected))
                    .at(file.place(lines.line, 0))
                    .exception();
        }
        return false;
    }

    private void object(JsonParser parser, FhirElement element, JsonGenerator generator) {
        generator.writeStartObject();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            FhirElement inside = element.find(name);
            JsonToken token = parser.nextToken();
            if (inside == null) {
                parser.skipChildren();
            } else {
                value(parser, token, name, inside, generator);
            }
        }
        generator.writeEndObject();
    }

    /** Writes a value, with its name unless it stands in an array; writes nothing where nothing may pass. */
    private void value(
            JsonParser parser, JsonToken token, @Nullable String name, FhirElement element, JsonGenerator generator) {
        if (element.leaf() == FhirElement.Leaf.DEPARTMENT) {
            department(parser, token, name, generator);
            return;
        }
        switch (token) {
            case START_OBJECT -> {
                if (element.under().isEmpty()) {
                    parser.skipChildren();
                } else {
                    writeName(name, generator);
                    object(parser, element, generator);
                }
            }
            case START_ARRAY -> {
                writeName(name, generator);
                generator.writeStartArray();
                for (JsonToken inside = parser.nextToken();
                        inside != JsonToken.END_ARRAY;
                        inside = parser.nextToken()) {
                    value(parser, inside, null, element, generator);
                }
                generator.writeEndArray();
            }
            case VALUE_STRING -> text(parser.getString(), name, element, generator);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                if (element.leaf() == FhirElement.Leaf.CODE) {
                    String digits = parser.getString();
                    if (digits.length() >= NIR_LENGTH_MIN) {
                        inspect(digits, String.valueOf(name), Reading.NUMBER);
                    }
                    writeName(name, generator);
                    generator.writeNumber(digits);
                }
            }
            case VALUE_TRUE, VALUE_FALSE -> {
                if (element.leaf() == FhirElement.Leaf.CODE) {
                    writeName(name, generator);
                    generator.writeBoolean(token == JsonToken.VALUE_TRUE);
                }
            }
            default -> {
                // A null says nothing.
            }
        }
    }

    private static void writeName(@Nullable String name, JsonGenerator generator) {
        if (name != null) {
            generator.writeName(name);
        }
    }

    private void text(String value, @Nullable String name, FhirElement element, JsonGenerator generator) {
        switch (element.leaf()) {
            case ID -> {
                hasId = true;
                writeName(name, generator);
                generator.writeString(Long.toString(numbers.of(type(element.target()), value)));
            }
            case REFERENCE ->
                reference(value, element.target()).ifPresent(pointer -> {
                    writeName(name, generator);
                    generator.writeString(pointer);
                });
            case CODE -> {
                if ("resourceType".equals(name) && !value.equals(root.target())) {
                    throw new WrongResource("a resource of type " + root.target(), "another type");
                }
                inspectOnce(value, name, Reading.CODE, harmlessCodes);
                writeName(name, generator);
                generator.writeString(value);
            }
            case TERM -> {
                inspectOnce(value, name, Reading.TERM, harmlessTerms);
                writeName(name, generator);
                generator.writeString(value);
            }
            case TEXT -> {
                inspect(value, String.valueOf(name), Reading.TEXT);
                writeName(name, generator);
                generator.writeString(value);
            }
            case NONE, DEPARTMENT -> {
                // A text where FHIR has an object: nothing that we know.
            }
        }
    }

    /** {@code Patient/1}, with or without a server before it; pointers into the resource or by a search are not followed. */
    private Optional<String> reference(String value, String target) {
        if (value.startsWith("urn:uuid:")) {
            return Optional.of(pointer(target, value.substring("urn:uuid:".length())));
        }
        if (value.startsWith("#") || value.indexOf('?') >= 0) {
            return Optional.empty();
        }
        int history = value.indexOf("/_history/");
        String plain = history < 0 ? value : value.substring(0, history);
        int last = plain.lastIndexOf('/');
        if (last <= 0 || last == plain.length() - 1) {
            return Optional.empty();
        }
        int before = plain.lastIndexOf('/', last - 1);
        String type = plain.substring(before + 1, last);
        return isTypeName(type) ? Optional.of(pointer(type, plain.substring(last + 1))) : Optional.empty();
    }

    private static boolean isTypeName(String type) {
        return !type.isEmpty()
                && type.length() <= 40
                && type.chars().allMatch(letter -> letter < 128 && Character.isLetter(letter));
    }

    private String pointer(String type, String id) {
        return type + '/' + numbers.of(type(type), id);
    }

    private RecordNumbers.Type type(String name) {
        return types.computeIfAbsent(name, RecordNumbers.Type::of);
    }

    /** Of an address the département alone passes. */
    private void department(JsonParser parser, JsonToken token, @Nullable String name, JsonGenerator generator) {
        if (token == JsonToken.START_ARRAY) {
            Optional<String> first = Optional.empty();
            for (JsonToken inside = parser.nextToken(); inside != JsonToken.END_ARRAY; inside = parser.nextToken()) {
                Optional<String> found = department(parser, inside);
                first = first.or(() -> found);
            }
            first.ifPresent(department -> {
                writeName(name, generator);
                generator.writeStartArray();
                generator.writeStartObject();
                generator.writeStringProperty("state", department);
                generator.writeEndObject();
                generator.writeEndArray();
            });
        } else {
            parser.skipChildren();
        }
    }

    private static Optional<String> department(JsonParser parser, JsonToken token) {
        if (token != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return Optional.empty();
        }
        String district = "";
        String postalCode = "";
        String country = "";
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken inside = parser.nextToken();
            if (inside == JsonToken.VALUE_STRING && name.equals("district")) {
                district = parser.getString();
            } else if (inside == JsonToken.VALUE_STRING && name.equals("postalCode")) {
                postalCode = parser.getString();
            } else if (inside == JsonToken.VALUE_STRING && name.equals("country")) {
                country = parser.getString();
            } else {
                parser.skipChildren();
            }
        }
        boolean isFrance = country.isEmpty() || country.equalsIgnoreCase("FR") || country.equalsIgnoreCase("France");
        return isFrance ? Departments.of(district, postalCode) : Optional.empty();
    }

    private void inspectOnce(String value, @Nullable String name, Reading reading, Remembered harmless) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        if (!harmless.isHarmlessCode(bytes, 0, bytes.length)) {
            inspect(value, String.valueOf(name), reading);
            harmless.add(bytes, 0, bytes.length);
        }
    }

    private void inspect(String value, String name, Reading reading) {
        Optional<Finding> finding = detector.inspect(value, reading);
        if (finding.isPresent()) {
            throw Problem.of(ProblemCode.DEPOSIT_IDENTIFIER_FOUND)
                    .expected(Phrase.NO_IDENTIFIER_IN.with(root.target() + "…" + name))
                    .found(finding.get().what() + " of the form "
                            + finding.get().shape())
                    .at(Objects.requireNonNull(file.place(line, 0)).withPath(root.target() + "…" + name))
                    .exception();
        }
    }
}
