package org.vauban.study.rates;

import java.util.List;

/** One odds ratio or risk ratio for several tables, one for each stratum (Mantel and Haenszel 1959). */
public final class MantelHaenszel {
    private final List<TwoByTwo> tables;

    private MantelHaenszel(List<TwoByTwo> tables) {
        this.tables = List.copyOf(tables);
    }

    /** From the strata's tables; a table with nobody says nothing and is left out. */
    public static MantelHaenszel of(List<TwoByTwo> tables) {
        List<TwoByTwo> inhabited =
                tables.stream().filter(each -> each.all() > 0).toList();
        if (inhabited.isEmpty()) {
            throw new IllegalArgumentException("There is at least one table with somebody in it");
        }
        return new MantelHaenszel(inhabited);
    }

    public double oddsRatio() {
        double concordant = 0;
        double discordant = 0;
        for (TwoByTwo each : tables) {
            concordant += (double) each.exposedCases() * each.others() / each.all();
            discordant += (double) each.exposedOthers() * each.otherCases() / each.all();
        }
        return concordant / discordant;
    }

    /** The standard error of the logarithm of the odds ratio: Robins, Breslow and Greenland 1986. */
    public double oddsRatioErrorLog() {
        double sumR = 0;
        double sumS = 0;
        double sumPr = 0;
        double sumMixed = 0;
        double sumQs = 0;
        for (TwoByTwo each : tables) {
            double n = each.all();
            double p = (each.exposedCases() + each.others()) / n;
            double q = (each.exposedOthers() + each.otherCases()) / n;
            double r = (double) each.exposedCases() * each.others() / n;
            double s = (double) each.exposedOthers() * each.otherCases() / n;
            sumR += r;
            sumS += s;
            sumPr += p * r;
            sumMixed += p * s + q * r;
            sumQs += q * s;
        }
        return Math.sqrt(sumPr / (2 * sumR * sumR) + sumMixed / (2 * sumR * sumS) + sumQs / (2 * sumS * sumS));
    }

    public Interval oddsRatioInterval(double level) {
        return Interval.ofRatio(oddsRatio(), oddsRatioErrorLog(), level);
    }

    public double riskRatio() {
        double exposed = 0;
        double others = 0;
        for (TwoByTwo each : tables) {
            exposed += (double) each.exposedCases() * each.unexposed() / each.all();
            others += (double) each.otherCases() * each.exposed() / each.all();
        }
        return exposed / others;
    }

    /** The standard error of the logarithm of the risk ratio: Greenland and Robins 1985. */
    public double riskRatioErrorLog() {
        double variance = 0;
        double exposed = 0;
        double others = 0;
        for (TwoByTwo each : tables) {
            double n = each.all();
            variance += ((double) each.cases() * each.exposed() * each.unexposed()
                            - (double) each.exposedCases() * each.otherCases() * n)
                    / (n * n);
            exposed += each.exposedCases() * each.unexposed() / n;
            others += each.otherCases() * each.exposed() / n;
        }
        return Math.sqrt(variance / (exposed * others));
    }

    public Interval riskRatioInterval(double level) {
        return Interval.ofRatio(riskRatio(), riskRatioErrorLog(), level);
    }

    /** The statistic of Cochran, Mantel and Haenszel. */
    public double chiSquared() {
        return chiSquared(false);
    }

    /** The same with a correction of one half, where the difference is as large as that. */
    public double chiSquaredCorrected() {
        return chiSquared(true);
    }

    private double chiSquared(boolean corrected) {
        double difference = 0;
        double variance = 0;
        for (TwoByTwo each : tables) {
            double n = each.all();
            difference += each.exposedCases() - each.expectedCases();
            if (n > 1) {
                variance += (double) each.exposed()
                        * each.unexposed()
                        * each.cases()
                        / n
                        / n
                        * (n - each.cases())
                        / (n - 1);
            }
        }
        double away = Math.abs(difference);
        away -= corrected && away >= 0.5 ? 0.5 : 0;
        return away * away / variance;
    }

    /** The exact answer: conditional on all margins. */
    public ConditionalOdds conditional() {
        return ConditionalOdds.of(tables);
    }

    /** Shows shape only. */
    @Override
    public String toString() {
        return "MantelHaenszel[" + tables.size() + " tables]";
    }
}
