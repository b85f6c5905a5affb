package org.vauban.synth;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.vauban.synth.Care.Clinic;
import org.vauban.synth.Care.Delivery;
import org.vauban.synth.Care.Stay;
import org.vauban.synth.Care.TownVisit;
import org.vauban.synth.PotentialOutcomes.Effect;

/**
 * Writes a generated country: a folder for each of four hospitals, one for the national health insurance, and {@code truth/} for
 * nobody but the score. One pass over the persons, in memory that does not grow with them.
 *
 * @param out the folder that gets them
 */
record France(long persons, long seed, Path out) {
    private static final String TRUTH = "truth";

    Report run() throws IOException {
        List<String> names = new ArrayList<>();
        for (int hospital = 0; hospital < Hospital.WITH_OWN_RECORDS; hospital++) {
            names.add(HospitalFolder.name(hospital));
        }
        names.add(InsurerFolder.NAME);
        names.add(TRUTH);
        NewFolders folders = new NewFolders(out, names);
        return folders.fill(() -> write(folders));
    }

    private Report write(NewFolders folders) throws IOException {
        Path truthFolder = folders.unfinished(TRUTH);
        try (Compression compression = new Compression();
                TruthFolder truth = new TruthFolder(truthFolder, Census.FRANCE);
                FrenchTruth frenchTruth = new FrenchTruth(truthFolder);
                TrapList traps = new TrapList(truthFolder);
                InsurerFolder insurer =
                        new InsurerFolder(folders.unfinished(InsurerFolder.NAME), compression, traps, seed);
                Hospitals hospitals = new Hospitals(folders, compression)) {
            Counts counts = new Counts();
            Population population = new Population(seed, Census.FRANCE);
            for (long number = 1; number <= persons; number++) {
                FrenchLife life = FrenchHistory.of(population.draw(number), seed);
                insurer.write(life);
                hospitals.write(life);
                truth.add(life.person());
                frenchTruth.add(life);
                counts.add(life);
            }
            truth.concludeFrance(persons, seed, traps.counts());
            Map<String, Long> rows = new LinkedHashMap<>();
            hospitals.count(rows);
            rows.put(InsurerFolder.NAME, insurer.rows());
            return new Report(
                    persons,
                    seed,
                    rows,
                    counts.all.mean(),
                    counts.all.median(),
                    counts.all.least(),
                    (double) counts.fromHospitals / counts.all.total(),
                    truth.effectInThesePersons(),
                    traps.counts());
        }
    }

    /** The four hospitals. */
    private static final class Hospitals implements Closeable {
        private final List<HospitalFolder> folders = new ArrayList<>();

        private Hospitals(NewFolders all, Compression compression) throws IOException {
            for (int hospital = 0; hospital < Hospital.WITH_OWN_RECORDS; hospital++) {
                Path folder = all.unfinished(HospitalFolder.name(hospital));
                folders.add(new HospitalFolder(folder, hospital, compression));
            }
        }

        private void write(FrenchLife life) throws IOException {
            if (!life.hospitalRecords().isEmpty()) {
                for (HospitalFolder folder : folders) {
                    folder.write(life);
                }
            }
        }

        private void count(Map<String, Long> rows) {
            for (int hospital = 0; hospital < folders.size(); hospital++) {
                rows.put(HospitalFolder.name(hospital), folders.get(hospital).resources());
            }
        }

        @Override
        public void close() throws IOException {
            for (HospitalFolder folder : folders) {
                folder.close();
            }
        }
    }

    /** Clinical facts, each counted once: what a hospital and the insurer both report is the insurer's. */
    private static final class Counts {
        private final EventCounts all = new EventCounts();
        private long fromHospitals;

        void add(FrenchLife life) {
            int fromInsurer = life.longTermDiseases().size();
            int fromHospital = 0;
            for (Care care : life.care()) {
                switch (care) {
                    case Delivery _, TownVisit _ -> fromInsurer++;
                    case Stay it -> {
                        fromInsurer += 2 + it.associated().size() + it.acts().size();
                        fromHospital += it.results().size() + it.administered().size();
                    }
                    case Clinic it ->
                        fromHospital += 1
                                + it.diagnoses().size()
                                + it.acts().size()
                                + it.results().size()
                                + it.prescribed().size();
                }
            }
            all.add(fromInsurer + fromHospital);
            fromHospitals += fromHospital;
        }
    }

    /**
     * What was written, without any truth about the effect.
     *
     * @param rows rows and resources by producer
     * @param hospitalShare how many of all events only a hospital's own records tell
     */
    record Report(
            long persons,
            long seed,
            Map<String, Long> rows,
            double meanEvents,
            int medianEvents,
            int leastEvents,
            double hospitalShare,
            Effect drawn,
            Map<String, Long> traps) {
        long totalRows() {
            return rows.values().stream().mapToLong(Long::longValue).sum();
        }

        Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("kind", "france");
            json.put("persons", persons);
            json.put("seed", seed);
            Map<String, Object> events = new LinkedHashMap<>();
            events.put("mean", meanEvents);
            events.put("median", medianEvents);
            events.put("min", leastEvents);
            events.put("share_from_fhir", hospitalShare);
            json.put("events_per_person", events);
            json.put("new_users", drawn.users());
            json.put("rows_total", totalRows());
            json.put("rows", rows);
            json.put("traps", traps);
            return json;
        }

        String text(boolean french) {
            String pattern = french
                    ? "%d personnes, %d lignes et ressources, graine %d%n"
                            + "Événements par personne : moyenne %.1f, médiane %d, minimum %d ; %.1f %% viennent des hôpitaux (FHIR)%n"
                    : "%d persons, %d rows and resources, seed %d%n"
                            + "Events per person: mean %.1f, median %d, least %d; %.1f %% come from hospitals (FHIR)%n";
            return String.format(
                    french ? Locale.FRENCH : Locale.ROOT,
                    pattern,
                    persons,
                    totalRows(),
                    seed,
                    meanEvents,
                    medianEvents,
                    leastEvents,
                    100 * hospitalShare);
        }
    }
}
