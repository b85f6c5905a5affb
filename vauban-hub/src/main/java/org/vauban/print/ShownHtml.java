package org.vauban.print;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.vauban.disclosure.Shown;
import org.vauban.disclosure.ShownCurves;
import org.vauban.disclosure.ShownEstimates;
import org.vauban.disclosure.ShownFlow;
import org.vauban.disclosure.ShownTable;
import org.vauban.output.FrequencyTable;

/** The checked table beside a figure: caption, headings with scope, numbers in the reader's way. */
final class ShownHtml {
    private final Words words;
    private final StringBuilder html = new StringBuilder();

    private ShownHtml(Words words) {
        this.words = words;
    }

    static String of(Shown content, Locale language) {
        var page = new ShownHtml(Words.in(language));
        page.table(content);
        return page.html.toString();
    }

    private void table(Shown content) {
        html.append("<table class=\"checked\"><caption>")
                .append(escaped(words.title(content)))
                .append("</caption>");
        switch (content) {
            case ShownTable table -> cells(table);
            case ShownFlow flow -> flow(flow);
            case ShownCurves curves -> curves(curves);
            case ShownEstimates estimates -> estimates(estimates);
        }
        html.append("</tbody></table>");
    }

    private void cells(ShownTable table) {
        var headings = new ArrayList<String>();
        table.dimensions().forEach(dimension -> headings.add(words.label(dimension)));
        headings.add(words.text("persons"));
        headings(table.dimensions().size(), headings);
        for (ShownTable.Cell cell : table.cells()) {
            html.append("<tr>");
            for (String level : cell.levels()) {
                heading(level.equals(FrequencyTable.TOTAL) ? words.text("total") : words.label(level));
            }
            number(cell.persons().isPresent() ? words.count(cell.persons().getAsLong()) : words.text("hidden"));
            html.append("</tr>");
        }
    }

    private void flow(ShownFlow flow) {
        headings(2, List.of(words.text("group"), words.text("step"), words.text("remaining"), words.text("lost")));
        for (ShownFlow.Arm arm : flow.arms()) {
            for (ShownFlow.Step step : arm.steps()) {
                html.append("<tr>");
                heading(words.label(arm.label()));
                text(words.labels(step.labels()));
                number(words.count(step.remaining()));
                number(words.count(step.lost()));
                html.append("</tr>");
            }
        }
    }

    private void curves(ShownCurves curves) {
        headings(
                1,
                List.of(
                        words.text("group"),
                        words.text("days"),
                        words.text("at-risk"),
                        words.text("events"),
                        words.text("censored"),
                        words.text("survival"),
                        words.text("interval.heading")));
        for (ShownCurves.Arm arm : curves.arms()) {
            for (ShownCurves.Bin bin : arm.bins()) {
                html.append("<tr>");
                heading(words.label(arm.label()));
                number(words.text("range", bin.firstDay(), bin.lastDay()));
                number(words.count(bin.atRisk()));
                number(words.count(bin.events()));
                number(words.count(bin.censored()));
                number(words.number(bin.survival()));
                number(words.interval(bin.low(), bin.high()));
                html.append("</tr>");
            }
        }
    }

    private void estimates(ShownEstimates estimates) {
        headings(
                3,
                List.of(
                        words.text("analysis"),
                        words.text("comparison"),
                        words.text("method"),
                        words.text("estimate"),
                        words.text("interval.heading"),
                        words.text("persons"),
                        words.text("events")));
        for (ShownEstimates.Row row : estimates.rows()) {
            html.append("<tr>");
            heading(words.label(row.analysis()));
            text(words.text("versus", words.label(row.target()), words.label(row.comparator())) + " · "
                    + words.label(row.outcome()));
            text(words.label(row.method()) + " · " + words.label(row.estimand()));
            number(row.estimateName().toUpperCase(Locale.ROOT) + " " + words.number(row.estimate()));
            number(words.interval(row.ciLow(), row.ciHigh()));
            number(words.count(row.targets()) + " / " + words.count(row.comparators()));
            number(words.count(row.targetEvents()) + " / " + words.count(row.comparatorEvents()));
            html.append("</tr>");
        }
    }

    /** Headings of words, and from a column on of numbers, which stand to the right. */
    private void headings(int firstNumber, List<String> texts) {
        html.append("<thead><tr>");
        for (int column = 0; column < texts.size(); column++) {
            html.append(column < firstNumber ? "<th scope=\"col\">" : "<th scope=\"col\" class=\"number\">")
                    .append(escaped(texts.get(column)))
                    .append("</th>");
        }
        html.append("</tr></thead><tbody>");
    }

    private void heading(String text) {
        html.append("<th scope=\"row\">").append(escaped(text)).append("</th>");
    }

    private void text(String text) {
        html.append("<td>").append(escaped(text)).append("</td>");
    }

    private void number(String text) {
        html.append("<td class=\"number\">").append(escaped(text)).append("</td>");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
