package org.vauban.objection;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.vauban.control.ControlPlane;
import org.vauban.custody.Keys;
import org.vauban.edition.Edition;
import org.vauban.edition.Editions;
import org.vauban.ingest.EditionDirectory;
import org.vauban.journal.Journal;
import org.vauban.ledger.tree.Hash;
import org.vauban.omop.EditionId;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;
import org.vauban.pseudonym.Linkages;
import org.vauban.pseudonym.Objectors;

/**
 * Looks in every edition for those who object. An edition in which nobody can be found again is named with the cause and does not keep the
 * others from being looked at; while somebody objects it is not read.
 */
final class Search {
    /** What is wrong with one edition and not with the hub, its custodian or the zone as a whole. */
    private static final Set<ProblemCode> OF_ONE_EDITION = Set.of(
            ProblemCode.KEYS_REFUSED,
            ProblemCode.IDENTITY_ZONE_REFUSED,
            ProblemCode.SEAL_BROKEN,
            ProblemCode.EDITION_BROKEN);

    private final ControlPlane control;
    private final Linkages linkages;
    private final Editions editions;
    private final Keys keys;

    Search(ControlPlane control, Journal journal, Editions editions, Keys keys) {
        this.control = control;
        this.linkages = new Linkages(journal);
        this.editions = editions;
        this.keys = keys;
    }

    /**
     * Asks the zone for each edition.
     *
     * @param accepted lists that take the place of the earlier ones of whoever gave them
     * @throws ProblemException when the zone or the custodian is absent: then nothing was found out
     */
    Found in(Path zone, List<String> accepted) {
        Objectors known = linkages.objectors(zone, Linkages.NO_BATCH, accepted);
        SortedMap<String, List<Integer>> found = new TreeMap<>();
        SortedMap<String, ProblemCode> unreached = new TreeMap<>();
        for (Row edition : published()) {
            if (!edition.directory()) {
                unreached.put(edition.id(), ProblemCode.EDITION_WITHOUT_DIRECTORY);
                continue;
            }
            try {
                found.put(edition.id(), known.records() == 0 ? List.of() : objecting(edition, zone, accepted));
            } catch (ProblemException failed) {
                if (!OF_ONE_EDITION.contains(failed.code())) {
                    throw failed;
                }
                unreached.put(edition.id(), failed.code());
            }
        }
        return new Found(known.lists().size(), known.records(), found, unreached);
    }

    /** The directory is opened for somebody who is meant, so that an edition whose key is gone is read as long as nobody of it objects. */
    private List<Integer> objecting(Row edition, Path zone, List<String> accepted) {
        Objectors objectors = linkages.objectors(zone, Linkages.batch(deposits(edition.id())), accepted);
        if (objectors.size() == 0) {
            return List.of();
        }
        Edition opened = editions.open(new EditionId(edition.id()), Hash.ofHex(edition.root()));
        return Arrays.stream(EditionDirectory.of(opened, keys).numbers(objectors.persons()))
                .boxed()
                .toList();
    }

    /**
     * @param directory whether people can be found again in it; one that was made of a folder without those who objected then has none, and a
     *     later version does not know who of it objects now
     */
    record Row(String id, String root, boolean directory) {}

    private List<Row> published() {
        return control.read(sql -> sql.sql("select e.id, e.root, e.objections, e.source from edition e"
                        + " join journal_entry j on j.id = e.entry where j.log_index is not null and e.state = 'published'"
                        + " order by e.id")
                .query((row, _) -> new Row(
                        row.getString("id"),
                        row.getString("root"),
                        row.getString("objections") != null
                                && row.getString("source").equals("deposits")))
                .list());
    }

    private Collection<String> deposits(String edition) {
        return control.read(sql -> sql.sql("select deposit from edition_deposit where edition = :edition")
                .param("edition", edition)
                .query(String.class)
                .list());
    }
}
