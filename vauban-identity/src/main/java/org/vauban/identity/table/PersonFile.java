package org.vauban.identity.table;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * A file of persons in memory, of which some columns were asked for.
 *
 * @param rows how many persons
 * @param columns the columns asked for, in that order
 */
public record PersonFile(int rows, List<String[]> columns) {

    /** The most rows of a file. */
    public static final int ROWS_MAX = 8_000_000;

    public PersonFile {
        columns = List.copyOf(columns);
    }

    /**
     * Reads a CSV file, plain or gzipped.
     *
     * @throws WrongInput when the file, or a column, is not there, or a row is none
     */
    public static PersonFile read(Path file, List<String> names) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new WrongInput(
                    "Expected a CSV file, found none at " + file + ".", "Aucun fichier CSV à " + file + ".");
        }
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file));
                InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
                Csv csv = Csv.open(file.toString(), in)) {
            return read(file.toString(), csv, names);
        }
    }

    private static PersonFile read(String file, Csv csv, List<String> names) throws IOException {
        int[] places = new int[names.size()];
        List<List<String>> values = new ArrayList<>();
        for (int at = 0; at < places.length; at++) {
            places[at] = csv.header().indexOf(names.get(at));
            if (places[at] < 0) {
                throw WrongInput.at(
                        file,
                        1,
                        1,
                        "expected a column “" + names.get(at) + "”, found " + String.join(", ", csv.header()),
                        "colonne « " + names.get(at) + " » attendue, trouvé " + String.join(", ", csv.header()));
            }
            values.add(new ArrayList<>());
        }
        int rows = 0;
        for (Optional<String[]> row = csv.next(); row.isPresent(); row = csv.next()) {
            if (++rows > ROWS_MAX) {
                throw WrongInput.at(
                        file, rows, 1, "expected at most " + ROWS_MAX + " rows", "au plus " + ROWS_MAX + " lignes");
            }
            for (int at = 0; at < places.length; at++) {
                values.get(at).add(row.get()[places[at]]);
            }
        }
        return new PersonFile(
                rows,
                values.stream().map(column -> column.toArray(String[]::new)).toList());
    }
}
