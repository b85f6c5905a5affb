package org.vauban.study;

import java.util.List;
import org.vauban.trajectory.Domain;

/**
 * Which records are counted concept by concept.
 *
 * @param domains where they stand
 * @param windows disjoint, ascending. Of windows inside one another the difference would be a few persons that no figure shows.
 * @param leastShare the smallest share of a group with which a concept is told
 */
public record FeatureChoice(List<Domain> domains, List<DayWindow> windows, double leastShare) {
    public FeatureChoice {
        domains = List.copyOf(domains);
        windows = List.copyOf(windows);
        if (domains.isEmpty() || windows.isEmpty()) {
            throw new IllegalArgumentException("Features have tables and windows");
        }
        for (int index = 1; index < windows.size(); index++) {
            if (windows.get(index).fromDay() <= windows.get(index - 1).toDay()) {
                throw new IllegalArgumentException("Windows ascend and do not overlap");
            }
        }
    }
}
