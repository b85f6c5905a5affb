package org.vauban.worker;

import java.nio.file.Path;
import java.util.Map;

/** What tests in other packages need of the hostile statements and of the programs that run them. */
public final class HostilePrograms {
    public static final String ALL_WALLS = ManyStatements.AllWalls.class.getName();
    public static final String KERNEL_ALONE = ManyStatements.KernelAlone.class.getName();
    public static final String ENGINE_ALONE = ManyStatements.EngineAlone.class.getName();
    public static final String NO_WALL = ManyStatements.NoWall.class.getName();

    private HostilePrograms() {}

    public static Map<String, String> statements(Path outside, int port) {
        return HostileStatements.all(outside, port);
    }
}
