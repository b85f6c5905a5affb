package org.vauban.deposit;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.vauban.deposit.identifier.Reading;

/** The tables of the OMOP common data model. Ids are by their endings; vocabulary tables are about no person. */
final class OmopRules implements TableRules {
    /** Free text about persons, and pairs of ids of unknown tables: they are not health data that can be kept apart from a person. */
    static final Set<String> LEFT_OUT = Set.of("note", "note_nlp", "fact_relationship", "metadata");

    private static final Set<String> VOCABULARY = Set.of(
            "concept",
            "concept_ancestor",
            "concept_class",
            "concept_relationship",
            "concept_synonym",
            "domain",
            "drug_strength",
            "relationship",
            "source_to_concept_map",
            "vocabulary",
            "cdm_source");

    private static final Set<String> BLANK = Set.of(
            "person_source_value",
            "provider_name",
            "npi",
            "dea",
            "provider_source_value",
            "address_1",
            "address_2",
            "city",
            "zip",
            "county",
            "location_source_value",
            "latitude",
            "longitude",
            "care_site_name",
            "family_source_value",
            "sig",
            "lot_number",
            "unique_device_id",
            "production_id",
            "specimen_source_id");

    private static final Pattern NUMBER = Pattern.compile(
            ".*_(date|datetime|time|of_birth|number|low|high|order|supply)|quantity|refills|state|.*(cost|paid|charge).*");

    private static final Map<String, String> REQUIRED = Map.of(
            "visit_occurrence", "visit_occurrence_id",
            "condition_occurrence", "condition_occurrence_id",
            "drug_exposure", "drug_exposure_id",
            "procedure_occurrence", "procedure_occurrence_id",
            "measurement", "measurement_id",
            "observation", "observation_id",
            "device_exposure", "device_exposure_id",
            "observation_period", "observation_period_id",
            "visit_detail", "visit_detail_id");

    @Override
    public Treatment treatment(String table, String column) {
        if (VOCABULARY.contains(table)) {
            return new Treatment.Kept(Reading.TERM);
        }
        if (BLANK.contains(column)) {
            return new Treatment.Blank();
        }
        if (column.endsWith("_concept_id")) {
            return new Treatment.Kept(Reading.NUMBER);
        }
        if (column.endsWith("_id")) {
            return new Treatment.Token(RecordNumbers.Type.of(type(column)));
        }
        if (column.endsWith("_source_value")) {
            return new Treatment.Kept(Reading.CODE);
        }
        return new Treatment.Kept(NUMBER.matcher(column).matches() ? Reading.NUMBER : Reading.TEXT);
    }

    /** {@code preceding_visit_occurrence_id} points at {@code visit_occurrence_id}. */
    private static String type(String column) {
        String stem = column.substring(0, column.length() - "_id".length());
        return stem.replaceFirst("^(preceding|parent|visit_detail_parent)_", "");
    }

    @Override
    public List<List<String>> required(String table) {
        if (VOCABULARY.contains(table)) {
            return List.of();
        }
        if (REQUIRED.containsKey(table)) {
            return List.of(List.of(REQUIRED.getOrDefault(table, "")), List.of("person_id"));
        }
        return table.equals("person") || table.equals("death") ? List.of(List.of("person_id")) : List.of();
    }

    @Override
    public String canonical(String column) {
        return column.toLowerCase(Locale.ROOT);
    }
}
