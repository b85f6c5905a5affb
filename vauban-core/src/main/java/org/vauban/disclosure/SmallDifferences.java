package org.vauban.disclosure;

import java.util.List;
import java.util.Optional;

/** Looks for two shown figures of which one concerns all persons of the other and a few more: their difference is a few people. */
final class SmallDifferences {
    private SmallDifferences() {}

    /** The place of the larger figure of the first such pair. */
    static Optional<String> find(List<Cleared.Behind> figures, DisclosureRules rules) {
        for (Cleared.Behind larger : figures) {
            for (Cleared.Behind smaller : figures) {
                int difference = larger.persons().size() - smaller.persons().size();
                if (smaller.persons().size() > 0
                        && rules.isSmall(difference)
                        && smaller.persons().minus(larger.persons()).size() == 0) {
                    return Optional.of(larger.place());
                }
            }
        }
        return Optional.empty();
    }
}
