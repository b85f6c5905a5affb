package org.vauban.deposit.envelope;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The first line inside a part: what the rest of it is.
 *
 * @param table the table or the resource type, such as {@code ER_PRS_F} or {@code Encounter}
 * @param media {@code csv} or {@code ndjson}
 * @param delimiter between the fields of a CSV part; {@code \0} for NDJSON
 */
public record TableLine(String table, String media, char delimiter) {
    public static final String CSV = "csv";
    public static final String NDJSON = "ndjson";

    private static final int FORMAT = 1;
    private static final int BYTES_MAX = 4096;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    public static TableLine csv(String table, char delimiter) {
        return new TableLine(table, CSV, delimiter);
    }

    public static TableLine ndjson(String table) {
        return new TableLine(table, NDJSON, '\0');
    }

    byte[] line() {
        var tree = JSON.createObjectNode()
                .put("format", FORMAT)
                .put("table", table)
                .put("media", media);
        if (delimiter != '\0') {
            tree.put("delimiter", String.valueOf(delimiter));
        }
        return (JSON.writeValueAsString(tree) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Reads the line and leaves the stream at the content. */
    static TableLine read(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0 || line.size() == BYTES_MAX) {
                throw new IOException("no line that names the table");
            }
            line.write(octet);
        }
        try {
            JsonNode tree = JSON.readTree(line.toByteArray());
            if (tree.path("format").asInt(0) != FORMAT) {
                throw new IOException("a part of another format");
            }
            String delimiter = tree.path("delimiter").asString("");
            return new TableLine(
                    tree.path("table").asString(""),
                    tree.path("media").asString(""),
                    delimiter.isEmpty() ? '\0' : delimiter.charAt(0));
        } catch (JacksonException wrong) {
            throw new IOException("no line that names the table", wrong);
        }
    }
}
