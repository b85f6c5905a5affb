package org.vauban.document;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vauban.problem.Phrase;
import org.vauban.problem.Place;

/** A piece of a document together with the place it was read from. */
public sealed interface Node {
    Spot spot();

    /** Where it stands, for messages. */
    default Place place() {
        return spot().place();
    }

    /** What this is in JSON, for messages. */
    Phrase kind();

    /** Named entries, in the order of the file. */
    record Mapping(Spot spot, Map<String, Node> entries) implements Node {
        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        @Override
        public Phrase kind() {
            return Phrase.OBJECT;
        }
    }

    /** A list of nodes. */
    record Sequence(Spot spot, List<Node> items) implements Node {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public Phrase kind() {
            return Phrase.LIST;
        }
    }

    /** A {@code String}, {@code Long}, {@code Double}, {@code Boolean}, or nothing. */
    record Scalar(Spot spot, @Nullable Object value) implements Node {
        @Override
        public Phrase kind() {
            return switch (value) {
                case null -> Phrase.NULL;
                case String _ -> Phrase.TEXT;
                case Boolean _ -> Phrase.TRUE_OR_FALSE;
                default -> Phrase.NUMBER;
            };
        }
    }
}
