package org.vauban.print;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vauban.disclosure.Shown;
import org.vauban.plot.Figure;

/**
 * Protected content as it is read: everything a page, a file or a reviewer shows of it.
 *
 * @param title by language
 * @param figure SVG for a page, by language; empty for content without a figure
 * @param table HTML table, by language
 * @param fileName of the CSV
 * @param csv the numbers; the same in every language
 * @param digest SHA-256 of the CSV: two contents with one digest show the same
 */
public record Printed(
        Map<String, String> title,
        Map<String, String> figure,
        Map<String, String> table,
        String fileName,
        String csv,
        String digest) {
    static final Locale[] LANGUAGES = {Locale.FRENCH, Locale.ENGLISH};

    public Printed {
        title = Map.copyOf(title);
        figure = Map.copyOf(figure);
        table = Map.copyOf(table);
    }

    /**
     * Prints a content.
     *
     * @param id unique among the figures of a page
     */
    public static Printed of(Shown content, String id) {
        String csv = ShownCsv.of(content);
        return new Printed(
                inEachLanguage(language -> Words.in(language).title(content)),
                inEachLanguage(language -> ShownFigure.of(content, id + "-" + language.getLanguage(), language)
                        .map(Figure::inPage)
                        .orElse("")),
                inEachLanguage(language -> ShownHtml.of(content, language)),
                ShownCsv.fileName(content),
                csv,
                digest(csv));
    }

    /** The digest alone. */
    public static String digest(Shown content) {
        return digest(ShownCsv.of(content));
    }

    private static Map<String, String> inEachLanguage(java.util.function.Function<Locale, String> print) {
        return Stream.of(LANGUAGES).collect(Collectors.toMap(Locale::getLanguage, print));
    }

    private static String digest(String csv) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(csv.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException(absent);
        }
    }
}
