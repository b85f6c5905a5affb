package org.vauban.attack.table;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.spi.ToolProvider;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The product as an attacker meets it: a table goes in as a file, the contract's JSON document comes out. It is called under
 * the JDK's interface for tools, so that no class of it is named here and thousands of tables take one process.
 */
final class Product {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ToolProvider tool =
            ToolProvider.findFirst("vauban-output-check").orElseThrow();
    private final Path file;
    private final List<String> options;

    Product(Path folder, String... options) {
        this.file = folder.resolve("table.csv");
        this.options = List.of(options);
    }

    /**
     * The product's answer.
     *
     * @param cleared whether the table may be shown
     * @param published the table as it would be seen, with statuses
     */
    record Answer(boolean cleared, PublishedTable published) {}

    Answer check(CountedTable table) {
        try {
            Files.writeString(file, table.csv());
        } catch (java.io.IOException full) {
            throw new UncheckedIOException(full);
        }
        var out = new StringWriter();
        var err = new StringWriter();
        List<String> arguments = new ArrayList<>(List.of(file.toString(), "--json"));
        arguments.addAll(options);
        int exit = tool.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments.toArray(String[]::new));
        if (exit != 0 && exit != 3) {
            throw new IllegalStateException("The check failed with " + exit + ": " + err);
        }
        JsonNode answer = JSON.readTree(out.toString());
        List<PublishedTable.Cell> cells = new ArrayList<>();
        for (JsonNode cell : answer.get("cells")) {
            JsonNode shown = cell.get("shown_value");
            cells.add(new PublishedTable.Cell(
                    table.cells().get(cell.get("row").asInt()).levels(),
                    PublishedTable.Status.valueOf(cell.get("status").asString().toUpperCase(Locale.ROOT)),
                    shown.isNull() ? OptionalLong.empty() : OptionalLong.of(shown.asLong())));
        }
        boolean cleared = answer.get("verdict").asString().equals("cleared");
        if (cleared != (exit == 0)) {
            throw new IllegalStateException("Verdict and exit status disagree");
        }
        return new Answer(
                cleared,
                cleared
                        ? new PublishedTable(
                                cells,
                                answer.get("threshold").asInt(),
                                answer.get("rounding").asString().equals("none")
                                        ? PublishedTable.Reading.EXACT
                                        : PublishedTable.Reading.MIDPOINT_10)
                        : new PublishedTable(List.of(), answer.get("threshold").asInt(), PublishedTable.Reading.EXACT));
    }
}
