package org.vauban.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.ToDoubleFunction;

/** Covariates as the columns of a model: a linear age as it is, all else as one column per level but the first. */
final class ModelColumns {
    private ModelColumns() {}

    /** Persons whose values are all known; a model leaves the others out and counts whom it kept. */
    static List<Exposed> complete(StudyDefinition definition, List<String> covariates, List<Exposed> exposed) {
        int[] used =
                covariates.stream().mapToInt(name -> place(definition, name)).toArray();
        return exposed.stream()
                .filter(each -> {
                    for (int place : used) {
                        if (Double.isNaN(each.values()[place])) {
                            return false;
                        }
                    }
                    return true;
                })
                .toList();
    }

    /** The columns by name, in the order of the covariates. */
    static SequencedMap<String, double[]> of(
            StudyDefinition definition, List<String> covariates, List<Exposed> everybody) {
        SequencedMap<String, double[]> columns = new LinkedHashMap<>();
        for (String name : covariates) {
            Covariate covariate = definition.covariate(name);
            int place = place(definition, name);
            if (isLinear(covariate)) {
                columns.put(name, column(everybody, each -> each.values()[place]));
            } else {
                List<String> levels = levels(covariate, place, everybody);
                for (String level : levels.subList(1, levels.size())) {
                    columns.put(
                            name + ": " + level,
                            column(
                                    everybody,
                                    each -> Levels.level(covariate, each.values()[place])
                                                    .equals(level)
                                            ? 1
                                            : 0));
                }
            }
        }
        return columns;
    }

    static boolean isLinear(Covariate covariate) {
        return covariate instanceof Covariate.Age age && age.form() == Covariate.Age.Form.LINEAR;
    }

    /** Where a covariate stands among the values of an exposure. */
    static int place(StudyDefinition definition, String covariate) {
        return definition.covariates().indexOf(definition.covariate(covariate));
    }

    /** The levels that somebody in the model has; the first is the reference. */
    static List<String> levels(Covariate covariate, int place, List<Exposed> everybody) {
        return everybody.stream()
                .map(each -> each.values()[place])
                .distinct()
                .sorted()
                .map(value -> Levels.level(covariate, value))
                .distinct()
                .toList();
    }

    private static double[] column(List<Exposed> everybody, ToDoubleFunction<Exposed> value) {
        return everybody.stream().mapToDouble(value).toArray();
    }
}
