package org.vauban.document;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vauban.problem.Argument;
import org.vauban.problem.Phrase;
import org.vauban.problem.Place;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;

/** Reads a YAML or JSON file into {@link Node}s. Size, depth and aliases are bounded: the file may come from a stranger. */
public final class Documents {
    /** The largest document a person writes; a definition with 10,000 concepts is about 4 MB. */
    public static final long BYTES_MAX = 32L << 20;

    private static final int DEPTH_MAX = 200;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
            .build();

    private Documents() {}

    /** Reads a file by its ending: {@code .json} as JSON, all else as YAML. */
    public static Node read(Path file) {
        String text = text(file);
        String name = file.toString();
        return name.toLowerCase(java.util.Locale.ROOT).endsWith(".json") ? json(name, text) : yaml(name, text);
    }

    public static Node json(String name, String text) {
        try (JsonParser parser = JSON.createParser(tools.jackson.core.ObjectReadContext.empty(), text)) {
            if (parser.nextToken() == null) {
                throw Problem.of(ProblemCode.DOCUMENT_SYNTAX)
                        .expected(Phrase.ONE_JSON_VALUE)
                        .found(Phrase.AN_EMPTY_FILE)
                        .at(Place.line(name, 1, 1))
                        .exception();
            }
            Node root = json(parser, root(name, parser));
            if (parser.nextToken() != null) {
                throw Problem.of(ProblemCode.DOCUMENT_SYNTAX)
                        .expected(Phrase.THE_END_OF_THE_FILE)
                        .found(Phrase.ANOTHER_VALUE)
                        .at(root(name, parser).place())
                        .exception();
            }
            return root;
        } catch (StreamConstraintsException deep) {
            throw Problem.of(ProblemCode.DOCUMENT_SYNTAX)
                    .expected(Phrase.LEVELS_AT_MOST.with(DEPTH_MAX))
                    .found(Phrase.MORE_LEVELS)
                    .at(Place.file(name))
                    .exception(deep);
        } catch (StreamReadException broken) {
            var location = broken.getLocation();
            throw Problem.of(ProblemCode.DOCUMENT_SYNTAX)
                    .expected(Phrase.WELL_FORMED_JSON)
                    .found(at(text, location.getCharOffset()))
                    .at(Place.line(name, location.getLineNr(), location.getColumnNr()))
                    .exception(broken);
        }
    }

    /** What stands where the reader stopped. */
    private static Argument at(String text, long offset) {
        return offset < 0 || offset >= text.length()
                ? Phrase.THE_END_OF_THE_FILE.with()
                : Phrase.THE_CHARACTER.with(text.substring((int) offset, text.offsetByCodePoints((int) offset, 1)));
    }

    /** A node as one line of JSON, which reads back as the same node. */
    public static String json(Node node) {
        var text = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            write(node, generator);
        }
        return text.toString();
    }

    private static void write(Node node, JsonGenerator json) {
        switch (node) {
            case Node.Mapping(var _, var entries) -> {
                json.writeStartObject();
                entries.forEach((name, value) -> {
                    json.writeName(name);
                    write(value, json);
                });
                json.writeEndObject();
            }
            case Node.Sequence(var _, var items) -> {
                json.writeStartArray();
                items.forEach(item -> write(item, json));
                json.writeEndArray();
            }
            case Node.Scalar(var _, var value) -> {
                switch (value) {
                    case null -> json.writeNull();
                    case Boolean truth -> json.writeBoolean(truth);
                    case Long whole -> json.writeNumber(whole);
                    case Number number -> json.writeNumber(number.doubleValue());
                    default -> json.writeString(value.toString());
                }
            }
        }
    }

    public static Node yaml(String name, String text) {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setMaxAliasesForCollections(0);
        options.setNestingDepthLimit(DEPTH_MAX);
        options.setCodePointLimit((int) BYTES_MAX);
        try {
            var root = new Yaml(options).compose(new java.io.StringReader(text));
            if (root == null) {
                throw Problem.of(ProblemCode.DOCUMENT_SYNTAX)
                        .expected(Phrase.A_YAML_DOCUMENT)
                        .found(Phrase.AN_EMPTY_FILE)
                        .at(Place.line(name, 1, 1))
                        .exception();
            }
            Mark at = root.getStartMark();
            return yaml(root, Spot.root(name, at.getLine() + 1, at.getColumn() + 1));
        } catch (MarkedYAMLException broken) {
            Mark mark = broken.getProblemMark();
            Problem problem = Problem.of(ProblemCode.DOCUMENT_SYNTAX).expected(Phrase.WELL_FORMED_YAML);
            throw mark == null
                    ? problem.found(Phrase.OTHER_TEXT).at(Place.file(name)).exception(broken)
                    : problem.found(at(text, text.offsetByCodePoints(0, mark.getIndex())))
                            .at(Place.line(name, mark.getLine() + 1, mark.getColumn() + 1))
                            .exception(broken);
        }
    }

    private static String text(Path file) {
        try {
            if (Files.size(file) > BYTES_MAX) {
                throw Problem.of(ProblemCode.DOCUMENT_UNREADABLE)
                        .expected(Phrase.AT_MOST_MIB.with(BYTES_MAX >> 20))
                        .found((Files.size(file) >> 20) + " MiB")
                        .at(Place.file(file.toString()))
                        .exception();
            }
            return Files.readString(file);
        } catch (NoSuchFileException absent) {
            throw Problem.of(ProblemCode.DOCUMENT_UNREADABLE)
                    .expected(Phrase.A_FILE)
                    .found(Phrase.NOTHING_OF_THAT_NAME)
                    .at(Place.file(file.toString()))
                    .exception(absent);
        } catch (CharacterCodingException wrong) {
            throw Problem.of(ProblemCode.DOCUMENT_UNREADABLE)
                    .expected(Phrase.UTF_8_TEXT)
                    .found(Phrase.OTHER_BYTES)
                    .at(Place.file(file.toString()))
                    .exception(wrong);
        } catch (IOException unreadable) {
            throw Problem.of(ProblemCode.DOCUMENT_UNREADABLE)
                    .expected(Phrase.A_READABLE_FILE)
                    .found(unreadable.getClass().getSimpleName())
                    .at(Place.file(file.toString()))
                    .exception(unreadable);
        }
    }

    private static Node json(JsonParser parser, Spot spot) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                Map<String, Node> entries = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String field = parser.currentName();
                    TokenStreamLocation named = parser.currentTokenLocation();
                    parser.nextToken();
                    TokenStreamLocation at = parser.currentTokenLocation();
                    Node value = json(parser, spot.field(field, at.getLineNr(), at.getColumnNr()));
                    if (entries.put(field, value) != null) {
                        throw twice(spot.field(field, named.getLineNr(), named.getColumnNr()));
                    }
                }
                yield new Node.Mapping(spot, entries);
            }
            case START_ARRAY -> {
                List<Node> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    TokenStreamLocation at = parser.currentTokenLocation();
                    items.add(json(parser, spot.item(items.size(), at.getLineNr(), at.getColumnNr())));
                }
                yield new Node.Sequence(spot, items);
            }
            case VALUE_STRING -> new Node.Scalar(spot, parser.getString());
            case VALUE_TRUE -> new Node.Scalar(spot, true);
            case VALUE_FALSE -> new Node.Scalar(spot, false);
            case VALUE_NULL -> new Node.Scalar(spot, null);
            case VALUE_NUMBER_INT -> new Node.Scalar(spot, whole(parser));
            case VALUE_NUMBER_FLOAT -> new Node.Scalar(spot, parser.getDoubleValue());
            default -> throw new IllegalStateException("A parser of whole files gave " + parser.currentToken());
        };
    }

    /** A whole number that no {@code long} holds is held as nearly as may be. */
    private static Number whole(JsonParser parser) {
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            return parser.getBigIntegerValue().doubleValue();
        }
        return parser.getLongValue();
    }

    private static ProblemException twice(Spot spot) {
        return Problem.of(ProblemCode.DOCUMENT_SYNTAX)
                .expected(Phrase.EACH_FIELD_ONCE)
                .found(Phrase.THE_FIELD_TWICE)
                .at(spot.place())
                .exception();
    }

    private static Spot root(String name, JsonParser parser) {
        TokenStreamLocation at = parser.currentTokenLocation();
        return Spot.root(name, at.getLineNr(), at.getColumnNr());
    }

    private static Node yaml(org.yaml.snakeyaml.nodes.Node node, Spot spot) {
        return switch (node) {
            case MappingNode mapping -> {
                Map<String, Node> entries = new LinkedHashMap<>();
                for (var tuple : mapping.getValue()) {
                    if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                        throw Problem.of(ProblemCode.DOCUMENT_SYNTAX)
                                .expected(Phrase.A_NAME_BEFORE_THE_COLON)
                                .found(Phrase.A_LIST_OR_AN_OBJECT)
                                .at(spot.place())
                                .exception();
                    }
                    Mark at = tuple.getValueNode().getStartMark();
                    Node value = yaml(
                            tuple.getValueNode(), spot.field(key.getValue(), at.getLine() + 1, at.getColumn() + 1));
                    if (entries.put(key.getValue(), value) != null) {
                        Mark again = key.getStartMark();
                        throw twice(spot.field(key.getValue(), again.getLine() + 1, again.getColumn() + 1));
                    }
                }
                yield new Node.Mapping(spot, entries);
            }
            case SequenceNode sequence -> {
                List<Node> items = new ArrayList<>();
                for (var item : sequence.getValue()) {
                    Mark at = item.getStartMark();
                    items.add(yaml(item, spot.item(items.size(), at.getLine() + 1, at.getColumn() + 1)));
                }
                yield new Node.Sequence(spot, items);
            }
            case ScalarNode scalar -> new Node.Scalar(spot, value(scalar));
            default ->
                throw Problem.of(ProblemCode.DOCUMENT_SYNTAX)
                        .expected(Phrase.PLAIN_YAML)
                        .found(Phrase.AN_ANCHOR_OR_ALIAS)
                        .at(spot.place())
                        .exception();
        };
    }

    /** Dates stay text: each field knows better than YAML what it wants. */
    private static @org.jspecify.annotations.Nullable Object value(ScalarNode scalar) {
        String text = scalar.getValue();
        Tag tag = scalar.getTag();
        if (tag.equals(Tag.NULL)) {
            return null;
        } else if (tag.equals(Tag.BOOL)) {
            return Boolean.valueOf(
                    text.equalsIgnoreCase("true") || text.equalsIgnoreCase("yes") || text.equalsIgnoreCase("on"));
        } else if (tag.equals(Tag.INT)) {
            try {
                return Long.valueOf(text.replace("_", ""));
            } catch (NumberFormatException other) {
                return text;
            }
        } else if (tag.equals(Tag.FLOAT)) {
            try {
                return Double.valueOf(text.replace("_", ""));
            } catch (NumberFormatException other) {
                return text;
            }
        } else {
            return text;
        }
    }
}
