package org.vauban.attack.table;

import java.util.List;
import java.util.OptionalLong;

/** A planted weaker protector: it hides small counts and zeros and nothing else. The attackers must break it. */
final class WeakProtector {
    private WeakProtector() {}

    static PublishedTable protect(CountedTable table, int threshold) {
        List<PublishedTable.Cell> cells = table.cells().stream()
                .map(cell -> cell.count() < threshold
                        ? new PublishedTable.Cell(cell.levels(), PublishedTable.Status.PRIMARY, OptionalLong.empty())
                        : new PublishedTable.Cell(
                                cell.levels(), PublishedTable.Status.SHOWN, OptionalLong.of(cell.count())))
                .toList();
        return new PublishedTable(cells, threshold, PublishedTable.Reading.EXACT);
    }
}
