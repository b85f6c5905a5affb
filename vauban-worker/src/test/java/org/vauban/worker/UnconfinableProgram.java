package org.vauban.worker;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.vauban.worker.pipe.Guard;
import org.vauban.worker.pipe.Limits;

/** A worker on a machine whose kernel has no filter of system calls. */
public final class UnconfinableProgram {
    private UnconfinableProgram() {}

    public static void main(String[] arguments) throws IOException, SQLException {
        List<String> words = List.of(arguments);
        Limits limits = Limits.parse(words.subList(1, words.size()));
        var worker = new Worker(
                () -> {
                    Map<Guard, Boolean> held = new KernelConfinement(limits, arguments[0]).confine();
                    held.put(Guard.SYSTEM_CALLS, false);
                    return held;
                },
                () -> new Room(limits));
        int status = worker.workOn(
                new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out), Worker::answer);
        Runtime.getRuntime().halt(status);
    }
}
