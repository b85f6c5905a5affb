package org.vauban.harmonise;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one resource says, as far as OMOP has a place for it. Field names of FHIR mean the same in every resource type that is read, so
 * one class holds them all. Days are days since 1970.
 */
final class FhirResource {
    String type = "";
    String id = "";
    String patient = "";
    String encounter = "";
    String medication = "";
    String status = "";
    String verification = "";
    String encounterClass = "";

    @Nullable
    Coding code;

    /** The ATC code of a drug that is also coded otherwise. */
    @Nullable
    Coding atc;

    @Nullable
    Integer start;

    @Nullable
    Integer end;

    @Nullable
    Double days;

    /** The value of the resource itself. */
    final Value value = new Value();

    final List<Component> components = new ArrayList<>();

    /** Of an encounter. */
    final List<Diagnosis> diagnoses = new ArrayList<>();

    // Of a patient.
    String gender = "";
    String birthDate = "";
    String state = "";

    /** A code with its vocabulary. */
    record Coding(CodeSystem system, String code) {
        static @Nullable Coding better(@Nullable Coding one, Coding other) {
            return one == null || other.system().ordinal() < one.system().ordinal() ? other : one;
        }
    }

    /**
     * A diagnosis of an encounter.
     *
     * @param condition the resource that tells it
     * @param rank 1 for the principal one
     */
    record Diagnosis(String condition, int rank) {}

    /** A value of an observation: a number with a unit, or a code, or something that is not kept. */
    static final class Value {
        boolean present;

        @Nullable
        Double number;

        String unit = "";

        @Nullable
        Coding code;
    }

    /** One of several results under one observation. */
    static final class Component {
        @Nullable
        Coding code;

        final Value value = new Value();
    }
}
