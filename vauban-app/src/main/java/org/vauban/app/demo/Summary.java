package org.vauban.app.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vauban.app.cli.Answer;
import org.vauban.app.cli.Call;
import org.vauban.app.cli.Words;

/** What the demonstration found, in the form that programs rely on. */
record Summary(
        long persons,
        double meanEvents,
        double medianEvents,
        List<Stage> stages,
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
    record Stage(String name, long rowsIn, long rowsOut, long rejected, double seconds) {}

    /** The study's released estimate beside the truth that was planted. */
    record StudyFigures(
            String name, double estimate, double low, double high, double truth, double crude, boolean covered) {}

    /** What disclosure control did to the released figures. */
    record Disclosed(long cells, long suppressed, long rounded) {}

    /** The log at the end. */
    record Logged(long size, String root, int witnesses) {}

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
                                        "seconds", stage.seconds()))
                                .toList(),
                "linkage", Answer.document("precision", null, "recall", null, "f1", null),
                "study",
                        Answer.document(
                                "name", study.name(),
                                "estimate", study.estimate(),
                                "ci_low", study.low(),
                                "ci_high", study.high(),
                                "truth", study.truth(),
                                "crude", study.crude(),
                                "covered", study.covered()),
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
                                "witnessed", logged.witnesses() > 0),
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
                + words.say(
                        "demo.study",
                        ratio(study.estimate(), words),
                        ratio(study.low(), words),
                        ratio(study.high(), words),
                        ratio(study.truth(), words),
                        ratio(study.crude(), words)));
        lines.add("  " + words.say("demo.disclosure", disclosed.cells(), disclosed.suppressed(), disclosed.rounded()));
        lines.add("  " + words.say("demo.ledger", logged.size(), words.say("audit.not-witnessed")));
        lines.add("  " + words.say("demo.refused", refusedReview));
        lines.add("  " + words.say("demo.not-run", notRun.size(), String.join(", ", notRun)));
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
