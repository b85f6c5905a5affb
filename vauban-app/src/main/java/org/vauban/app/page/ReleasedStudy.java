package org.vauban.app.page;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.vauban.plot.FigureNumbers;
import org.vauban.register.Register;
import org.vauban.register.ReleasedDocument;

/**
 * The released outputs of one run, in the reader's language.
 *
 * @param address its page
 * @param day when its last output was released
 */
public record ReleasedStudy(
        String address,
        String title,
        String summary,
        String organisation,
        String permit,
        String edition,
        String day,
        List<Part> parts) {
    /** From the flow of persons to the estimate: the order in which a study is read. */
    private static final List<String> READING_ORDER = List.of(
            "attrition-flow",
            "survival-curves",
            "occurrences",
            "pathways",
            "effect-estimates",
            "distributions",
            "frequency-table",
            "features");

    /**
     * One output.
     *
     * @param figure SVG for a page, or nothing
     * @param table an HTML table
     * @param csv where its CSV file is
     * @param entry the index of its release in the log
     */
    public record Part(
            String output,
            String name,
            String kind,
            String title,
            String figure,
            String table,
            String csv,
            String entry,
            int threshold) {}

    static List<ReleasedStudy> of(List<Register.Study> studies, Locale language) {
        return studies.stream().map(study -> of(study, language)).toList();
    }

    static ReleasedStudy of(Register.Study study, Locale language) {
        ReleasedDocument latest = study.outputs().stream()
                .max(Comparator.comparing(ReleasedDocument::released))
                .orElseThrow();
        return new ReleasedStudy(
                "/register/studies/" + study.analysis(),
                in(study.permit().title(), language),
                in(study.permit().summary(), language),
                study.permit().organisation(),
                study.permit().permit(),
                latest.edition(),
                Days.written(LocalDate.ofInstant(latest.released(), ZoneOffset.UTC), language),
                study.outputs().stream()
                        .sorted(Comparator.comparingInt(
                                        (ReleasedDocument document) -> READING_ORDER.indexOf(document.kind()))
                                .thenComparing(ReleasedDocument::name))
                        .map(document -> part(document, language))
                        .toList());
    }

    private static Part part(ReleasedDocument document, Locale language) {
        return new Part(
                document.output(),
                document.name(),
                document.kind(),
                in(document.title(), language),
                in(document.figure(), language),
                in(document.table(), language),
                "/register/outputs/" + document.output() + ".csv",
                FigureNumbers.whole(document.logIndex(), language),
                document.threshold());
    }

    static String in(Map<String, String> texts, Locale language) {
        return texts.getOrDefault(language.getLanguage(), texts.getOrDefault("en", ""));
    }
}
