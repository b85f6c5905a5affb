package org.vauban.disclosure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.vauban.output.DesignChecks;

/**
 * Reviews the checks of a design. The answers are one word each about everybody and are always told; the figure beside an answer is told
 * when enough persons are behind it, and enough of the others, and when it is not almost another one that is told.
 */
final class ChecksReview {
    private ChecksReview() {}

    static Verdict review(DesignChecks checks, DisclosureRules rules) {
        if (!rules.isLargeEnough(checks.persons().size())) {
            return new WithheldOutput(checks.name(), List.of(Reason.of(Reason.Code.GROUP_TOO_SMALL)));
        }
        List<Cleared.Behind> persons = new ArrayList<>(List.of(new Cleared.Behind(checks.outcome(), checks.persons())));
        List<ShownChecks.Check> shown = new ArrayList<>();
        int figures = 0;
        int hidden = 0;
        for (DesignChecks.Check check : checks.checks()) {
            List<Cleared.Behind> with = new ArrayList<>(persons);
            with.add(new Cleared.Behind(check.question() + " / " + check.about(), check.counted()));
            boolean told = check.found().isPresent()
                    && isLargeEnough(check, checks, rules)
                    && SmallDifferences.find(with, rules).isEmpty();
            if (check.found().isPresent()) {
                figures++;
                hidden += told ? 0 : 1;
            }
            if (told) {
                persons = with;
            }
            shown.add(new ShownChecks.Check(
                    check.question(),
                    check.about(),
                    check.answer(),
                    told ? check.found().map(ChecksReview::cut) : Optional.empty(),
                    check.limit()));
        }
        return new ClearedOutput(
                new ShownChecks(checks.name(), checks.outcome(), shown),
                persons,
                new Cleared.Tally(figures, hidden, 0));
    }

    private static boolean isLargeEnough(DesignChecks.Check check, DesignChecks checks, DisclosureRules rules) {
        if (check.counted().minus(checks.persons()).size() > 0) {
            throw new IllegalArgumentException("A check is about persons of its design");
        }
        int others = checks.persons().size() - check.counted().size();
        return rules.isLargeEnough(check.counted().size()) && !rules.isSmall(others);
    }

    private static DesignChecks.Found cut(DesignChecks.Found found) {
        return new DesignChecks.Found(Digits.decimals(found.value()), cut(found.low()), cut(found.high()));
    }

    private static OptionalDouble cut(OptionalDouble value) {
        return value.isPresent() ? OptionalDouble.of(Digits.decimals(value.getAsDouble())) : value;
    }
}
