package org.vauban.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.vauban.duck.DuckSession;
import org.vauban.omop.CdmTable;
import org.vauban.problem.Phrase;
import org.vauban.problem.Place;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.Problems;
import org.vauban.trajectory.Period;
import org.vauban.vocabulary.Vocabulary;

/**
 * A folder with one file per OMOP table. Missing tables are empty; files that are no table files, and tables of the results schema such
 * as {@code cohort}, are passed over.
 */
public final class CdmFolder {
    private final SortedMap<CdmTable, CdmFile> files;

    private CdmFolder(SortedMap<CdmTable, CdmFile> files) {
        this.files = Collections.unmodifiableSortedMap(files);
    }

    /** To be called as soon as it is certain that a folder will be read: what reads it is made ready meanwhile. */
    public static void expect() {
        DuckSession.loadSoon();
    }

    /** Looks at the names in the folder; tells unknown tables and tables that are there twice. */
    public static CdmFolder open(Path folder) {
        var problems = new Problems();
        SortedMap<CdmTable, CdmFile> files = new TreeMap<>();
        for (Path path : list(folder)) {
            switch (CdmFile.named(path)) {
                case CdmFile.Named.PassedOver() -> {}
                case CdmFile.Named.UnknownTable(String name) ->
                    problems.add(Problem.of(ProblemCode.INPUT_TABLE_UNKNOWN)
                            .found(name)
                            .at(Place.file(String.valueOf(path.getFileName()))));
                case CdmFile.Named.Table(CdmFile file) -> {
                    CdmFile first = files.putIfAbsent(file.table(), file);
                    if (first != null) {
                        problems.add(Problem.of(ProblemCode.INPUT_TABLE_TWICE)
                                .expected(file.table().tableName())
                                .found(first.name() + ", " + file.name())
                                .at(file.place()));
                    }
                }
            }
        }
        problems.throwIfAny();
        if (files.isEmpty()) {
            throw Problem.of(ProblemCode.INPUT_FOLDER_EMPTY)
                    .expected(Phrase.TABLE_FILES)
                    .found(Phrase.NO_SUCH_FILE)
                    .at(Place.file(folder.toString()))
                    .exception();
        }
        return new CdmFolder(files);
    }

    /**
     * The open laboratory: this folder's rows with their own ids, rows of unknown persons kept. Nothing leaves the process's memory.
     * Close it when the evaluation is done.
     */
    public LaboratorySource laboratory() {
        return laboratory(Vocabulary::empty, Period.ALWAYS);
    }

    /**
     * The same with another vocabulary for a folder that has none of its own, and with some days only.
     *
     * @param elsewhere asked once, if at all
     * @param period as a grant would cut it
     */
    public LaboratorySource laboratory(Supplier<Vocabulary> elsewhere, Period period) {
        return new LaboratorySource(files, elsewhere, period);
    }

    /** True when the folder has concepts of its own. */
    public boolean hasVocabulary() {
        return files.containsKey(CdmTable.CONCEPT);
    }

    /** The tables that have a file. */
    public List<CdmTable> tables() {
        return List.copyOf(files.keySet());
    }

    SortedMap<CdmTable, CdmFile> files() {
        return files;
    }

    /** What is there when it is no folder that can be read. */
    private static Phrase inItsPlace(Path folder) {
        if (Files.isDirectory(folder)) {
            return Phrase.A_CLOSED_FOLDER;
        }
        return Files.exists(folder) ? Phrase.A_FILE : Phrase.NOTHING_OF_THAT_NAME;
    }

    /** The files of a folder, by name. */
    static List<Path> list(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException unreadable) {
            throw Problem.of(ProblemCode.INPUT_FOLDER_EMPTY)
                    .expected(Phrase.A_READABLE_FOLDER)
                    .found(inItsPlace(folder))
                    .at(Place.file(folder.toString()))
                    .exception(unreadable);
        }
    }
}
