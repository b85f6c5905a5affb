package org.vauban.print;

import java.text.MessageFormat;
import java.text.NumberFormat;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.Collectors;
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
import org.vauban.output.Pathways;
import org.vauban.plot.FigureNumbers;
import org.vauban.study.report.ReportWords;

/** Our words around the numbers, in one language. */
final class Words {
    private final Locale language;
    private final ResourceBundle bundle;
    private final ReportWords labels;

    private Words(Locale language) {
        this.language = language;
        this.labels = ReportWords.in(language);
        this.bundle = ResourceBundle.getBundle(
                "org.vauban.print.words",
                language,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    static Words in(Locale language) {
        return new Words(language);
    }

    Locale language() {
        return language;
    }

    String text(String key, Object... arguments) {
        String pattern = bundle.getString(key);
        return arguments.length == 0 ? pattern : new MessageFormat(pattern, language).format(arguments);
    }

    String title(Shown content) {
        return switch (content) {
            case ShownTable table ->
                text("table.title", table.dimensions().stream().map(this::label).collect(Collectors.joining(", ")));
            case ShownMagnitudes magnitudes ->
                text(
                        "magnitudes.title",
                        label(magnitudes.measure()),
                        magnitudes.dimensions().stream().map(this::label).collect(Collectors.joining(", ")));
            case ShownFlow _ -> text("flow.title");
            case ShownCurves curves -> text(curves.areWeighted() ? "curves.title.weighted" : "curves.title");
            case ShownEstimates _ -> text("estimates.title");
            case ShownBalance balance ->
                text(
                        balance.diagnostics().concerns().isEmpty() ? "balance.title" : "balance.title.refused",
                        label(balance.target()),
                        label(balance.comparator()));
            case ShownOccurrences occurrences ->
                text(
                        switch (occurrences.measure()) {
                            case INCIDENCE_RATE -> "incidence.title";
                            case PREVALENCE -> "prevalence.title";
                        },
                        label(occurrences.outcome()));
            case ShownChecks checks ->
                text(checks.mustNotBeRead() ? "checks.title.refused" : "checks.title", label(checks.outcome()));
            case ShownFeatures features ->
                text(
                        "features.title",
                        features.groups().stream()
                                .map(group -> label(group.label()))
                                .collect(Collectors.joining(", ")));
            case ShownDistributions distributions ->
                text("distributions.title", label(distributions.group()), count(distributions.persons()));
            case ShownPathways pathways -> text("pathways.title", label(pathways.target()));
        };
    }

    /** Days from one to another, counted from the entry. */
    String window(int fromDay, int toDay) {
        return labels.window(fromDay, toDay);
    }

    /** A share as readers of the language write it. */
    String percent(double share) {
        return FigureNumbers.percent(share, 1, language);
    }

    /** A step, a dimension or a level in this language; what the study's author named stands as it is. */
    String label(String label) {
        return labels.label(label);
    }

    /** A path in words. */
    String path(List<Pathways.Step> steps) {
        return steps.isEmpty()
                ? text("pathways.untreated")
                : steps.stream().map(this::step).collect(Collectors.joining(" → "));
    }

    String step(Pathways.Step step) {
        return step.treatments().stream().map(this::label).collect(Collectors.joining(" + "));
    }

    String labels(List<String> joined) {
        return joined.stream().map(this::label).collect(Collectors.joining(" + "));
    }

    String count(long persons) {
        return NumberFormat.getIntegerInstance(language).format(persons);
    }

    /** A ratio or a probability with the digits that disclosure control left. */
    String number(double value) {
        NumberFormat format = NumberFormat.getNumberInstance(language);
        format.setMaximumFractionDigits(4);
        return format.format(value);
    }

    /** A sum, a mean or a percentile with the three digits that disclosure control left: no other digit is written. */
    String threeDigits(double value) {
        NumberFormat format = NumberFormat.getNumberInstance(language);
        format.setMaximumFractionDigits(6);
        return format.format(value);
    }

    String interval(double low, double high) {
        return text("interval", number(low), number(high));
    }
}
