package org.vauban.edition;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.vauban.ledger.tree.Hash;
import org.vauban.omop.CdmTable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an edition consists of. It is itself a sealed object; only its root and its name stand outside.
 *
 * @param format the version of this form, 1
 * @param edition the edition's name
 * @param hub the hub's id
 * @param created when, as ISO 8601 in UTC
 * @param salt 32 random bytes in hexadecimal, so that the public root tells nothing about counts that could be guessed
 * @param buckets the number of buckets of persons
 * @param key the custodian's key that wraps the data keys of all parts
 * @param rows rows of each table
 * @param parts the objects, in the order of the root's leaves
 * @param documents sealed documents that belong to the edition, such as the report of its making: name and object
 */
record Manifest(
        int format,
        String edition,
        String hub,
        String created,
        String salt,
        int buckets,
        String key,
        SortedMap<String, Long> rows,
        List<Part> parts,
        SortedMap<String, String> documents) {

    static final int FORMAT = 1;

    /** Sorted names and no spaces: one content has one spelling. */
    static final JsonMapper JSON = JsonMapper.builder()
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    Manifest {
        rows = Collections.unmodifiableSortedMap(new TreeMap<>(rows));
        parts = List.copyOf(parts);
        documents = Collections.unmodifiableSortedMap(new TreeMap<>(documents));
    }

    /**
     * One object.
     *
     * @param object its name, the SHA-256 of its ciphertext
     * @param table the table
     * @param group the column group
     * @param bucket the bucket, 0 for tables that are not about persons
     * @param rows rows in it
     * @param bytes its size on disk
     */
    record Part(String object, String table, String group, int bucket, long rows, long bytes) {
        CdmTable cdmTable() {
            return CdmTable.named(table)
                    .orElseThrow(() -> new IllegalArgumentException("A part of a table that the model lacks"));
        }
    }

    byte[] json() {
        return JSON.writeValueAsBytes(this);
    }

    static Manifest parse(byte[] json) throws JacksonException {
        return JSON.readValue(json, Manifest.class);
    }

    /** The root of RFC 6962 over this manifest without its parts, and then each part. */
    Hash root() {
        var head = new Manifest(format, edition, hub, created, salt, buckets, key, rows, List.of(), documents);
        var leaves = new ArrayList<Hash>();
        leaves.add(Hash.leaf(head.json()));
        for (Part part : parts) {
            leaves.add(Hash.leaf(JSON.writeValueAsBytes(part)));
        }
        return Hash.root(leaves);
    }

    @Override
    public String toString() {
        return "Manifest[" + edition + ", " + parts.size() + " parts]";
    }
}
