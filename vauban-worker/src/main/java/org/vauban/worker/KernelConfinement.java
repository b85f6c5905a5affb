package org.vauban.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.vauban.worker.pipe.Guard;
import org.vauban.worker.pipe.Limits;

/**
 * The walls that the Linux kernel keeps, asked for by the process itself, so that no other program need be installed and no rights are
 * needed.
 *
 * <ol>
 *   <li>No new rights; nobody may trace the process or leave a core of it (prctl(2)).
 *   <li>Landlock: no path may be opened. It holds for this thread and those that it starts, which are the engine's.
 *   <li>Limits: memory, processor time, and not one descriptor more.
 *   <li>A filter of system calls for all threads: what is not on {@link SyscallFilter}'s list is refused.
 * </ol>
 *
 * <p>None of them can be taken back, neither by SQL nor by code. Each is believed only after {@link Probes} has tried it.
 */
final class KernelConfinement implements Confinement {
    private final Limits limits;
    private final String networkOfTheHub;

    KernelConfinement(Limits limits, String networkOfTheHub) {
        this.limits = limits;
        this.networkOfTheHub = networkOfTheHub;
    }

    @Override
    public Map<Guard, Boolean> confine() {
        Map<Guard, Boolean> held = new EnumMap<>(Guard.class);
        if (!LinuxCalls.areKnown()) {
            return held;
        }
        held.put(Guard.OWN_NETWORK, hasOwnNetwork());
        long addressSpace = ResourceLimits.addressSpaceNow();
        held.put(Guard.NO_NEW_RIGHTS, LinuxCalls.refuseNewRights());
        held.put(Guard.LANDLOCK, Landlock.restrict() && Probes.landlockHolds());
        try (var elsewhere = new Elsewhere()) {
            held.put(Guard.LIMITS, ResourceLimits.set(limits, addressSpace));
            held.put(Guard.SYSTEM_CALLS, SyscallFilter.install());
            held.put(Guard.FILES, Probes.filesAreClosed() && elsewhere.finds(Probes::filesAreClosed));
            held.put(Guard.NETWORK, Probes.networkIsClosed() && elsewhere.finds(Probes::networkIsClosed));
            held.put(Guard.PROCESSES, Probes.processesAreClosed() && elsewhere.finds(Probes::processesAreClosed));
        }
        return held;
    }

    private boolean hasOwnNetwork() {
        try {
            return !Files.readSymbolicLink(Path.of("/proc/self/ns/net"))
                    .toString()
                    .equals(networkOfTheHub);
        } catch (IOException unknown) {
            return false;
        }
    }
}
