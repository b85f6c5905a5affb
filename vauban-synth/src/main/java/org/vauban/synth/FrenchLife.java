package org.vauban.synth;

import java.util.List;
import java.util.OptionalInt;

/**
 * A person's whole life in French records, ready to be printed by the producers: papers, hospital records, long-term diseases
 * and care in the order of days.
 *
 * @param lastDay last day of observation
 * @param deathDay day of death if the person died in the years of the data; then also the last day
 * @param causeOfDeath ICD-10 with a dot, empty for the living
 * @param bleedingDay the first bleeding after the first course began, at risk or not
 * @param bledBefore whether a bleeding came before the first course
 */
record FrenchLife(
        Person person,
        Insured insured,
        List<HospitalRecord> hospitalRecords,
        List<LongTermDisease> longTermDiseases,
        List<Care> care,
        int lastDay,
        OptionalInt deathDay,
        String causeOfDeath,
        OptionalInt bleedingDay,
        boolean bledBefore) {
    FrenchLife {
        hospitalRecords = List.copyOf(hospitalRecords);
        longTermDiseases = List.copyOf(longTermDiseases);
        care = List.copyOf(care);
    }

    /**
     * The record that a hospital keeps of the person on a day; whoever has two in one hospital is found now under the one, now
     * under the other.
     */
    HospitalRecord recordAt(int hospital, int day) {
        List<HospitalRecord> there = hospitalRecords.stream()
                .filter(record -> record.hospital() == hospital)
                .toList();
        return there.get(day % there.size());
    }

    /**
     * A disease whose care is paid in full.
     *
     * @param code ICD-10 with a dot
     * @param number in the list of long-term diseases
     * @param from first day
     */
    record LongTermDisease(String code, int number, int from) {}
}
