package org.vauban.edition;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.stream.Stream;
import org.vauban.cohort.CohortEvaluator;
import org.vauban.cohort.EvaluationProgress;
import org.vauban.ledger.tree.Hash;
import org.vauban.omop.CdmTable;
import org.vauban.omop.EditionId;
import org.vauban.permit.Grant;
import org.vauban.trajectory.Needs;
import org.vauban.trajectory.TrajectorySource;
import org.vauban.vault.Loan;
import org.vauban.vault.ObjectId;
import org.vauban.vault.Vault;

/** One published edition whose manifest was verified and is pinned: it cannot change under its readers. */
public final class Edition {
    private final Vault vault;
    private final EditionId id;
    private final Manifest manifest;
    private final Hash root;

    Edition(Vault vault, EditionId id, Manifest manifest, Hash root) {
        this.vault = vault;
        this.id = id;
        this.manifest = manifest;
        this.root = root;
    }

    public EditionId id() {
        return id;
    }

    public Hash root() {
        return root;
    }

    public Instant created() {
        return Instant.parse(manifest.created());
    }

    public int buckets() {
        return manifest.buckets();
    }

    /** Rows of each table that has any. */
    public SortedMap<CdmTable, Long> rows() {
        SortedMap<CdmTable, Long> rows = new TreeMap<>();
        for (Map.Entry<String, Long> table : manifest.rows().entrySet()) {
            CdmTable.named(table.getKey()).ifPresent(named -> rows.put(named, table.getValue()));
        }
        return rows;
    }

    /**
     * A reader of what the grant needs and of the rows that are there under it, and of nothing else.
     *
     * @param objecting persons who are absent under every grant
     * @param loan for how long data keys may be held
     * @param evaluator finds the persons of the grant's population, if it has one
     * @param progress may stop the search for them
     */
    public EditionReader read(
            Grant grant, LongPredicate objecting, Loan loan, CohortEvaluator evaluator, EvaluationProgress progress) {
        if (!grant.edition().equals(id)) {
            throw new IllegalArgumentException("The grant is for another edition");
        }
        return read(
                grant.permit().value(),
                grant.needs(),
                objecting,
                loan,
                everything -> Sight.of(grant.reach(), everything, evaluator, progress));
    }

    /** The same for this hub's own tests, which hold no grant. */
    EditionReader read(
            String permit, Needs granted, LongPredicate objecting, Loan loan, Function<TrajectorySource, Sight> sight) {
        return new EditionReader(vault, id, manifest, permit, granted, objecting, loan, sight);
    }

    /** A document that was sealed with the edition, such as {@code ingest-report}. */
    public Optional<byte[]> document(String name) {
        return Optional.ofNullable(manifest.documents().get(name))
                .map(object -> vault.open(new ObjectId(object), EditionDraft.documentContext(id, name)));
    }

    /** The objects that this edition consists of, beside its manifest; what no edition names may be collected. */
    public List<ObjectId> objects() {
        return Stream.concat(
                        manifest.parts().stream().map(Manifest.Part::object), manifest.documents().values().stream())
                .map(ObjectId::new)
                .toList();
    }

    /** Re-reads every object and checks that its bytes are those that the manifest names; asks no key. */
    public void verify() {
        objects().forEach(vault::verify);
    }

    @Override
    public String toString() {
        return "Edition[" + id + ", root " + root + "]";
    }
}
