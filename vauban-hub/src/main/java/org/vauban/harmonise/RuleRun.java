package org.vauban.harmonise;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.vauban.duck.DuckSession;
import org.vauban.ingest.IngestReport;

/**
 * Applies rules to the source tables in a session and writes down what each did. A row that a rule drops keeps its place and gets the
 * rule's name as its {@code fate}: rows without a fate go on. A rule that is switched off leaves its line too, with nothing done.
 */
final class RuleRun {
    private final DuckSession session;
    private final Set<BusinessRule> off;
    private final List<IngestReport.Attrition> lines = new ArrayList<>();

    RuleRun(DuckSession session, Set<BusinessRule> off) {
        this.session = session;
        this.off = Set.copyOf(off);
    }

    boolean isOn(BusinessRule rule) {
        return !off.contains(rule);
    }

    /** Drops the rows of a source table for which the condition holds. */
    void drop(BusinessRule rule, String table, String condition) {
        long before = remaining(table);
        if (isOn(rule)) {
            session.execute("UPDATE snds." + table + " SET fate = '" + rule.ruleName() + "' WHERE fate IS NULL AND ("
                    + condition + ")");
        }
        long after = remaining(table);
        line(rule, table, before, after, before - after, 0, 0);
    }

    /** Counts the rows for which the condition holds; they stay. */
    void count(BusinessRule rule, String table, String condition) {
        long before = remaining(table);
        long counted = isOn(rule)
                ? session.number("SELECT count(*) FROM snds." + table + " WHERE fate IS NULL AND (" + condition + ")")
                : 0;
        line(rule, table, before, before, 0, 0, counted);
    }

    /** Writes the line of a rule whose work is told by its own numbers. */
    void line(BusinessRule rule, String table, long before, long after, long dropped, long merged, long counted) {
        lines.add(new IngestReport.Attrition(
                rule.ruleName(),
                table.toUpperCase(java.util.Locale.ROOT),
                isOn(rule),
                before,
                after,
                dropped,
                merged,
                counted));
    }

    long remaining(String table) {
        return session.number("SELECT count(*) FROM snds." + table + " WHERE fate IS NULL");
    }

    DuckSession session() {
        return session;
    }

    List<IngestReport.Attrition> lines() {
        return List.copyOf(lines);
    }
}
