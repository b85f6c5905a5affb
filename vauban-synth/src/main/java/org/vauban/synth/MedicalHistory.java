package org.vauban.synth;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.vauban.synth.HealthEvent.Act;
import org.vauban.synth.HealthEvent.Diagnosis;
import org.vauban.synth.HealthEvent.Dispensing;
import org.vauban.synth.HealthEvent.Note;
import org.vauban.synth.HealthEvent.Reading;
import org.vauban.synth.Life.Place;
import org.vauban.synth.Life.Visit;
import org.vauban.synth.OrdinaryCare.Acute;
import org.vauban.synth.OrdinaryCare.Chronic;
import org.vauban.synth.Person.FirstCourse;
import org.vauban.synth.PlantedModel.Baseline;
import org.vauban.synth.PlantedModel.Treatment;

/**
 * Writes a person's life: the courses of treatment and their bleedings, the covariates as diagnoses and dispensings of the
 * year before, and the ordinary care around them.
 *
 * <p>Three rules make the records tell the truth. Covariates are recorded before the course begins and never on its first day,
 * so that every look-back window of half a year or more finds them, with or without that day. Ordinary care never records
 * a code of the planted comparison. Nothing lies outside observation.
 */
final class MedicalHistory {
    /** Everybody has at least this many events, visits included. */
    static final int LEAST_EVENTS = 60;

    private static final double SECOND_COURSE = 0.12;
    private static final double SECOND_COURSE_IS_THE_SAME_DRUG = 0.6;
    private static final double FATAL_BLEEDING = 0.05;

    /** No treatment begins and no second bleeding comes while a bleeding may still be recorded again. */
    private static final int DAYS_OF_CARE_AFTER_BLEEDING = 30;

    private final Person person;
    private final Baseline baseline;
    private final Chance outcome;
    private final Chance records;
    private final List<Visit> visits = new ArrayList<>();
    private final List<HealthEvent> events = new ArrayList<>();
    private int lastDay;
    private boolean dies;
    private boolean bledOnTreatment;

    private MedicalHistory(Population.Drawn drawn) {
        this.person = drawn.person();
        this.baseline = person.baseline();
        this.outcome = drawn.outcome();
        this.records = drawn.records();
        this.lastDay = person.lastDay();
        this.dies = person.diesOnLastDay();
    }

    static Life of(Population.Drawn drawn) {
        MedicalHistory history = new MedicalHistory(drawn);
        history.liveThroughTreatment();
        history.recordCovariates();
        history.recordOrdinaryCare();
        return history.inOrderOfTime();
    }

    /** Only what the planted comparison is about: treatment, bleedings and covariates, without ordinary care around them. */
    static Life planted(Population.Drawn drawn) {
        MedicalHistory history = new MedicalHistory(drawn);
        history.liveThroughTreatment();
        history.recordCovariates();
        return history.inOrderOfTime();
    }

    // Treatment and bleeding.

    private void liveThroughTreatment() {
        if (person.course().isEmpty()) {
            bleedWithoutTreatment(person.firstDay() + 1, person.lastDay());
            return;
        }
        FirstCourse first = person.course().get();
        bleedWithoutTreatment(person.firstDay() + 1, person.baselineDay() - DAYS_OF_CARE_AFTER_BLEEDING);
        int end = take(first.received(), first.schedule(), first.daysToBleeding(baseline, first.received()));
        boolean again = outcome.happens(SECOND_COURSE);
        Treatment next = outcome.happens(SECOND_COURSE_IS_THE_SAME_DRUG)
                ? first.received()
                : first.received().other();
        int pause = outcome.between(60, 360);
        if (again && !bledOnTreatment && end + pause < lastDay) {
            bleedWithoutTreatment(end + 1, end + pause - DAYS_OF_CARE_AFTER_BLEEDING);
            double patience = outcome.exponential(1);
            int days = 1 + (int) Math.min(patience / PlantedModel.dailyHazard(baseline, next), 1_000_000);
            end = take(next, Population.schedule(end + pause, outcome), days);
        }
        bleedWithoutTreatment(end + 1, lastDay);
    }

    /**
     * Hands the drug out until the schedule, a bleeding or observation ends.
     *
     * @param daysToBleeding days from the first to the bleeding if treatment went on
     * @return the last day at risk, or the day of the bleeding
     */
    private int take(Treatment treatment, RefillSchedule schedule, int daysToBleeding) {
        int lastDayAtRisk = Math.min(schedule.lastDay() + PlantedModel.DAYS_AT_RISK_AFTER_TREATMENT, lastDay);
        int bleedingDay = schedule.firstDay() + daysToBleeding;
        boolean bleeds = bleedingDay <= lastDayAtRisk;
        int drug = strength(treatment);
        OptionalInt prescribed = visit(Place.CONSULTATION, schedule.firstDay(), schedule.firstDay());
        events.add(new Diagnosis(Codes.OSTEOARTHRITIS, schedule.firstDay(), schedule.firstDay(), prescribed));
        for (int refill = 0; refill < schedule.days().size(); refill++) {
            int day = schedule.days().get(refill);
            if (day <= lastDay && (!bleeds || day <= bleedingDay)) {
                dispense(drug, day, RefillSchedule.DAYS_OF_SUPPLY, refill == 0 ? prescribed : OptionalInt.empty());
            }
        }
        if (bleeds) {
            bledOnTreatment = true;
            bleed(bleedingDay);
            return bleedingDay;
        }
        return lastDayAtRisk;
    }

    private int strength(Treatment treatment) {
        boolean high = outcome.happens(0.4);
        return switch (treatment) {
            case TARGET -> high ? Codes.TARGET_HIGH : Codes.TARGET_LOW;
            case COMPARATOR -> high ? Codes.COMPARATOR_HIGH : Codes.COMPARATOR_LOW;
        };
    }

    private void bleedWithoutTreatment(int from, int to) {
        double meanDays = 1 / PlantedModel.dailyHazardWithoutTreatment(baseline);
        double day = from + Math.min(outcome.exponential(meanDays), 1_000_000);
        while (day < to && day < lastDay) {
            bleed((int) day);
            day += DAYS_OF_CARE_AFTER_BLEEDING + Math.min(outcome.exponential(meanDays), 1_000_000);
        }
    }

    /** A stay in hospital; some die of it within three weeks. */
    private void bleed(int day) {
        boolean fatal = outcome.happens(FATAL_BLEEDING);
        int daysLeft = outcome.between(0, 20);
        if (fatal && day > person.baselineDay() && day + daysLeft < lastDay) {
            lastDay = day + daysLeft;
            dies = true;
        }
        OptionalInt stay = visit(Place.HOSPITAL_STAY, day, day + outcome.between(2, 9));
        int code = outcome.pick(List.of(
                Codes.UPPER_BLEEDING,
                Codes.UPPER_BLEEDING,
                Codes.UPPER_BLEEDING,
                Codes.LOWER_BLEEDING,
                Codes.BLEEDING));
        events.add(new Diagnosis(code, day, Math.min(day + outcome.between(3, 14), lastDay), stay));
        events.add(new Act(Codes.ENDOSCOPY, day, stay));
        events.add(new Reading(Codes.HAEMOGLOBIN, day, outcome.between(62, 108), stay));
        if (outcome.happens(0.4)) {
            events.add(new Act(Codes.TRANSFUSION, day, stay));
        }
        int checked = day + outcome.between(10, 25);
        if (outcome.happens(0.5) && checked <= lastDay) {
            OptionalInt consultation = visit(Place.CONSULTATION, checked, checked);
            events.add(new Diagnosis(code, checked, checked, consultation));
            events.add(new Reading(Codes.HAEMOGLOBIN, checked, outcome.between(95, 135), consultation));
        }
    }

    // Covariates.

    private void recordCovariates() {
        if (baseline.priorUlcer()) {
            int code = records.happens(0.5) ? Codes.GASTRIC_ULCER : Codes.DUODENAL_ULCER;
            for (int day : daysAroundBaseline(400)) {
                OptionalInt consultation = visit(Place.CONSULTATION, day, day);
                diagnose(records.happens(0.2) ? Codes.ULCER : code, day, 20, consultation);
                events.add(new Act(Codes.ENDOSCOPY, day, consultation));
            }
        }
        if (baseline.renalDisease()) {
            int code = records.happens(0.7) ? Codes.MODERATE_RENAL_DISEASE : Codes.SEVERE_RENAL_DISEASE;
            for (int day : daysAroundBaseline(240)) {
                OptionalInt consultation = visit(Place.CONSULTATION, day, day);
                diagnose(code, day, 0, consultation);
                events.add(new Reading(Codes.CREATININE, day, records.between(1300, 3200), consultation));
            }
        }
        if (baseline.anticoagulant()) {
            takeAnticoagulant();
        }
    }

    /** Days with a record of a chronic covariate: one in the half year before baseline, others before and after it. */
    private List<Integer> daysAroundBaseline(int meanGap) {
        List<Integer> days = new ArrayList<>();
        int daysBefore = person.baselineDay() - person.firstDay();
        if (daysBefore > 0) {
            int nearest = person.baselineDay() - records.between(1, Math.min(170, daysBefore));
            for (int day = nearest; day >= person.firstDay(); day -= between(meanGap)) {
                days.add(day);
            }
        }
        for (int day = person.baselineDay() + between(meanGap); day <= lastDay; day += between(meanGap)) {
            days.add(day);
        }
        return days;
    }

    private int between(int meanGap) {
        return records.between(meanGap / 2, meanGap * 3 / 2);
    }

    private void takeAnticoagulant() {
        int drug = records.happens(0.5) ? Codes.ANTICOAGULANT_LOW : Codes.ANTICOAGULANT_HIGH;
        int begins = Math.max(person.firstDay(), person.baselineDay() - records.between(40, 350));
        int ends = person.baselineDay() + records.between(60, 720);
        if (records.happens(0.6)) {
            OptionalInt consultation = visit(Place.CONSULTATION, begins, begins);
            diagnose(Codes.ATRIAL_FIBRILLATION, begins, 0, consultation);
            events.add(new Act(Codes.ELECTROCARDIOGRAM, begins, consultation));
        }
        int day = begins;
        while (day <= ends && day <= lastDay) {
            dispense(drug, day, RefillSchedule.DAYS_OF_SUPPLY, OptionalInt.empty());
            day += RefillSchedule.DAYS_OF_SUPPLY + records.between(0, 5);
            if (day == person.baselineDay()) {
                day++;
            }
        }
    }

    // Ordinary care.

    private void recordOrdinaryCare() {
        List<Chronic> diseases = OrdinaryCare.CHRONIC.stream()
                .filter(disease -> records.happens(disease.probability(baseline.age())))
                .toList();
        double visitsPerYear = 0.9 + 0.4 * diseases.size() + records.exponential(0.4);
        int expected = (int) (visitsPerYear * (lastDay - person.firstDay()) / PlantedModel.DAYS_PER_YEAR);
        for (int visit = 0; visit < expected || visits.size() + events.size() < LEAST_EVENTS; visit++) {
            consult(diseases);
        }
    }

    private void consult(List<Chronic> diseases) {
        int day = records.between(person.firstDay(), lastDay);
        boolean urgent = records.happens(0.05);
        OptionalInt visit = visit(urgent ? Place.EMERGENCY : Place.CONSULTATION, day, day);
        if (!diseases.isEmpty() && !urgent && records.happens(0.7)) {
            Chronic disease = records.pick(diseases);
            diagnose(disease.code(), day, 0, visit);
            dispense(disease.drug(), day, 90, visit);
            read(disease.measurement(), day, disease.shiftTenths(), visit);
        } else {
            int illnesses = records.happens(0.8) ? 1 : records.between(0, 2);
            for (int number = 0; number < illnesses; number++) {
                Acute illness = records.pick(OrdinaryCare.ACUTE);
                diagnose(illness.code(), day, records.between(2, 12), visit);
                illness.drug().ifPresent(drug -> dispense(drug, day, 7, visit));
            }
        }
        if (records.happens(0.5)) {
            read(Codes.SYSTOLIC_PRESSURE, day, 0, visit);
            read(Codes.DIASTOLIC_PRESSURE, day, 0, visit);
        }
        if (records.happens(0.35)) {
            read(records.pick(OrdinaryCare.MEASUREMENTS), day, 0, visit);
        }
        if (records.happens(0.15)) {
            events.add(new Act(records.pick(OrdinaryCare.ACTS), day, visit));
        }
        if (records.happens(0.12)) {
            events.add(new Note(records.pick(OrdinaryCare.NOTES), day, visit));
        }
    }

    private void read(int code, int day, int shiftTenths, OptionalInt visit) {
        Codes.Code measurement = Codes.require(code);
        double middle = (measurement.low() + measurement.high()) / 2.0 + shiftTenths;
        double spread = (measurement.high() - measurement.low()) / 4.0;
        int tenths = (int) Math.max(1, Math.round(records.normal(middle, spread)));
        events.add(new Reading(code, day, tenths, visit));
    }

    // Small steps.

    private OptionalInt visit(Place place, int day, int until) {
        visits.add(new Visit(place, day, Math.min(until, lastDay)));
        return OptionalInt.of(visits.size() - 1);
    }

    private void diagnose(int code, int day, int days, OptionalInt visit) {
        events.add(new Diagnosis(code, day, Math.min(day + days, lastDay), visit));
    }

    private void dispense(int drug, int day, int daysOfSupply, OptionalInt visit) {
        events.add(new Dispensing(drug, day, Math.min(day + daysOfSupply - 1, lastDay), daysOfSupply, visit));
    }

    /** Sorts visits and events by day, and cuts what reaches beyond an earlier death. */
    private Life inOrderOfTime() {
        List<Integer> order = IntStream.range(0, visits.size())
                .boxed()
                .sorted(Comparator.comparingInt(number -> visits.get(number).day()))
                .toList();
        int[] place = new int[visits.size()];
        List<Visit> sorted = new ArrayList<>(visits.size());
        for (int number : order) {
            place[number] = sorted.size();
            Visit visit = visits.get(number);
            sorted.add(new Visit(visit.place(), visit.day(), Math.min(visit.lastDay(), lastDay)));
        }
        List<HealthEvent> told = events.stream()
                .sorted(Comparator.comparingInt(HealthEvent::day))
                .map(event -> moved(event, place))
                .toList();
        return new Life(person, lastDay, dies ? OptionalInt.of(lastDay) : OptionalInt.empty(), sorted, told);
    }

    private HealthEvent moved(HealthEvent event, int[] place) {
        OptionalInt visit =
                event.visit().isPresent() ? OptionalInt.of(place[event.visit().getAsInt()]) : OptionalInt.empty();
        return switch (event) {
            case Diagnosis it -> new Diagnosis(it.code(), it.day(), Math.min(it.lastDay(), lastDay), visit);
            case Dispensing it ->
                new Dispensing(it.code(), it.day(), Math.min(it.lastDay(), lastDay), it.daysOfSupply(), visit);
            case Act it -> new Act(it.code(), it.day(), visit);
            case Reading it -> new Reading(it.code(), it.day(), it.tenths(), visit);
            case Note it -> new Note(it.code(), it.day(), visit);
        };
    }
}
