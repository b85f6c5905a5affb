package org.vauban.lexicon;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.vauban.disk.Disk;
import org.vauban.ingest.VocabularyFiles;
import org.vauban.ingest.VocabularyIntake;
import org.vauban.journal.Act;
import org.vauban.journal.Entry;
import org.vauban.journal.Journal;
import org.vauban.ledger.entry.Inputs;
import org.vauban.people.Actor;
import org.vauban.people.Role;
import org.vauban.problem.Phrase;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;

/**
 * Loads vocabularies into a home.
 *
 * <p>What is read becomes a folder of its own; its checksums are entered in the log; then one file, {@code current}, is replaced. A crash
 * before that leaves the vocabulary that was in use, and loading again is harmless. The one that was in use before stays until the next
 * load, for those who read it.
 */
public final class Lexicons {
    private static final String UNFINISHED = ".unfinished-";

    private final Journal journal;
    private final Disk disk;
    private final Path home;
    private final Clock clock;

    public Lexicons(Journal journal, Disk disk, Path home, Clock clock) {
        this.journal = journal;
        this.disk = disk;
        this.home = home;
        this.clock = clock;
    }

    /** A vocabulary that was loaded: its name in the log, what it is, and what was found while reading. */
    public record Loaded(String id, LexiconManifest manifest, VocabularyIntake.Report report, List<String> passedOver) {
        public Loaded {
            passedOver = List.copyOf(passedOver);
        }
    }

    /**
     * Loads a whole vocabulary in the place of the one in use, or adds a pack of synonyms to it.
     *
     * @param source a ZIP of Athena, a folder of its files, or a file of synonyms
     * @param rejectsFile takes the rows that cannot be used
     */
    public synchronized Loaded load(Actor manager, Path source, Path rejectsFile) {
        manager.require(Role.DATA_MANAGER);
        try (VocabularyFiles files = VocabularyFiles.open(source)) {
            Optional<Path> inUse = Lexicon.folderInUse(home);
            if (!files.isWhole() && inUse.isEmpty()) {
                throw Problem.of(ProblemCode.VOCABULARY_ABSENT)
                        .expected(Phrase.A_VOCABULARY_FOR_SYNONYMS)
                        .found("neither")
                        .exception();
            }
            Act act = journal.begin(Entry.of(
                    "vocabulary", manager.account().value(), files.isWhole() ? "source/whole" : "source/pack"));
            try {
                return load(act, files, String.valueOf(source.getFileName()), inUse, rejectsFile);
            } catch (ProblemException failed) {
                abandon(act, failed.code().name());
                throw failed;
            } catch (IOException unwritable) {
                abandon(act, unwritable.getClass().getSimpleName());
                throw Problem.of(ProblemCode.HOME_UNWRITABLE)
                        .found(unwritable.getClass().getSimpleName())
                        .exception(unwritable);
            } catch (RuntimeException failed) {
                abandon(act, failed.getClass().getSimpleName());
                throw failed;
            }
        }
    }

    private void abandon(Act act, String reason) {
        journal.conclude(act, "failed", Map.of("reason", reason), (_, _) -> true);
    }

    private Loaded load(Act act, VocabularyFiles files, String name, Optional<Path> inUse, Path rejectsFile)
            throws IOException {
        Path all = home.resolve(Lexicon.FOLDER);
        disk.createFolder(all);
        Path unfinished = all.resolve(UNFINISHED + act.index());
        removeAllBut(all, inUse.stream().collect(Collectors.toSet()));
        disk.createFolder(unfinished);
        var folder = new LexiconFolder(unfinished);
        LexiconFolder.Written written = files.isWhole() || inUse.isEmpty()
                ? folder.whole(files, name, rejectsFile, clock.instant())
                : withPack(folder, inUse.get(), files, name, rejectsFile);
        Path finished = all.resolve("v-" + act.index());
        disk.rename(unfinished, finished);
        disk.syncFolder(all);

        Inputs inputs = Inputs.of(written.manifest().files().entrySet().stream()
                .map(file -> (file.getKey() + " " + file.getValue()).getBytes(StandardCharsets.UTF_8))
                .toList());
        journal.conclude(
                act,
                act.subject()
                        .on(String.valueOf(finished.getFileName()))
                        .result("loaded")
                        .over(inputs)
                        .body("version", written.manifest().version()),
                (_, _) -> true);

        Path next = all.resolve(UNFINISHED + Lexicon.CURRENT);
        disk.delete(next);
        try (Disk.NewFile file = disk.create(next)) {
            file.write((finished.getFileName() + "\n").getBytes(StandardCharsets.US_ASCII));
            file.sync();
        }
        disk.rename(next, all.resolve(Lexicon.CURRENT));
        disk.syncFolder(all);
        return new Loaded(
                String.valueOf(finished.getFileName()), written.manifest(), written.report(), files.passedOver());
    }

    private LexiconFolder.Written withPack(
            LexiconFolder folder, Path inUse, VocabularyFiles pack, String name, Path rejectsFile) throws IOException {
        try (Lexicon lexicon = Lexicon.ofFolder(inUse)) {
            return folder.with(inUse, pack, name, lexicon.known(), rejectsFile, clock.instant());
        }
    }

    /** What a crash left, and what nobody reads any more. */
    private static void removeAllBut(Path all, Set<Path> kept) throws IOException {
        try (var entries = Files.list(all)) {
            for (Path entry : entries.filter(Files::isDirectory)
                    .filter(entry -> !kept.contains(entry))
                    .toList()) {
                LexiconFolder.delete(entry);
            }
        }
    }
}
