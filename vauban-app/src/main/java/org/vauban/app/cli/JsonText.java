package org.vauban.app.cli;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Documents as JSON text. */
public final class JsonText {
    private static final JsonMapper LINE = JsonMapper.builder().build();
    private static final JsonMapper PRETTY =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private JsonText() {}

    /** Indented, for people who look. */
    public static String of(@Nullable Object document) {
        return PRETTY.writeValueAsString(document);
    }

    /** On one line. */
    static String line(@Nullable Object document) {
        return LINE.writeValueAsString(document);
    }
}
