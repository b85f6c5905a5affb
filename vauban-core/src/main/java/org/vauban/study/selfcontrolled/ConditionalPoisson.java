package org.vauban.study.selfcontrolled;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.vauban.study.survival.CoxData;
import org.vauban.study.survival.CoxFit;
import org.vauban.study.survival.CoxRegression;
import org.vauban.study.survival.CoxResult;
import org.vauban.study.survival.Ties;

/**
 * The conditional Poisson model: given that a series had so many events, in which of its stretches were they? A stretch's chance is its
 * days times the product of its ratios, over the same sum of all stretches of the series. That is the partial likelihood of a stratified
 * Cox regression with the logarithm of days as offset, and is fitted as one.
 */
public final class ConditionalPoisson {
    private ConditionalPoisson() {}

    /**
     * Days of one series that are alike.
     *
     * @param series whose; series are counted from 0
     * @param days how many
     * @param events on these days
     * @param values one for each term of the model; handed over, never changed
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Row(int series, int days, int events, double[] values) {
        public Row {
            if (days < 1 || events < 0) {
                throw new IllegalArgumentException("A stretch has days, and no fewer than no events");
            }
        }

        @Override
        public String toString() {
            return "Row";
        }
    }

    /** Fits all terms; a series without an event says nothing. Coefficients are logarithms of rate ratios. */
    public static CoxResult fit(List<String> terms, List<Row> rows) {
        List<Row> telling = telling(rows);
        double[] once = new double[telling.size()];
        Arrays.fill(once, 1);
        boolean[] having = new boolean[once.length];
        double[] weight = new double[once.length];
        double[] offset = new double[once.length];
        int[] series = new int[once.length];
        for (int place = 0; place < once.length; place++) {
            Row row = telling.get(place);
            having[place] = row.events() > 0;
            // Several events in one stretch weigh as many; the offset takes the weight out of the risk set again.
            weight[place] = Math.max(1, row.events());
            offset[place] = Math.log(row.days()) - Math.log(weight[place]);
            series[place] = row.series();
        }
        CoxData data =
                CoxData.of(once, having).stratified(series).weighted(weight).offset(offset);
        for (int term = 0; term < terms.size(); term++) {
            int column = term;
            data = data.covariate(
                    terms.get(term),
                    telling.stream().mapToDouble(row -> row.values()[column]).toArray());
        }
        return CoxRegression.fit(data, Ties.BRESLOW);
    }

    private static List<Row> telling(List<Row> rows) {
        Map<Integer, Integer> events = new HashMap<>();
        rows.forEach(row -> events.merge(row.series(), row.events(), Integer::sum));
        return rows.stream()
                .filter(row -> events.getOrDefault(row.series(), 0) > 0)
                .toList();
    }

    /** The same with stretches of one series that no term tells apart as one: all ratios stay, and there is less to fit. */
    public static List<Row> merged(List<Row> rows) {
        Map<Kind, Row> merged = new LinkedHashMap<>();
        for (Row row : rows) {
            merged.merge(
                    new Kind(row.series(), DoubleStream.of(row.values()).boxed().toList()),
                    row,
                    (one, other) -> new Row(
                            one.series(), one.days() + other.days(), one.events() + other.events(), one.values()));
        }
        return List.copyOf(merged.values());
    }

    /** Days of one series that no term tells apart. */
    private record Kind(int series, List<Double> values) {}

    /** How many events the model expects on the days of each row: those of its series, shared out. */
    public static double[] expected(CoxFit fit, List<Row> rows) {
        double[] rate = new double[rows.size()];
        Map<Integer, Double> rates = new HashMap<>();
        Map<Integer, Integer> events = new HashMap<>();
        for (int place = 0; place < rate.length; place++) {
            Row row = rows.get(place);
            double logarithm = 0;
            for (int term = 0; term < row.values().length; term++) {
                logarithm += fit.coefficient(term) * row.values()[term];
            }
            rate[place] = row.days() * Math.exp(logarithm);
            rates.merge(row.series(), rate[place], Double::sum);
            events.merge(row.series(), row.events(), Integer::sum);
        }
        for (int place = 0; place < rate.length; place++) {
            int series = rows.get(place).series();
            rate[place] *= events.getOrDefault(series, 0) / rates.getOrDefault(series, 1.0);
        }
        return rate;
    }
}
