package org.vauban.synth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Compares a linkage of producers' records with who is who.
 *
 * <p>A pair is a hospital record and an insured person, or two hospital records; it is right when both are the same person.
 * Pairs are counted from the sizes of clusters and never listed, so that a linkage that put everything together is
 * answered as quickly as a good one. How an insured person's own rows were put together is the insurer's business and
 * counts for nothing here.
 *
 * <p>Figures of a stratum are about the pairs with at least one hospital record of that stratum. Intervals of precision
 * and recall are Wilson's at 95 %; the share of right pairs among all that are found or true has one too, and F1, which
 * grows with it, takes its ends.
 */
final class LinkageScore {
    /** A stratum with fewer true pairs is no worst one: its figures would be chance. */
    private static final int LEAST_PAIRS = 30;

    private static final String NIR = "nir";
    private static final String GOOD = "good";

    private final List<Entry> entries;
    private final long withoutCluster;
    private final long unknown;
    private final long notDeposited;

    /** Sorted once, so that each stratum is counted in one walk along runs of a cluster and of a person. */
    private final Entry[] byCluster;

    private final Entry[] byPerson;

    private LinkageScore(List<Entry> entries, long withoutCluster, long unknown, long notDeposited) {
        this.entries = List.copyOf(entries);
        this.byCluster = sorted(entries, Comparator.comparingInt(Entry::cluster).thenComparingLong(Entry::person));
        this.byPerson = sorted(entries, Comparator.comparingLong(Entry::person));
        this.withoutCluster = withoutCluster;
        this.unknown = unknown;
        this.notDeposited = notDeposited;
    }

    private static Entry[] sorted(List<Entry> entries, Comparator<Entry> order) {
        return entries.stream().sorted(order).toArray(Entry[]::new);
    }

    /**
     * A record in the linkage.
     *
     * @param cluster where the linkage put it
     * @param traits what is known of a hospital record, by column; empty for the insurer's
     */
    private record Entry(int cluster, long person, boolean hospital, Map<String, String> traits) {}

    /**
     * Reads all sides.
     *
     * @param truth the folder {@code truth} of a generated country
     * @param clusters a CSV file with deposit, record and cluster
     * @param maps CSV files with producer, record and local_id, kept by the producers
     */
    static LinkageScore of(Path truth, Path clusters, List<Path> maps) throws IOException {
        Map<String, Long> who = new HashMap<>();
        Set<String> producers = new TreeSet<>();
        read(truth.resolve(FrenchTruth.WHO_IS_WHO), List.of("producer", "local_id", "person"), row -> {
            producers.add(cell(row, "producer"));
            who.put(key(row), Long.valueOf(cell(row, "person")));
        });
        Map<String, Map<String, String>> traits = new HashMap<>();
        // Many records are alike: equal traits are kept once.
        Map<Map<String, String>, Map<String, String>> different = new HashMap<>();
        read(truth.resolve(FrenchTruth.HOSPITAL_RECORDS), List.of("producer", "local_id", NIR), row -> {
            Map<String, String> known = new TreeMap<>(row);
            known.keySet().removeAll(Set.of("producer", "local_id"));
            traits.put(key(row), different.computeIfAbsent(known, _ -> known));
        });
        Map<String, Integer> clusterOfRecord = new HashMap<>();
        Map<String, Integer> numbers = new HashMap<>();
        read(
                clusters,
                List.of("record", "cluster"),
                row -> clusterOfRecord.put(
                        cell(row, "record"), numbers.computeIfAbsent(cell(row, "cluster"), _ -> numbers.size())));
        var joined = new Joined(who, producers, traits, clusterOfRecord, numbers.size());
        for (Path map : maps) {
            read(map, List.of("producer", "record", "local_id"), row -> joined.add(map, row));
        }
        return new LinkageScore(
                joined.entries, joined.withoutCluster, joined.unknown, who.size() - joined.deposited.size());
    }

    /** Finds for each deposited record who it is and where the linkage put it. */
    private static final class Joined {
        private final Map<String, Long> who;
        private final Set<String> producers;
        private final Map<String, Map<String, String>> traits;
        private final Map<String, Integer> clusterOfRecord;
        private final int clusters;
        private final List<Entry> entries = new ArrayList<>();
        private final Set<String> deposited = new HashSet<>();
        private long withoutCluster;
        private long unknown;

        Joined(
                Map<String, Long> who,
                Set<String> producers,
                Map<String, Map<String, String>> traits,
                Map<String, Integer> clusterOfRecord,
                int clusters) {
            this.who = who;
            this.producers = producers;
            this.traits = traits;
            this.clusterOfRecord = clusterOfRecord;
            this.clusters = clusters;
        }

        void add(Path map, Map<String, String> row) {
            String producer = cell(row, "producer");
            if (!producers.contains(producer)) {
                throw new WrongInput(
                        "NOT_FOUND",
                        map + " is of producer " + producer + "; the truth knows " + producers,
                        map + " est du producteur " + producer + " ; la vérité connaît " + producers);
            }
            String key = key(row);
            @Nullable Long person = who.get(key);
            if (person == null) {
                unknown++;
            } else if (deposited.add(key)) {
                @Nullable Integer cluster = clusterOfRecord.get(cell(row, "record"));
                withoutCluster += cluster == null ? 1 : 0;
                entries.add(new Entry(
                        cluster == null ? clusters + entries.size() : cluster,
                        person,
                        !producer.equals(InsurerFolder.NAME),
                        traits.getOrDefault(key, Map.of())));
            }
        }
    }

    /** The figures, ready to be written as JSON. */
    Map<String, @Nullable Object> comparison() {
        Map<String, @Nullable Object> comparison = new LinkedHashMap<>();
        comparison.put("records", (long) entries.size());
        comparison.put("records_without_cluster", withoutCluster);
        comparison.put("records_unknown_to_the_truth", unknown);
        comparison.put("records_not_deposited", notDeposited);
        comparison.put("overall", pairs(_ -> true).figures());
        comparison.put("without_nir", pairs(LinkageScore::withoutNir).figures());
        Map<String, Object> strata = new LinkedHashMap<>();
        String worst = null;
        @Nullable Pairs worstPairs = null;
        for (Map.Entry<String, String> stratum : strata()) {
            Predicate<Entry> within = entry -> withoutNir(entry)
                    && stratum.getValue().equals(entry.traits().get(stratum.getKey()));
            Pairs pairs = pairs(within);
            String name = stratum.getKey() + " " + stratum.getValue();
            strata.put(name, pairs.figures());
            if (pairs.inTruth >= LEAST_PAIRS && (worstPairs == null || pairs.f1() < worstPairs.f1())) {
                worst = name;
                worstPairs = pairs;
            }
        }
        comparison.put("strata_without_nir", strata);
        if (worst == null || worstPairs == null) {
            comparison.put("worst_stratum_without_nir", null);
        } else {
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("name", worst);
            figures.putAll(worstPairs.figures());
            comparison.put("worst_stratum_without_nir", figures);
        }
        return comparison;
    }

    /** The same in a few lines for people. */
    String text(boolean french) {
        Map<String, @Nullable Object> comparison = comparison();
        StringBuilder text = new StringBuilder();
        line(text, french ? "Ensemble" : "Overall", comparison.get("overall"), french);
        line(text, french ? "Sans NIR utilisable" : "Without usable NIR", comparison.get("without_nir"), french);
        if (comparison.get("worst_stratum_without_nir") instanceof Map<?, ?> worst) {
            line(text, (french ? "Strate la moins bonne, " : "Worst stratum, ") + worst.get("name"), worst, french);
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String title, @Nullable Object figures, boolean french) {
        if (figures instanceof Map<?, ?> found) {
            text.append(title)
                    .append(french ? " : précision " : ": precision ")
                    .append(range(found.get("precision")))
                    .append(french ? ", rappel " : ", recall ")
                    .append(range(found.get("recall")))
                    .append(", F1 ")
                    .append(range(found.get("f1")))
                    .append('\n');
        }
    }

    private static String range(@Nullable Object figure) {
        return figure instanceof Map<?, ?> share
                ? number(share.get("estimate")) + " [" + number(share.get("ci_low")) + ", "
                        + number(share.get("ci_high")) + "]"
                : "-";
    }

    private static String number(@Nullable Object value) {
        return value instanceof Double figure ? Json.number(figure) : "-";
    }

    // Counting.

    private static boolean withoutNir(Entry entry) {
        return entry.hospital() && !GOOD.equals(entry.traits().get(NIR));
    }

    /** Each trait with each of its values, among hospital records. */
    private List<Map.Entry<String, String>> strata() {
        TreeMap<String, TreeSet<String>> values = new TreeMap<>();
        for (Entry entry : entries) {
            entry.traits()
                    .forEach((trait, value) ->
                            values.computeIfAbsent(trait, _ -> new TreeSet<>()).add(value));
        }
        values.getOrDefault(NIR, new TreeSet<>()).remove(GOOD);
        List<Map.Entry<String, String>> strata = new ArrayList<>();
        values.forEach((trait, all) -> all.forEach(value -> strata.add(Map.entry(trait, value))));
        return strata;
    }

    private Pairs pairs(Predicate<Entry> ofStratum) {
        long found = 0;
        long right = 0;
        for (int from = 0; from < byCluster.length; ) {
            int cluster = byCluster[from].cluster();
            Group all = new Group();
            int to = from;
            while (to < byCluster.length && byCluster[to].cluster() == cluster) {
                long person = byCluster[to].person();
                Group ofPerson = new Group();
                for (;
                        to < byCluster.length && byCluster[to].cluster() == cluster && byCluster[to].person() == person;
                        to++) {
                    ofPerson.add(byCluster[to], ofStratum);
                }
                right += ofPerson.pairs();
                all.add(ofPerson);
            }
            found += all.pairs();
            from = to;
        }
        long inTruth = 0;
        for (int from = 0; from < byPerson.length; ) {
            Group ofPerson = new Group();
            int to = from;
            for (; to < byPerson.length && byPerson[to].person() == byPerson[from].person(); to++) {
                ofPerson.add(byPerson[to], ofStratum);
            }
            inTruth += ofPerson.pairs();
            from = to;
        }
        return new Pairs(inTruth, found, right);
    }

    /** Some hospital records, those of the stratum among them, and insured persons. */
    private static final class Group {
        private long hospital;
        private long ofStratum;
        private long insured;

        private void add(Entry entry, Predicate<Entry> stratum) {
            if (entry.hospital()) {
                hospital++;
                ofStratum += stratum.test(entry) ? 1 : 0;
            } else {
                // An insured person is one, however many rows the insurer has.
                insured = 1;
            }
        }

        private void add(Group person) {
            hospital += person.hospital;
            ofStratum += person.ofStratum;
            insured += person.insured;
        }

        /** Pairs within the group that have a record of the stratum. */
        private long pairs() {
            return ofStratum * insured + twos(hospital) - twos(hospital - ofStratum);
        }

        private static long twos(long number) {
            return number * (number - 1) / 2;
        }
    }

    /** Pairs that are true, that were found, and that are both. */
    private record Pairs(long inTruth, long found, long right) {
        private Map<String, Object> figures() {
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("true_pairs", inTruth);
            figures.put("found_pairs", found);
            figures.put("right_pairs", right);
            figures.put("precision", share(right, found));
            figures.put("recall", share(right, inTruth));
            Map<String, Object> overlap = share(right, inTruth + found - right);
            Map<String, Object> f1 = new LinkedHashMap<>();
            overlap.forEach((name, value) -> f1.put(name, f1((Double) value)));
            figures.put("f1", f1);
            return figures;
        }

        private double f1() {
            return f1((double) right / Math.max(1, inTruth + found - right));
        }

        private static double f1(double overlap) {
            return 2 * overlap / (1 + overlap);
        }

        /** A share with Wilson's interval at 95 %; not a number of nothing. */
        private static Map<String, Object> share(long part, long whole) {
            double z = 1.959963984540054;
            double estimate = (double) part / whole;
            double centre = (estimate + z * z / (2 * whole)) / (1 + z * z / whole);
            double half = z
                    * StrictMath.sqrt(estimate * (1 - estimate) / whole + z * z / (4.0 * whole * whole))
                    / (1 + z * z / whole);
            Map<String, Object> share = new LinkedHashMap<>();
            share.put("estimate", estimate);
            share.put("ci_low", centre - half);
            share.put("ci_high", centre + half);
            return share;
        }
    }

    // Reading.

    private static String key(Map<String, String> row) {
        String localId = cell(row, "local_id");
        return cell(row, "producer") + " " + (localId.startsWith("Patient/") ? localId.substring(8) : localId);
    }

    private static String cell(Map<String, String> row, String column) {
        return row.getOrDefault(column, "");
    }

    private static void read(Path file, List<String> columns, Consumer<Map<String, String>> rows) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new WrongInput("NOT_FOUND", "there is no " + file, "il n'y a pas de " + file);
        }
        List<String> header = new ArrayList<>();
        CsvText.forEach(file, line -> {
            if (header.isEmpty()) {
                header.addAll(line);
                requireColumns(file, header, columns);
                return;
            }
            Map<String, String> row = new HashMap<>();
            for (int at = 0; at < Math.min(header.size(), line.size()); at++) {
                row.put(header.get(at), line.get(at));
            }
            rows.accept(row);
        });
        requireColumns(file, header, columns);
    }

    private static void requireColumns(Path file, List<String> header, List<String> columns) {
        for (String column : columns) {
            if (!header.contains(column)) {
                throw new WrongInput(
                        "INPUT_COLUMN_MISSING",
                        file + ", line 1: expected a column " + column + ", found " + String.join(", ", header),
                        file + ", ligne 1 : colonne " + column + " attendue, trouvé " + String.join(", ", header));
            }
        }
    }
}
