package org.vauban.study.regression;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.vauban.study.Agreement;
import org.vauban.study.ReferenceCase;

/** Regressions in cases of any family. The call of {@code glm} or {@code geeglm} is read, so that a new case needs no code. */
public final class RegressionCases {
    private static final Pattern MODEL = Pattern.compile("glm\\(([\\w.]+)~(.*?),data=\\w+(.*)\\)");

    private RegressionCases() {}

    /** Whether a case is one model with its coefficients. */
    public static boolean isOne(ReferenceCase reference) {
        return MODEL.matcher(reference.call()).find() && reference.answer().has("coef");
    }

    /** Compares the case's model. */
    public static void compare(Agreement.Case figures, ReferenceCase reference) {
        Matcher call = MODEL.matcher(reference.call());
        if (!call.find()) {
            throw new IllegalArgumentException(reference.call());
        }
        Call model = Call.of(reference, call);
        if (reference.call().startsWith("geeglm")) {
            equations(figures, reference, model);
        } else {
            model(figures, GeneralisedLinearModel.fit(model.rows, model.family).orThrow());
        }
    }

    /** What became of the case's model. */
    static ModelResult result(ReferenceCase reference) {
        Matcher call = MODEL.matcher(reference.call());
        if (!call.find()) {
            throw new IllegalArgumentException(reference.call());
        }
        Call model = Call.of(reference, call);
        return GeneralisedLinearModel.fit(model.rows, model.family);
    }

    private static void equations(Agreement.Case figures, ReferenceCase reference, Call model) {
        int[] clusters = model.table.groups(option(reference.call(), "id"));
        EstimatingEquations.Correlation correlation = switch (option(reference.call(), "corstr")) {
            case "exchangeable" -> EstimatingEquations.Correlation.EXCHANGEABLE;
            case "ar1" -> EstimatingEquations.Correlation.AUTOREGRESSIVE;
            case "unstructured" -> EstimatingEquations.Correlation.UNSTRUCTURED;
            default -> EstimatingEquations.Correlation.INDEPENDENCE;
        };
        EstimatingEquations.Fit fit = EstimatingEquations.fit(model.rows, model.family, clusters, correlation)
                .orElseThrow();
        for (int term = 0; term < fit.terms().size(); term++) {
            figures.number("coef/" + term, fit.coefficient(term), 1e-8)
                    .number("se/" + term, fit.errors().standardError(term), 1e-7);
        }
    }

    private static void model(Agreement.Case figures, ModelFit fit) {
        ModelFit.Errors errors = fit.errors();
        figures.number("n", fit.rows(), 0)
                .number("deviance", fit.deviance(), 1e-8)
                .number("null_deviance", fit.nullDeviance(), 1e-8)
                .number("aic", fit.akaike(), 1e-8)
                .number("loglik", fit.logLikelihood(), 1e-8);
        for (int term = 0; term < fit.terms().size(); term++) {
            figures.number("coef/" + term, fit.coefficient(term), 1e-8)
                    .number("se/" + term, errors.standardError(term), 1e-7)
                    .number("z/" + term, errors.z(term), 1e-7)
                    .number("p/" + term, errors.p(term), 1e-6)
                    .number("se_hc0/" + term, fit.robust().standardError(term), 1e-7)
                    .number("se_hc1/" + term, fit.robustForSmallSamples().standardError(term), 1e-7);
            for (int other = 0; other < fit.terms().size(); other++) {
                double floor = errors.standardError(term) * errors.standardError(other);
                figures.number("vcov/" + term + "/" + other, errors.covariance()[term][other], 1e-8, floor);
            }
        }
    }

    private static String option(String call, String name) {
        Matcher found =
                Pattern.compile("\\b" + name + "='?([\\w.]+(?:\\([\\w.]+\\))?)").matcher(call);
        return found.find() ? found.group(1) : "";
    }

    /** What a call asks for. Rows with a missing value in any variable are left out, as R does. */
    private record Call(ReferenceCase.Table table, ModelRows rows, Family family) {
        static Call of(ReferenceCase reference, Matcher call) {
            List<String> terms = new ArrayList<>();
            String offset = option(reference.call(), "offset");
            for (String term : call.group(2).split("\\+", -1)) {
                if (term.startsWith("offset(")) {
                    offset = term.substring(7, term.length() - 1);
                } else {
                    terms.add(term);
                }
            }
            boolean logarithm = offset.startsWith("log(");
            String offsetColumn = logarithm ? offset.replace("log(", "").replace(")", "") : offset;
            String weight = option(reference.call(), "weights");
            Set<String> used = new TreeSet<>(terms);
            used.add(call.group(1));
            used.addAll(Stream.of(offsetColumn, weight)
                    .filter(each -> !each.isEmpty())
                    .toList());
            ReferenceCase.Table whole = reference.table("input.csv");
            ReferenceCase.Table table = whole.where(IntStream.range(0, whole.rows())
                    .filter(row -> used.stream().allMatch(column -> whole.known(column, row))));
            ModelRows rows = ModelRows.of(table.numbers(call.group(1)));
            for (String term : terms) {
                rows = rows.covariate(term, table.numbers(term));
            }
            if (!offset.isEmpty()) {
                double[] values = table.numbers(offsetColumn);
                rows = rows.offset(
                        logarithm ? Arrays.stream(values).map(Math::log).toArray() : values);
            }
            rows = weight.isEmpty() ? rows : rows.weighted(table.numbers(weight));
            return new Call(table, rows, family(option(reference.call(), "family")));
        }

        private static Family family(String name) {
            return switch (name) {
                case "binomial", "quasibinomial" -> Family.BINOMIAL;
                case "poisson", "quasipoisson" -> Family.POISSON;
                default -> Family.GAUSSIAN;
            };
        }
    }
}
