package org.vauban.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.sqlite.SQLiteConfig;

/**
 * A file in HOME: what a hub has when nothing else is said.
 *
 * @param file the file; beside it SQLite keeps its write-ahead log
 */
public record SqliteFile(Path file) implements Database {
    private static final String RETIRED = ".moved";

    @Override
    public Connection connect() {
        var settings = new SQLiteConfig();
        settings.setJournalMode(SQLiteConfig.JournalMode.WAL);
        settings.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        settings.enforceForeignKeys(true);
        settings.setBusyTimeout(10_000);
        settings.setTempStore(SQLiteConfig.TempStore.MEMORY);
        try {
            return settings.createConnection("jdbc:sqlite:" + file);
        } catch (SQLException unwritable) {
            throw ControlPlane.unwritable(unwritable);
        }
    }

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public boolean isAskedAgain() {
        return false;
    }

    /** The file gets another name, under which nobody looks for it. */
    @Override
    public void retire(String successor) {
        try {
            Files.move(
                    file,
                    file.resolveSibling(file.getFileName() + RETIRED),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException unmoved) {
            throw ControlPlane.unwritable(unmoved);
        }
    }

    /** Pages and indexes are in order; values that changed within a page are not noticed. */
    @Override
    public boolean isSound(JdbcClient sql) {
        return sql.sql("pragma integrity_check").query(String.class).list().equals(List.of("ok"));
    }

    @Override
    public void copyTo(Connection connection, Path copy) {
        try (var statement = connection.prepareStatement("vacuum into ?")) {
            statement.setString(1, copy.toString());
            statement.execute();
        } catch (SQLException unwritable) {
            throw ControlPlane.unwritable(unwritable);
        }
    }
}
