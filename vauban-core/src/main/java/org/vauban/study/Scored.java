package org.vauban.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.vauban.study.propensity.CovariateColumn;
import org.vauban.study.propensity.LargeScaleScores;
import org.vauban.study.propensity.PropensityScores;

/**
 * The persons of both arms with their propensity scores.
 *
 * @param persons target first
 * @param target who is of the target
 * @param scores the probability of the target
 * @param columns every covariate whose balance is looked at: those of the score and those that the study names
 * @param chosen how many are in the score
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over inside this package, never changed.
record Scored(List<Exposed> persons, boolean[] target, double[] scores, List<CovariateColumn> columns, int chosen) {

    /** Empty when there is no score: an arm is empty, the covariates separate the arms, or they repeat each other. */
    static Optional<Scored> by(PropensityModel model, StudyDefinition definition, NewUserArms arms) {
        List<String> needed = switch (model) {
            case PropensityModel.Named named -> named.covariates();
            case PropensityModel.LargeScale _ -> List.of();
        };
        List<Exposed> targets =
                ModelColumns.complete(definition, needed, arms.exposed().get(0));
        List<Exposed> comparators =
                ModelColumns.complete(definition, needed, arms.exposed().get(1));
        if (targets.size() < 2 || comparators.size() < 2) {
            return Optional.empty();
        }
        List<Exposed> persons = new ArrayList<>(targets);
        persons.addAll(comparators);
        boolean[] target = new boolean[persons.size()];
        Arrays.fill(target, 0, targets.size(), true);
        return switch (model) {
            case PropensityModel.Named named -> {
                var columns = ModelColumns.of(definition, named.covariates(), persons);
                yield PropensityScores.logistic(List.copyOf(columns.values()), target)
                        .map(scores ->
                                new Scored(persons, target, scores, namedColumns(definition, persons), columns.size()));
            }
            case PropensityModel.LargeScale large -> {
                List<CovariateColumn> columns = arms.before().columns(large, persons);
                if (columns.isEmpty()) {
                    yield Optional.empty();
                }
                var fit = LargeScaleScores.fit(columns, target, large.cost());
                List<CovariateColumn> all = new ArrayList<>(namedColumns(definition, persons));
                all.addAll(columns);
                // A score that rounds to 0 or 1 separates the arms for every purpose.
                yield Optional.of(new Scored(persons, target, fit.scores(), all, fit.chosen()))
                        .filter(scored -> Arrays.stream(scored.scores()).allMatch(score -> score > 0 && score < 1));
            }
        };
    }

    /** The covariates that the study names: every level a column, and a number as it is where it is known of everybody. */
    private static List<CovariateColumn> namedColumns(StudyDefinition definition, List<Exposed> persons) {
        List<CovariateColumn> columns = new ArrayList<>();
        for (Covariate covariate : definition.covariates()) {
            int place = ModelColumns.place(definition, covariate.name());
            boolean known = persons.stream().noneMatch(each -> Double.isNaN(each.values()[place]));
            if (ModelColumns.isLinear(covariate) && known) {
                columns.add(CovariateColumn.of(
                        covariate.label(),
                        persons.stream()
                                .mapToDouble(each -> each.values()[place])
                                .toArray()));
            } else {
                for (String level : ModelColumns.levels(covariate, place, persons)) {
                    columns.add(CovariateColumn.of(
                            Levels.labelled(covariate, level),
                            persons.stream()
                                    .mapToDouble(each -> Levels.level(covariate, each.values()[place])
                                                    .equals(level)
                                            ? 1
                                            : 0)
                                    .toArray()));
                }
            }
        }
        return columns;
    }

    @Override
    public String toString() {
        return "Scored[" + columns.size() + " covariates]";
    }
}
