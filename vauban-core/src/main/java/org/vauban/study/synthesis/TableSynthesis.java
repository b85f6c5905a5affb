package org.vauban.study.synthesis;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.vauban.study.rates.MantelHaenszel;
import org.vauban.study.rates.TwoByTwo;

/**
 * Studies combined as strata of a table rather than by their estimates, which rare events need.
 *
 * @param logEstimate the logarithm of the common ratio
 * @param standardError of the logarithm
 * @param heterogeneity Cochran's Q of the studies' own logarithms around it
 */
public record TableSynthesis(double logEstimate, double standardError, double heterogeneity) {

    /** Mantel and Haenszel's risk ratio, with Greenland and Robins's error. */
    public static TableSynthesis riskRatio(List<TwoByTwo> studies) {
        MantelHaenszel pooled = MantelHaenszel.of(studies);
        double estimate = Math.log(pooled.riskRatio());
        double q = heterogeneity(
                studies,
                estimate,
                each -> Math.log(each[0] / (each[0] + each[1]) / (each[2] / (each[2] + each[3]))),
                each -> 1 / each[0] - 1 / (each[0] + each[1]) + 1 / each[2] - 1 / (each[2] + each[3]));
        return new TableSynthesis(estimate, pooled.riskRatioErrorLog(), q);
    }

    /** Mantel and Haenszel's odds ratio, with Robins, Breslow and Greenland's error. */
    public static TableSynthesis oddsRatio(List<TwoByTwo> studies) {
        MantelHaenszel pooled = MantelHaenszel.of(studies);
        double estimate = Math.log(pooled.oddsRatio());
        double q = heterogeneity(
                studies,
                estimate,
                each -> Math.log(each[0] * each[3] / (each[1] * each[2])),
                each -> 1 / each[0] + 1 / each[1] + 1 / each[2] + 1 / each[3]);
        return new TableSynthesis(estimate, pooled.oddsRatioErrorLog(), q);
    }

    /** Peto's odds ratio (Yusuf and others 1985): events against those expected, over the hypergeometric variance. */
    public static TableSynthesis peto(List<TwoByTwo> studies) {
        double difference = 0;
        double variance = 0;
        double squares = 0;
        for (TwoByTwo each : studies) {
            double n = each.exposedCases() + each.exposedOthers() + each.otherCases() + (double) each.others();
            double exposed = each.exposedCases() + each.exposedOthers();
            double cases = each.exposedCases() + each.otherCases();
            double away = each.exposedCases() - exposed * cases / n;
            double own = exposed * (n - exposed) / n * cases / n * (n - cases) / (n - 1);
            if (own > 0) {
                difference += away;
                variance += own;
                squares += away * away / own;
            }
        }
        return new TableSynthesis(
                difference / variance, 1 / Math.sqrt(variance), squares - difference * difference / variance);
    }

    /** Studies with an empty cell have a half added to each cell; those without any event, or any person without, say nothing. */
    private static double heterogeneity(
            List<TwoByTwo> studies,
            double estimate,
            ToDoubleFunction<double[]> log,
            ToDoubleFunction<double[]> variance) {
        double sum = 0;
        for (TwoByTwo each : studies) {
            double[] cells = {each.exposedCases(), each.exposedOthers(), each.otherCases(), each.others()};
            if (cells[0] + cells[2] == 0 || cells[1] + cells[3] == 0) {
                continue;
            }
            boolean empty = cells[0] == 0 || cells[1] == 0 || cells[2] == 0 || cells[3] == 0;
            for (int cell = 0; cell < cells.length && empty; cell++) {
                cells[cell] += 0.5;
            }
            double away = log.applyAsDouble(cells) - estimate;
            sum += away * away / variance.applyAsDouble(cells);
        }
        return sum;
    }
}
