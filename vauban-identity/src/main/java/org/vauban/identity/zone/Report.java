package org.vauban.identity.zone;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.vauban.identity.zone.Identities.Column;

/**
 * How good a linkage is, in counts: how many records, persons and joins, how many joins are wrong by the posterior, and the share
 * linked by producer, NIR, age group and sex. A record is linked when its person is also in another producer's deposit.
 */
final class Report {

    private static final int[] AGES = {18, 40, 65, 80};

    private Report() {}

    /** @param year the current one, for ages */
    static String json(String batch, Identities identities, Persons persons, int year) {
        BitSet linked = linked(identities, persons);
        int people =
                (int) java.util.Arrays.stream(persons.clusters()).distinct().count();
        SortedMap<String, long[]> byProducer = new TreeMap<>();
        SortedMap<String, long[]> byNir = new TreeMap<>();
        SortedMap<String, long[]> byAge = new TreeMap<>();
        SortedMap<String, long[]> bySex = new TreeMap<>();
        for (int record = 0; record < identities.size(); record++) {
            boolean yes = linked.get(record);
            count(byProducer, persons.producerName(persons.producer(record)), yes);
            count(byNir, persons.hasNir(record) ? "with" : "without", yes);
            count(byAge, ageGroup(identities.value(Column.BIRTH_DATE, record), year), yes);
            count(bySex, sex(identities.value(Column.SEX, record)), yes);
        }
        double expected = persons.quality().falseJoinsExpected();
        int joins = persons.quality().joins();
        return "{\"format\":1,\"batch\":\"" + batch + "\",\"deposits\":"
                + identities.shares().size() + ",\"records\":" + identities.size() + ",\"persons\":" + people
                + ",\"joined_by_traits\":" + joins
                + String.format(Locale.ROOT, ",\"false_match_rate_expected\":%.6f", joins == 0 ? 0 : expected / joins)
                + ",\"pairs_compared\":" + persons.quality().pairsCompared()
                + ",\"pairs_possible\":" + persons.quality().pairsPossible()
                + ",\"by\":{" + stratum("producer", byProducer) + "," + stratum("nir", byNir) + ","
                + stratum("age_group", byAge) + "," + stratum("sex", bySex) + "}}";
    }

    private static BitSet linked(Identities identities, Persons persons) {
        Map<Integer, Integer> firstProducer = new HashMap<>();
        BitSet shared = new BitSet();
        for (int record = 0; record < identities.size(); record++) {
            int person = persons.clusters()[record];
            int producer = persons.producer(record);
            if (firstProducer.merge(person, producer, (first, _) -> first) != producer) {
                shared.set(person);
            }
        }
        BitSet linked = new BitSet();
        for (int record = 0; record < identities.size(); record++) {
            linked.set(record, shared.get(persons.clusters()[record]));
        }
        return linked;
    }

    private static void count(Map<String, long[]> counts, String level, boolean linked) {
        long[] count = counts.computeIfAbsent(level, _ -> new long[2]);
        count[0]++;
        count[1] += linked ? 1 : 0;
    }

    private static String stratum(String name, SortedMap<String, long[]> counts) {
        var json = new StringBuilder("\"" + name + "\":[");
        counts.forEach((level, count) -> json.append(json.charAt(json.length() - 1) == '[' ? "" : ",")
                .append(String.format(
                        Locale.ROOT,
                        "{\"level\":\"%s\",\"records\":%d,\"linked\":%d,\"share\":%.4f}",
                        level,
                        count[0],
                        count[1],
                        (double) count[1] / count[0])));
        return json.append(']').toString();
    }

    private static String ageGroup(String birthDate, int year) {
        if (!birthDate.matches("\\d{4}.*")) {
            return "unknown";
        }
        int age = year - Integer.parseInt(birthDate, 0, 4, 10);
        int from = 0;
        for (int limit : AGES) {
            if (age < limit) {
                return String.format(Locale.ROOT, "%02d-%02d", from, limit - 1);
            }
            from = limit;
        }
        return from + "+";
    }

    private static String sex(String value) {
        return switch (value) {
            case "1" -> "male";
            case "2" -> "female";
            default -> "unknown";
        };
    }
}
