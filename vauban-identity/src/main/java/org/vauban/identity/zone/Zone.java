package org.vauban.identity.zone;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.vauban.custodian.Custodian;
import org.vauban.identity.protocol.DepositManifest;
import org.vauban.identity.protocol.IdentityException;
import org.vauban.identity.zone.Identities.Column;
import org.vauban.identity.zone.Identities.Share;

/** What the zone does: takes deposits, links them, answers with pseudonyms. */
final class Zone implements AutoCloseable {

    /** A hub publishes a few editions a day; one that asks more often is looking for something else. */
    static final int BATCHES_PER_DAY_MAX = 96;

    static final int DEPOSITS_PER_BATCH_MAX = 1_000;

    private final ZoneFolder folder;
    private final ZoneKeys keys;
    private final Shelf shelf;
    private final Batches batches;
    private final Clock clock;
    private final ReentrantLock linking = new ReentrantLock();

    /** Opens the zone's folder, or creates it, and the keys that are not there yet. */
    static Zone open(Path path, Custodian custodian, Clock clock) throws IOException {
        ZoneFolder folder = ZoneFolder.open(path);
        try {
            return new Zone(folder, new ZoneKeys(custodian), clock);
        } catch (IOException | RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    private Zone(ZoneFolder folder, ZoneKeys keys, Clock clock) throws IOException {
        this.folder = folder;
        this.keys = keys;
        this.shelf = new Shelf(folder, keys.publicKeyHash());
        this.batches = new Batches(folder.room("batches"), keys);
        this.clock = clock;
    }

    Path root() {
        return folder.root();
    }

    byte[] publicKey() {
        return keys.publicKey();
    }

    Shelf shelf() {
        return shelf;
    }

    /** Links deposits; a batch that was answered before is answered with the same. */
    Batch link(String name, List<String> deposits) throws IOException {
        Batches.requireName(name);
        requireDistinct(deposits);
        linking.lock();
        try {
            Optional<Batch> known = batches.find(name);
            if (known.isPresent()) {
                if (!known.get().depositIds().equals(deposits)) {
                    throw IdentityException.refused("Batch " + name + " was asked with other deposits before.");
                }
                return known.get();
            }
            if (batches.madeSince(clock.instant().minus(Duration.ofDays(1))) >= BATCHES_PER_DAY_MAX) {
                throw IdentityException.refused("The zone links at most " + BATCHES_PER_DAY_MAX + " batches in a day.");
            }
            Batch batch = linkNew(name, manifests(deposits));
            batches.keep(batch, clock.instant());
            return batch;
        } finally {
            linking.unlock();
        }
    }

    /**
     * Who of a batch that was linked is on a list of objections; answered anew each time, since lists come and go.
     *
     * @param name empty when the question is for the lists alone
     */
    Objecting objecting(String name, List<String> accepted) throws IOException {
        Batch batch = name.isEmpty()
                ? new Batch(name, "", List.of())
                : batches.find(name)
                        .orElseThrow(() -> IdentityException.refused("There is no batch " + name + " in this zone."));
        linking.lock();
        try {
            return new Objections(shelf, new IdentityReader(shelf, keys))
                    .in(batch, manifests(batch.depositIds()), accepted);
        } finally {
            linking.unlock();
        }
    }

    /**
     * Writes {@code deposit,record,cluster} of a batch, for measuring the linkage where the truth is known.
     *
     * @return how many records
     */
    static int clusters(Path root, Custodian custodian, String batch, Path out) throws IOException {
        ZoneFolder.requirePrivate(root);
        Batch found = new Batches(root.resolve("batches"), new ZoneKeys(custodian))
                .find(batch)
                .orElseThrow(() -> IdentityException.refused("There is no batch " + batch + " in " + root + "."));
        Files.deleteIfExists(out);
        Files.createFile(out, ZoneFolder.FILE);
        int count = 0;
        try (BufferedWriter lines = Files.newBufferedWriter(out, StandardCharsets.UTF_8)) {
            lines.write("deposit,record,cluster\n");
            for (Batch.Deposit deposit : found.deposits()) {
                for (int at = 0; at < deposit.records().size(); at++) {
                    lines.write(deposit.id()
                            + ','
                            + deposit.records().get(at)
                            + ','
                            + deposit.clusters().get(at)
                            + '\n');
                    count++;
                }
            }
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        folder.close();
    }

    private Batch linkNew(String name, List<DepositManifest> manifests) throws IOException {
        var identities = new Identities();
        var reader = new IdentityReader(shelf, keys);
        for (DepositManifest manifest : manifests) {
            reader.read(manifest, identities);
        }
        Persons persons = Persons.of(identities);
        Map<Integer, String> canonical = persons.canonical();
        List<Integer> numbers = List.copyOf(canonical.keySet());
        List<String> made = keys.pseudonyms(numbers.stream()
                .map(number -> canonical.getOrDefault(number, ""))
                .toList());
        Map<Integer, String> pseudonymOf = new HashMap<>();
        for (int at = 0; at < numbers.size(); at++) {
            pseudonymOf.put(numbers.get(at), made.get(at));
        }
        if (new HashSet<>(made).size() != numbers.size()) {
            throw new IllegalStateException("Two persons would share a pseudonym.");
        }
        List<Batch.Deposit> answers = new ArrayList<>();
        for (Share share : identities.shares()) {
            answers.add(answer(share, identities, persons, pseudonymOf));
        }
        int year = clock.instant().atZone(ZoneOffset.UTC).getYear();
        return new Batch(name, Report.json(name, identities, persons, year), answers);
    }

    private static Batch.Deposit answer(
            Share share, Identities identities, Persons persons, Map<Integer, String> pseudonymOf) {
        List<String> records = new ArrayList<>();
        List<String> pseudonyms = new ArrayList<>();
        List<Integer> clusters = new ArrayList<>();
        for (int record = share.from(); record < share.to(); record++) {
            int person = persons.clusters()[record];
            records.add(identities.value(Column.RECORD, record));
            pseudonyms.add(pseudonymOf.getOrDefault(person, ""));
            clusters.add(person);
        }
        return new Batch.Deposit(share.deposit(), records, pseudonyms, clusters);
    }

    private List<DepositManifest> manifests(List<String> deposits) throws IOException {
        List<DepositManifest> manifests = new ArrayList<>();
        for (String deposit : deposits) {
            manifests.add(shelf.find(deposit)
                    .filter(manifest -> !manifest.isListOfObjections())
                    .orElseThrow(() -> IdentityException.refused(
                            "The zone has not received one of the deposits named. Give its identity part first.")));
        }
        return manifests;
    }

    private static void requireDistinct(List<String> deposits) {
        if (deposits.isEmpty()
                || deposits.size() > DEPOSITS_PER_BATCH_MAX
                || new HashSet<>(deposits).size() != deposits.size()) {
            throw IdentityException.protocol("A batch names 1 to " + DEPOSITS_PER_BATCH_MAX + " deposits, each once.");
        }
    }
}
