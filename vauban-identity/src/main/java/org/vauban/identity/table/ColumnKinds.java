package org.vauban.identity.table;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.vauban.identity.linkage.Trait;

/**
 * COLUMNS.yaml: one line {@code column: kind} for each column, where the kind is a trait's name in small letters, or {@code ignore}.
 * Comments begin with {@code #}; names may stand in quotation marks. Nothing else of YAML is understood, and it says so.
 */
public final class ColumnKinds {

    private static final int BYTES_MAX = 1 << 20;
    private static final String IGNORE = "ignore";

    private ColumnKinds() {}

    /** Columns and their traits in the order of the file; the ignored ones have none. */
    public static SequencedMap<String, Optional<Trait>> read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new WrongInput(
                    "Expected a file of columns, found none at " + file + ".",
                    "Un fichier de colonnes est attendu, aucun à " + file + ".");
        }
        if (Files.size(file) > BYTES_MAX) {
            throw WrongInput.at(file.toString(), 1, 1, "the file is too long", "le fichier est trop long");
        }
        return parse(file.toString(), new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    }

    static SequencedMap<String, Optional<Trait>> parse(String file, String text) {
        SequencedMap<String, Optional<Trait>> kinds = new LinkedHashMap<>();
        String[] lines = text.split("\r?\n", -1);
        for (int number = 1; number <= lines.length; number++) {
            String line = uncommented(lines[number - 1]);
            if (!line.isBlank() && !line.strip().equals("---")) {
                read(file, number, line, kinds);
            }
        }
        if (kinds.values().stream().allMatch(Optional::isEmpty)) {
            throw WrongInput.at(
                    file,
                    1,
                    1,
                    "expected at least one column that is not ignored",
                    "au moins une colonne non ignorée est attendue");
        }
        return kinds;
    }

    private static void read(String file, int number, String line, Map<String, Optional<Trait>> kinds) {
        int colon = line.lastIndexOf(':');
        if (colon < 0) {
            throw WrongInput.at(
                    file,
                    number,
                    line.stripTrailing().length() + 1,
                    "expected column: kind, found no colon",
                    "colonne: genre attendu, aucun deux-points");
        }
        if (Character.isWhitespace(line.charAt(0))) {
            throw WrongInput.at(
                    file,
                    number,
                    1,
                    "expected the column's name at the beginning of the line",
                    "le nom de la colonne est attendu en début de ligne");
        }
        String column = unquoted(line.substring(0, colon).strip());
        String kind = unquoted(line.substring(colon + 1).strip()).toLowerCase(Locale.ROOT);
        Optional<Trait> trait = Arrays.stream(Trait.values())
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(kind))
                .findFirst();
        if (trait.isEmpty() && !kind.equals(IGNORE)) {
            String known = Arrays.stream(Trait.values())
                            .map(each -> each.name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", "))
                    + ", "
                    + IGNORE;
            throw WrongInput.at(
                    file,
                    number,
                    colon + 2,
                    "expected one of " + known + "; found “" + kind + "”",
                    "attendu : " + known + " ; trouvé : « " + kind + " »");
        }
        if (kinds.putIfAbsent(column, trait) != null) {
            throw WrongInput.at(
                    file,
                    number,
                    1,
                    "expected each column once, found “" + column + "” twice",
                    "chaque colonne est attendue une fois, « " + column + " » figure deux fois");
        }
    }

    private static String uncommented(String line) {
        if (line.stripLeading().startsWith("#")) {
            return "";
        }
        int comment = line.indexOf(" #");
        return comment < 0 ? line : line.substring(0, comment);
    }

    private static String unquoted(String text) {
        boolean quoted = text.length() >= 2
                && (text.charAt(0) == '"' || text.charAt(0) == '\'')
                && text.charAt(0) == text.charAt(text.length() - 1);
        return quoted ? text.substring(1, text.length() - 1) : text;
    }
}
