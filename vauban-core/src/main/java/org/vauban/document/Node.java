package org.vauban.document;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vauban.problem.Place;

/** A piece of a document together with the place it was read from. */
public sealed interface Node {
    Place place();

    /** The JSON name of what this is, for messages: object, list, text, number, true/false or null. */
    String kind();

    /** Named entries, in the order of the file. */
    record Mapping(Place place, Map<String, Node> entries) implements Node {
        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        @Override
        public String kind() {
            return "object";
        }
    }

    /** A list of nodes. */
    record Sequence(Place place, List<Node> items) implements Node {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "list";
        }
    }

    /** A {@code String}, {@code Long}, {@code Double}, {@code Boolean}, or nothing. */
    record Scalar(Place place, @Nullable Object value) implements Node {
        @Override
        public String kind() {
            return switch (value) {
                case null -> "null";
                case String _ -> "text";
                case Boolean _ -> "true/false";
                default -> "number";
            };
        }
    }
}
