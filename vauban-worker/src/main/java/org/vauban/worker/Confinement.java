package org.vauban.worker;

import java.util.Map;
import org.vauban.worker.pipe.Guard;

/** Builds the walls around this process, for good. */
@FunctionalInterface
interface Confinement {
    /** From its return on they stand; says which of them held when they were tried. */
    Map<Guard, Boolean> confine();
}
