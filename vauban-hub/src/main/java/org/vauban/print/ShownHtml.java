package org.vauban.print;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.vauban.disclosure.Shown;
import org.vauban.disclosure.ShownBalance;
import org.vauban.disclosure.ShownChecks;
import org.vauban.disclosure.ShownCurves;
import org.vauban.disclosure.ShownDistributions;
import org.vauban.disclosure.ShownEstimates;
import org.vauban.disclosure.ShownFeatures;
import org.vauban.disclosure.ShownFlow;
import org.vauban.disclosure.ShownMagnitudes;
import org.vauban.disclosure.ShownOccurrences;
import org.vauban.disclosure.ShownPathways;
import org.vauban.disclosure.ShownTable;
import org.vauban.output.CovariateBalance;
import org.vauban.output.DesignChecks;
import org.vauban.output.FrequencyTable;
import org.vauban.output.Occurrences;

/** The checked table beside a figure: caption, headings with scope, numbers in the reader's way. */
final class ShownHtml {
    /** A page of more rows is read by nobody. */
    private static final int ROWS_MAX = 100;

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
            case ShownMagnitudes magnitudes -> magnitudes(magnitudes);
            case ShownFlow flow -> flow(flow);
            case ShownCurves curves -> curves(curves);
            case ShownEstimates estimates -> estimates(estimates);
            case ShownBalance balance -> balance(balance);
            case ShownOccurrences occurrences -> occurrences(occurrences);
            case ShownFeatures features -> features(features);
            case ShownChecks checks -> checks(checks);
            case ShownDistributions distributions -> distributions(distributions);
            case ShownPathways pathways -> pathways(pathways);
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
                heading(stratum(level));
            }
            number(count(cell.persons()));
            html.append("</tr>");
        }
    }

    private void magnitudes(ShownMagnitudes magnitudes) {
        var headings = new ArrayList<String>();
        magnitudes.dimensions().forEach(dimension -> headings.add(words.label(dimension)));
        headings.add(words.text("persons"));
        headings.add(words.text("sum"));
        headings.add(words.text("mean"));
        magnitudes.percents().forEach(percent -> headings.add(words.text("percentile", percent)));
        headings(magnitudes.dimensions().size(), headings);
        for (ShownMagnitudes.Cell cell : magnitudes.cells()) {
            html.append("<tr>");
            for (String level : cell.levels()) {
                heading(stratum(level));
            }
            number(count(cell.persons()));
            number(threeDigits(cell.sum()));
            number(threeDigits(cell.mean()));
            cell.percentiles().forEach(point -> number(threeDigits(point)));
            html.append("</tr>");
        }
    }

    private String threeDigits(OptionalDouble number) {
        return number.isPresent() ? words.threeDigits(number.getAsDouble()) : words.text("hidden");
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

    private void balance(ShownBalance balance) {
        String target = words.label(balance.target());
        String comparator = words.label(balance.comparator());
        headings(
                1,
                List.of(
                        words.text("balance.covariate"),
                        words.text("balance.before.of", target),
                        words.text("balance.before.of", comparator),
                        words.text("balance.before"),
                        words.text("balance.after.of", target),
                        words.text("balance.after.of", comparator),
                        words.text("balance.after")));
        for (ShownBalance.Row row : balance.rows()) {
            html.append("<tr>");
            heading(words.label(row.covariate()));
            number(words.number(row.targetBefore()));
            number(words.number(row.comparatorBefore()));
            number(words.number(row.differenceBefore()));
            number(words.number(row.targetAfter()));
            number(words.number(row.comparatorAfter()));
            number(words.number(row.differenceAfter()));
            html.append("</tr>");
        }
        ShownBalance.Diagnostics diagnostics = balance.diagnostics();
        fact("balance.hidden", words.count(balance.hidden()));
        fact("balance.c-statistic", words.number(diagnostics.discrimination()));
        fact("balance.equipoise", words.number(diagnostics.equipoise()));
        fact("balance.detectable", words.number(diagnostics.detectableRatio()));
        diagnostics.systematicError().ifPresent(error -> fact("balance.error", words.number(error)));
        for (CovariateBalance.Concern concern : diagnostics.concerns()) {
            fact(
                    "balance.concern",
                    words.text("balance.concern." + concern.name().toLowerCase(Locale.ROOT)));
        }
    }

    /** A line below the covariates: what it is, and its value over the other columns. */
    private void fact(String key, String value) {
        html.append("<tr>");
        heading(words.text(key));
        html.append("<td colspan=\"6\">").append(escaped(value)).append("</td></tr>");
    }

    private void occurrences(ShownOccurrences occurrences) {
        boolean rate = occurrences.measure() == Occurrences.Measure.INCIDENCE_RATE;
        List<String> headings = new ArrayList<>(
                List.of(words.text("interval.calendar"), words.text("age"), words.text("sex"), words.text("persons")));
        if (rate) {
            headings.add(words.text("person-years"));
        }
        headings.addAll(List.of(
                words.text("cases"),
                words.text(rate ? "incidence.estimate" : "prevalence.estimate"),
                words.text("interval.heading")));
        headings(3, headings);
        for (ShownOccurrences.Row row : occurrences.rows()) {
            html.append("<tr>");
            heading(words.label(row.interval()));
            text(stratum(row.age()));
            text(stratum(row.sex()));
            number(count(row.persons()));
            if (rate) {
                number(row.personYears().map(words::number).orElse(words.text("hidden")));
            }
            number(count(row.cases()));
            number(row.estimate().map(found -> words.number(found.value())).orElse(words.text("hidden")));
            number(row.estimate()
                    .map(found -> words.interval(found.low(), found.high()))
                    .orElse(words.text("hidden")));
            html.append("</tr>");
        }
    }

    /** The largest differences, or of a single group the most frequent; the CSV file has all. */
    private void features(ShownFeatures features) {
        boolean compared = features.groups().size() > 1;
        List<String> headings = new ArrayList<>(
                List.of(words.text("features.concept"), words.text("features.table"), words.text("features.window")));
        features.groups()
                .forEach(group -> headings.add(
                        words.text("features.of", words.label(group.label()), words.count(group.persons()))));
        if (compared) {
            headings.add(words.text("difference"));
        }
        headings(3, headings);
        features.rows().stream()
                .sorted(Comparator.comparingDouble(row -> -weight(features, row)))
                .limit(ROWS_MAX)
                .forEach(row -> feature(features, row, compared));
    }

    private static double weight(ShownFeatures features, ShownFeatures.Row row) {
        return features.groups().size() > 1
                ? Math.abs(features.difference(row).orElse(0))
                : features.share(row, 0).orElse(0);
    }

    private void feature(ShownFeatures features, ShownFeatures.Row row, boolean compared) {
        html.append("<tr>");
        heading(row.conceptName());
        text(row.table());
        text(words.window(row.fromDay(), row.toDay()));
        for (int group = 0; group < features.groups().size(); group++) {
            OptionalDouble share = features.share(row, group);
            number(
                    share.isPresent()
                            ? count(row.persons().get(group)) + " (" + words.percent(share.getAsDouble()) + ")"
                            : words.text("hidden"));
        }
        if (compared) {
            OptionalDouble difference = features.difference(row);
            number(difference.isPresent() ? words.number(difference.getAsDouble()) : words.text("hidden"));
        }
        html.append("</tr>");
    }

    private void checks(ShownChecks checks) {
        headings(
                2,
                List.of(
                        words.text("checks.question"),
                        words.text("checks.about"),
                        words.text("checks.found"),
                        words.text("interval.heading"),
                        words.text("checks.limit"),
                        words.text("checks.answer")));
        for (ShownChecks.Check check : checks.checks()) {
            boolean ran = check.answer() != DesignChecks.Answer.NOT_RUN;
            html.append("<tr>");
            heading(words.text("checks." + word(check.question())));
            text(words.label(check.about()));
            number(check.found().map(found -> words.number(found.value())).orElse(ran ? words.text("hidden") : "–"));
            number(check.found()
                    .filter(found -> found.low().isPresent() && found.high().isPresent())
                    .map(found -> words.interval(
                            found.low().getAsDouble(), found.high().getAsDouble()))
                    .orElse("–"));
            number(words.number(check.limit()));
            text(words.text("checks." + word(check.answer())));
            html.append("</tr>");
        }
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private void distributions(ShownDistributions distributions) {
        headings(
                1,
                List.of(
                        words.text("measure"),
                        words.text("persons"),
                        words.text("quartile.first"),
                        words.text("median"),
                        words.text("quartile.third")));
        for (ShownDistributions.Row row : distributions.rows()) {
            html.append("<tr>");
            heading(words.label(row.measure()));
            number(count(row.persons()));
            number(value(row, row.lower()));
            number(value(row, row.median()));
            number(value(row, row.upper()));
            html.append("</tr>");
        }
    }

    private void pathways(ShownPathways pathways) {
        headings(1, List.of(words.text("pathways.path"), words.text("persons"), words.text("share")));
        pathways.rows().forEach(row -> path(pathways, words.path(row.steps()), row.persons()));
        if (pathways.others() > 0) {
            path(pathways, words.text("pathways.others"), pathways.others());
        }
        path(pathways, words.text("total"), pathways.persons());
    }

    private void path(ShownPathways pathways, String path, long persons) {
        html.append("<tr>");
        heading(path);
        number(words.count(persons));
        number(words.percent((double) persons / pathways.persons()));
        html.append("</tr>");
    }

    private String value(ShownDistributions.Row row, OptionalDouble value) {
        if (value.isEmpty()) {
            return words.text("hidden");
        }
        return switch (row.unit()) {
            case COUNT, DAYS -> words.number(value.getAsDouble());
            case SHARE -> words.percent(value.getAsDouble());
        };
    }

    private String stratum(String level) {
        return level.equals(FrequencyTable.TOTAL) ? words.text("total") : words.label(level);
    }

    private String count(OptionalLong persons) {
        return persons.isPresent() ? words.count(persons.getAsLong()) : words.text("hidden");
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
