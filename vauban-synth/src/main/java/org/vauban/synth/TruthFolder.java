package org.vauban.synth;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vauban.synth.Person.FirstCourse;
import org.vauban.synth.PlantedModel.Baseline;
import org.vauban.synth.PlantedModel.Coefficients;
import org.vauban.synth.PlantedModel.Treatment;
import org.vauban.synth.PotentialOutcomes.Effect;

/**
 * What nobody but {@link Score} and tests may read: the planted effect and both potential outcomes of each person.
 *
 * <ul>
 *   <li>{@code truth.json}: the model, the effect in an endless population and in these persons, the codes to study;
 *   <li>{@code potential_outcomes.csv}: one row per new user;
 *   <li>{@code codes.csv}: the local codes with labels and roles, for OMOP tables.
 * </ul>
 */
final class TruthFolder implements Closeable {
    static final String TRUTH_FILE = "truth.json";

    /** Persons drawn from the model, whatever the seed of the data, to stand for an endless population. */
    private static final long PERSONS_OF_THE_MODEL = 60_000;

    private static final long SEED_OF_THE_MODEL = 1633;

    private final Path folder;
    private final Census census;
    private final CsvFile outcomes;
    private final PotentialOutcomes drawn = new PotentialOutcomes();

    TruthFolder(Path folder, Census census) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.census = census;
        this.outcomes = new CsvFile(
                folder.resolve("potential_outcomes.csv"),
                List.of(
                        "person_id",
                        "first_day",
                        "received",
                        "age",
                        "male",
                        "prior_ulcer",
                        "anticoagulant",
                        "renal_disease",
                        "probability_of_target",
                        "days_at_risk",
                        "days_to_bleeding_on_target",
                        "days_to_bleeding_on_comparator",
                        "risk_1_year_on_target",
                        "risk_1_year_on_comparator"));
    }

    /** Adds a person. The days to bleeding are those of a treatment without end. */
    void add(Person person) throws IOException {
        drawn.addDrawn(person);
        if (person.course().isEmpty()) {
            return;
        }
        FirstCourse course = person.course().get();
        Baseline baseline = person.baseline();
        outcomes.number(person.number())
                .date(person.baselineDay())
                .text(course.received() == Treatment.TARGET ? "target" : "comparator")
                .number(baseline.age())
                .number(baseline.male() ? 1 : 0)
                .number(baseline.priorUlcer() ? 1 : 0)
                .number(baseline.anticoagulant() ? 1 : 0)
                .number(baseline.renalDisease() ? 1 : 0)
                .decimal(PlantedModel.probabilityOfTarget(baseline))
                .number(person.plannedDaysAtRisk())
                .number(course.daysToBleeding(baseline, Treatment.TARGET))
                .number(course.daysToBleeding(baseline, Treatment.COMPARATOR))
                .decimal(PlantedModel.riskAtHorizon(baseline, Treatment.TARGET))
                .decimal(PlantedModel.riskAtHorizon(baseline, Treatment.COMPARATOR))
                .end();
    }

    Effect effectInThesePersons() {
        return drawn.effect();
    }

    /** Writes what remains of the truth about a folder of OMOP tables. */
    void concludeOmop(long persons, long seed, long defects) throws IOException {
        writeCodes();
        Map<String, Object> truth = truth("omop", persons, seed);
        truth.put("concepts", concepts());
        truth.put("defects", defects);
        Files.writeString(folder.resolve(TRUTH_FILE), Json.write(truth));
    }

    /** Writes what remains of the truth about a generated country. */
    void concludeFrance(long persons, long seed, Map<String, Long> traps) throws IOException {
        Map<String, Object> truth = truth("france", persons, seed);
        truth.put("concepts", PlantedCodes.inFrance());
        truth.put("traps", traps);
        Files.writeString(folder.resolve(TRUTH_FILE), Json.write(truth));
    }

    private Map<String, Object> truth(String kind, long persons, long seed) {
        Map<String, Object> truth = new LinkedHashMap<>();
        truth.put("format", 1);
        truth.put("kind", kind);
        truth.put("persons", persons);
        truth.put("seed", seed);
        truth.put("conditional_hazard_ratio", PlantedModel.CONDITIONAL_HAZARD_RATIO);
        truth.put("population", fields(effectInTheModel()));
        truth.put("these_persons", fields(effectInThesePersons()));
        truth.put("model", model());
        return truth;
    }

    /** The values that a study tends to in an endless population; they do not depend on the seed of the data. */
    private Effect effectInTheModel() {
        Population population = new Population(SEED_OF_THE_MODEL, census);
        PotentialOutcomes expected = new PotentialOutcomes();
        for (long number = 1; number <= PERSONS_OF_THE_MODEL; number++) {
            expected.addExpected(population.person(number));
        }
        return expected.effect();
    }

    private static Map<String, Object> fields(Effect effect) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("users", effect.users());
        fields.put("users_of_target", effect.usersOfTarget());
        fields.put("events_on_target", effect.eventsOnTarget());
        fields.put("events_on_comparator", effect.eventsOnComparator());
        fields.put("marginal_hazard_ratio", effect.marginalHazardRatio());
        fields.put("marginal_hazard_ratio_of_target_users", effect.marginalHazardRatioOfTargetUsers());
        fields.put("crude_hazard_ratio", effect.crudeHazardRatio());
        fields.put("risk_1_year_on_target", effect.riskOnTarget());
        fields.put("risk_1_year_on_comparator", effect.riskOnComparator());
        fields.put("risk_difference_1_year", effect.riskDifference());
        fields.put("risk_ratio_1_year", effect.riskRatio());
        return fields;
    }

    private static Map<String, Object> model() {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("yearly_rate_on_comparator", PlantedModel.YEARLY_RATE_ON_COMPARATOR);
        model.put("ratio_without_treatment", PlantedModel.RATIO_WITHOUT_TREATMENT);
        model.put("days_at_risk_after_treatment", PlantedModel.DAYS_AT_RISK_AFTER_TREATMENT);
        model.put("log_hazard_ratios", fields(PlantedModel.BLEEDING));
        model.put("log_odds_ratios_of_target", fields(PlantedModel.CHOICE));
        return model;
    }

    private static Map<String, Object> fields(Coefficients coefficients) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("intercept", coefficients.intercept());
        fields.put("per_ten_years_above_60", coefficients.perDecade());
        fields.put("male", coefficients.male());
        fields.put("prior_ulcer", coefficients.priorUlcer());
        fields.put("anticoagulant", coefficients.anticoagulant());
        fields.put("renal_disease", coefficients.renalDisease());
        return fields;
    }

    private static Map<String, Object> concepts() {
        Map<String, Object> concepts = new LinkedHashMap<>();
        concepts.put("target", Codes.TARGET_INGREDIENT);
        concepts.put("comparator", Codes.COMPARATOR_INGREDIENT);
        concepts.put("outcome", Codes.BLEEDING);
        Map<String, Object> covariates = new LinkedHashMap<>();
        covariates.put("prior_ulcer", Codes.ULCER);
        covariates.put("anticoagulant", Codes.ANTICOAGULANT_INGREDIENT);
        covariates.put("renal_disease", Codes.RENAL_DISEASE);
        concepts.put("covariates", covariates);
        return concepts;
    }

    private void writeCodes() throws IOException {
        List<String> columns = List.of(
                "concept_id",
                "concept_code",
                "domain_id",
                "concept_class_id",
                "parent_concept_id",
                "role",
                "label_en",
                "label_fr");
        try (CsvFile file = new CsvFile(folder.resolve("codes.csv"), columns)) {
            for (Codes.Code code : Codes.local()) {
                file.number(code.id()).text(code.key()).text(code.domain()).text(code.conceptClass());
                if (code.parent().isPresent()) {
                    file.number(code.parent().get());
                } else {
                    file.absent(1);
                }
                file.text(code.role()).text(code.english()).text(code.french()).end();
            }
        }
    }

    @Override
    public void close() throws IOException {
        outcomes.close();
    }
}
