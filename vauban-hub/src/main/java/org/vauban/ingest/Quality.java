package org.vauban.ingest;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.vauban.duck.DuckSession;
import org.vauban.omop.CdmTable;
import org.vauban.trajectory.Domain;

/** Counts what looks wrong in rows that are kept: nobody can mend it here, and whoever analyses must know. */
final class Quality {
    /** What is looked for. */
    enum Check {
        /** The event starts on a day on which its person is not observed. */
        OUTSIDE_OBSERVATION,
        /** The event starts in a year before its person's year of birth. */
        BEFORE_BIRTH,
        /** The event ends before it starts. */
        END_BEFORE_START,
        /** The event's concept is 0: the source's code was not mapped. */
        UNMAPPED_CONCEPT,
        /** The event's concept is not in the table concept. */
        UNKNOWN_CONCEPT;

        String checkName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final DuckSession session;
    private final List<CdmTable> tables;
    private final boolean concepts;

    /** @param concepts whether the session's table {@code known_concept} can be asked */
    Quality(DuckSession session, List<CdmTable> tables, boolean concepts) {
        this.session = session;
        this.tables = tables;
        this.concepts = concepts;
    }

    Map<Check, Map<CdmTable, Long>> findings() {
        Map<Check, Map<CdmTable, Long>> findings = new EnumMap<>(Check.class);
        for (CdmTable table : tables) {
            Domain.of(table).ifPresent(domain -> {
                for (Check check : Check.values()) {
                    condition(check, domain)
                            .ifPresent(condition -> findings.computeIfAbsent(check, _ -> new TreeMap<>())
                                    .put(table, count(table, condition)));
                }
            });
        }
        return findings;
    }

    private long count(CdmTable table, String condition) {
        return session.number(
                "SELECT count(*) FROM " + DuckSession.quoted(table.tableName()) + " t WHERE " + condition);
    }

    private Optional<String> condition(Check check, Domain domain) {
        String start = "t." + DuckSession.quoted(domain.startColumn().name());
        String concept = "t." + DuckSession.quoted(domain.conceptColumn().name());
        boolean isPeriod = domain == Domain.OBSERVATION_PERIOD || domain == Domain.PAYER_PLAN_PERIOD;
        return switch (check) {
            case OUTSIDE_OBSERVATION ->
                isPeriod || !tables.contains(CdmTable.OBSERVATION_PERIOD)
                        ? Optional.empty()
                        : Optional.of(
                                "NOT EXISTS (SELECT 1 FROM observation_period o WHERE o.person_id = t.person_id AND "
                                        + start
                                        + " BETWEEN o.observation_period_start_date AND o.observation_period_end_date)");
            case BEFORE_BIRTH ->
                Optional.of("EXISTS (SELECT 1 FROM person p WHERE p.person_id = t.person_id AND year(" + start
                        + ") < p.year_of_birth)");
            case END_BEFORE_START ->
                domain.endColumn().map(end -> "t." + DuckSession.quoted(end.name()) + " < " + start);
            case UNMAPPED_CONCEPT ->
                isPeriod || domain == Domain.DEATH ? Optional.empty() : Optional.of(concept + " = 0");
            case UNKNOWN_CONCEPT ->
                concepts && !isPeriod
                        ? Optional.of(
                                concept + " <> 0 AND " + concept + " NOT IN (SELECT concept_id FROM known_concept)")
                        : Optional.empty();
        };
    }
}
