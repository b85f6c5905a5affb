package org.vauban.crash;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.vauban.control.ControlPlane;
import org.vauban.control.SqliteFile;

/** A control plane whose commits are remembered by the disk of the story, and one of which can fail. */
final class InterruptedDatabase implements InvocationHandler {
    /** When a commit fails: a disk that does not confirm leaves open whether it happened. */
    enum Failing {
        BEFORE,
        AFTER
    }

    private final DiskInMemory disk;
    private final Path file;
    private final Connection connection;
    private final Failing failing;
    private final int failsAt;
    private DatabaseFiles last;
    private int commits;
    private boolean armed;

    private InterruptedDatabase(DiskInMemory disk, Path file, Failing failing, int failsAt) {
        this.disk = disk;
        this.file = file;
        this.last = DatabaseFiles.of(file, DatabaseFiles.NONE);
        this.connection = new SqliteFile(file).connect();
        this.failing = failing;
        this.failsAt = failsAt;
    }

    /** A control plane that only remembers. */
    static ControlPlane remembering(DiskInMemory disk, Path file) {
        return failing(disk, file, Failing.BEFORE, -1);
    }

    /** One whose commit of that number fails, counted from the end of the migration. */
    static ControlPlane failing(DiskInMemory disk, Path file, Failing failing, int commit) {
        var database = new InterruptedDatabase(disk, Path.of(file.toString()), failing, commit);
        var control = ControlPlane.on(new SqliteFile(database.file), (Connection)
                Proxy.newProxyInstance(Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, database));
        database.armed = true;
        return control;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        boolean commit = method.getName().equals("commit");
        boolean now = commit && armed && commits++ == failsAt;
        if (now && failing == Failing.BEFORE) {
            throw new SQLException("disk I/O error");
        }
        Object answer;
        try {
            answer = method.invoke(connection, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getTargetException();
        }
        if (commit || method.getName().equals("setAutoCommit")) {
            DatabaseFiles after = DatabaseFiles.of(file, last);
            disk.remember(new Step.Commit(last, after));
            last = after;
        }
        if (now) {
            throw new SQLException("disk I/O error");
        }
        return answer;
    }
}
