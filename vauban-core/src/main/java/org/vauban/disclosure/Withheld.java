package org.vauban.disclosure;

import java.util.List;

/** Stays inside. The reasons say what to change; applied, they lead to an output that passes. */
public sealed interface Withheld extends Verdict permits WithheldOutput {
    /** At least one. */
    List<Reason> reasons();
}
