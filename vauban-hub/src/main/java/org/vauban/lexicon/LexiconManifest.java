package org.vauban.lexicon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a loaded vocabulary says of itself.
 *
 * @param format the number of the format
 * @param version what its makers call this release
 * @param loaded when
 * @param sources the names of what was loaded, the whole vocabulary first, then packs
 * @param tables rows by table
 * @param vocabularies the vocabularies in it
 * @param files the Parquet files with the SHA-256 of each
 */
public record LexiconManifest(
        int format,
        String version,
        String loaded,
        List<String> sources,
        SortedMap<String, Long> tables,
        List<Release> vocabularies,
        SortedMap<String, String> files) {
    static final int FORMAT = 1;
    static final String FILE = "manifest.json";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    /**
     * One vocabulary, such as SNOMED.
     *
     * @param reference where its makers say what it is and how it may be used
     */
    public record Release(String id, String name, String version, String reference) {}

    public LexiconManifest {
        sources = List.copyOf(sources);
        tables = Collections.unmodifiableSortedMap(new TreeMap<>(tables));
        vocabularies = List.copyOf(vocabularies);
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    static LexiconManifest read(Path folder) {
        try {
            return JSON.readValue(Files.readAllBytes(folder.resolve(FILE)), LexiconManifest.class);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    byte[] bytes() {
        return JSON.writeValueAsBytes(this);
    }
}
