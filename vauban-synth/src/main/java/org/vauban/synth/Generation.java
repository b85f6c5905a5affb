package org.vauban.synth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.vauban.synth.PotentialOutcomes.Effect;

/**
 * Writes a whole generated data set: {@code omop/} for the hub, {@code truth/} for nobody but the score. Both appear under
 * their names only when they are complete.
 *
 * @param out the folder that gets both
 * @param compressed whether the tables are written as {@code .csv.gz}
 * @param awkward whether a counted few defects are added
 */
record Generation(long persons, long seed, Path out, boolean compressed, boolean awkward) {
    static final long DEFAULT_PERSONS = 5_000;
    static final long DEFAULT_SEED = 1707;

    private static final List<String> FOLDERS = List.of("omop", "truth");
    private static final String UNFINISHED = ".part";

    Report run() throws IOException {
        for (String folder : FOLDERS) {
            if (Files.exists(out.resolve(folder))) {
                throw new WrongInput(
                        "OUTPUT_EXISTS",
                        out.resolve(folder) + " exists already; choose another --out or remove it",
                        out.resolve(folder) + " existe déjà ; choisissez un autre --out ou supprimez-le");
            }
        }
        try {
            removeUnfinished();
            Report report = write();
            for (String folder : FOLDERS) {
                Files.move(unfinished(folder), out.resolve(folder), StandardCopyOption.ATOMIC_MOVE);
            }
            return report;
        } finally {
            removeUnfinished();
        }
    }

    private Report write() throws IOException {
        Population population = new Population(seed);
        EventCounts counts = new EventCounts();
        try (OmopFolder omop = new OmopFolder(unfinished("omop"), compressed);
                TruthFolder truth = new TruthFolder(unfinished("truth"))) {
            omop.writeVocabulary();
            for (long number = 1; number <= persons; number++) {
                Life life = population.life(number);
                omop.write(life);
                truth.add(life.person());
                counts.add(life.numberOfEvents());
            }
            if (awkward) {
                new AwkwardRows(omop, truth).add(population, persons);
            }
            truth.conclude(persons, seed);
            Map<String, Long> rows = new LinkedHashMap<>();
            for (OmopTable table : OmopTable.values()) {
                rows.put(table.fileName(), omop.rows(table));
            }
            return new Report(
                    persons,
                    seed,
                    rows,
                    counts.mean(),
                    counts.median(),
                    counts.least(),
                    truth.effectInThesePersons(),
                    truth.defects());
        }
    }

    private Path unfinished(String folder) {
        return out.resolve(folder + UNFINISHED);
    }

    private void removeUnfinished() throws IOException {
        for (String folder : FOLDERS) {
            if (Files.exists(unfinished(folder))) {
                try (Stream<Path> found = Files.walk(unfinished(folder))) {
                    for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(path);
                    }
                }
            }
        }
    }

    /** What was written, without any truth about the effect. */
    record Report(
            long persons,
            long seed,
            Map<String, Long> rows,
            double meanEvents,
            int medianEvents,
            int leastEvents,
            Effect drawn,
            long defects) {
        long totalRows() {
            return rows.values().stream().mapToLong(Long::longValue).sum();
        }

        Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("kind", "omop");
            json.put("persons", persons);
            json.put("seed", seed);
            Map<String, Object> events = new LinkedHashMap<>();
            events.put("mean", meanEvents);
            events.put("median", medianEvents);
            events.put("min", leastEvents);
            json.put("events_per_person", events);
            json.put("new_users", drawn.users());
            json.put("rows_total", totalRows());
            json.put("rows", rows);
            json.put("defects", defects);
            return json;
        }

        String text(boolean french) {
            String pattern = french
                    ? "%d personnes, %d lignes, graine %d%nÉvénements par personne : moyenne %.1f, médiane %d, minimum %d%n"
                    : "%d persons, %d rows, seed %d%nEvents per person: mean %.1f, median %d, least %d%n";
            return String.format(
                    french ? Locale.FRENCH : Locale.ROOT,
                    pattern,
                    persons,
                    totalRows(),
                    seed,
                    meanEvents,
                    medianEvents,
                    leastEvents);
        }
    }

    /** How many persons have how many events, in memory that does not grow with persons. */
    private static final class EventCounts {
        private final Map<Integer, Long> persons = new TreeMap<>();
        private long people;
        private long events;

        void add(int numberOfEvents) {
            persons.merge(numberOfEvents, 1L, Long::sum);
            people++;
            events += numberOfEvents;
        }

        double mean() {
            return (double) events / people;
        }

        int least() {
            return persons.keySet().iterator().next();
        }

        int median() {
            long passed = 0;
            for (Map.Entry<Integer, Long> count : persons.entrySet()) {
                passed += count.getValue();
                if (2 * passed >= people) {
                    return count.getKey();
                }
            }
            throw new IllegalStateException("there is no person to take a median of");
        }
    }
}
