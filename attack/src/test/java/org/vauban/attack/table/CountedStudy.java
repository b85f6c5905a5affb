package org.vauban.attack.table;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Persons with and without an outcome in the strata of one calendar interval, totals included, as a study of incidence or prevalence
 * counts them.
 */
record CountedStudy(List<Row> rows) {
    CountedStudy {
        rows = List.copyOf(rows);
    }

    /** One stratum, or a total of several. */
    record Row(String age, String sex, List<Group> groups) {
        Row {
            groups = List.copyOf(groups);
        }

        long with() {
            return groups.stream().mapToLong(Group::with).sum();
        }

        long persons() {
            return groups.stream().mapToLong(Group::persons).sum();
        }
    }

    /** Persons who stand together in one age group and sex: numbers from the first on, of whom the first have the outcome. */
    record Group(long first, long with, long persons) {}

    /** None to three age groups, by sex or not, groups of any size, outcomes rare, common and absent. */
    static CountedStudy random(RandomGenerator random) {
        int ages = random.nextInt(4);
        int sexes = random.nextBoolean() ? 2 : 0;
        List<List<Group>> leaves = new ArrayList<>();
        long first = 0;
        for (int leaf = 0; leaf < Math.max(1, ages) * Math.max(1, sexes); leaf++) {
            long persons = size(random, 2_000);
            long with = random.nextInt(5) == 0 ? 0 : Math.min(persons, size(random, 200));
            leaves.add(List.of(new Group(first, with, persons)));
            first += persons;
        }
        List<Row> rows = new ArrayList<>();
        for (int age = -1; age < ages; age++) {
            for (int sex = -1; sex < sexes; sex++) {
                List<Group> groups = new ArrayList<>();
                for (int leaf = 0; leaf < leaves.size(); leaf++) {
                    if ((age < 0 || leaf / Math.max(1, sexes) == age)
                            && (sex < 0 || leaf % Math.max(1, sexes) == sex)) {
                        groups.addAll(leaves.get(leaf));
                    }
                }
                rows.add(new Row(
                        age < 0 ? PublishedTable.TOTAL : "A" + age,
                        sex < 0 ? PublishedTable.TOTAL : "S" + sex,
                        groups));
            }
        }
        return new CountedStudy(rows);
    }

    /** Few large, many small, as in life. */
    private static long size(RandomGenerator random, double largest) {
        return (long) Math.exp(random.nextDouble() * Math.log(largest));
    }
}
