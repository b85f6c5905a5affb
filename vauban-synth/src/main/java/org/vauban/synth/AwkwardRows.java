package org.vauban.synth;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.vauban.synth.HealthEvent.Diagnosis;
import org.vauban.synth.HealthEvent.Dispensing;
import org.vauban.synth.HealthEvent.Reading;

/**
 * A counted few defects of the kinds that real data have, added behind the clean rows and listed in the truth folder. They
 * change no answer: what is repeated is the same row, and the rest concerns nobody or nothing that is studied.
 */
final class AwkwardRows implements Closeable {
    private static final int OF_EACH_KIND = 5;

    /** Far above any person, so that nobody has such a number. */
    private static final long UNKNOWN_PERSONS_FROM = 900_000_001;

    private final OmopFolder omop;
    private final CsvFile listed;

    /** Lists what it adds in {@code awkward.csv} of the folder of the truth. */
    AwkwardRows(OmopFolder omop, Path truth) throws IOException {
        this.omop = omop;
        this.listed = new CsvFile(truth.resolve("awkward.csv"), List.of("table", "row_id", "person_id", "defect"));
    }

    void add(Population population, long persons) throws IOException {
        for (int number = 0; number < OF_EACH_KIND; number++) {
            addUnknownPerson(UNKNOWN_PERSONS_FROM + number);
        }
        long exposures = 0;
        for (long number = 1; number <= Math.min(OF_EACH_KIND, persons); number++) {
            Life life = population.life(number);
            Optional<Dispensing> first = firstDispensing(life);
            if (first.isPresent()) {
                repeatExposure(life, exposures + 1, first.get());
            }
            exposures +=
                    life.events().stream().filter(Dispensing.class::isInstance).count();
            addOutsideObservation(life);
            addUnmapped(life);
        }
    }

    private static Optional<Dispensing> firstDispensing(Life life) {
        return life.events().stream()
                .filter(Dispensing.class::isInstance)
                .map(Dispensing.class::cast)
                .findFirst();
    }

    private void addUnknownPerson(long person) throws IOException {
        addDefect(
                OmopTable.OBSERVATION_PERIOD,
                omop.nextId(OmopTable.OBSERVATION_PERIOD),
                person,
                "observation period of an unknown person");
        omop.writeObservationPeriod(person, Population.FIRST_DAY, Population.LAST_DAY);
        addDefect(
                OmopTable.CONDITION_OCCURRENCE,
                omop.nextId(OmopTable.CONDITION_OCCURRENCE),
                person,
                "condition of an unknown person");
        int day = Population.FIRST_DAY + 100;
        omop.writeDiagnosis(person, new Diagnosis(Codes.COLD, day, day, OptionalInt.empty()), OptionalLong.empty());
    }

    private void repeatExposure(Life life, long id, Dispensing first) throws IOException {
        addDefect(OmopTable.DRUG_EXPOSURE, id, life.person().number(), "drug_exposure_id used twice");
        omop.writeDispensing(id, life, first, OptionalLong.empty());
    }

    private void addOutsideObservation(Life life) throws IOException {
        addDefect(
                OmopTable.MEASUREMENT,
                omop.nextId(OmopTable.MEASUREMENT),
                life.person().number(),
                "measurement before observation begins");
        int day = life.person().firstDay() - 30;
        omop.writeReading(
                life, new Reading(Codes.SYSTOLIC_PRESSURE, day, 1300, OptionalInt.empty()), OptionalLong.empty());
    }

    private void addUnmapped(Life life) throws IOException {
        addDefect(
                OmopTable.OBSERVATION,
                omop.nextId(OmopTable.OBSERVATION),
                life.person().number(),
                "observation without a standard concept");
        omop.writeNote(
                life.person().number(),
                OmopIds.NONE,
                "NOT-IN-ANY-LIST",
                life.person().firstDay(),
                OptionalLong.empty());
    }

    private void addDefect(OmopTable table, long row, long person, String defect) throws IOException {
        listed.text(table.fileName()).number(row).number(person).text(defect).end();
    }

    long defects() {
        return listed.rows();
    }

    @Override
    public void close() throws IOException {
        listed.close();
    }
}
