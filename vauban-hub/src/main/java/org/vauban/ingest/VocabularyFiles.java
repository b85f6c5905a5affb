package org.vauban.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.vauban.omop.CdmTable;
import org.vauban.problem.Phrase;
import org.vauban.problem.Place;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.Problems;

/**
 * The files of the standardised vocabularies: the ZIP that Athena gives, a folder with the same files, or one file of synonyms. Files
 * that are none of them are passed over.
 */
public final class VocabularyFiles implements AutoCloseable {
    private static final Set<CdmTable> SEARCHED =
            Set.of(CdmTable.CONCEPT, CdmTable.CONCEPT_SYNONYM, CdmTable.CONCEPT_ANCESTOR);

    private final SortedMap<CdmTable, CdmFile> files;
    private final List<String> passedOver;
    private final @Nullable FileSystem archive;

    private VocabularyFiles(SortedMap<CdmTable, CdmFile> files, List<String> passedOver, @Nullable FileSystem archive) {
        this.files = Collections.unmodifiableSortedMap(files);
        this.passedOver = List.copyOf(passedOver);
        this.archive = archive;
    }

    /** Looks at what is there; tells tables that are there twice, and that there is none. */
    public static VocabularyFiles open(Path source) {
        if (!Files.exists(source)) {
            throw Problem.of(ProblemCode.INPUT_FOLDER_EMPTY)
                    .expected(Phrase.FILES_OF_ATHENA)
                    .found(Phrase.NOTHING_OF_THAT_NAME)
                    .at(Place.file(source.toString()))
                    .exception();
        }
        if (Files.isDirectory(source)) {
            return sort(source, CdmFolder.list(source), null);
        }
        if (Archive.isArchive(source)) {
            return archived(source);
        }
        SortedMap<CdmTable, CdmFile> synonyms = new TreeMap<>();
        CdmFile.Format format =
                String.valueOf(source.getFileName()).endsWith(".gz") ? CdmFile.Format.CSV_GZIP : CdmFile.Format.CSV;
        synonyms.put(CdmTable.CONCEPT_SYNONYM, new CdmFile(source, CdmTable.CONCEPT_SYNONYM, format));
        return new VocabularyFiles(synonyms, List.of(), null);
    }

    private static VocabularyFiles archived(Path source) {
        FileSystem archive = Archive.open(source);
        try {
            return sort(source, Archive.files(archive), archive);
        } catch (IOException unreadable) {
            close(archive);
            throw new UncheckedIOException(unreadable);
        } catch (RuntimeException refused) {
            close(archive);
            throw refused;
        }
    }

    private static VocabularyFiles sort(Path source, List<Path> found, @Nullable FileSystem archive) {
        var problems = new Problems();
        SortedMap<CdmTable, CdmFile> files = new TreeMap<>();
        List<String> passedOver = new ArrayList<>();
        for (Path path : found) {
            Optional<CdmFile> file = vocabulary(path, archive != null);
            if (file.isEmpty()) {
                passedOver.add(String.valueOf(path.getFileName()));
            } else if (files.putIfAbsent(file.get().table(), file.get()) != null) {
                problems.add(Problem.of(ProblemCode.INPUT_TABLE_TWICE)
                        .expected(file.get().table().tableName())
                        .found(file.get().name())
                        .at(file.get().place()));
            }
        }
        problems.throwIfAny();
        if (files.isEmpty()) {
            throw Problem.of(ProblemCode.INPUT_FOLDER_EMPTY)
                    .expected(Phrase.FILES_OF_CONCEPTS)
                    .found("none")
                    .at(Place.file(source.toString()))
                    .exception();
        }
        return new VocabularyFiles(files, passedOver, archive);
    }

    /** In an archive only plain CSV: what is folded twice has no stated length. */
    private static Optional<CdmFile> vocabulary(Path path, boolean isArchived) {
        return CdmFile.named(path) instanceof CdmFile.Named.Table(CdmFile file)
                        && file.table().isVocabulary()
                        && (!isArchived || file.format() == CdmFile.Format.CSV)
                ? Optional.of(file)
                : Optional.empty();
    }

    /** False for a pack: synonyms and translations of concepts that are known already. */
    public boolean isWhole() {
        return files.containsKey(CdmTable.CONCEPT);
    }

    /** Names of files that are no vocabulary table. */
    public List<String> passedOver() {
        return passedOver;
    }

    /** Of these files those that are asked for words and descendants. */
    public VocabularyFiles forSearch() {
        SortedMap<CdmTable, CdmFile> some = new TreeMap<>(files);
        some.keySet().retainAll(SEARCHED);
        return new VocabularyFiles(some, passedOver, archive);
    }

    SortedMap<CdmTable, CdmFile> files() {
        return files;
    }

    @Override
    public void close() {
        if (archive != null) {
            close(archive);
        }
    }

    private static void close(FileSystem archive) {
        try {
            archive.close();
        } catch (IOException unclosable) {
            throw new UncheckedIOException(unclosable);
        }
    }
}
