package org.vauban.harmonise;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.duckdb.DuckDBAppender;
import org.vauban.duck.DuckSession;
import org.vauban.ingest.Screening;
import org.vauban.vocabulary.LocalConcepts;
import org.vauban.vocabulary.LocalConcepts.LocalCode;

/**
 * Every code that events use, with its concept. A code of a local vocabulary that has its vocabulary's form gets a concept, and so do
 * the codes above it; what else looks like a code is kept under concept 0; what looks like anything else is left out.
 */
final class CodeBook {
    private final DuckSession session;
    private final SortedMap<LocalCode, Boolean> used = new TreeMap<>();
    private final Set<LocalCode> unlikeCodes = new HashSet<>();
    private List<LocalCode> moved = List.of();

    CodeBook(DuckSession session) {
        this.session = session;
    }

    /** Different texts in the place of a code that look like none. */
    long leftOut() {
        return unlikeCodes.size();
    }

    /**
     * Notes codes when their rows are read, so that all of them are known before the first pass and a concept is the same in each.
     * Several threads may note, each with its session.
     *
     * @param vocabulariesAndCodes a query of two columns
     */
    void note(DuckSession own, String vocabulariesAndCodes) {
        own.rows(vocabulariesAndCodes, row -> {
            String code = row.getString(2);
            if (code != null) {
                note(new LocalCode(row.getString(1) == null ? "" : row.getString(1), code));
            }
        });
    }

    /** Notes what is used and looks like a code, and whether it gets a concept. */
    private synchronized void note(LocalCode code) {
        CodeSystem system = CodeSystem.ofVocabulary(code.vocabulary());
        boolean hasForm = system != CodeSystem.OTHER && system.hasForm(code.code());
        if (hasForm || Screening.isCodeLike(code.code())) {
            used.put(code, hasForm && system.isLocal());
        } else {
            unlikeCodes.add(code);
        }
    }

    /** Codes whose concept is not the one that follows from them. */
    List<LocalCode> moved() {
        return moved;
    }

    /** Makes {@code code}, and the OMOP tables {@code concept}, {@code concept_ancestor}, {@code concept_relationship}, {@code vocabulary}. */
    void create() {
        var local = new TreeSet<LocalCode>();
        used.forEach((code, isLocal) -> {
            if (isLocal) {
                local.add(code);
                CodeSystem.ofVocabulary(code.vocabulary())
                        .above(code.code())
                        .forEach(above -> local.add(new LocalCode(code.vocabulary(), above)));
            }
        });
        LocalConcepts concepts = LocalConcepts.of(local);
        moved = concepts.moved();
        fillCodes(concepts);
        fillConcepts(concepts);
        fillAncestors(concepts);
        session.execute("""
                CREATE TABLE concept_relationship AS
                SELECT DISTINCT s.concept_id AS concept_id_1, t.concept_id AS concept_id_2, 'Maps to' AS relationship_id,
                    DATE '1970-01-01' AS valid_start_date, DATE '2099-12-31' AS valid_end_date
                FROM drug_code d
                JOIN code s ON s.vocabulary = d.vocabulary AND s.code = d.code AND s.concept_id <> 0
                JOIN code t ON t.vocabulary = 'ATC' AND t.code = d.atc AND t.concept_id <> 0""");
        session.execute("""
                CREATE TABLE vocabulary AS
                SELECT DISTINCT vocabulary_id, vocabulary_id AS vocabulary_name, 0 AS vocabulary_concept_id FROM concept""");
    }

    private void fillCodes(LocalConcepts concepts) {
        session.execute("CREATE TABLE code (vocabulary VARCHAR, code VARCHAR, concept_id INTEGER)");
        append("code", row -> {
            for (LocalCode code : used.keySet()) {
                row.beginRow();
                row.append(code.vocabulary());
                row.append(code.code());
                row.append(concepts.ids().getOrDefault(code, 0).intValue());
                row.endRow();
            }
        });
    }

    private void fillConcepts(LocalConcepts concepts) {
        session.execute("""
                CREATE TABLE concept (concept_id INTEGER, concept_name VARCHAR, domain_id VARCHAR, vocabulary_id VARCHAR,
                    concept_class_id VARCHAR, standard_concept VARCHAR, concept_code VARCHAR, valid_start_date DATE,
                    valid_end_date DATE)""");
        Map<LocalCode, String> names = names();
        append("concept", row -> {
            for (KnownConcept known : KnownConcept.values()) {
                concept(
                        row,
                        known.id(),
                        known.label(),
                        known.domain(),
                        known.vocabulary(),
                        String.valueOf(known.id()),
                        true);
            }
            for (Map.Entry<LocalCode, Integer> entry : concepts.ids().entrySet()) {
                LocalCode code = entry.getKey();
                CodeSystem system = CodeSystem.ofVocabulary(code.vocabulary());
                boolean isPackage = system == CodeSystem.CIP13 || system == CodeSystem.CIP7 || system == CodeSystem.UCD;
                concept(
                        row,
                        entry.getValue(),
                        names.getOrDefault(code, code.vocabulary() + ' ' + code.code()),
                        system.domain(),
                        code.vocabulary(),
                        code.code(),
                        !isPackage);
            }
        });
    }

    private static void concept(
            DuckDBAppender row, int id, String name, String domain, String vocabulary, String code, boolean isStandard)
            throws SQLException {
        row.beginRow();
        row.append(id);
        row.append(name.length() > 255 ? name.substring(0, 255) : name);
        row.append(domain);
        row.append(vocabulary);
        row.append(vocabulary);
        if (isStandard) {
            row.append("S");
        } else {
            row.appendNull();
        }
        row.append(code);
        row.appendEpochDays(0);
        row.appendEpochDays((int) java.time.LocalDate.of(2099, 12, 31).toEpochDay());
        row.endRow();
    }

    /** The names that the insurer's own nomenclature of drugs gives. */
    private Map<LocalCode, String> names() {
        Map<LocalCode, String> names = new LinkedHashMap<>();
        session.rows(
                "SELECT PHA_ATC_C07, any_value(PHA_ATC_LIB) FROM snds.ir_pha_r WHERE PHA_ATC_LIB IS NOT NULL GROUP BY 1",
                row -> names.put(new LocalCode("ATC", String.valueOf(row.getString(1))), row.getString(2)));
        session.rows(
                "SELECT PHA_CIP_C13, any_value(PHA_NOM_PA) FROM snds.ir_pha_r WHERE PHA_NOM_PA IS NOT NULL GROUP BY 1",
                row -> names.put(new LocalCode("CIP13", String.valueOf(row.getString(1))), row.getString(2)));
        return names;
    }

    private void fillAncestors(LocalConcepts concepts) {
        session.execute("""
                CREATE TABLE concept_ancestor (ancestor_concept_id INTEGER, descendant_concept_id INTEGER,
                    min_levels_of_separation INTEGER, max_levels_of_separation INTEGER)""");
        append("concept_ancestor", row -> {
            for (Map.Entry<LocalCode, Integer> entry : concepts.ids().entrySet()) {
                LocalCode code = entry.getKey();
                List<String> above = new ArrayList<>();
                above.add(code.code());
                above.addAll(CodeSystem.ofVocabulary(code.vocabulary()).above(code.code()));
                for (int levels = 0; levels < above.size(); levels++) {
                    Integer ancestor = concepts.ids().get(new LocalCode(code.vocabulary(), above.get(levels)));
                    if (ancestor != null) {
                        row.beginRow();
                        row.append(ancestor.intValue());
                        row.append(entry.getValue().intValue());
                        row.append(levels);
                        row.append(levels);
                        row.endRow();
                    }
                }
            }
        });
    }

    /** Fills rows. */
    @FunctionalInterface
    private interface Filling {
        void fill(DuckDBAppender row) throws SQLException;
    }

    private void append(String table, Filling filling) {
        try (DuckDBAppender appender = session.appender(table)) {
            filling.fill(appender);
        } catch (SQLException refused) {
            throw DuckSession.failure(refused);
        }
    }
}
