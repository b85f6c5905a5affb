package org.vauban.edition;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.vauban.custody.Keys;
import org.vauban.omop.CdmTable;
import org.vauban.omop.EditionId;
import org.vauban.vault.Plaintext;
import org.vauban.vault.SealContext;
import org.vauban.vault.SealedObject;
import org.vauban.vault.Sealing;
import org.vauban.vault.Vault;

/**
 * An edition being written. Its objects are durable as they are added; nothing names them until the edition is published. Safe for many
 * threads: parts may come in any order.
 */
public final class EditionDraft {
    /** The order of the manifest, whatever was sealed first. */
    private static final Comparator<Manifest.Part> ORDER = Comparator.comparing(Manifest.Part::cdmTable)
            .thenComparing(Manifest.Part::bucket)
            .thenComparing(Manifest.Part::group);

    private final Vault vault;
    private final EditionId id;
    private final int buckets;
    private final List<Manifest.Part> parts = new ArrayList<>();
    private final SortedMap<String, Long> rows = new TreeMap<>();
    private final SortedMap<String, String> documents = new TreeMap<>();
    private long documentBytes;

    EditionDraft(Vault vault, EditionId id, int buckets) {
        this.vault = vault;
        this.id = id;
        this.buckets = buckets;
    }

    public EditionId id() {
        return id;
    }

    /** The number of buckets of persons. */
    public int buckets() {
        return buckets;
    }

    /**
     * A part to seal.
     *
     * @param table its table
     * @param group its column group
     * @param bucket its bucket, 0 for tables that are not about persons
     * @param rows rows in it, at least one; all groups of a table and bucket have the same rows in the same order
     * @param parquet gives the Parquet file when its turn comes
     */
    public record NewPart(
            CdmTable table, ColumnGroup group, int bucket, long rows, Supplier<? extends Plaintext> parquet) {}

    /** Seals parts, with one question to the custodian. */
    public void add(List<NewPart> newParts) {
        for (NewPart part : newParts) {
            if (part.rows() < 1 || part.bucket() < 0 || part.bucket() >= buckets) {
                throw new IllegalArgumentException("A part has rows and lies in one of " + buckets + " buckets");
            }
        }
        List<SealedObject> sealed = vault.sealAll(newParts.stream()
                .map(part -> new Sealing(context(part.table(), part.group(), part.bucket()), part.parquet()))
                .toList());
        List<Manifest.Part> added = new ArrayList<>();
        for (int index = 0; index < sealed.size(); index++) {
            NewPart part = newParts.get(index);
            SealedObject object = sealed.get(index);
            added.add(new Manifest.Part(
                    object.id().value(),
                    part.table().tableName(),
                    part.group().groupName(),
                    part.bucket(),
                    part.rows(),
                    object.bytes()));
        }
        synchronized (this) {
            parts.addAll(added);
        }
    }

    /** Says how many rows a table has; a table that is not counted has none. */
    public synchronized void count(CdmTable table, long rowsOfTable) {
        rows.merge(table.tableName(), rowsOfTable, Long::sum);
    }

    /** Seals a document that belongs to the edition, such as the report of its making. */
    public void attach(String name, byte[] document) {
        SealedObject sealed = vault.seal(documentContext(id, name), document);
        documents.put(name, sealed.id().value());
        documentBytes += sealed.bytes();
    }

    synchronized Manifest manifest(String hubId, Instant created, byte[] salt) {
        return new Manifest(
                Manifest.FORMAT,
                id.value(),
                hubId,
                created.toString(),
                HexFormat.of().formatHex(salt),
                buckets,
                Keys.EDITION.text(),
                rows,
                parts.stream().sorted(ORDER).toList(),
                documents);
    }

    long bytes() {
        return documentBytes + parts.stream().mapToLong(Manifest.Part::bytes).sum();
    }

    static SealContext context(CdmTable table, ColumnGroup group, int bucket) {
        return new SealContext(Keys.EDITION, table.tableName() + '/' + group.groupName(), bucket);
    }

    static SealContext documentContext(EditionId id, String name) {
        return new SealContext(Keys.EDITION, "document/" + id + '/' + name);
    }

    static SealContext manifestContext(String id) {
        return new SealContext(Keys.EDITION, "manifest/" + id);
    }

    @Override
    public String toString() {
        return "EditionDraft[" + id + ", " + parts.size() + " parts]";
    }
}
