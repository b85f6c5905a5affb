package org.vauban.edition;

import org.vauban.trajectory.Needs;
import org.vauban.trajectory.Period;
import org.vauban.trajectory.VisibleRows;
import org.vauban.vault.Loan;

/** Reads editions without a permit, for tests. */
public final class TestEditions {
    private TestEditions() {}

    public static EditionReader read(Edition edition, Needs granted) {
        return read(edition, granted, Period.ALWAYS);
    }

    public static EditionReader read(Edition edition, Needs granted, Period period) {
        return edition.read("p-test0000", granted, _ -> false, Loan.OF_THE_HUB, _ -> _ -> VisibleRows.within(period));
    }
}
