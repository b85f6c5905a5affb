package org.vauban.disclosure;

import java.util.List;
import java.util.Optional;
import org.vauban.output.PersonSet;

/** May be released once two people have agreed. Holding one proves that the content went through the checks. */
public sealed interface Cleared extends Verdict permits ClearedOutput {
    /** What may be seen outside. */
    Shown content();

    /** Who stands behind each shown figure; kept in the warehouse zone, since later outputs are compared with these. */
    List<Behind> persons();

    Tally tally();

    /** How much of a table is hidden to protect other cells; nothing for outputs of other kinds. */
    Optional<SecondarySuppression> suppression();

    /** The persons behind one shown figure. */
    record Behind(String place, PersonSet persons) {
        @Override
        public String toString() {
            return "Behind[" + place + "]";
        }
    }

    /**
     * How many figures there were and what became of them.
     *
     * @param cells figures that are counts of persons
     * @param suppressed those that are hidden or were merged away
     * @param rounded those that are shown rounded
     */
    record Tally(int cells, int suppressed, int rounded) {}
}
