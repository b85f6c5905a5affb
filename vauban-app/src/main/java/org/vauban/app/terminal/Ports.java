package org.vauban.app.terminal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;

/** Ports of this machine. */
public final class Ports {
    private Ports() {}

    /**
     * Refuses a port that somebody listens at, in words, before anything is begun. 0 stands for any free port.
     *
     * @throws org.vauban.problem.ProblemException {@code PORT_TAKEN}
     */
    public static void requireFree(int port) {
        try (var trial = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            trial.setReuseAddress(true);
        } catch (IOException | IllegalArgumentException taken) {
            throw Problem.of(ProblemCode.PORT_TAKEN).found(port).exception(taken);
        }
    }
}
