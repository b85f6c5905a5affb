package org.vauban.lexicon;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vauban.duck.DuckSession;
import org.vauban.ingest.VocabularyFiles;
import org.vauban.ingest.VocabularyIntake;

/** A vocabulary being written into an empty folder: its Parquet files, then the manifest that names them. */
final class LexiconFolder {
    private static final String PACK = "pack-";

    private final Path folder;

    LexiconFolder(Path folder) {
        this.folder = folder;
    }

    /** A manifest, and what was found while reading. */
    record Written(LexiconManifest manifest, VocabularyIntake.Report report) {}

    /** Writes a whole vocabulary. */
    Written whole(VocabularyFiles source, String name, Path rejectsFile, Instant now) throws IOException {
        VocabularyIntake.Report report = new VocabularyIntake(folder).read(source, _ -> true, rejectsFile);
        return new Written(finish(List.of(name), tables(report, new TreeMap<>()), now), report);
    }

    /** Writes the vocabulary that is in use and a pack with it. */
    Written with(Path inUse, VocabularyFiles pack, String name, IntPredicate isKnown, Path rejectsFile, Instant now)
            throws IOException {
        LexiconManifest before = LexiconManifest.read(inUse);
        for (String file : before.files().keySet()) {
            Path copy = folder.resolve(file);
            Files.createDirectories(Objects.requireNonNull(copy.getParent()));
            Files.copy(inUse.resolve(file), copy);
        }
        Path packFolder =
                Files.createDirectory(folder.resolve(PACK + before.sources().size()));
        VocabularyIntake.Report report = new VocabularyIntake(packFolder).read(pack, isKnown, rejectsFile);
        List<String> sources = new ArrayList<>(before.sources());
        sources.add(name);
        return new Written(finish(sources, tables(report, before.tables()), now), report);
    }

    private static SortedMap<String, Long> tables(VocabularyIntake.Report report, SortedMap<String, Long> before) {
        SortedMap<String, Long> tables = new TreeMap<>(before);
        report.tables().forEach((table, rows) -> tables.merge(table, rows.read() - rows.rejected(), Long::sum));
        return tables;
    }

    private LexiconManifest finish(List<String> sources, SortedMap<String, Long> tables, Instant now)
            throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        List<Path> written;
        try (Stream<Path> found = Files.walk(folder)) {
            written = found.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : written) {
            files.put(folder.relativize(file).toString(), checksum(file));
            sync(file);
        }
        List<LexiconManifest.Release> releases = releases(written);
        var manifest = new LexiconManifest(
                LexiconManifest.FORMAT,
                // The row that stands for the vocabularies as a whole.
                releases.stream()
                        .filter(release -> release.id().equals("None"))
                        .map(LexiconManifest.Release::version)
                        .findFirst()
                        .orElse(""),
                now.toString(),
                sources,
                tables,
                releases,
                files);
        Path file = folder.resolve(LexiconManifest.FILE);
        Files.write(file, manifest.bytes());
        sync(file);
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path inside : found.filter(Files::isDirectory).toList()) {
                sync(inside);
            }
        }
        return manifest;
    }

    private static List<LexiconManifest.Release> releases(List<Path> files) {
        Optional<Path> table = files.stream()
                .filter(file -> String.valueOf(file.getFileName()).startsWith("vocabulary-"))
                .findFirst();
        List<LexiconManifest.Release> releases = new ArrayList<>();
        if (table.isPresent()) {
            try (var session = DuckSession.open(DuckSession.Limits.ofOneBucket(), List.of(table.get()))) {
                Set<String> columns = new HashSet<>();
                session.rows(
                        "SELECT name FROM parquet_schema(" + DuckSession.literal(table.get()) + ")",
                        row -> columns.add(row.getString(1)));
                session.rows(
                        Stream.of("vocabulary_id", "vocabulary_name", "vocabulary_version", "vocabulary_reference")
                                        .map(column -> columns.contains(column) ? "coalesce(" + column + ", '')" : "''")
                                        .collect(Collectors.joining(", ", "SELECT ", " FROM read_parquet("))
                                + DuckSession.literal(table.get()) + ") ORDER BY ALL",
                        row -> releases.add(new LexiconManifest.Release(
                                row.getString(1), row.getString(2), row.getString(3), row.getString(4))));
            }
        }
        return releases;
    }

    static String checksum(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                var sum =
                        new DigestOutputStream(OutputStream.nullOutputStream(), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(sum);
            return HexFormat.of().formatHex(sum.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }

    private static void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
