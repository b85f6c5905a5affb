package org.vauban.synth;

import java.util.List;

/** A contact of a person with French health care, in no file format. Days are days since 1970-01-01. */
sealed interface Care {
    int day();

    /**
     * A line of a pharmacy's bill.
     *
     * @param longTerm whether it is paid in full for a long-term disease
     */
    record Delivery(Drug drug, int day, int boxes, boolean longTerm) implements Care {}

    /** A visit or act in town. */
    record TownVisit(Kind kind, int day, boolean longTerm) implements Care {}

    /**
     * A stay in hospital from {@code day} to {@code lastDay}, both included.
     *
     * @param hospital number in {@link Hospital#ALL}
     * @param diagnosis principal diagnosis, ICD-10 with a dot
     * @param associated other diagnoses
     * @param acts acts of the French classification of medical acts, on the first day
     * @param group diagnosis-related group
     * @param administered what was given in hospital
     * @param died whether the stay ended by death
     */
    record Stay(
            int day,
            int lastDay,
            int hospital,
            String diagnosis,
            List<String> associated,
            List<String> acts,
            String group,
            List<Result> results,
            List<Drug> administered,
            boolean urgent,
            boolean died)
            implements Care {}

    /** An outpatient visit at one of the four hospitals, seen in the hospital's own records alone. */
    record Clinic(
            int day,
            int hospital,
            List<String> diagnoses,
            List<String> acts,
            List<Result> results,
            List<Drug> prescribed)
            implements Care {}

    /** A measured value in tenths of the measure's unit. */
    record Result(Measure measure, int day, int tenths) {}

    /** A kind of visit or act in town, with its code in the insurer's list of services and the profession that gives it. */
    enum Kind {
        GENERAL_PRACTITIONER(1111, 1, 2500),
        SPECIALIST(1112, 3, 3000),
        AT_HOME(1211, 1, 3500),
        PHYSIOTHERAPY(3125, 26, 1613),
        NURSE(3111, 24, 630),
        LABORATORY(3211, 30, 2700),
        IMAGING(1351, 6, 4800);

        private final int service;
        private final int speciality;
        private final int cents;

        Kind(int service, int speciality, int cents) {
            this.service = service;
            this.speciality = speciality;
            this.cents = cents;
        }

        /** The insurer's code of the service ({@code PRS_NAT_REF}). */
        int service() {
            return service;
        }

        /** The insurer's code of the speciality ({@code PSE_SPE_COD}). */
        int speciality() {
            return speciality;
        }

        /** Price in cents of a euro. */
        int cents() {
            return cents;
        }
    }
}
