package org.vauban.synth;

import static org.vauban.synth.GeneratedTables.at;
import static org.vauban.synth.GeneratedTables.day;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The study that the generated data are made for, on the tables alone: new users of either drug with a year of prior
 * observation, no earlier bleeding, at risk from the first day to the end of the first era and thirty days or the end of
 * observation, covariates in the 365 days before.
 */
final class NewUserStudy {
    private final List<SmallCox.Subject> subjects = new ArrayList<>();
    private int targets;
    private int events;

    private NewUserStudy() {}

    static NewUserStudy on(Path omop) throws IOException {
        GeneratedTables tables = new GeneratedTables(omop);
        Map<Integer, int[]> observation = new HashMap<>();
        for (String[] row : tables.rows(OmopTable.OBSERVATION_PERIOD)) {
            observation.put(Integer.valueOf(row[1]), new int[] {day(row[2]), day(row[3])});
        }
        Map<Integer, int[]> people = new HashMap<>();
        for (String[] row : tables.rows(OmopTable.PERSON)) {
            people.put(Integer.valueOf(row[0]), new int[] {Integer.parseInt(row[1]), Integer.parseInt(row[2])});
        }
        Map<Integer, int[]> firstEra = new HashMap<>();
        for (String[] row : tables.rows(OmopTable.DRUG_ERA)) {
            int drug = Integer.parseInt(row[2]);
            if (drug == Codes.TARGET_INGREDIENT || drug == Codes.COMPARATOR_INGREDIENT) {
                firstEra.merge(
                        Integer.valueOf(row[1]),
                        new int[] {drug, day(row[3]), day(row[4])},
                        (one, other) -> other[1] < one[1] ? other : one);
            }
        }
        Map<Integer, List<Integer>> bleedings = days(tables, OmopTable.CONDITION_OCCURRENCE, Codes.BLEEDING);
        Map<Integer, List<Integer>> ulcers = days(tables, OmopTable.CONDITION_OCCURRENCE, Codes.ULCER);
        Map<Integer, List<Integer>> renal = days(tables, OmopTable.CONDITION_OCCURRENCE, Codes.RENAL_DISEASE);
        Map<Integer, List<Integer>> anticoagulant =
                days(tables, OmopTable.DRUG_EXPOSURE, Codes.ANTICOAGULANT_INGREDIENT);

        NewUserStudy study = new NewUserStudy();
        firstEra.forEach((person, era) -> {
            int[] observed = Objects.requireNonNull(observation.get(person));
            int index = era[1];
            boolean bledBefore =
                    bleedings.getOrDefault(person, List.of()).stream().anyMatch(day -> day <= index);
            if (index - observed[0] < 365 || bledBefore) {
                return;
            }
            int lastDay = Math.min(era[2] + 30, observed[1]);
            int bleeding = bleedings.getOrDefault(person, List.of()).stream()
                    .mapToInt(Integer::intValue)
                    .filter(day -> day > index && day <= lastDay)
                    .min()
                    .orElse(-1);
            boolean target = era[0] == Codes.TARGET_INGREDIENT;
            int[] who = Objects.requireNonNull(people.get(person));
            study.targets += target ? 1 : 0;
            study.events += bleeding > 0 ? 1 : 0;
            study.subjects.add(new SmallCox.Subject(
                    (bleeding > 0 ? bleeding : lastDay) - index + 1, bleeding > 0, new double[] {
                        target ? 1 : 0,
                        (Population.yearOf(index) - who[1] - 60) / 10.0,
                        who[0] == OmopIds.MALE ? 1 : 0,
                        inTheYearBefore(ulcers, person, index),
                        inTheYearBefore(anticoagulant, person, index),
                        inTheYearBefore(renal, person, index)
                    }));
        });
        return study;
    }

    SmallCox.Fit adjusted() {
        return SmallCox.fit(subjects);
    }

    SmallCox.Fit crude() {
        return SmallCox.fit(subjects.stream()
                .map(subject ->
                        new SmallCox.Subject(subject.days(), subject.event(), new double[] {subject.covariates()[0]}))
                .toList());
    }

    int users() {
        return subjects.size();
    }

    int targets() {
        return targets;
    }

    int events() {
        return events;
    }

    private static double inTheYearBefore(Map<Integer, List<Integer>> days, Integer person, int index) {
        return days.getOrDefault(person, List.of()).stream().anyMatch(day -> day < index && day >= index - 365) ? 1 : 0;
    }

    private static Map<Integer, List<Integer>> days(GeneratedTables tables, OmopTable table, int concept)
            throws IOException {
        Set<Integer> concepts = new HashSet<>(tables.withDescendants(concept));
        int start = table == OmopTable.DRUG_EXPOSURE
                ? at(table, "drug_exposure_start_date")
                : at(table, "condition_start_date");
        Map<Integer, List<Integer>> days = new HashMap<>();
        for (String[] row : tables.rows(table)) {
            if (concepts.contains(Integer.valueOf(row[2]))) {
                days.computeIfAbsent(Integer.valueOf(row[1]), _ -> new ArrayList<>())
                        .add(day(row[start]));
            }
        }
        return days;
    }
}
