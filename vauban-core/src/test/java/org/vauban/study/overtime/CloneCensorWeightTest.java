package org.vauban.study.overtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.vauban.study.regression.Family;
import org.vauban.study.regression.GeneralisedLinearModel;
import org.vauban.study.regression.ModelFit;
import org.vauban.study.regression.ModelRows;
import org.vauban.study.spline.RestrictedCubicSpline;
import org.vauban.study.survival.CoxData;
import org.vauban.study.survival.CoxFit;
import org.vauban.study.survival.CoxRegression;
import org.vauban.study.survival.Ties;

/** A trial that was not done: against a slow plain construction by single days, and against what was planted. */
class CloneCensorWeightTest {
    private static final int GRACE = 20;

    @Test
    void aPlainConstructionOfSingleDaysAgrees() {
        MadePersons made = MadePersons.of(3, 250, 1.5, 1, 0.01);
        double[] frail = made.frailty();

        var found = (CloneCensorWeight.Answer.Estimated)
                CloneCensorWeight.emulate(made.histories(), GRACE, 1, Map.of("frail", frail));

        CoxFit plain = plain(made.histories(), frail);
        assertThat(found.estimate().logRatio()).isCloseTo(plain.coefficient(0), within(1e-7));
        assertThat(found.estimate().standardError()).isCloseTo(plainError, within(1e-7));
    }

    private double plainError;

    /** Everybody twice, one row a day, weights as products over the days so far. */
    private CoxFit plain(List<History> persons, double[] frail) {
        List<double[]> begin = new ArrayList<>();
        List<Double> moments = new ArrayList<>();
        for (int person = 0; person < persons.size(); person++) {
            History history = persons.get(person);
            for (int day = 0; day < GRACE && day < history.days() && day <= history.begun(); day++) {
                begin.add(new double[] {day == history.begun() ? 1 : 0, day, frail[person]});
                if (day == history.begun()) {
                    moments.add((double) day);
                }
            }
        }
        RestrictedCubicSpline time = RestrictedCubicSpline.among(
                moments.stream().mapToDouble(Double::doubleValue).toArray(), 4);
        ModelFit adjusted = logistic(begin, time, true);
        ModelFit marginal = logistic(begin, time, false);
        List<double[]> rows = new ArrayList<>();
        List<Integer> clusters = new ArrayList<>();
        for (int person = 0; person < persons.size(); person++) {
            History history = persons.get(person);
            boolean begins = history.begun() < GRACE && history.begun() < history.days();
            double stays = 1;
            double staysMarginally = 1;
            double[] byDay = new double[GRACE];
            for (int day = 0; day < GRACE; day++) {
                stays *= 1 - probability(adjusted, time, day, frail[person], true);
                staysMarginally *= 1 - probability(marginal, time, day, frail[person], false);
                byDay[day] = staysMarginally / stays;
            }
            for (int day = 0; day < history.days(); day++) {
                double event = history.event() && day == history.days() - 1 ? 1 : 0;
                if (day < GRACE || begins) {
                    rows.add(new double[] {day, event, 1, day < GRACE ? 1 : (1 - staysMarginally) / (1 - stays)});
                    clusters.add(person);
                }
                if (!begins || day < history.begun()) {
                    rows.add(new double[] {day, event, 0, byDay[Math.min(day, GRACE - 1)]});
                    clusters.add(person);
                }
            }
        }
        boolean[] events = new boolean[rows.size()];
        for (int row = 0; row < events.length; row++) {
            events[row] = rows.get(row)[1] > 0;
        }
        CoxFit fit = CoxRegression.fit(
                        CoxData.of(rows.stream().mapToDouble(row -> row[0] + 1).toArray(), events)
                                .entering(
                                        rows.stream().mapToDouble(row -> row[0]).toArray())
                                .weighted(
                                        rows.stream().mapToDouble(row -> row[3]).toArray())
                                .covariate(
                                        "begins",
                                        rows.stream().mapToDouble(row -> row[2]).toArray()),
                        Ties.EFRON)
                .orThrow();
        plainError = fit.robust(clusters.stream().mapToInt(Integer::intValue).toArray())
                .standardError(0);
        return fit;
    }

    private static ModelFit logistic(List<double[]> begin, RestrictedCubicSpline time, boolean adjusted) {
        ModelRows rows = ModelRows.of(begin.stream().mapToDouble(row -> row[0]).toArray());
        for (int column = 0; column < time.columns(); column++) {
            int of = column;
            rows = rows.covariate(
                    "time " + column,
                    begin.stream().mapToDouble(row -> time.of(row[1])[of]).toArray());
        }
        if (adjusted) {
            rows = rows.covariate(
                    "frail", begin.stream().mapToDouble(row -> row[2]).toArray());
        }
        return GeneralisedLinearModel.fit(rows, Family.BINOMIAL).orThrow();
    }

    private static double probability(
            ModelFit fit, RestrictedCubicSpline time, int day, double frail, boolean adjusted) {
        double predictor = fit.coefficient(0);
        double[] columns = time.of(day);
        for (int column = 0; column < columns.length; column++) {
            predictor += fit.coefficient(column + 1) * columns[column];
        }
        predictor += adjusted ? fit.coefficient(columns.length + 1) * frail : 0;
        return 1 / (1 + Math.exp(-predictor));
    }

    /** A medicine that does nothing, begun sooner by the frail: naively it protects or harms, in the trial it does nothing. */
    @Test
    void anIdleMedicineDoesNothingInTheTrial() {
        MadePersons made = MadePersons.of(8, 3000, 1, 1, 0.01);

        var weighted = (CloneCensorWeight.Answer.Estimated)
                CloneCensorWeight.emulate(made.histories(), 60, 5, Map.of("frail", made.frailty()));
        var crude = (CloneCensorWeight.Answer.Estimated) CloneCensorWeight.emulate(made.histories(), 60, 5, Map.of());

        assertThat(weighted.estimate().limit(0.95, false)).isLessThan(1);
        assertThat(weighted.estimate().limit(0.95, true)).isGreaterThan(1);
        assertThat(crude.estimate().logRatio())
                .isGreaterThan(weighted.estimate().logRatio() + 0.1);
        assertThat(weighted.largestWeight()).isBetween(1.0, 10.0);
    }

    @Test
    void longerIntervalsChangeLittle() {
        MadePersons made = MadePersons.of(12, 1500, 2, 1, 0.01);
        Map<String, double[]> frail = Map.of("frail", made.frailty());

        var daily = (CloneCensorWeight.Answer.Estimated) CloneCensorWeight.emulate(made.histories(), 60, 1, frail);
        var weekly = (CloneCensorWeight.Answer.Estimated) CloneCensorWeight.emulate(made.histories(), 60, 10, frail);

        assertThat(weekly.estimate().logRatio()).isCloseTo(daily.estimate().logRatio(), within(0.05));
    }

    @Test
    void whereNobodyBeginsThereIsNoTrial() {
        List<History> persons = List.of(new History(10, true, List.of()), new History(20, false, List.of()));

        assertThat(CloneCensorWeight.emulate(persons, 5, 1, Map.of()))
                .isInstanceOf(CloneCensorWeight.Answer.None.class);
    }
}
