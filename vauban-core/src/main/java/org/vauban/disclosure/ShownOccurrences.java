package org.vauban.disclosure;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.vauban.output.Occurrences;

/** Rates or shares as they may be seen: rows by interval, age and sex, totals last; hidden figures under the one mark of tables. */
public final class ShownOccurrences implements Shown {
    private final String name;
    private final Occurrences.Measure measure;
    private final String outcome;
    private final List<Row> rows;

    ShownOccurrences(String name, Occurrences.Measure measure, String outcome, List<Row> rows) {
        this.name = name;
        this.measure = measure;
        this.outcome = outcome;
        this.rows = List.copyOf(rows);
    }

    @Override
    public String name() {
        return name;
    }

    public Occurrences.Measure measure() {
        return measure;
    }

    public String outcome() {
        return outcome;
    }

    public List<Row> rows() {
        return rows;
    }

    /**
     * One stratum in one interval. What is empty is hidden.
     *
     * @param interval the interval's label
     * @param age the age group, or the word for all
     * @param sex the sex, or the word for all
     * @param persons persons, rounded if the rules say so
     * @param personYears years at risk with four digits; hidden wherever the persons are, and absent for a prevalence
     * @param cases persons with the outcome, rounded if the rules say so
     * @param estimate rate or share with four digits, if persons with the outcome are shown
     */
    public record Row(
            String interval,
            String age,
            String sex,
            OptionalLong persons,
            Optional<Double> personYears,
            OptionalLong cases,
            Optional<Occurrences.Estimate> estimate) {}
}
