package org.vauban.synth;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every source row that carries a planted error, as {@code traps.csv} lists them for tests: at most one error per row. */
final class TrapList implements Closeable {
    private final CsvFile file;
    private final Map<Trap, Long> counts = new EnumMap<>(Trap.class);

    TrapList(Path folder) throws IOException {
        this.file = new CsvFile(folder.resolve("traps.csv"), List.of("trap", "person", "table", "row"));
    }

    /**
     * Notes an error.
     *
     * @param row number of the row in its table, from 1 behind the header
     */
    void add(Trap trap, FrenchLife life, String table, long row) throws IOException {
        file.text(trap.rule())
                .number(life.person().number())
                .text(table)
                .number(row)
                .end();
        counts.merge(trap, 1L, Long::sum);
    }

    /** Rows by the name of the rule that answers them. */
    Map<String, Long> counts() {
        Map<String, Long> byRule = new LinkedHashMap<>();
        for (Trap trap : Trap.values()) {
            byRule.put(trap.rule(), counts.getOrDefault(trap, 0L));
        }
        return byRule;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
