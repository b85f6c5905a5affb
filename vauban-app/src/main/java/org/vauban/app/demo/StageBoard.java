package org.vauban.app.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vauban.app.cli.Answer;
import org.vauban.app.cli.JsonText;
import org.vauban.app.cli.Words;

/** What the demonstration has done so far, for the page that shows the stages as they run. Counts only; replaced whole. */
final class StageBoard {
    static final String FILE = "stages.json";

    private static final List<Words> LANGUAGES = List.of(Words.in(Locale.FRENCH), Words.in(Locale.ENGLISH));

    private final Path folder;
    private final long persons;
    private final List<Summary.Stage> done = new ArrayList<>();

    StageBoard(Path folder, long persons) {
        this.folder = folder;
        this.persons = persons;
    }

    List<Summary.Stage> done() {
        return List.copyOf(done);
    }

    void begins(String stage) {
        write(new Summary.Stage(stage, 0, 0, 0, 0));
    }

    void ended(Summary.Stage stage) {
        done.add(stage);
        write(null);
    }

    private void write(Summary.@Nullable Stage running) {
        if (!Files.isDirectory(folder)) {
            // Before HOME exists nobody can look.
            return;
        }
        try {
            Path next = folder.resolve(FILE + ".next");
            Files.writeString(
                    next,
                    JsonText.of(Answer.document(
                            "persons",
                            persons,
                            "running",
                            running == null ? null : title(running),
                            "stages",
                            done.stream()
                                    .map(stage -> Answer.document(
                                            "title", title(stage),
                                            "rows_in", stage.rowsIn(),
                                            "rows_out", stage.rowsOut(),
                                            "rejected", stage.rejected(),
                                            "seconds", stage.seconds(),
                                            "rows_per_second", stage.rowsPerSecond()))
                                    .toList())));
            Files.move(next, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static Map<String, @Nullable Object> title(Summary.Stage stage) {
        return Answer.document("fr", stage.title(LANGUAGES.getFirst()), "en", stage.title(LANGUAGES.getLast()));
    }
}
