package org.vauban.synth;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
    static final long DEFAULT_SEED = 1;

    Report run() throws IOException {
        NewFolders folders = new NewFolders(out, List.of("omop", "truth"));
        return folders.fill(() -> write(folders));
    }

    private Report write(NewFolders folders) throws IOException {
        Population population = new Population(seed, Census.ADULTS_OF_A_STUDY);
        EventCounts counts = new EventCounts();
        try (OmopFolder omop = new OmopFolder(folders.unfinished("omop"), compressed);
                TruthFolder truth = new TruthFolder(folders.unfinished("truth"), Census.ADULTS_OF_A_STUDY)) {
            omop.writeVocabulary();
            for (long number = 1; number <= persons; number++) {
                Life life = population.life(number);
                omop.write(life);
                truth.add(life.person());
                counts.add(life.numberOfEvents());
            }
            long defects;
            try (AwkwardRows rows = new AwkwardRows(omop, folders.unfinished("truth"))) {
                if (awkward) {
                    rows.add(population, persons);
                }
                defects = rows.defects();
            }
            truth.concludeOmop(persons, seed, defects);
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
                    defects);
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
}
