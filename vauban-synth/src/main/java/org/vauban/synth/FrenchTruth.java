package org.vauban.synth;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.vauban.synth.Insured.Cover;
import org.vauban.synth.Person.FirstCourse;
import org.vauban.synth.PlantedModel.Baseline;
import org.vauban.synth.PlantedModel.Treatment;

/**
 * The person-level truth about a generated country:
 *
 * <ul>
 *   <li>{@code who_is_who.csv}: which person each producer's identity record is about;
 *   <li>{@code hospital_records.csv}: what went wrong when a hospital wrote a person down;
 *   <li>{@code perfect.csv}: each new user as a pipeline without any fault would see the person.
 * </ul>
 */
final class FrenchTruth implements Closeable {
    static final String WHO_IS_WHO = "who_is_who.csv";
    static final String HOSPITAL_RECORDS = "hospital_records.csv";
    static final String PERFECT = "perfect.csv";

    private final CsvFile who;
    private final CsvFile records;
    private final CsvFile perfect;

    FrenchTruth(Path folder) throws IOException {
        this.who = new CsvFile(folder.resolve(WHO_IS_WHO), List.of("producer", "local_id", "person"));
        this.records = new CsvFile(
                folder.resolve(HOSPITAL_RECORDS),
                List.of("producer", "local_id", "nir", "slip", "sex", "age_group", "birth_country"));
        this.perfect = new CsvFile(
                folder.resolve(PERFECT),
                List.of(
                        "person",
                        "first_day",
                        "received",
                        "age",
                        "male",
                        "prior_ulcer",
                        "anticoagulant",
                        "renal_disease",
                        "prior_days",
                        "bled_before",
                        "days_at_risk",
                        "event"));
    }

    void add(FrenchLife life) throws IOException {
        long person = life.person().number();
        for (Cover cover : life.insured().covers()) {
            who.text(InsurerFolder.NAME)
                    .text(cover.pseudonym() + "|" + cover.rank())
                    .number(person)
                    .end();
        }
        for (HospitalRecord record : life.hospitalRecords()) {
            who.text(HospitalFolder.name(record.hospital()))
                    .text(record.id())
                    .number(person)
                    .end();
            addRecord(life, record);
        }
        if (life.person().course().isPresent()) {
            addUser(life, life.person().course().get());
        }
    }

    private void addRecord(FrenchLife life, HospitalRecord record) throws IOException {
        int age = 2016 - Days.year(life.person().birthDay());
        records.text(HospitalFolder.name(record.hospital()))
                .text(record.id())
                .text(lower(record.nirState()))
                .text(lower(record.slip()))
                .text(record.male() ? "male" : "female")
                .text(age < 20 ? "under 20" : age < 40 ? "20 to 39" : age < 65 ? "40 to 64" : "65 and over")
                .text(life.insured().civil().placeOfBirth().startsWith("99") ? "abroad" : "France")
                .end();
    }

    private static String lower(Enum<?> value) {
        StringBuilder text = new StringBuilder();
        for (char character : value.name().toCharArray()) {
            text.append(character == '_' ? ' ' : Character.toLowerCase(character));
        }
        return text.toString();
    }

    private void addUser(FrenchLife life, FirstCourse course) throws IOException {
        Person person = life.person();
        Baseline baseline = person.baseline();
        int lastDayAtRisk =
                Math.min(course.schedule().lastDay() + PlantedModel.DAYS_AT_RISK_AFTER_TREATMENT, life.lastDay());
        Optional<Integer> bleeding =
                life.bleedingDay().isPresent() && life.bleedingDay().getAsInt() <= lastDayAtRisk
                        ? Optional.of(life.bleedingDay().getAsInt())
                        : Optional.empty();
        perfect.number(person.number())
                .date(person.baselineDay())
                .text(course.received() == Treatment.TARGET ? "target" : "comparator")
                .number(baseline.age())
                .number(baseline.male() ? 1 : 0)
                .number(baseline.priorUlcer() ? 1 : 0)
                .number(baseline.anticoagulant() ? 1 : 0)
                .number(baseline.renalDisease() ? 1 : 0)
                .number(person.baselineDay() - person.firstDay())
                .number(life.bledBefore() ? 1 : 0)
                .number(bleeding.orElse(lastDayAtRisk) - person.baselineDay() + 1)
                .number(bleeding.isPresent() ? 1 : 0)
                .end();
    }

    @Override
    public void close() throws IOException {
        who.close();
        records.close();
        perfect.close();
    }
}
