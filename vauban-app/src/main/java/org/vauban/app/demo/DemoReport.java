package org.vauban.app.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.vauban.app.cli.Words;
import org.vauban.plot.FigureNumbers;
import org.vauban.plot.FigureStyle;
import tools.jackson.databind.JsonNode;

/** The report: one page that opens offline, with what the demonstration did and what was released. */
final class DemoReport {
    private DemoReport() {}

    static String html(Summary summary, List<JsonNode> released, Words words) {
        String language = words.language().getLanguage();
        var page = new StringBuilder(1 << 16);
        page.append("<!DOCTYPE html>\n<html lang=\"")
                .append(language)
                .append("\">\n<head>\n<meta charset=\"utf-8\">\n");
        page.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
                .append(text(words.say("demo.report.title")))
                .append(" – Vauban</title>\n<style>\n")
                .append(pageStyle())
                .append(FigureStyle.css())
                .append("</style>\n</head>\n<body>\n<main><div class=\"width\">\n");
        page.append("<h1>").append(text(words.say("demo.report.title"))).append("</h1>\n");
        page.append("<p class=\"lead\">")
                .append(text(words.say("demo.report.lead")))
                .append("</p>\n");
        study(page, summary, words);
        for (JsonNode output : released) {
            output(page, output, language);
        }
        stages(page, summary, words);
        page.append("</div></main>\n</body>\n</html>\n");
        return page.toString();
    }

    private static void study(StringBuilder page, Summary summary, Words words) {
        var study = summary.study();
        if (!study.isReleased()) {
            page.append("<p>").append(text(words.say("demo.withheld"))).append("</p>\n");
            return;
        }
        page.append("<h2>")
                .append(text(words.say("demo.report.truth")))
                .append("</h2>\n<p>")
                .append(text(words.say(
                        study.covered() ? "demo.report.covered" : "demo.report.missed",
                        ratio(study.estimate(), words),
                        ratio(study.adjusted().low(), words),
                        ratio(study.adjusted().high(), words),
                        ratio(study.truth(), words),
                        ratio(study.crude().estimate(), words))))
                .append("</p>\n");
    }

    /** Figure and table come from the register as they were drawn at release. */
    private static void output(StringBuilder page, JsonNode output, String language) {
        page.append("<section>\n<h2>")
                .append(text(output.path("title").path(language).asString("")))
                .append("</h2>\n");
        String figure = output.path("figure").path(language).asString("");
        if (!figure.isEmpty()) {
            page.append("<figure>").append(figure).append("</figure>\n");
        }
        page.append("<div class=\"scroll\">")
                .append(output.path("table").path(language).asString(""))
                .append("</div>\n</section>\n");
    }

    private static void stages(StringBuilder page, Summary summary, Words words) {
        page.append("<h2>")
                .append(text(words.say("demo.report.stages")))
                .append("</h2>\n<div class=\"scroll\"><table>\n<caption>")
                .append(text(words.say(
                        "demo.report.stages.caption",
                        FigureNumbers.whole(summary.persons(), words.language()),
                        Summary.number(summary.seconds(), 1, words))))
                .append("</caption>\n<thead><tr>");
        for (String column : List.of("stage", "rows-in", "rows-out", "rejected", "seconds", "per-second")) {
            page.append("<th scope=\"col\"")
                    .append(column.equals("stage") ? "" : " class=\"number\"")
                    .append('>')
                    .append(text(words.say("demo.report." + column)))
                    .append("</th>");
        }
        page.append("</tr></thead>\n<tbody>\n");
        for (Summary.Stage stage : summary.stages()) {
            page.append("<tr><th scope=\"row\">")
                    .append(text(stage.title(words)))
                    .append("</th>");
            for (String number : List.of(
                    whole(stage.rowsIn(), words),
                    whole(stage.rowsOut(), words),
                    whole(stage.rejected(), words),
                    Summary.number(stage.seconds(), 1, words),
                    whole(stage.rowsIn() + stage.rowsOut() == 0 ? 0 : stage.rowsPerSecond(), words))) {
                page.append("<td class=\"number\">").append(number).append("</td>");
            }
            page.append("</tr>\n");
        }
        page.append("</tbody></table></div>\n<p>")
                .append(text(words.say(
                        "demo.plain-copy",
                        summary.plainCopy().rows(),
                        Summary.number(summary.plainCopy().seconds(), 1, words),
                        Summary.number(
                                summary.seconds() / Math.max(summary.plainCopy().seconds(), 0.01), 1, words))))
                .append("</p>\n<p>")
                .append(text(words.say("demo.not-run", summary.notRun().size(), String.join(", ", summary.notRun()))))
                .append("</p>\n<p>")
                .append(text(words.say("demo.ledger", summary.logged().size(), words.say("audit.not-witnessed"))))
                .append("<br><span class=\"hash\">")
                .append(text(summary.logged().root()))
                .append("</span></p>\n");
    }

    private static String whole(long number, Words words) {
        return number == 0 ? "–" : FigureNumbers.whole(number, words.language());
    }

    private static String ratio(double value, Words words) {
        return Summary.number(value, 2, words);
    }

    private static String text(String words) {
        return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String pageStyle() {
        try (var stream = Objects.requireNonNull(DemoReport.class.getResourceAsStream("/static/assets/vauban.css"))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
