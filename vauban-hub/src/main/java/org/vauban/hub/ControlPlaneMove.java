package org.vauban.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.vauban.control.Contents;
import org.vauban.control.ControlPlane;
import org.vauban.control.Database;
import org.vauban.control.PostgresqlServer;
import org.vauban.control.SqliteFile;
import org.vauban.problem.Phrase;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;

/**
 * Moves the control plane of a hub that nobody runs from its file to a server, from there to another, or back to a file.
 *
 * <p>Everything is copied in one transaction and compared; then one rename of {@code home.json} puts the copy in force, and the old one
 * says that it is not any more. Until that rename the old one is in force, whatever happens.
 */
public final class ControlPlaneMove {
    private ControlPlaneMove() {}

    /**
     * What was moved.
     *
     * @param from the database that was in force
     * @param to the one that is
     * @param tables how many tables both have
     * @param rows how many rows are in them
     * @param digest over all rows, the same of both
     */
    public record Moved(String from, String to, int tables, long rows, String digest) {}

    /**
     * Moves it.
     *
     * @param said the database that is named beside HOME, if one is; it is taken as the one in force
     * @param to the address of an empty database, or {@value HubConfiguration#FILE}
     * @throws org.vauban.problem.ProblemException {@code HOME_IN_USE} while a hub runs; {@code DATABASE_NOT_EMPTY} when the new one has tables
     */
    public static Moved move(Path folder, Optional<String> said, String to) {
        try (Home home = Home.own(folder, () -> {
            throw Problem.of(ProblemCode.HOME_NOT_A_HOME)
                    .expected(Phrase.THE_FOLDER_OF_A_HUB)
                    .found(folder)
                    .exception();
        })) {
            Optional<String> server = HubConfiguration.server(folder, said);
            Optional<String> next = HubConfiguration.onServer(Optional.of(to));
            Database old = database(server, home.database());
            Database taken = database(next, home.database());
            requireAnother(old, taken);
            requireThere(old);
            Contents contents = next.isPresent() ? copied(old, taken) : copiedToFile(old, home.database());
            home.remember(next);
            old.retire(to);
            return new Moved(
                    server.orElse(HubConfiguration.FILE),
                    to,
                    contents.tables().size(),
                    contents.rows(),
                    contents.digest());
        }
    }

    private static Database database(Optional<String> server, Path file) {
        return server.<Database>map(PostgresqlServer::new).orElseGet(() -> new SqliteFile(file));
    }

    private static void requireAnother(Database old, Database next) {
        if (old.equals(next)) {
            throw Problem.of(ProblemCode.DATABASE_NOT_EMPTY)
                    .with("database", next.name())
                    .found(Phrase.THE_DATABASE_IN_FORCE)
                    .exception();
        }
    }

    /** A file that is not there would be made, and be an empty control plane. */
    private static void requireThere(Database old) {
        if (old instanceof SqliteFile(Path file) && !Files.exists(file)) {
            throw Problem.of(ProblemCode.DATABASE_UNREACHABLE)
                    .with("database", file)
                    .found(Phrase.NO_FILE_OF_THAT_NAME)
                    .exception();
        }
    }

    private static Contents copied(Database old, Database next) {
        try (ControlPlane control = ControlPlane.open(old)) {
            return control.copyTo(next);
        }
    }

    /** The file has its name once it is whole. */
    private static Contents copiedToFile(Database old, Path file) {
        if (Files.exists(file)) {
            throw Problem.of(ProblemCode.DATABASE_NOT_EMPTY)
                    .with("database", file)
                    .found(Phrase.A_FILE)
                    .exception();
        }
        Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        try {
            for (String part : new String[] {"", "-wal", "-shm"}) {
                Files.deleteIfExists(unfinished.resolveSibling(unfinished.getFileName() + part));
            }
            Contents contents = copied(old, new SqliteFile(unfinished));
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            return contents;
        } catch (IOException unwritten) {
            throw Problem.of(ProblemCode.HOME_UNWRITABLE)
                    .found(unwritten.getClass().getSimpleName())
                    .exception(unwritten);
        }
    }
}
