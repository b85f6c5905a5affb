package org.vauban.identity.zone;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.vauban.identity.protocol.DepositManifest;
import org.vauban.identity.protocol.IdentityException;
import org.vauban.identity.zone.Identities.Share;

/**
 * Finds the persons of a batch who are on a list of objections.
 *
 * <p>The batch's records are linked once more, with the lists beside them. Lists never take part in the linkage that makes pseudonyms: a name on
 * a list must not change who is who in the data. Whoever shares a believed NIR or a cluster with a record of a list is meant; where a list's
 * record stands between two persons of the batch both are, since to leave out one too many harms nobody.
 */
final class Objections {
    private final Shelf shelf;
    private final IdentityReader reader;

    Objections(Shelf shelf, IdentityReader reader) {
        this.shelf = shelf;
        this.reader = reader;
    }

    /**
     * Who of a batch objects.
     *
     * @param manifests of the batch's deposits, in their order
     * @param accepted lists that replace the earlier ones of whoever gave them; every other list counts beside the later ones
     */
    Objecting in(Batch batch, List<DepositManifest> manifests, List<String> accepted) throws IOException {
        List<DepositManifest> lists = counting(accepted);
        var identities = new Identities();
        for (DepositManifest list : lists) {
            reader.read(list, identities);
        }
        int records = identities.size();
        List<Objecting.Named> named = lists.stream()
                .map(list -> new Objecting.Named(list.deposit(), list.producer()))
                .toList();
        if (records == 0) {
            return new Objecting(named, 0, List.of());
        }
        for (DepositManifest manifest : manifests) {
            reader.read(manifest, identities);
        }
        return new Objecting(named, records, List.copyOf(pseudonyms(batch, identities, records)));
    }

    private static SortedSet<String> pseudonyms(Batch batch, Identities identities, int records) {
        Persons persons = Persons.of(identities);
        Set<Integer> clusters = new HashSet<>();
        Set<String> nirs = new HashSet<>();
        for (int record = 0; record < records; record++) {
            clusters.add(persons.clusters()[record]);
            persons.nir(record).ifPresent(nirs::add);
        }
        SortedSet<String> objecting = new TreeSet<>();
        Map<String, Share> shares = new TreeMap<>();
        identities.shares().forEach(share -> shares.put(share.deposit(), share));
        for (Batch.Deposit deposit : batch.deposits()) {
            Share share = shares.get(deposit.id());
            if (share == null || share.to() - share.from() != deposit.records().size()) {
                throw IdentityException.broken("Batch " + batch.name() + " has other records than its deposits.");
            }
            for (int at = 0; at < deposit.records().size(); at++) {
                int record = share.from() + at;
                if (clusters.contains(persons.clusters()[record])
                        || persons.nir(record).filter(nirs::contains).isPresent()) {
                    objecting.add(deposit.pseudonyms().get(at));
                }
            }
        }
        return objecting;
    }

    /** The lists that count: of each taker the accepted one and those that came later, or all when none of theirs is accepted. */
    private List<DepositManifest> counting(List<String> accepted) throws IOException {
        List<DepositManifest> all = shelf.lists();
        for (String each : accepted) {
            if (all.stream().noneMatch(list -> list.deposit().equals(each))) {
                throw IdentityException.refused("The zone has no list of objections " + each + ".");
            }
        }
        List<DepositManifest> counting = new ArrayList<>();
        for (DepositManifest list : all) {
            if (accepted.contains(list.deposit())) {
                counting.removeIf(earlier -> earlier.producer().equals(list.producer()));
            }
            counting.add(list);
        }
        return counting;
    }
}
