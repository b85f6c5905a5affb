package org.vauban.cohort;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.CdmTable;
import org.vauban.trajectory.Domain;

/**
 * The words of Circe JSON for one domain: its fields, what each looks at, and what of it can be counted in different values. Facts
 * of the format, kept as a table so that reader, needs and evaluators cannot disagree about them.
 */
record CriterionLanguage(
        String name,
        Domain domain,
        boolean hasConceptSet,
        boolean hasFirst,
        Optional<String> sourceConceptField,
        List<Field> fields,
        Set<DistinctColumn> distinctColumns) {

    /** How a field is written. */
    enum Form {
        /** A range of whole numbers. */
        WHOLE,
        /** A range of numbers with four decimals. */
        DECIMAL,
        DAY,
        /** A list of concepts. */
        CONCEPTS,
        /** A concept set, included or excluded. */
        SELECTION,
        /** The number of a concept set. */
        CONCEPT_SET,
        TEXT,
        ABNORMAL,
        /** Known, but beyond the data model: the CDM has no such column. */
        UNSUPPORTED
    }

    /**
     * One field.
     *
     * @param excludedBy the field that turns a list of concepts around
     */
    record Field(String name, Form form, Subject subject, Optional<String> excludedBy) {}

    private static final Subject.Age AGE_AT_START = new Subject.Age(Subject.Day.START);
    private static final Subject.Age AGE_AT_END = new Subject.Age(Subject.Day.END);
    private static final Subject GENDER = person("gender_concept_id");

    private static final List<CriterionLanguage> ALL = List.of(
            of("ConditionOccurrence", Domain.CONDITION_OCCURRENCE)
                    .source("ConditionSourceConcept")
                    .day("OccurrenceStartDate", Subject.Day.START)
                    .day("OccurrenceEndDate", Subject.Day.END)
                    .type("ConditionType", "condition_type_concept_id")
                    .text("StopReason", "stop_reason")
                    .person()
                    .provider()
                    .visit()
                    .concepts("ConditionStatus", "condition_status_concept_id")
                    .distinct(DistinctColumn.VISIT_ID, DistinctColumn.DURATION)
                    .build(),
            of("DrugExposure", Domain.DRUG_EXPOSURE)
                    .source("DrugSourceConcept")
                    .day("OccurrenceStartDate", Subject.Day.START)
                    // OHDSI's tools test the start here, whatever the field's name says.
                    .day("OccurrenceEndDate", Subject.Day.START)
                    .type("DrugType", "drug_type_concept_id")
                    .text("StopReason", "stop_reason")
                    .whole("Refills", "refills")
                    .decimal("Quantity", "quantity")
                    .whole("DaysSupply", "days_supply")
                    .concepts("RouteConcept", "route_concept_id")
                    .unsupported("EffectiveDrugDose")
                    .unsupported("DoseUnit")
                    .unsupported("DoseUnitCS")
                    .text("LotNumber", "lot_number")
                    .person()
                    .provider()
                    .visit()
                    .distinct(
                            DistinctColumn.VISIT_ID,
                            DistinctColumn.DURATION,
                            DistinctColumn.DAYS_SUPPLY,
                            DistinctColumn.QUANTITY,
                            DistinctColumn.REFILLS)
                    .build(),
            of("ProcedureOccurrence", Domain.PROCEDURE_OCCURRENCE)
                    .source("ProcedureSourceConcept")
                    .day("OccurrenceStartDate", Subject.Day.START)
                    .type("ProcedureType", "procedure_type_concept_id")
                    .concepts("Modifier", "modifier_concept_id")
                    .whole("Quantity", "quantity")
                    .person()
                    .provider()
                    .visit()
                    .distinct(DistinctColumn.VISIT_ID, DistinctColumn.DURATION, DistinctColumn.QUANTITY)
                    .build(),
            of("Measurement", Domain.MEASUREMENT)
                    .source("MeasurementSourceConcept")
                    .day("OccurrenceStartDate", Subject.Day.START)
                    .type("MeasurementType", "measurement_type_concept_id")
                    .concepts("Operator", "operator_concept_id")
                    .decimal("ValueAsNumber", "value_as_number")
                    .concepts("ValueAsConcept", "value_as_concept_id")
                    .concepts("Unit", "unit_concept_id")
                    .decimal("RangeLow", "range_low")
                    .decimal("RangeHigh", "range_high")
                    .ratio("RangeLowRatio", "value_as_number", "range_low")
                    .ratio("RangeHighRatio", "value_as_number", "range_high")
                    .abnormal("Abnormal", "value_as_number")
                    .person()
                    .provider()
                    .visit()
                    .distinct(
                            DistinctColumn.VISIT_ID,
                            DistinctColumn.DURATION,
                            DistinctColumn.VALUE_AS_NUMBER,
                            DistinctColumn.RANGE_HIGH,
                            DistinctColumn.RANGE_LOW)
                    .build(),
            of("Observation", Domain.OBSERVATION)
                    .source("ObservationSourceConcept")
                    .day("OccurrenceStartDate", Subject.Day.START)
                    .type("ObservationType", "observation_type_concept_id")
                    .decimal("ValueAsNumber", "value_as_number")
                    .text("ValueAsString", "value_as_string")
                    .concepts("ValueAsConcept", "value_as_concept_id")
                    .concepts("Qualifier", "qualifier_concept_id")
                    .concepts("Unit", "unit_concept_id")
                    .person()
                    .provider()
                    .visit()
                    .distinct(DistinctColumn.VISIT_ID, DistinctColumn.DURATION, DistinctColumn.VALUE_AS_NUMBER)
                    .build(),
            of("DeviceExposure", Domain.DEVICE_EXPOSURE)
                    .source("DeviceSourceConcept")
                    .day("OccurrenceStartDate", Subject.Day.START)
                    .day("OccurrenceEndDate", Subject.Day.END)
                    .type("DeviceType", "device_type_concept_id")
                    .text("UniqueDeviceId", "unique_device_id")
                    .whole("Quantity", "quantity")
                    .person()
                    .provider()
                    .visit()
                    .distinct(DistinctColumn.VISIT_ID, DistinctColumn.DURATION, DistinctColumn.QUANTITY)
                    .build(),
            of("VisitOccurrence", Domain.VISIT_OCCURRENCE)
                    .source("VisitSourceConcept")
                    .day("OccurrenceStartDate", Subject.Day.START)
                    .day("OccurrenceEndDate", Subject.Day.END)
                    .type("VisitType", "visit_type_concept_id")
                    .duration("VisitLength")
                    .person()
                    .provider()
                    .careSite()
                    .distinct(DistinctColumn.VISIT_ID, DistinctColumn.DURATION)
                    .build(),
            of("VisitDetail", Domain.VISIT_DETAIL)
                    .source("VisitDetailSourceConcept")
                    .day("VisitDetailStartDate", Subject.Day.START)
                    .day("VisitDetailEndDate", Subject.Day.END)
                    .selection("VisitDetailTypeCS", own(CdmTable.VISIT_DETAIL, "visit_detail_type_concept_id"))
                    .duration("VisitDetailLength")
                    // OHDSI's tools take the age at the end of a visit detail, and at the start of all else.
                    .field("Age", Form.WHOLE, AGE_AT_END)
                    .selection("GenderCS", GENDER)
                    .selection("ProviderSpecialtyCS", specialty())
                    .selection("PlaceOfServiceCS", placeOfService())
                    .unsupported("PlaceOfServiceLocation")
                    .distinct(DistinctColumn.DURATION)
                    .build(),
            of("Death", Domain.DEATH)
                    .withoutFirst()
                    .source("DeathSourceConcept")
                    .day("OccurrenceStartDate", Subject.Day.START)
                    .type("DeathType", "death_type_concept_id")
                    .person()
                    .distinct(DistinctColumn.VISIT_ID, DistinctColumn.DURATION)
                    .build(),
            of("Specimen", Domain.SPECIMEN)
                    .day("OccurrenceStartDate", Subject.Day.START)
                    .type("SpecimenType", "specimen_type_concept_id")
                    .decimal("Quantity", "quantity")
                    .concepts("Unit", "unit_concept_id")
                    .concepts("AnatomicSite", "anatomic_site_concept_id")
                    .concepts("DiseaseStatus", "disease_status_concept_id")
                    .text("SourceId", "specimen_source_id")
                    .unsupported("SpecimenSourceConcept")
                    .person()
                    .distinct(DistinctColumn.VISIT_ID, DistinctColumn.DURATION)
                    .build(),
            of("ConditionEra", Domain.CONDITION_ERA)
                    .era()
                    .whole("OccurrenceCount", "condition_occurrence_count")
                    .gender()
                    .distinct(DistinctColumn.DURATION, DistinctColumn.ERA_OCCURRENCES)
                    .build(),
            of("DrugEra", Domain.DRUG_ERA)
                    .era()
                    .whole("OccurrenceCount", "drug_exposure_count")
                    .whole("GapDays", "gap_days")
                    .gender()
                    .distinct(
                            DistinctColumn.VISIT_ID,
                            DistinctColumn.DURATION,
                            DistinctColumn.ERA_OCCURRENCES,
                            DistinctColumn.GAP_DAYS)
                    .build(),
            of("DoseEra", Domain.DOSE_ERA)
                    .era()
                    .concepts("Unit", "unit_concept_id")
                    .decimal("DoseValue", "dose_value")
                    .gender()
                    .distinct(
                            DistinctColumn.VISIT_ID,
                            DistinctColumn.DURATION,
                            DistinctColumn.UNIT,
                            DistinctColumn.VALUE_AS_NUMBER)
                    .build(),
            of("ObservationPeriod", Domain.OBSERVATION_PERIOD)
                    .withoutConceptSet()
                    .period()
                    .concepts("PeriodType", "period_type_concept_id")
                    .distinct(DistinctColumn.VISIT_ID, DistinctColumn.DURATION)
                    .build(),
            of("PayerPlanPeriod", Domain.PAYER_PLAN_PERIOD)
                    .withoutConceptSet()
                    .period()
                    .gender()
                    .conceptSet("PayerConcept", "payer_concept_id")
                    .conceptSet("PlanConcept", "plan_concept_id")
                    .conceptSet("SponsorConcept", "sponsor_concept_id")
                    .conceptSet("StopReasonConcept", "stop_reason_concept_id")
                    .conceptSet("PayerSourceConcept", "payer_source_concept_id")
                    .conceptSet("PlanSourceConcept", "plan_source_concept_id")
                    .conceptSet("SponsorSourceConcept", "sponsor_source_concept_id")
                    .conceptSet("StopReasonSourceConcept", "stop_reason_source_concept_id")
                    .distinct(DistinctColumn.VISIT_ID)
                    .build());

    /** Fields of a demographic criterion. */
    static final List<Field> DEMOGRAPHIC = demographic();

    static List<CriterionLanguage> all() {
        return ALL;
    }

    static CriterionLanguage of(Domain domain) {
        return ALL.stream()
                .filter(language -> language.domain == domain)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(domain.toString()));
    }

    /** The table's column for records counted in different values of it, where it is one. */
    static CdmColumn column(Domain domain, DistinctColumn distinct) {
        CdmTable table = domain.table();
        return switch (distinct) {
            case DAYS_SUPPLY -> table.column("days_supply");
            case DOMAIN_CONCEPT -> domain.conceptColumn();
            case QUANTITY -> table.column("quantity");
            case REFILLS -> table.column("refills");
            case RANGE_HIGH -> table.column("range_high");
            case RANGE_LOW -> table.column("range_low");
            case GAP_DAYS -> table.column("gap_days");
            case UNIT -> table.column("unit_concept_id");
            case VALUE_AS_NUMBER -> table.column(domain == Domain.DOSE_ERA ? "dose_value" : "value_as_number");
            case ERA_OCCURRENCES ->
                table.column(domain == Domain.DRUG_ERA ? "drug_exposure_count" : "condition_occurrence_count");
            case DOMAIN_SOURCE_CONCEPT, DURATION, END_DATE, START_DATE, VISIT_ID, VISIT_DETAIL_ID ->
                throw new IllegalArgumentException(distinct + " is not a column of " + domain);
        };
    }

    private static List<Field> demographic() {
        Builder builder = new Builder("Demographic", Domain.CONDITION_OCCURRENCE)
                .person()
                .field("Race", Form.CONCEPTS, person("race_concept_id"))
                // OHDSI's tools look for race and ethnicity concept sets in the gender.
                .selection("RaceCS", GENDER)
                .field("Ethnicity", Form.CONCEPTS, person("ethnicity_concept_id"))
                .selection("EthnicityCS", GENDER)
                .day("OccurrenceStartDate", Subject.Day.START)
                .day("OccurrenceEndDate", Subject.Day.END);
        return List.copyOf(builder.fields);
    }

    private static Builder of(String name, Domain domain) {
        return new Builder(name, domain);
    }

    private static Subject own(CdmTable table, String column) {
        return new Subject.Own(table.column(column));
    }

    private static Subject person(String column) {
        return new Subject.OfPerson(CdmTable.PERSON.column(column));
    }

    private static Subject specialty() {
        return new Subject.OfProvider(CdmTable.PROVIDER.column("specialty_concept_id"));
    }

    private static Subject placeOfService() {
        return new Subject.OfCareSite(CdmTable.CARE_SITE.column("place_of_service_concept_id"));
    }

    private static final class Builder {
        private final String name;
        private final Domain domain;
        private final List<Field> fields = new ArrayList<>();
        private final Set<DistinctColumn> distinct =
                EnumSet.of(DistinctColumn.START_DATE, DistinctColumn.END_DATE, DistinctColumn.DOMAIN_CONCEPT);
        private boolean conceptSet = true;
        private boolean first = true;
        private Optional<String> source = Optional.empty();

        Builder(String name, Domain domain) {
            this.name = name;
            this.domain = domain;
        }

        CriterionLanguage build() {
            return new CriterionLanguage(
                    name, domain, conceptSet, first, source, List.copyOf(fields), Set.copyOf(distinct));
        }

        Builder withoutConceptSet() {
            conceptSet = false;
            return this;
        }

        Builder withoutFirst() {
            first = false;
            return this;
        }

        Builder source(String field) {
            source = Optional.of(field);
            return this;
        }

        Builder distinct(DistinctColumn... columns) {
            distinct.addAll(Arrays.asList(columns));
            return this;
        }

        Builder field(String field, Form form, Subject subject) {
            fields.add(new Field(field, form, subject, Optional.empty()));
            return this;
        }

        Builder day(String field, Subject.Day day) {
            return field(field, Form.DAY, day);
        }

        Builder whole(String field, String column) {
            return field(field, Form.WHOLE, own(column));
        }

        Builder decimal(String field, String column) {
            return field(field, Form.DECIMAL, own(column));
        }

        Builder text(String field, String column) {
            return field(field, Form.TEXT, own(column));
        }

        Builder duration(String field) {
            return field(field, Form.WHOLE, new Subject.Duration());
        }

        Builder ratio(String field, String column, String divisor) {
            return field(
                    field,
                    Form.DECIMAL,
                    new Subject.Ratio(
                            domain.table().column(column), domain.table().column(divisor)));
        }

        Builder abnormal(String field, String column) {
            return field(field, Form.ABNORMAL, own(column));
        }

        Builder unsupported(String field) {
            return field(field, Form.UNSUPPORTED, Subject.Day.START);
        }

        Builder selection(String field, Subject subject) {
            return field(field, Form.SELECTION, subject);
        }

        Builder conceptSet(String field, String column) {
            return field(field, Form.CONCEPT_SET, own(column));
        }

        /** A list of concepts, and the same as a concept set. */
        Builder concepts(String field, String column) {
            return field(field, Form.CONCEPTS, own(column)).selection(field + "CS", own(column));
        }

        /** As {@link #concepts}, with a switch that turns the list around. */
        Builder type(String field, String column) {
            fields.add(new Field(field, Form.CONCEPTS, own(column), Optional.of(field + "Exclude")));
            return selection(field + "CS", own(column));
        }

        Builder person() {
            return field("Age", Form.WHOLE, AGE_AT_START).gender();
        }

        Builder gender() {
            return field("Gender", Form.CONCEPTS, GENDER).selection("GenderCS", GENDER);
        }

        Builder provider() {
            return field("ProviderSpecialty", Form.CONCEPTS, specialty()).selection("ProviderSpecialtyCS", specialty());
        }

        Builder visit() {
            Subject concept = new Subject.OfVisit(CdmTable.VISIT_OCCURRENCE.column("visit_concept_id"));
            return field("VisitType", Form.CONCEPTS, concept).selection("VisitTypeCS", concept);
        }

        Builder careSite() {
            return field("PlaceOfService", Form.CONCEPTS, placeOfService())
                    .selection("PlaceOfServiceCS", placeOfService())
                    .unsupported("PlaceOfServiceLocation");
        }

        Builder era() {
            return day("EraStartDate", Subject.Day.START)
                    .day("EraEndDate", Subject.Day.END)
                    .duration("EraLength")
                    .ages();
        }

        Builder period() {
            return day("PeriodStartDate", Subject.Day.START)
                    .day("PeriodEndDate", Subject.Day.END)
                    .duration("PeriodLength")
                    .ages();
        }

        private Builder ages() {
            return field("AgeAtStart", Form.WHOLE, AGE_AT_START).field("AgeAtEnd", Form.WHOLE, AGE_AT_END);
        }

        private Subject own(String column) {
            return CriterionLanguage.own(domain.table(), column);
        }
    }
}
