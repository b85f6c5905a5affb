package org.vauban.synth;

/**
 * What hospitals measure, by its LOINC code, with usual values in tenths of the unit.
 */
enum Measure {
    HAEMOGLOBIN("718-7", "g/dL", true, 118, 165),
    CREATININE("14682-9", "umol/L", true, 550, 1050),
    SODIUM("2951-2", "mmol/L", true, 1350, 1450),
    POTASSIUM("2823-3", "mmol/L", true, 35, 51),
    LEUKOCYTES("6690-2", "10*3/uL", true, 40, 110),
    PLATELETS("777-3", "10*3/uL", true, 1500, 4000),
    C_REACTIVE_PROTEIN("1988-5", "mg/L", true, 5, 120),
    GLUCOSE("14771-0", "mmol/L", true, 42, 70),
    GLYCATED_HAEMOGLOBIN("4548-4", "%", true, 48, 68),
    CHOLESTEROL("14647-2", "mmol/L", true, 38, 66),
    SYSTOLIC_PRESSURE("8480-6", "mm[Hg]", false, 1050, 1550),
    DIASTOLIC_PRESSURE("8462-4", "mm[Hg]", false, 600, 950),
    PULSE("8867-4", "/min", false, 550, 980),
    TEMPERATURE("8310-5", "Cel", false, 362, 381),
    WEIGHT("29463-7", "kg", false, 480, 1050);

    private final String loinc;
    private final String unit;
    private final boolean laboratory;
    private final int low;
    private final int high;

    Measure(String loinc, String unit, boolean laboratory, int low, int high) {
        this.loinc = loinc;
        this.unit = unit;
        this.laboratory = laboratory;
        this.low = low;
        this.high = high;
    }

    String loinc() {
        return loinc;
    }

    /** The unit in UCUM. */
    String unit() {
        return unit;
    }

    boolean laboratory() {
        return laboratory;
    }

    Care.Result read(int day, Chance chance) {
        return new Care.Result(this, day, chance.between(low, high));
    }
}
