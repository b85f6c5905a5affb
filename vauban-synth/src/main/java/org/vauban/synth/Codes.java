package org.vauban.synth;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The hand-picked codes of the generated data, with our own labels in English and French.
 *
 * <p>Local concepts lie above 2,000,000,000, where OMOP leaves room for them, and are listed in {@code docs/demo-data.md}.
 * The drugs and their names do not exist. A few ids of the public OMOP vocabularies are used as facts (sexes, kinds of
 * visit, kinds of record, units).
 */
final class Codes {
    static final String LOCAL_VOCABULARY = "VAUBAN-DEMO";

    // The planted comparison.
    static final int TARGET_INGREDIENT = 2_000_200_001;
    static final int COMPARATOR_INGREDIENT = 2_000_200_002;
    static final int ANTICOAGULANT_INGREDIENT = 2_000_200_003;
    static final int TARGET_LOW = 2_000_210_001;
    static final int TARGET_HIGH = 2_000_210_002;
    static final int COMPARATOR_LOW = 2_000_210_003;
    static final int COMPARATOR_HIGH = 2_000_210_004;
    static final int ANTICOAGULANT_LOW = 2_000_210_005;
    static final int ANTICOAGULANT_HIGH = 2_000_210_006;
    static final int BLEEDING = 2_000_110_001;
    static final int UPPER_BLEEDING = 2_000_110_002;
    static final int LOWER_BLEEDING = 2_000_110_003;
    static final int ULCER = 2_000_110_004;
    static final int GASTRIC_ULCER = 2_000_110_005;
    static final int DUODENAL_ULCER = 2_000_110_006;
    static final int RENAL_DISEASE = 2_000_110_008;
    static final int MODERATE_RENAL_DISEASE = 2_000_110_009;
    static final int SEVERE_RENAL_DISEASE = 2_000_110_010;

    // What else is recorded around it.
    static final int GASTROENTERITIS = 2_000_110_007;
    static final int BLADDER_INFECTION = 2_000_110_011;
    static final int HIGH_BLOOD_PRESSURE = 2_000_110_012;
    static final int ATRIAL_FIBRILLATION = 2_000_110_013;
    static final int DIABETES = 2_000_110_014;
    static final int HIGH_LIPIDS = 2_000_110_015;
    static final int LOW_THYROID = 2_000_110_016;
    static final int COLD = 2_000_110_017;
    static final int BRONCHITIS = 2_000_110_018;
    static final int ASTHMA = 2_000_110_019;
    static final int OSTEOARTHRITIS = 2_000_110_020;
    static final int BACK_PAIN = 2_000_110_021;
    static final int SPRAIN = 2_000_110_022;
    static final int DEPRESSION = 2_000_110_023;
    static final int TROUBLE_SLEEPING = 2_000_110_024;
    static final int PRESSURE_DRUG = 2_000_210_007;
    static final int DIABETES_DRUG = 2_000_210_008;
    static final int LIPID_DRUG = 2_000_210_009;
    static final int THYROID_DRUG = 2_000_210_010;
    static final int AIRWAY_DRUG = 2_000_210_011;
    static final int MOOD_DRUG = 2_000_210_012;
    static final int SLEEP_DRUG = 2_000_210_013;
    static final int ANTIBIOTIC = 2_000_210_014;
    static final int FEVER_DRUG = 2_000_210_015;
    static final int HAEMOGLOBIN = 2_000_300_001;
    static final int CREATININE = 2_000_300_002;
    static final int SYSTOLIC_PRESSURE = 2_000_300_003;
    static final int DIASTOLIC_PRESSURE = 2_000_300_004;
    static final int GLYCATED_HAEMOGLOBIN = 2_000_300_005;
    static final int CHOLESTEROL = 2_000_300_007;
    static final int TEMPERATURE = 2_000_300_011;
    static final int ELECTROCARDIOGRAM = 2_000_400_003;
    static final int ENDOSCOPY = 2_000_400_001;
    static final int TRANSFUSION = 2_000_400_002;

    private static final Map<Integer, Code> LOCAL = new LinkedHashMap<>();
    private static final Map<Integer, Code> STANDARD = new LinkedHashMap<>();

    private static final int MILLIMETRES_OF_MERCURY = 8876;
    private static final int PERCENT = 8554;
    private static final int GRAMS_PER_DECILITRE = 8713;
    private static final int MICROMOLES_PER_LITRE = 8749;
    private static final int MILLIMOLES_PER_LITRE = 8753;
    private static final int KILOGRAMS = 9529;
    private static final int KILOGRAMS_PER_SQUARE_METRE = 9531;
    private static final int PER_MINUTE = 8541;
    private static final int DEGREES_CELSIUS = 586323;

    static {
        diseases();
        drugs();
        measurements();
        acts();
        notes();
        standardConcepts();
    }

    private Codes() {}

    /** The local codes, in the order of the listing. */
    static List<Code> local() {
        return List.copyOf(LOCAL.values());
    }

    /** The ids of public vocabularies that the data use. */
    static List<Code> standard() {
        return List.copyOf(STANDARD.values());
    }

    static Code require(int id) {
        Code code = LOCAL.get(id);
        if (code == null) {
            throw new IllegalArgumentException("no code " + id + " in the list");
        }
        return code;
    }

    /** The local codes of one domain and class. */
    static List<Code> ofClass(String conceptClass) {
        return LOCAL.values().stream()
                .filter(code -> code.conceptClass().equals(conceptClass))
                .toList();
    }

    /** The code itself, then its parent, its parent's parent, and so on to the top. */
    static List<Code> lineage(Code code) {
        List<Code> lineage = new ArrayList<>();
        Optional<Code> step = Optional.of(code);
        while (step.isPresent()) {
            lineage.add(step.get());
            step = step.get().parent().map(Codes::require);
        }
        return List.copyOf(lineage);
    }

    /** The ingredient of a clinical drug. */
    static int ingredientOf(int drug) {
        return require(drug)
                .parent()
                .orElseThrow(() -> new IllegalArgumentException("code " + drug + " is no clinical drug"));
    }

    /**
     * A code.
     *
     * @param key its short code, unique in its vocabulary
     * @param parent the code above it in the hierarchy
     * @param unit the unit of its values, if it is a measurement
     * @param low usual values' lower end, in tenths of the unit; 0 when there is no unit
     * @param high usual values' upper end, in tenths of the unit
     */
    record Code(
            int id,
            String key,
            String domain,
            String vocabulary,
            String conceptClass,
            Optional<Integer> parent,
            String english,
            String french,
            Optional<Integer> unit,
            int low,
            int high) {
        Code {
            if (english.isBlank() || french.isBlank()) {
                throw new IllegalArgumentException("code " + id + " needs a label in both languages");
            }
        }

        /** What the code means in the planted comparison, or an empty text. */
        String role() {
            return switch (id) {
                case TARGET_INGREDIENT -> "target";
                case COMPARATOR_INGREDIENT -> "comparator";
                case BLEEDING -> "outcome";
                case ULCER, ANTICOAGULANT_INGREDIENT, RENAL_DISEASE -> "covariate";
                default -> "";
            };
        }
    }

    private static void diseases() {
        group(2_000_100_001, "D-DIGEST", "Diseases of the digestive tract", "Maladies de l'appareil digestif");
        disease(BLEEDING, "GI-BLEED", 2_000_100_001, "Gastrointestinal bleeding", "Hémorragie digestive");
        disease(
                UPPER_BLEEDING,
                "GI-BLEED-UP",
                BLEEDING,
                "Upper gastrointestinal bleeding",
                "Hémorragie digestive haute");
        disease(
                LOWER_BLEEDING,
                "GI-BLEED-LO",
                BLEEDING,
                "Lower gastrointestinal bleeding",
                "Hémorragie digestive basse");
        disease(ULCER, "ULCER", 2_000_100_001, "Peptic ulcer", "Ulcère gastroduodénal");
        disease(GASTRIC_ULCER, "ULCER-GAS", ULCER, "Ulcer of the stomach", "Ulcère de l'estomac");
        disease(DUODENAL_ULCER, "ULCER-DUO", ULCER, "Ulcer of the duodenum", "Ulcère du duodénum");
        disease(
                GASTROENTERITIS,
                "GASTROENT",
                2_000_100_001,
                "Short bout of gastroenteritis",
                "Gastro-entérite passagère");

        group(
                2_000_100_002,
                "D-KIDNEY",
                "Diseases of kidneys and urinary tract",
                "Maladies des reins et des voies urinaires");
        disease(RENAL_DISEASE, "CKD", 2_000_100_002, "Long-standing kidney disease", "Maladie rénale chronique");
        disease(
                MODERATE_RENAL_DISEASE,
                "CKD-MOD",
                RENAL_DISEASE,
                "Long-standing kidney disease, moderate",
                "Maladie rénale chronique modérée");
        disease(
                SEVERE_RENAL_DISEASE,
                "CKD-SEV",
                RENAL_DISEASE,
                "Long-standing kidney disease, severe",
                "Maladie rénale chronique sévère");
        disease(BLADDER_INFECTION, "URINARY-INF", 2_000_100_002, "Bladder infection", "Infection de la vessie");

        group(2_000_100_003, "D-HEART", "Diseases of heart and vessels", "Maladies du cœur et des vaisseaux");
        disease(HIGH_BLOOD_PRESSURE, "HIGH-BP", 2_000_100_003, "High blood pressure", "Hypertension artérielle");
        disease(
                ATRIAL_FIBRILLATION,
                "ATRIAL-FIB",
                2_000_100_003,
                "Irregular heartbeat of the atria",
                "Fibrillation des oreillettes");

        group(2_000_100_004, "D-METAB", "Hormonal and metabolic diseases", "Maladies hormonales et métaboliques");
        disease(DIABETES, "DIABETES-2", 2_000_100_004, "Diabetes of the adult", "Diabète de l'adulte");
        disease(HIGH_LIPIDS, "HIGH-LIPIDS", 2_000_100_004, "High blood lipids", "Excès de lipides dans le sang");
        disease(LOW_THYROID, "LOW-THYROID", 2_000_100_004, "Underactive thyroid", "Thyroïde insuffisante");

        group(2_000_100_005, "D-LUNG", "Diseases of the airways", "Maladies des voies respiratoires");
        disease(COLD, "COLD", 2_000_100_005, "Common cold", "Rhume");
        disease(BRONCHITIS, "BRONCHITIS", 2_000_100_005, "Acute bronchitis", "Bronchite aiguë");
        disease(ASTHMA, "ASTHMA", 2_000_100_005, "Asthma", "Asthme");

        group(2_000_100_006, "D-JOINT", "Diseases of joints and muscles", "Maladies des articulations et des muscles");
        disease(OSTEOARTHRITIS, "ARTHROSIS", 2_000_100_006, "Wear of the joints", "Arthrose");
        disease(BACK_PAIN, "BACK-PAIN", 2_000_100_006, "Back pain", "Mal de dos");
        disease(SPRAIN, "SPRAIN", 2_000_100_006, "Sprain", "Entorse");

        group(2_000_100_007, "D-MIND", "Mental health", "Santé mentale");
        disease(DEPRESSION, "DEPRESSION", 2_000_100_007, "Depression", "Dépression");
        disease(TROUBLE_SLEEPING, "SLEEPLESS", 2_000_100_007, "Trouble sleeping", "Trouble du sommeil");
    }

    private static void drugs() {
        ingredient(TARGET_INGREDIENT, "ANALGESIC-A", "Analgesic A", "Antalgique A");
        ingredient(COMPARATOR_INGREDIENT, "ANALGESIC-B", "Analgesic B", "Antalgique B");
        ingredient(ANTICOAGULANT_INGREDIENT, "ANTICOAG-C", "Anticoagulant C", "Anticoagulant C");
        drug(
                TARGET_LOW,
                "ANALGESIC-A-50",
                TARGET_INGREDIENT,
                "Analgesic A, 50 mg tablet",
                "Antalgique A, comprimé 50 mg");
        drug(
                TARGET_HIGH,
                "ANALGESIC-A-100",
                TARGET_INGREDIENT,
                "Analgesic A, 100 mg tablet",
                "Antalgique A, comprimé 100 mg");
        drug(
                COMPARATOR_LOW,
                "ANALGESIC-B-20",
                COMPARATOR_INGREDIENT,
                "Analgesic B, 20 mg capsule",
                "Antalgique B, gélule 20 mg");
        drug(
                COMPARATOR_HIGH,
                "ANALGESIC-B-40",
                COMPARATOR_INGREDIENT,
                "Analgesic B, 40 mg capsule",
                "Antalgique B, gélule 40 mg");
        drug(
                ANTICOAGULANT_LOW,
                "ANTICOAG-C-2",
                ANTICOAGULANT_INGREDIENT,
                "Anticoagulant C, 2 mg tablet",
                "Anticoagulant C, comprimé 2 mg");
        drug(
                ANTICOAGULANT_HIGH,
                "ANTICOAG-C-5",
                ANTICOAGULANT_INGREDIENT,
                "Anticoagulant C, 5 mg tablet",
                "Anticoagulant C, comprimé 5 mg");

        backgroundDrug(PRESSURE_DRUG, "PRESSURE-D", "Blood pressure drug D", "Antihypertenseur D", "10 mg");
        backgroundDrug(DIABETES_DRUG, "DIABETES-E", "Diabetes drug E", "Antidiabétique E", "500 mg");
        backgroundDrug(LIPID_DRUG, "LIPID-F", "Lipid lowering drug F", "Hypolipémiant F", "20 mg");
        backgroundDrug(THYROID_DRUG, "THYROID-G", "Thyroid hormone G", "Hormone thyroïdienne G", "75 µg");
        backgroundDrug(AIRWAY_DRUG, "AIRWAY-H", "Airway opening drug H", "Bronchodilatateur H", "100 µg");
        backgroundDrug(MOOD_DRUG, "MOOD-I", "Antidepressant I", "Antidépresseur I", "20 mg");
        backgroundDrug(SLEEP_DRUG, "SLEEP-J", "Sleeping drug J", "Somnifère J", "5 mg");
        backgroundDrug(ANTIBIOTIC, "ANTIBIOTIC-K", "Antibiotic K", "Antibiotique K", "1 g");
        backgroundDrug(FEVER_DRUG, "FEVER-L", "Fever drug L", "Antipyrétique L", "500 mg");
    }

    private static void measurements() {
        measurement(
                HAEMOGLOBIN, "HB", "Haemoglobin in blood", "Hémoglobine dans le sang", GRAMS_PER_DECILITRE, 120, 160);
        measurement(
                CREATININE, "CREA", "Creatinine in blood", "Créatinine dans le sang", MICROMOLES_PER_LITRE, 550, 1000);
        measurement(
                SYSTOLIC_PRESSURE,
                "SBP",
                "Systolic blood pressure",
                "Pression artérielle systolique",
                MILLIMETRES_OF_MERCURY,
                1050,
                1450);
        measurement(
                DIASTOLIC_PRESSURE,
                "DBP",
                "Diastolic blood pressure",
                "Pression artérielle diastolique",
                MILLIMETRES_OF_MERCURY,
                600,
                900);
        measurement(GLYCATED_HAEMOGLOBIN, "HBA1C", "Glycated haemoglobin", "Hémoglobine glyquée", PERCENT, 48, 62);
        measurement(2_000_300_006, "GLUCOSE", "Fasting blood glucose", "Glycémie à jeun", MILLIMOLES_PER_LITRE, 42, 62);
        measurement(CHOLESTEROL, "CHOL", "Total cholesterol", "Cholestérol total", MILLIMOLES_PER_LITRE, 38, 65);
        measurement(2_000_300_008, "WEIGHT", "Body weight", "Poids", KILOGRAMS, 520, 980);
        measurement(
                2_000_300_009,
                "BMI",
                "Body mass index",
                "Indice de masse corporelle",
                KILOGRAMS_PER_SQUARE_METRE,
                190,
                330);
        measurement(2_000_300_010, "PULSE", "Pulse", "Pouls", PER_MINUTE, 550, 950);
        measurement(TEMPERATURE, "TEMP", "Body temperature", "Température", DEGREES_CELSIUS, 362, 374);
    }

    private static void acts() {
        act(ENDOSCOPY, "ENDOSCOPY", "Look into stomach or bowel", "Endoscopie digestive");
        act(TRANSFUSION, "TRANSFUSION", "Blood transfusion", "Transfusion sanguine");
        act(ELECTROCARDIOGRAM, "ECG", "Electrocardiogram", "Électrocardiogramme");
        act(2_000_400_004, "CHEST-XRAY", "Chest X-ray", "Radiographie du thorax");
        act(2_000_400_005, "VACCINATION", "Vaccination", "Vaccination");
        act(2_000_400_006, "EYE-EXAM", "Eye examination", "Examen des yeux");
        act(2_000_400_007, "PHYSIO", "Physiotherapy session", "Séance de kinésithérapie");
        act(2_000_400_008, "DENTAL", "Dental care", "Soin dentaire");
    }

    private static void notes() {
        note(2_000_500_001, "SMOKER", "Smokes", "Fume");
        note(2_000_500_002, "NON-SMOKER", "Does not smoke", "Ne fume pas");
        note(2_000_500_003, "LIVES-ALONE", "Lives alone", "Vit seul");
        note(2_000_500_004, "ACTIVE", "Regular exercise", "Activité physique régulière");
        note(2_000_500_005, "ALLERGY-POLLEN", "Says to be allergic to pollen", "Se dit allergique au pollen");
        note(2_000_500_006, "FAMILY-HEART", "Heart disease in the family", "Maladie du cœur dans la famille");
    }

    private static void standardConcepts() {
        standard(OmopIds.NONE, "-", "Metadata", "None", "Undefined", "No matching concept", "Aucun concept");
        standard(OmopIds.MALE, "M", "Gender", "Gender", "Gender", "Male", "Homme");
        standard(OmopIds.FEMALE, "F", "Gender", "Gender", "Gender", "Female", "Femme");
        standard(OmopIds.HOSPITAL_STAY, "IP", "Visit", "Visit", "Visit", "Stay in hospital", "Séjour à l'hôpital");
        standard(OmopIds.CONSULTATION, "OP", "Visit", "Visit", "Visit", "Consultation", "Consultation");
        standard(OmopIds.EMERGENCY, "ER", "Visit", "Visit", "Visit", "Emergency department", "Urgences");
        standard(
                OmopIds.RECORD,
                "OMOP4976890",
                "Type Concept",
                "Type Concept",
                "Type Concept",
                "Health record",
                "Dossier de santé");
        unit(MILLIMETRES_OF_MERCURY, "mm[Hg]", "millimetre of mercury", "millimètre de mercure");
        unit(PERCENT, "%", "percent", "pour cent");
        unit(GRAMS_PER_DECILITRE, "g/dL", "gram per decilitre", "gramme par décilitre");
        unit(MICROMOLES_PER_LITRE, "umol/L", "micromole per litre", "micromole par litre");
        unit(MILLIMOLES_PER_LITRE, "mmol/L", "millimole per litre", "millimole par litre");
        unit(KILOGRAMS, "kg", "kilogram", "kilogramme");
        unit(KILOGRAMS_PER_SQUARE_METRE, "kg/m2", "kilogram per square metre", "kilogramme par mètre carré");
        unit(PER_MINUTE, "/min", "per minute", "par minute");
        unit(DEGREES_CELSIUS, "Cel", "degree Celsius", "degré Celsius");
    }

    private static void group(int id, String key, String english, String french) {
        local(id, key, "Condition", "Disease Group", Optional.empty(), english, french);
    }

    private static void disease(int id, String key, int parent, String english, String french) {
        local(id, key, "Condition", "Disorder", Optional.of(parent), english, french);
    }

    private static void ingredient(int id, String key, String english, String french) {
        local(id, key, "Drug", "Ingredient", Optional.empty(), english, french);
    }

    private static void drug(int id, String key, int ingredient, String english, String french) {
        local(id, key, "Drug", "Clinical Drug", Optional.of(ingredient), english, french);
    }

    /** An ingredient with its only drug, whose number is the ingredient's, 10,003 further on. */
    private static void backgroundDrug(int drug, String key, String english, String french, String strength) {
        int ingredient = drug - 10_003;
        ingredient(ingredient, key, english, french);
        drug(drug, key + "-1", ingredient, english + ", " + strength, french + ", " + strength);
    }

    private static void act(int id, String key, String english, String french) {
        local(id, key, "Procedure", "Procedure", Optional.empty(), english, french);
    }

    private static void note(int id, String key, String english, String french) {
        local(id, key, "Observation", "Observation", Optional.empty(), english, french);
    }

    private static void measurement(int id, String key, String english, String french, int unit, int low, int high) {
        add(
                LOCAL,
                new Code(
                        id,
                        key,
                        "Measurement",
                        LOCAL_VOCABULARY,
                        "Lab Test",
                        Optional.empty(),
                        english,
                        french,
                        Optional.of(unit),
                        low,
                        high));
    }

    private static void local(
            int id,
            String key,
            String domain,
            String conceptClass,
            Optional<Integer> parent,
            String english,
            String french) {
        add(
                LOCAL,
                new Code(
                        id,
                        key,
                        domain,
                        LOCAL_VOCABULARY,
                        conceptClass,
                        parent,
                        english,
                        french,
                        Optional.empty(),
                        0,
                        0));
    }

    private static void unit(int id, String key, String english, String french) {
        standard(id, key, "Unit", "UCUM", "Unit", english, french);
    }

    private static void standard(
            int id, String key, String domain, String vocabulary, String conceptClass, String english, String french) {
        add(
                STANDARD,
                new Code(
                        id,
                        key,
                        domain,
                        vocabulary,
                        conceptClass,
                        Optional.empty(),
                        english,
                        french,
                        Optional.empty(),
                        0,
                        0));
    }

    private static void add(Map<Integer, Code> codes, Code code) {
        if (codes.putIfAbsent(code.id(), code) != null) {
            throw new IllegalStateException("code " + code.id() + " is listed twice");
        }
    }
}
