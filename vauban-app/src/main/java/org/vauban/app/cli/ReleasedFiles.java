package org.vauban.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.vauban.problem.Phrase;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.register.ReleasedDocument;

/** Writes released outputs as files: each CSV under its own name. */
final class ReleasedFiles {
    private ReleasedFiles() {}

    static void write(List<ReleasedDocument> documents, Path folder) {
        try {
            Files.createDirectories(folder);
            for (ReleasedDocument document : documents) {
                Files.writeString(folder.resolve(document.fileName()), document.csv());
            }
        } catch (IOException unwritable) {
            throw Problem.of(ProblemCode.OUTPUT_EXISTS)
                    .expected(Phrase.A_WRITABLE_FOLDER)
                    .found(unwritable.getClass().getSimpleName() + " in " + folder)
                    .exception(unwritable);
        }
    }
}
