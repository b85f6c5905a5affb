package org.vauban.output;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * How often something occurs, by calendar interval, age and sex.
 *
 * <p>In an interval each person stands in one age and one sex, so that persons and persons with the outcome add up to the rows that
 * carry {@link FrequencyTable#TOTAL}. Disclosure control relies on it and withholds what does not add up. Days at
 * risk and events are counted at the age of their day; they add up too.
 *
 * @param name the output's name
 * @param measure what is estimated
 * @param outcome the outcome's label
 * @param rows interval by interval, each stratum once
 */
public record Occurrences(String name, Measure measure, String outcome, List<Row> rows) implements RawOutput {
    public Occurrences {
        OutputName.name(name);
        OutputName.label(outcome);
        rows = List.copyOf(rows);
        var seen = new HashSet<List<String>>();
        for (Row row : rows) {
            if (!seen.add(List.of(row.interval(), row.age(), row.sex()))) {
                throw new IllegalArgumentException("A stratum stands once in an interval");
            }
        }
    }

    /** What is estimated. */
    public enum Measure {
        /** Events by 100,000 person-years. */
        INCIDENCE_RATE,
        /** Persons with the outcome by persons. */
        PREVALENCE
    }

    /**
     * One stratum in one interval.
     *
     * @param interval the interval's label, such as {@code 2019} or {@code 2019-Q3}
     * @param age the age group, or {@link FrequencyTable#TOTAL}
     * @param sex the sex, or {@link FrequencyTable#TOTAL}
     * @param persons who was at risk, or among whom the outcome was looked for
     * @param cases those of them who had the outcome
     * @param events how often it began; of a prevalence, the number of cases
     * @param days days at risk; 0 for a prevalence
     * @param estimate rate or share, if there is somebody to estimate it from
     */
    public record Row(
            String interval,
            String age,
            String sex,
            PersonSet persons,
            PersonSet cases,
            long events,
            long days,
            Optional<Estimate> estimate) {
        public Row {
            OutputName.label(interval);
            OutputName.label(age);
            OutputName.label(sex);
            if (events < 0 || days < 0) {
                throw new IllegalArgumentException("Events and days are not negative");
            }
            if (cases.minus(persons).size() != 0) {
                throw new IllegalArgumentException("Persons with the outcome are persons of their row");
            }
        }

        @Override
        public String toString() {
            return "Row[" + interval + ", " + age + ", " + sex + "]";
        }
    }

    /** A rate or share with its 95 % limits. */
    public record Estimate(double value, double low, double high) {
        @Override
        public String toString() {
            return "Estimate";
        }
    }

    @Override
    public String toString() {
        return "Occurrences[" + name + ", " + rows.size() + " rows]";
    }
}
