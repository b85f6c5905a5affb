package org.vauban.study.overtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.vauban.study.regression.Family;
import org.vauban.study.regression.GeneralisedLinearModel;
import org.vauban.study.regression.ModelFit;
import org.vauban.study.regression.ModelResult;
import org.vauban.study.regression.ModelRows;
import org.vauban.study.spline.RestrictedCubicSpline;
import org.vauban.study.survival.CoxData;
import org.vauban.study.survival.CoxFit;
import org.vauban.study.survival.CoxRegression;
import org.vauban.study.survival.CoxResult;
import org.vauban.study.survival.RobustErrors;
import org.vauban.study.survival.Ties;

/**
 * The trial that was not done: everybody begins within the grace days, against nobody does. Each person is there twice, once on each side,
 * and leaves a side when what was done no longer fits it; who stays is weighted for those who left (Hernán and Robins 2016; Maringe and
 * others 2020). So no time before the exposure is credited to it.
 *
 * <p>Who begins in an interval of days is modelled by a pooled logistic regression of intervals within grace, with the interval along a
 * spline. On the side that does not begin, weights are the inverse of the probability not to have begun by then, within an interval that of
 * an average day of it; on the side that begins, weights are one within grace, since everybody may still begin, and after it the inverse of
 * the probability to have begun. Both are stabilised by the same model without covariates.
 */
public final class CloneCensorWeight {
    private static final int KNOTS = 4;

    private final List<History> persons;
    private final int grace;
    private final int interval;
    private final Map<String, double[]> covariates;

    private CloneCensorWeight(List<History> persons, int grace, int interval, Map<String, double[]> covariates) {
        this.persons = persons;
        this.grace = grace;
        this.interval = interval;
        this.covariates = covariates;
    }

    /**
     * One side of one person for some days.
     *
     * @param person the person's place
     * @param begins which side
     * @param from first day
     * @param to last day
     * @param event whether the event is on the last day
     */
    public record Row(int person, boolean begins, int from, int to, boolean event, double weight) {
        @Override
        public String toString() {
            return "Row";
        }
    }

    /** What became of the trial. */
    public sealed interface Answer {
        /**
         * The hazard ratio of beginning against not beginning.
         *
         * @param largestWeight of any row
         * @param rows both sides
         */
        record Estimated(ExposureModel.Estimate estimate, double largestWeight, List<Row> rows, int parameters)
                implements Answer {
            public Estimated {
                rows = List.copyOf(rows);
            }

            @Override
            public String toString() {
                return "Estimated";
            }
        }

        record None(CoxResult.Reason reason) implements Answer {}
    }

    /**
     * Emulates the trial.
     *
     * @param persons none of them exposed before day 0
     * @param grace the days from 0 on which beginning fits the side that begins
     * @param interval days that are modelled as one; a divisor of grace
     * @param covariates by name, one value for each person, known on day 0
     */
    public static Answer emulate(List<History> persons, int grace, int interval, Map<String, double[]> covariates) {
        if (interval < 1 || grace < 1 || grace % interval != 0) {
            throw new IllegalArgumentException("Grace is some intervals of days");
        }
        return new CloneCensorWeight(persons, grace, interval, covariates).answer();
    }

    private Answer answer() {
        double[][] probabilities;
        double[][] marginal;
        switch (hazards(true)) {
            case Hazards.Found(double[][] found) -> probabilities = found;
            case Hazards.None(CoxResult.Reason reason) -> {
                return new Answer.None(reason);
            }
        }
        switch (hazards(false)) {
            case Hazards.Found(double[][] found) -> marginal = found;
            case Hazards.None(CoxResult.Reason reason) -> {
                return new Answer.None(reason);
            }
        }
        List<Row> rows = new ArrayList<>();
        for (int person = 0; person < persons.size(); person++) {
            begins(rows, person, probabilities[person], marginal[person]);
            doesNot(rows, person, probabilities[person], marginal[person]);
        }
        return outcome(rows);
    }

    /** The day on which somebody begins while followed; beyond all days when nobody saw it. */
    private static int begun(History history) {
        return history.begun() >= history.days() ? Integer.MAX_VALUE : Math.max(0, history.begun());
    }

    // Who begins.

    /** The probability to begin in each interval of grace, by person. */
    private sealed interface Hazards {
        @SuppressWarnings("ArrayRecordComponent")
        record Found(double[][] byPerson) implements Hazards {}

        record None(CoxResult.Reason reason) implements Hazards {}
    }

    private Hazards hazards(boolean adjusted) {
        int intervals = grace / interval;
        List<Integer> person = new ArrayList<>();
        List<Integer> when = new ArrayList<>();
        List<Double> begins = new ArrayList<>();
        for (int each = 0; each < persons.size(); each++) {
            int begun = begun(persons.get(each));
            for (int place = 0;
                    place < intervals && place * interval < persons.get(each).days();
                    place++) {
                person.add(each);
                when.add(place);
                boolean begunHere = begun / interval == place;
                begins.add(begunHere ? 1.0 : 0.0);
                if (begunHere) {
                    break;
                }
            }
        }
        if (begins.isEmpty() || begins.stream().distinct().count() < 2) {
            return new Hazards.None(CoxResult.Reason.NOBODY_LEFT);
        }
        double[] moments = new double[begins.size()];
        int beginners = 0;
        for (int row = 0; row < moments.length; row++) {
            if (begins.get(row) > 0) {
                moments[beginners++] = when.get(row);
            }
        }
        RestrictedCubicSpline time = RestrictedCubicSpline.among(Arrays.copyOf(moments, beginners), KNOTS);
        ModelRows rows =
                ModelRows.of(begins.stream().mapToDouble(Double::doubleValue).toArray());
        boolean severalTimes = when.stream().distinct().count() > 1;
        if (severalTimes) {
            for (int column = 0; column < time.columns(); column++) {
                int of = column;
                rows = rows.covariate(
                        "time " + column,
                        when.stream().mapToDouble(place -> time.of(place)[of]).toArray());
            }
        }
        if (adjusted) {
            for (Map.Entry<String, double[]> covariate : covariates.entrySet()) {
                double[] values = covariate.getValue();
                rows = rows.covariate(
                        covariate.getKey(),
                        person.stream().mapToDouble(each -> values[each]).toArray());
            }
        }
        return switch (GeneralisedLinearModel.fit(rows, Family.BINOMIAL)) {
            case ModelResult.NoEstimate _ -> new Hazards.None(CoxResult.Reason.NO_PROPENSITY_SCORE);
            case ModelFit fit -> {
                double[][] byPerson = new double[persons.size()][intervals];
                for (int each = 0; each < byPerson.length; each++) {
                    for (int place = 0; place < intervals; place++) {
                        byPerson[each][place] = fit.predict(predictors(each, place, time, severalTimes, adjusted));
                    }
                }
                yield new Hazards.Found(byPerson);
            }
        };
    }

    private double[] predictors(
            int person, int place, RestrictedCubicSpline time, boolean severalTimes, boolean adjusted) {
        List<Double> values = new ArrayList<>();
        if (severalTimes) {
            for (double column : time.of(place)) {
                values.add(column);
            }
        }
        if (adjusted) {
            covariates.values().forEach(column -> values.add(column[person]));
        }
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    // Both sides.

    /** Everybody may still begin until grace ends; then who has not leaves, and who has stands for them too. */
    private void begins(List<Row> rows, int person, double[] probability, double[] marginal) {
        History history = persons.get(person);
        int within = Math.min(history.days(), grace) - 1;
        rows.add(new Row(person, true, 0, within, history.event() && within == history.days() - 1, 1));
        if (begun(history) < grace && history.days() > grace) {
            double weight = (1 - notYet(marginal, grace / interval)) / (1 - notYet(probability, grace / interval));
            rows.add(new Row(person, true, grace, history.days() - 1, history.event(), weight));
        }
    }

    /** Who begins within grace leaves on that day; who stays stands for them, more from interval to interval. */
    private void doesNot(List<Row> rows, int person, double[] probability, double[] marginal) {
        History history = persons.get(person);
        int begun = begun(history);
        boolean leaves = begun < grace;
        int last = leaves ? begun - 1 : history.days() - 1;
        boolean event = !leaves && history.event();
        // Of the days of an interval an average one is so far into it.
        double into = (interval + 1) / (2.0 * interval);
        for (int place = 0; place < grace / interval && place * interval <= last; place++) {
            int to = Math.min(last, (place + 1) * interval - 1);
            double weight = notYet(marginal, place)
                    / notYet(probability, place)
                    * Math.pow((1 - marginal[place]) / (1 - probability[place]), into);
            rows.add(new Row(person, false, place * interval, to, event && to == history.days() - 1, weight));
        }
        if (last >= grace) {
            double weight = notYet(marginal, grace / interval) / notYet(probability, grace / interval);
            rows.add(new Row(person, false, grace, last, event, weight));
        }
    }

    /** The probability not to have begun in the first intervals. */
    private static double notYet(double[] hazards, int intervals) {
        double none = 1;
        for (int place = 0; place < intervals; place++) {
            none *= 1 - hazards[place];
        }
        return none;
    }

    private static Answer outcome(List<Row> rows) {
        boolean[] events = new boolean[rows.size()];
        double[] begins = new double[events.length];
        double largest = 0;
        for (int row = 0; row < events.length; row++) {
            events[row] = rows.get(row).event();
            begins[row] = rows.get(row).begins() ? 1 : 0;
            largest = Math.max(largest, rows.get(row).weight());
        }
        CoxData data = CoxData.of(rows.stream().mapToDouble(row -> row.to() + 1).toArray(), events)
                .entering(rows.stream().mapToDouble(Row::from).toArray())
                .weighted(rows.stream().mapToDouble(Row::weight).toArray())
                .covariate("begins", begins);
        double most = largest;
        return switch (CoxRegression.fit(data, Ties.EFRON)) {
            case CoxResult.NoEstimate none -> new Answer.None(none.reason());
            case CoxFit fit -> {
                RobustErrors robust =
                        fit.robust(rows.stream().mapToInt(Row::person).toArray());
                yield new Answer.Estimated(
                        new ExposureModel.Estimate("begins", fit.coefficient(0), robust.standardError(0)),
                        most,
                        rows,
                        1);
            }
        };
    }
}
