package org.vauban.disclosure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import org.vauban.output.CovariateBalance;
import org.vauban.output.PersonSet;

/**
 * Reviews the balance of two arms. A covariate is shown when in each arm enough persons have it and enough have not, and when it is not
 * almost another one that is shown; every other is left out, and only how many there are is told. A share is made of counts as they may
 * be shown; weighted means and differences keep two decimals, which a single person does not move.
 */
final class BalanceReview {
    private BalanceReview() {}

    static Verdict review(CovariateBalance balance, DisclosureRules rules) {
        if (!rules.isLargeEnough(balance.targets().size())
                || !rules.isLargeEnough(balance.comparators().size())) {
            return new WithheldOutput(balance.name(), List.of(Reason.of(Reason.Code.GROUP_TOO_SMALL)));
        }
        List<Cleared.Behind> persons = new ArrayList<>(List.of(
                new Cleared.Behind(balance.target(), balance.targets()),
                new Cleared.Behind(balance.comparator(), balance.comparators())));
        List<CovariateBalance.Row> kept = new ArrayList<>();
        for (CovariateBalance.Row row : balance.rows()) {
            List<Cleared.Behind> withRow = new ArrayList<>(persons);
            withRow.addAll(behind(row, balance));
            if (isFinite(row)
                    && isLargeEnough(row, balance, rules)
                    && SmallDifferences.find(withRow, rules).isEmpty()) {
                kept.add(row);
                persons = withRow;
            }
        }
        if (kept.isEmpty()) {
            return new WithheldOutput(balance.name(), List.of(Reason.of(Reason.Code.NOTHING_LEFT)));
        }
        int figures = 2 * kept.size();
        return new ClearedOutput(
                new ShownBalance(
                        balance.name(),
                        balance.target(),
                        balance.comparator(),
                        kept.stream()
                                .map(row -> shown(row, balance, rules))
                                .sorted(Comparator.comparing(ShownBalance.Row::covariate))
                                .toList(),
                        balance.covariates() - kept.size(),
                        diagnostics(balance.diagnostics(), kept)),
                persons,
                new Cleared.Tally(
                        2 * balance.rows().size(),
                        2 * (balance.rows().size() - kept.size()),
                        rules.rounding() == Rounding.NONE ? 0 : figures));
    }

    private static boolean isFinite(CovariateBalance.Row row) {
        return Double.isFinite(row.differenceBefore()) && Double.isFinite(row.differenceAfter());
    }

    /** A number that everybody has, such as age, says of nobody whether he has it. */
    private static boolean isLargeEnough(CovariateBalance.Row row, CovariateBalance balance, DisclosureRules rules) {
        if (!row.binary()) {
            return true;
        }
        for (PersonSet group : List.of(
                row.targetsWith(),
                row.comparatorsWith(),
                balance.targets().minus(row.targetsWith()),
                balance.comparators().minus(row.comparatorsWith()))) {
            if (!rules.isLargeEnough(group.size())) {
                return false;
            }
        }
        return true;
    }

    private static List<Cleared.Behind> behind(CovariateBalance.Row row, CovariateBalance balance) {
        return row.binary()
                ? List.of(
                        new Cleared.Behind(balance.target() + " / " + row.covariate(), row.targetsWith()),
                        new Cleared.Behind(balance.comparator() + " / " + row.covariate(), row.comparatorsWith()))
                : List.of();
    }

    private static ShownBalance.Row shown(CovariateBalance.Row row, CovariateBalance balance, DisclosureRules rules) {
        return new ShownBalance.Row(
                row.covariate(),
                row.binary() ? share(row.targetsWith(), balance.targets(), rules) : Digits.decimals(row.targetBefore()),
                row.binary()
                        ? share(row.comparatorsWith(), balance.comparators(), rules)
                        : Digits.decimals(row.comparatorBefore()),
                Digits.decimals(row.targetAfter()),
                Digits.decimals(row.comparatorAfter()),
                Digits.decimals(row.differenceBefore()),
                Digits.decimals(row.differenceAfter()));
    }

    private static double share(PersonSet some, PersonSet all, DisclosureRules rules) {
        return Digits.decimals((double) rules.shown(some.size()) / rules.shown(all.size()));
    }

    private static ShownBalance.Diagnostics diagnostics(
            CovariateBalance.Diagnostics exact, List<CovariateBalance.Row> kept) {
        double before = 0;
        double after = 0;
        for (CovariateBalance.Row row : kept) {
            before = Math.max(before, Math.abs(row.differenceBefore()));
            after = Math.max(after, Math.abs(row.differenceAfter()));
        }
        return new ShownBalance.Diagnostics(
                Digits.decimals(exact.discrimination()),
                Digits.decimals(exact.equipoise()),
                Digits.decimals(before),
                Digits.decimals(after),
                Digits.decimals(exact.byChance()),
                Digits.decimals(exact.detectableRatio()),
                exact.systematicError().isPresent()
                        ? OptionalDouble.of(
                                Digits.decimals(exact.systematicError().getAsDouble()))
                        : exact.systematicError(),
                exact.concerns());
    }
}
