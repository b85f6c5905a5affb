package org.vauban.synth;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import org.vauban.synth.Care.Clinic;
import org.vauban.synth.Care.Delivery;
import org.vauban.synth.Care.Kind;
import org.vauban.synth.Care.Result;
import org.vauban.synth.Care.Stay;
import org.vauban.synth.Care.TownVisit;
import org.vauban.synth.FrenchLife.LongTermDisease;
import org.vauban.synth.HealthEvent.Diagnosis;
import org.vauban.synth.HealthEvent.Dispensing;
import org.vauban.synth.Life.Place;
import org.vauban.synth.Life.Visit;

/**
 * Tells the planted life of {@link MedicalHistory} as French records, and adds the ordinary care of a person of that age.
 *
 * <p>What the comparison needs stands in the insurer's data of everybody, because not everybody is a patient of the four
 * hospitals: deliveries by the pharmacy, and each bleeding, each ulcer and the nearest record of kidney disease before a
 * first course as a stay. Ordinary care uses no code of the comparison. The first and the last day of observation each carry
 * a visit, so that observation can be seen from records alone.
 */
final class FrenchHistory {
    private static final double NEW_RECORD_OF_KIDNEY_DISEASE_IS_A_STAY = 0.2;
    private static final double LATER_ULCER_IS_RECORDED = 0.5;
    private static final double STAY_IN_OWN_HOSPITAL = 0.75;
    private static final List<String> ACUTE_SUBSTANCES = List.of(
            "N02BE01", "N02BE01", "N02BE01", "J01CA04", "J01FA10", "A03AX13", "R06AE09", "D07AC01", "H02AB06",
            "N02AX02", "A06AD15", "N02AA59", "R03AC02", "P01AB01");
    private static final List<String> SIDE_DIAGNOSES =
            List.of("I10", "E11.9", "E66.0", "E78.5", "I48.9", "J44.9", "D64.9", "I50.9", "F32.9", "E03.9");
    private static final List<String> CAUSES_OF_DEATH =
            List.of("I21.9", "C34.9", "C18.9", "I63.9", "G30.9", "J18.9", "I50.9", "C61", "R99", "J44.9");
    private static final List<Measure> OF_EVERY_STAY = List.of(
            Measure.HAEMOGLOBIN,
            Measure.LEUKOCYTES,
            Measure.PLATELETS,
            Measure.SODIUM,
            Measure.POTASSIUM,
            Measure.SYSTOLIC_PRESSURE,
            Measure.DIASTOLIC_PRESSURE,
            Measure.PULSE,
            Measure.TEMPERATURE);
    private static final List<Measure> OF_EVERY_CLINIC = List.of(
            Measure.SYSTOLIC_PRESSURE,
            Measure.DIASTOLIC_PRESSURE,
            Measure.PULSE,
            Measure.WEIGHT,
            Measure.HAEMOGLOBIN,
            Measure.GLUCOSE,
            Measure.CHOLESTEROL,
            Measure.SODIUM,
            Measure.POTASSIUM);

    private final Person person;
    private final Life planted;
    private final Insured insured;
    private final List<HospitalRecord> hospitalRecords;
    private final Chance chance;
    private final int firstDay;
    private final int lastDay;
    private final List<Care> care = new ArrayList<>();
    private final List<LongTermDisease> longTerm = new ArrayList<>();

    private FrenchHistory(Population.Drawn drawn, long seed) {
        this.planted = MedicalHistory.planted(drawn);
        this.person = drawn.person();
        this.chance = drawn.records().split();
        this.firstDay = person.firstDay();
        this.lastDay = planted.lastDay();
        Civil civil = Civil.of(person, seed);
        this.insured = Insured.of(civil, seed, firstDay, lastDay);
        this.hospitalRecords = HospitalRecord.of(civil, seed);
    }

    static FrenchLife of(Population.Drawn drawn, long seed) {
        FrenchHistory history = new FrenchHistory(drawn, seed);
        history.tellThePlantedLife();
        history.addChronicDiseases();
        history.addTown();
        history.addHospitals();
        history.care.sort(Comparator.comparingInt(Care::day));
        return history.life();
    }

    private FrenchLife life() {
        OptionalInt bleeding = OptionalInt.empty();
        boolean before = false;
        for (HealthEvent event : planted.events()) {
            if (event instanceof Diagnosis diagnosis && isBleeding(diagnosis.code()) && isStay(diagnosis)) {
                if (diagnosis.day() <= person.baselineDay()) {
                    before = true;
                } else if (bleeding.isEmpty()) {
                    bleeding = OptionalInt.of(diagnosis.day());
                }
            }
        }
        String cause = "";
        if (planted.deathDay().isPresent()) {
            boolean bled = bleeding.isPresent() && lastDay - bleeding.getAsInt() <= 21;
            cause = bled ? "K92.2" : chance.pick(CAUSES_OF_DEATH);
        }
        return new FrenchLife(
                person, insured, hospitalRecords, longTerm, care, lastDay, planted.deathDay(), cause, bleeding, before);
    }

    // The planted life.

    private void tellThePlantedLife() {
        int nearestKidneyRecord = nearestBeforeBaseline();
        for (HealthEvent event : planted.events()) {
            switch (event) {
                case Dispensing it -> deliver(it);
                case Diagnosis it -> {
                    if (isBleeding(it.code())) {
                        tellBleeding(it);
                    } else if (it.code() == Codes.ULCER
                            || it.code() == Codes.GASTRIC_ULCER
                            || it.code() == Codes.DUODENAL_ULCER) {
                        tellUlcer(it);
                    } else if (it.code() == Codes.MODERATE_RENAL_DISEASE || it.code() == Codes.SEVERE_RENAL_DISEASE) {
                        tellKidneyDisease(it, nearestKidneyRecord);
                    } else {
                        care.add(new TownVisit(Kind.GENERAL_PRACTITIONER, it.day(), false));
                    }
                }
                case HealthEvent.Act _, HealthEvent.Reading _, HealthEvent.Note _ -> {
                    // Told with the stay or visit they belong to.
                }
            }
        }
    }

    private int nearestBeforeBaseline() {
        int nearest = Integer.MIN_VALUE;
        for (HealthEvent event : planted.events()) {
            boolean kidney = event.code() == Codes.MODERATE_RENAL_DISEASE || event.code() == Codes.SEVERE_RENAL_DISEASE;
            if (kidney && event.day() < person.baselineDay()) {
                nearest = Math.max(nearest, event.day());
            }
        }
        return nearest;
    }

    private void deliver(Dispensing dispensing) {
        Drug drug = switch (dispensing.code()) {
            case Codes.TARGET_LOW -> Drug.of("M01AH01").get(0);
            case Codes.TARGET_HIGH -> Drug.of("M01AH01").get(1 + (int) (person.number() % 2));
            case Codes.COMPARATOR_LOW -> Drug.of("M01AB05").get(0);
            case Codes.COMPARATOR_HIGH -> Drug.of("M01AB05").get(1 + (int) (person.number() % 2));
            case Codes.ANTICOAGULANT_LOW -> Drug.of("B01AA03").get((int) (person.number() % 2));
            case Codes.ANTICOAGULANT_HIGH -> Drug.of("B01AF02").get(1);
            default -> throw new IllegalStateException("no French box for the planted code " + dispensing.code());
        };
        care.add(new Delivery(drug, dispensing.day(), 1, false));
    }

    private void tellBleeding(Diagnosis bleeding) {
        if (!isStay(bleeding)) {
            care.add(new TownVisit(Kind.GENERAL_PRACTITIONER, bleeding.day(), false));
            return;
        }
        String code = switch (bleeding.code()) {
            case Codes.UPPER_BLEEDING -> chance.pick(List.of("K25.0", "K25.4", "K26.0", "K26.4", "K92.0"));
            case Codes.LOWER_BLEEDING -> "K92.1";
            default -> "K92.2";
        };
        Visit visit = planted.visits().get(bleeding.visit().getAsInt());
        boolean old = ageOn(bleeding.day()) >= 70;
        List<String> acts = chance.happens(0.4) ? List.of("HEQE002", "FELF011") : List.of("HEQE002");
        stay(visit.day(), visit.lastDay(), code, acts, old ? "06M04W" : "06M04V", true, 62, 108);
    }

    /** Ulcers are looked at in a day at the hospital. */
    private void tellUlcer(Diagnosis ulcer) {
        if (ulcer.day() > person.baselineDay() && !chance.happens(LATER_ULCER_IS_RECORDED)) {
            care.add(new TownVisit(Kind.SPECIALIST, ulcer.day(), false));
            return;
        }
        String code = switch (ulcer.code()) {
            case Codes.GASTRIC_ULCER -> chance.happens(0.5) ? "K25.3" : "K25.7";
            case Codes.DUODENAL_ULCER -> chance.happens(0.5) ? "K26.3" : "K26.7";
            default -> "K27.9";
        };
        stay(ulcer.day(), ulcer.day(), code, List.of("HEQE002"), "06M11V", false, 118, 150);
    }

    private void tellKidneyDisease(Diagnosis kidney, int nearest) {
        String code = kidney.code() == Codes.SEVERE_RENAL_DISEASE ? "N18.4" : "N18.3";
        boolean severe = kidney.code() == Codes.SEVERE_RENAL_DISEASE;
        if (severe && longTerm.stream().noneMatch(disease -> disease.number() == 19)) {
            longTerm.add(new LongTermDisease(code, 19, kidney.day()));
        }
        if (kidney.day() == nearest || chance.happens(NEW_RECORD_OF_KIDNEY_DISEASE_IS_A_STAY)) {
            stay(kidney.day(), kidney.day(), code, List.of("JAQM003"), "11M06V", false, 100, 140);
        } else if (!hospitalRecords.isEmpty() && chance.happens(0.3)) {
            int hospital = hospitalRecords.getFirst().hospital();
            Result creatinine = new Result(Measure.CREATININE, kidney.day(), chance.between(1300, 3200));
            care.add(new Clinic(kidney.day(), hospital, List.of(code), List.of(), List.of(creatinine), List.of()));
        } else {
            care.add(new TownVisit(Kind.LABORATORY, kidney.day(), severe));
        }
    }

    private boolean isStay(Diagnosis diagnosis) {
        return diagnosis.visit().isPresent()
                && planted.visits().get(diagnosis.visit().getAsInt()).place() == Place.HOSPITAL_STAY;
    }

    private static boolean isBleeding(int code) {
        return code == Codes.BLEEDING || code == Codes.UPPER_BLEEDING || code == Codes.LOWER_BLEEDING;
    }

    // Ordinary care.

    private void addChronicDiseases() {
        int age = ageOn(Population.day(2017, 1, 1));
        for (Disease disease : Disease.ALL) {
            if (chance.happens(disease.probability(age, person.male()))) {
                int from = chance.happens(0.6) ? firstDay : chance.between(firstDay, lastDay);
                boolean inFull = disease.longTerm() > 0 && chance.happens(disease.inFull());
                if (inFull) {
                    longTerm.add(new LongTermDisease(disease.code(), disease.longTerm(), from));
                }
                treat(disease, from, inFull);
            }
        }
    }

    private void treat(Disease disease, int from, boolean inFull) {
        int substances = Math.min(disease.substances().size(), chance.happens(0.35) ? 2 : 1);
        int first = chance.between(0, disease.substances().size() - 1);
        for (int number = 0; number < substances; number++) {
            List<Drug> boxes = Drug.of(disease.substances()
                    .get((first + number) % disease.substances().size()));
            Drug drug = boxes.get((int) (person.number() % boxes.size()));
            for (int day = from + chance.between(0, 60); day <= lastDay; day += chance.between(78, 100)) {
                care.add(new Delivery(drug, day, 3, inFull));
            }
        }
    }

    private void addTown() {
        care.add(new TownVisit(Kind.GENERAL_PRACTITIONER, firstDay, false));
        care.add(new TownVisit(Kind.GENERAL_PRACTITIONER, lastDay, false));
        int age = ageOn(Population.day(2017, 1, 1));
        double perYear = (age < 15 ? 3.9 : 3.1 + 0.035 * Math.max(0, age - 30)) * (0.6 + chance.exponential(0.4));
        double years = (lastDay - firstDay) / PlantedModel.DAYS_PER_YEAR;
        boolean inFull = !longTerm.isEmpty();
        for (int visit = (int) (perYear * years); visit > 0; visit--) {
            int day = anyDay();
            double drawn = chance.uniform();
            Kind kind = drawn < 0.72
                    ? (age > 80 && drawn < 0.25 ? Kind.AT_HOME : Kind.GENERAL_PRACTITIONER)
                    : drawn < 0.82 ? Kind.SPECIALIST : drawn < 0.93 ? Kind.LABORATORY : Kind.IMAGING;
            care.add(new TownVisit(kind, day, inFull && chance.happens(0.5)));
            if (kind == Kind.GENERAL_PRACTITIONER && chance.happens(0.42)) {
                Drug drug = Drug.of(chance.pick(ACUTE_SUBSTANCES)).getFirst();
                care.add(new Delivery(drug, day, chance.between(1, 2), false));
            }
        }
        double coursesOfSessions = years * (0.05 + 0.003 * age);
        for (double left = coursesOfSessions; left > chance.uniform(); left--) {
            Kind kind = chance.happens(0.6) ? Kind.PHYSIOTHERAPY : Kind.NURSE;
            int day = anyDay();
            int sessions = chance.between(5, 15);
            for (int session = 0; session < sessions && day <= lastDay; session++) {
                care.add(new TownVisit(kind, day, inFull));
                day += chance.between(2, 4);
            }
        }
        if (!person.male() && age >= 15 && age <= 42 && chance.happens(0.4)) {
            Drug pill = Drug.of("G03AA07").getFirst();
            for (int day = anyDay(); day <= lastDay; day += chance.between(80, 90)) {
                care.add(new Delivery(pill, day, 3, false));
            }
        }
        if (age >= 65) {
            for (int day = firstDay + chance.between(200, 330); day <= lastDay; day += 365) {
                if (chance.happens(0.55)) {
                    care.add(new Delivery(Drug.of("J07BB02").getFirst(), day, 1, false));
                }
            }
        }
    }

    private void addHospitals() {
        double years = (lastDay - firstDay) / PlantedModel.DAYS_PER_YEAR;
        boolean patient = !hospitalRecords.isEmpty();
        double staysPerYear = 0.04 + 0.0022 * Math.max(0, ageOn(Population.day(2017, 1, 1)) - 20);
        for (double left = years * staysPerYear * (patient ? 1.4 : 0.7); left > chance.uniform(); left--) {
            int day = anyDay();
            Admission admission = Admission.pick(ageOn(day), person.male(), chance);
            int until = Math.min(day + chance.between(0, admission.daysMax()), lastDay);
            stay(day, until, admission.diagnosis(), admission.acts(), admission.group(), chance.happens(0.4), 105, 160);
        }
        for (HospitalRecord record : hospitalRecords) {
            for (int visit = chance.between(3, 6); visit > 0; visit--) {
                clinic(record.hospital(), anyDay());
            }
        }
    }

    private void clinic(int hospital, int day) {
        List<Result> results = new ArrayList<>();
        for (Measure measure : OF_EVERY_CLINIC) {
            if (chance.happens(0.85)) {
                results.add(measure.read(day, chance));
            }
        }
        List<String> diagnoses = List.of(chance.pick(SIDE_DIAGNOSES));
        List<String> acts = chance.happens(0.3) ? List.of("DEQP003") : List.of();
        List<Drug> prescribed = chance.happens(0.6)
                ? List.of(Drug.of(chance.pick(ACUTE_SUBSTANCES)).getFirst())
                : List.of();
        care.add(new Clinic(day, hospital, diagnoses, acts, results, prescribed));
    }

    private void stay(
            int day,
            int until,
            String diagnosis,
            List<String> acts,
            String group,
            boolean urgent,
            int leastHaemoglobin,
            int mostHaemoglobin) {
        boolean own = !hospitalRecords.isEmpty() && chance.happens(STAY_IN_OWN_HOSPITAL);
        int hospital = own ? chance.pick(hospitalRecords).hospital() : Hospital.elsewhere(chance);
        List<String> associated = new ArrayList<>();
        for (int number = chance.between(0, ageOn(day) > 50 ? 3 : 1); number > 0; number--) {
            String side = chance.pick(SIDE_DIAGNOSES);
            if (!associated.contains(side) && !side.equals(diagnosis)) {
                associated.add(side);
            }
        }
        boolean died = planted.deathDay().isPresent() && until == lastDay;
        List<Result> results = own ? results(day, until, leastHaemoglobin, mostHaemoglobin) : List.of();
        List<Drug> administered = new ArrayList<>();
        if (own) {
            for (int number = chance.between(1, 3); number > 0; number--) {
                administered.add(Drug.of(chance.pick(ACUTE_SUBSTANCES)).getFirst());
            }
        }
        care.add(new Stay(
                day, until, hospital, diagnosis, associated, acts, group, results, administered, urgent, died));
    }

    /** Everything on admission, and a part of it every third day. */
    private List<Result> results(int day, int until, int leastHaemoglobin, int mostHaemoglobin) {
        List<Result> results = new ArrayList<>();
        results.add(new Result(Measure.HAEMOGLOBIN, day, chance.between(leastHaemoglobin, mostHaemoglobin)));
        results.add(Measure.CREATININE.read(day, chance));
        results.add(Measure.C_REACTIVE_PROTEIN.read(day, chance));
        for (int on = day; on <= until; on += 3) {
            for (Measure measure : OF_EVERY_STAY) {
                if (measure != Measure.HAEMOGLOBIN && (on == day || chance.happens(0.6))) {
                    results.add(measure.read(on, chance));
                }
            }
        }
        return results;
    }

    private int anyDay() {
        return chance.between(firstDay, lastDay);
    }

    private int ageOn(int day) {
        return Math.max(0, (int) ((day - person.birthDay()) / PlantedModel.DAYS_PER_YEAR));
    }
}
