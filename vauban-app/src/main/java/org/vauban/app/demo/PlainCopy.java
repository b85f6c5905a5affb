package org.vauban.app.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.stream.Stream;
import org.duckdb.DuckDBDriver;

/**
 * What the machine needs for the same files when nothing is split, checked, linked, mapped or sealed: DuckDB copies each of them to
 * Parquet, in the producers' own folder. A measure to hold the stages against, and no part of the hub.
 */
final class PlainCopy {
    private PlainCopy() {}

    /**
     * Copies all tables, and destroys the copies.
     *
     * @param folders with {@code .csv.gz} and {@code .ndjson.gz} files
     * @param target a folder that does not exist yet
     * @param memoryBytes how much memory it may take; as much as it likes when empty
     */
    static Summary.Comparison of(List<Path> folders, Path target, OptionalLong memoryBytes) {
        long started = System.nanoTime();
        long rows = 0;
        try (var connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
                Statement statement = connection.createStatement()) {
            if (memoryBytes.isPresent()) {
                statement.execute("SET memory_limit = '" + memoryBytes.getAsLong() + "B'");
            }
            // Nobody asks for the order, and keeping it would take memory.
            statement.execute("SET preserve_insertion_order = false");
            statement.execute("SET temp_directory = ''");
            Files.createDirectories(target);
            for (Path folder : folders) {
                for (Path file : tables(folder)) {
                    Path parquet = target.resolve(folder.getFileName() + "-" + file.getFileName() + ".parquet");
                    rows += statement.executeUpdate("COPY (FROM " + reader(file) + ") TO " + literal(parquet)
                            + " (FORMAT parquet, COMPRESSION zstd)");
                    Files.delete(parquet);
                }
            }
            Files.delete(target);
            return new Summary.Comparison(rows, Math.round((System.nanoTime() - started) / 1e7) / 100.0);
        } catch (SQLException refused) {
            throw new IllegalStateException(refused);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static List<Path> tables(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".csv.gz")
                            || file.toString().endsWith(".ndjson.gz"))
                    .sorted()
                    .toList();
        }
    }

    private static String reader(Path file) {
        return file.toString().endsWith(".csv.gz")
                ? "read_csv(" + literal(file) + ", delim = ';', header = true, all_varchar = true)"
                : "read_json_auto(" + literal(file) + ", format = 'newline_delimited')";
    }

    private static String literal(Path file) {
        return "'" + file.toString().replace("'", "''") + "'";
    }
}
