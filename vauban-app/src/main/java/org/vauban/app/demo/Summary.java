package org.vauban.app.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vauban.app.cli.Answer;
import org.vauban.app.cli.Call;
import org.vauban.app.cli.Words;
import tools.jackson.databind.JsonNode;

/** What the demonstration found, in the form that programs rely on. */
record Summary(
        long persons,
        double meanEvents,
        double medianEvents,
        List<Stage> stages,
        Comparison plainCopy,
        Linkage linkage,
        StudyFigures study,
        Disclosed disclosed,
        Logged logged,
        String edition,
        String editionRoot,
        String refusedReview,
        long peakMemoryMebibytes,
        double seconds,
        List<String> notRun) {

    Summary {
        stages = List.copyOf(stages);
        notRun = List.copyOf(notRun);
    }

    /** One stage and its time. */
    record Stage(String name, long rowsIn, long rowsOut, long rejected, double seconds) {
        long rowsPerSecond() {
            return seconds > 0 ? Math.round(Math.max(rowsIn, rowsOut) / seconds) : 0;
        }

        String title(Words words) {
            return words.say("demo.stage." + name);
        }

        String line(Words words) {
            String line = "%8s s  %s".formatted(number(seconds, 1, words), title(words));
            return Math.max(rowsIn, rowsOut) == 0
                    ? line
                    : line + ", " + words.say("demo.rows", Math.max(rowsIn, rowsOut), rowsPerSecond());
        }
    }

    /**
     * The same files copied to Parquet by DuckDB alone, without reading what is in them: the least that a machine has to do.
     *
     * @param rows rows copied
     */
    record Comparison(long rows, double seconds) {}

    /** How many of the links are right, and how many of the true ones were found; NaN where nobody measured. */
    record Accuracy(double precision, double recall, double f1) {
        static Accuracy of(JsonNode figures) {
            return new Accuracy(estimate(figures, "precision"), estimate(figures, "recall"), estimate(figures, "f1"));
        }

        private static double estimate(JsonNode figures, String name) {
            return figures.path(name).path("estimate").asDouble(Double.NaN);
        }

        Map<String, @Nullable Object> document() {
            return Answer.document("precision", known(precision), "recall", known(recall), "f1", known(f1));
        }
    }

    /** The linkage against the truth. */
    record Linkage(Accuracy overall, Accuracy withoutNir) {
        static final Linkage UNKNOWN = new Linkage(
                new Accuracy(Double.NaN, Double.NaN, Double.NaN), new Accuracy(Double.NaN, Double.NaN, Double.NaN));

        Map<String, @Nullable Object> document() {
            Map<String, @Nullable Object> document = new LinkedHashMap<>(overall.document());
            document.put("without_nir", withoutNir.document());
            return document;
        }
    }

    /**
     * A hazard ratio with its interval, and the standard error of its logarithm.
     *
     * <p>A figure that was withheld is not a number.
     */
    record Ratio(double estimate, double low, double high, double standardError) {
        static Ratio of(JsonNode figures) {
            return new Ratio(
                    figures.path("estimate").asDouble(Double.NaN),
                    figures.path("ci_low").asDouble(Double.NaN),
                    figures.path("ci_high").asDouble(Double.NaN),
                    figures.path("se_log").asDouble(Double.NaN));
        }

        Map<String, @Nullable Object> document() {
            return Answer.document(
                    "estimate", known(estimate),
                    "ci_low", known(low),
                    "ci_high", known(high),
                    "se_log", known(standardError));
        }
    }

    /**
     * The study's released estimates beside the truth that was planted.
     *
     * @param perfectCrude the same study on the generator's own analysis data, where nothing was lost or mistaken
     * @param perfectAdjusted that one adjusted
     */
    record StudyFigures(
            String name,
            Ratio adjusted,
            Ratio crude,
            double truth,
            boolean covered,
            Ratio perfectCrude,
            Ratio perfectAdjusted) {
        /** What there is when disclosure control kept the estimates back: too few people. */
        static StudyFigures withheld(String name) {
            var none = new Ratio(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
            return new StudyFigures(name, none, none, Double.NaN, false, none, none);
        }

        boolean isReleased() {
            return !Double.isNaN(adjusted.estimate());
        }

        double estimate() {
            return adjusted.estimate();
        }

        Map<String, @Nullable Object> document() {
            return Answer.document(
                    "name", name,
                    "estimate", known(adjusted.estimate()),
                    "ci_low", known(adjusted.low()),
                    "ci_high", known(adjusted.high()),
                    "se_log", known(adjusted.standardError()),
                    "truth", known(truth),
                    "crude", known(crude.estimate()),
                    "crude_ci_low", known(crude.low()),
                    "crude_ci_high", known(crude.high()),
                    "covered", covered,
                    "perfect",
                            Answer.document("crude", perfectCrude.document(), "adjusted", perfectAdjusted.document()));
        }
    }

    private static @Nullable Double known(double value) {
        return Double.isNaN(value) ? null : value;
    }

    /** What disclosure control did to the released figures. */
    record Disclosed(long cells, long suppressed, long rounded) {}

    /**
     * The log at the end.
     *
     * @param witnesses how many cosigned it
     * @param covered the entries that an outsider found under a checkpoint with enough signatures; 0 where nobody was asked to cosign
     */
    record Logged(long size, String root, int witnesses, long covered) {}

    Map<String, @Nullable Object> document() {
        return Answer.document(
                "persons", persons,
                "events_per_person", Answer.document("mean", meanEvents, "median", medianEvents),
                "stages",
                        stages.stream()
                                .map(stage -> Answer.document(
                                        "name", stage.name(),
                                        "rows_in", stage.rowsIn(),
                                        "rows_out", stage.rowsOut(),
                                        "rejected", stage.rejected(),
                                        "seconds", stage.seconds(),
                                        "rows_per_second", stage.rowsPerSecond()))
                                .toList(),
                "plain_copy", Answer.document("rows", plainCopy.rows(), "seconds", plainCopy.seconds()),
                "linkage", linkage.document(),
                "study", study.document(),
                "disclosure",
                        Answer.document(
                                "cells", disclosed.cells(),
                                "suppressed", disclosed.suppressed(),
                                "rounded", disclosed.rounded()),
                "ledger",
                        Answer.document(
                                "size", logged.size(),
                                "root", logged.root(),
                                "witnesses", logged.witnesses(),
                                "witnessed", logged.witnesses() > 0,
                                "witnessed_entries", logged.covered()),
                "edition", Answer.document("id", edition, "root", editionRoot),
                "self_review_refused_with", refusedReview,
                "peak_memory_mb", peakMemoryMebibytes,
                "seconds", seconds,
                "not_run", notRun);
    }

    List<String> lines(Call call, DemoFolders folders) {
        Words words = call.words();
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(words.say("demo.summary", persons, number(seconds, 1, words), peakMemoryMebibytes));
        lines.add("  "
                + (study.isReleased()
                        ? words.say(
                                "demo.study",
                                ratio(study.estimate(), words),
                                ratio(study.adjusted().low(), words),
                                ratio(study.adjusted().high(), words),
                                ratio(study.truth(), words),
                                ratio(study.crude().estimate(), words))
                        : words.say("demo.withheld")));
        lines.add("  "
                + words.say(
                        "demo.linkage",
                        number(linkage.overall().precision(), 4, words),
                        number(linkage.overall().recall(), 4, words),
                        number(linkage.withoutNir().precision(), 4, words),
                        number(linkage.withoutNir().recall(), 4, words)));
        lines.add("  "
                + words.say(
                        "demo.plain-copy",
                        plainCopy.rows(),
                        number(plainCopy.seconds(), 1, words),
                        number(seconds / Math.max(plainCopy.seconds(), 0.01), 1, words)));
        lines.add("  " + words.say("demo.disclosure", disclosed.cells(), disclosed.suppressed(), disclosed.rounded()));
        lines.add("  "
                + words.say(
                        "demo.ledger",
                        logged.size(),
                        logged.covered() == 0
                                ? words.say("audit.not-witnessed")
                                : words.say("demo.cosigned", logged.witnesses())));
        if (logged.covered() > 0) {
            lines.add("  " + words.say("demo.outsider", logged.covered()));
        }
        lines.add("  " + words.say("demo.refused", refusedReview));
        if (!notRun.isEmpty()) {
            lines.add("  " + words.say("demo.not-run", notRun.size(), String.join(", ", notRun)));
        }
        lines.add("  " + words.say("demo.people", folders.outside().resolve("people.txt")));
        lines.add("  " + folders.demo().resolve("summary.json"));
        lines.add("  " + folders.demo().resolve("report.html"));
        return lines;
    }

    private static String ratio(double value, Words words) {
        return number(value, 2, words);
    }

    static String number(double value, int decimals, Words words) {
        return String.format(
                "fr".equals(words.language().getLanguage()) ? Locale.FRANCE : Locale.ROOT,
                "%." + decimals + "f",
                value);
    }
}
