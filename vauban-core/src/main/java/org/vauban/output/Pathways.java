package org.vauban.output;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Who was treated with what, and then with what. Each person stands in one path, those without a treatment in the empty one, so that paths
 * add up to all persons.
 *
 * @param name the output's name
 * @param target what the persons have in common
 * @param rows each path once
 */
public record Pathways(String name, String target, List<Row> rows) implements RawOutput {
    public Pathways {
        OutputName.name(name);
        OutputName.label(target);
        rows = List.copyOf(rows);
        var paths = new HashSet<List<Step>>();
        long persons = 0;
        PersonSet everybody = PersonSet.empty();
        for (Row row : rows) {
            if (!paths.add(row.steps())) {
                throw new IllegalArgumentException("A path stands once");
            }
            persons += row.persons().size();
            everybody = everybody.or(row.persons());
        }
        if (everybody.size() != persons) {
            throw new IllegalArgumentException("A person stands in one path");
        }
    }

    /** All persons. */
    public PersonSet everybody() {
        return PersonSet.of(
                rows.stream().flatMapToLong(row -> row.persons().stream()).toArray());
    }

    /**
     * What is taken at a time.
     *
     * @param treatments one, or several that are combined, in the study's order
     */
    public record Step(List<String> treatments) {
        public Step {
            treatments = List.copyOf(treatments);
            treatments.forEach(OutputName::label);
            if (treatments.isEmpty()) {
                throw new IllegalArgumentException("A step is a treatment");
            }
        }

        /** The treatments in a language, with a sign between those that are combined. */
        public String in(Locale language, String sign) {
            return treatments.stream()
                    .map(treatment -> TwoLanguages.in(treatment, language))
                    .collect(Collectors.joining(sign));
        }
    }

    /**
     * One path.
     *
     * @param steps from the first on; none for persons without a treatment
     * @param persons who went it
     */
    public record Row(List<Step> steps, PersonSet persons) {
        public Row {
            steps = List.copyOf(steps);
        }

        @Override
        public String toString() {
            return "Row" + steps;
        }
    }

    @Override
    public String toString() {
        return "Pathways[" + name + ", " + rows.size() + " rows]";
    }
}
