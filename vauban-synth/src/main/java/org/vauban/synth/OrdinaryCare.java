package org.vauban.synth;

import java.util.List;
import java.util.OptionalInt;

/** What doctors record about everybody; none of it bears on the planted comparison. */
final class OrdinaryCare {
    static final List<Chronic> CHRONIC = List.of(
            new Chronic(Codes.HIGH_BLOOD_PRESSURE, Codes.PRESSURE_DRUG, Codes.SYSTOLIC_PRESSURE, 120, 0.30, 0.012),
            new Chronic(Codes.DIABETES, Codes.DIABETES_DRUG, Codes.GLYCATED_HAEMOGLOBIN, 14, 0.10, 0.004),
            new Chronic(Codes.HIGH_LIPIDS, Codes.LIPID_DRUG, Codes.CHOLESTEROL, 8, 0.22, 0.006),
            new Chronic(Codes.LOW_THYROID, Codes.THYROID_DRUG, Codes.HAEMOGLOBIN, 0, 0.06, 0.001),
            new Chronic(Codes.ASTHMA, Codes.AIRWAY_DRUG, Codes.TEMPERATURE, 0, 0.08, 0),
            new Chronic(Codes.DEPRESSION, Codes.MOOD_DRUG, Codes.SYSTOLIC_PRESSURE, 0, 0.10, 0),
            new Chronic(Codes.TROUBLE_SLEEPING, Codes.SLEEP_DRUG, Codes.DIASTOLIC_PRESSURE, 0, 0.12, 0.002));

    static final List<Acute> ACUTE = List.of(
            new Acute(Codes.COLD, OptionalInt.of(Codes.FEVER_DRUG)),
            new Acute(Codes.BRONCHITIS, OptionalInt.of(Codes.ANTIBIOTIC)),
            new Acute(Codes.GASTROENTERITIS, OptionalInt.empty()),
            new Acute(Codes.BLADDER_INFECTION, OptionalInt.of(Codes.ANTIBIOTIC)),
            new Acute(Codes.BACK_PAIN, OptionalInt.of(Codes.FEVER_DRUG)),
            new Acute(Codes.SPRAIN, OptionalInt.empty()));

    static final List<Integer> MEASUREMENTS = ids("Lab Test");
    static final List<Integer> NOTES = ids("Observation");

    /** Without endoscopy and transfusion, which belong to ulcers and bleedings. */
    static final List<Integer> ACTS = ids("Procedure").stream()
            .filter(act -> act != Codes.ENDOSCOPY && act != Codes.TRANSFUSION)
            .toList();

    private OrdinaryCare() {}

    private static List<Integer> ids(String conceptClass) {
        return Codes.ofClass(conceptClass).stream().map(Codes.Code::id).toList();
    }

    /**
     * A disease that stays, with its drug and the measurement that follows it.
     *
     * @param shiftTenths how much higher the measurement is than in other people, in tenths of its unit
     * @param at60 how many have it at 60 years of age
     * @param perYear how many more have it per year of age
     */
    record Chronic(int code, int drug, int measurement, int shiftTenths, double at60, double perYear) {
        double probability(int age) {
            return Math.clamp(at60 + perYear * (age - 60), 0.01, 0.9);
        }
    }

    /** An illness that passes, with the drug given for it, if any. */
    record Acute(int code, OptionalInt drug) {}
}
