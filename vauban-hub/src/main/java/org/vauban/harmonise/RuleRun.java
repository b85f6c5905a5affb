package org.vauban.harmonise;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.vauban.duck.DuckSession;
import org.vauban.ingest.IngestReport;

/**
 * Applies rules to source rows in a session and writes down what each did. A row that a rule drops gets the rule's name as its
 * {@code fate}: rows without a fate go on. A rule that is switched off leaves its line too, with nothing done. Rows come in many parts
 * and in several passes; a line is the sum over all of them.
 */
final class RuleRun {
    private final DuckSession session;
    private final Set<BusinessRule> off;
    private final Map<BusinessRule, long[]> sums = new EnumMap<>(BusinessRule.class);

    RuleRun(DuckSession session, Set<BusinessRule> off) {
        this.session = session;
        this.off = Set.copyOf(off);
    }

    /**
     * A rule that drops rows.
     *
     * @param condition holds of the rows that it drops, as SQL
     */
    record Drop(BusinessRule rule, String condition) {}

    boolean isOn(BusinessRule rule) {
        return !off.contains(rule);
    }

    /** The fate of a row as SQL: the first rule that speaks of it, or nothing. */
    String fate(List<Drop> drops) {
        String cases = drops.stream()
                .filter(drop -> isOn(drop.rule()))
                .map(drop ->
                        " WHEN " + drop.condition() + " THEN '" + drop.rule().ruleName() + "'")
                .collect(Collectors.joining());
        return cases.isEmpty() ? "CAST(NULL AS VARCHAR)" : "CASE" + cases + " END";
    }

    /** Counts the fates of the rows of a table, and gives the number of those that go on. */
    long countFates(String table, List<Drop> drops) {
        Map<String, Long> fates = new HashMap<>();
        session.rows(
                "SELECT coalesce(fate, ''), count(*) FROM " + table + " GROUP BY 1",
                row -> fates.put(row.getString(1), row.getLong(2)));
        long left = fates.values().stream().mapToLong(Long::longValue).sum();
        for (Drop drop : drops) {
            long dropped = fates.getOrDefault(drop.rule().ruleName(), 0L);
            line(drop.rule(), left, left - dropped, dropped, 0, 0);
            left -= dropped;
        }
        return left;
    }

    /** Drops the rows of a source table for which the condition holds. */
    void drop(BusinessRule rule, String table, String condition) {
        long before = remaining(table);
        if (isOn(rule)) {
            session.execute("UPDATE snds." + table + " SET fate = '" + rule.ruleName() + "' WHERE fate IS NULL AND ("
                    + condition + ")");
        }
        long after = remaining(table);
        line(rule, before, after, before - after, 0, 0);
    }

    /** Counts the rows for which the condition holds; they stay. */
    void count(BusinessRule rule, String table, String condition) {
        long before = remaining(table);
        long counted = isOn(rule)
                ? session.number("SELECT count(*) FROM snds." + table + " WHERE fate IS NULL AND (" + condition + ")")
                : 0;
        line(rule, before, before, 0, 0, counted);
    }

    /** Adds to the line of a rule. */
    void line(BusinessRule rule, long before, long after, long dropped, long merged, long counted) {
        long[] sum = sums.computeIfAbsent(rule, _ -> new long[5]);
        long[] more = {before, after, dropped, merged, counted};
        Arrays.setAll(sum, index -> sum[index] + more[index]);
    }

    long remaining(String table) {
        return session.number("SELECT count(*) FROM snds." + table + " WHERE fate IS NULL");
    }

    DuckSession session() {
        return session;
    }

    /** A line for every rule, in the order in which they are applied. */
    List<IngestReport.Attrition> lines() {
        return Arrays.stream(BusinessRule.values()).map(this::line).toList();
    }

    private IngestReport.Attrition line(BusinessRule rule) {
        long[] sum = sums.getOrDefault(rule, new long[5]);
        return new IngestReport.Attrition(
                rule.ruleName(), table(rule), isOn(rule), sum[0], sum[1], sum[2], sum[3], sum[4]);
    }

    /** The source table whose rows a rule counts. */
    private static String table(BusinessRule rule) {
        return switch (rule) {
            case PERSON_IDENTIFIER, DEATH_1600 -> "IR_BEN_R";
            case FICTITIOUS_NIR, EXPENSE_QUALIFIER, MAJORATION, FLOW_LAG -> "ER_PRS_F";
            case NINE_KEY_JOIN, CIP7, CIP_UNKNOWN, REGULARISATION -> "ER_PHA_F";
            case NOT_CHAINED, RETURN_CODE, ERROR_GHM, DUPLICATE_FINESS -> "STAY";
            case UNMATCHED_DEATH -> "KI_CCI_R";
            case ALD -> "IR_IMB_R";
        };
    }
}
