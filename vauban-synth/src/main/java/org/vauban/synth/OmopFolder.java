package org.vauban.synth;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.vauban.synth.HealthEvent.Act;
import org.vauban.synth.HealthEvent.Diagnosis;
import org.vauban.synth.HealthEvent.Dispensing;
import org.vauban.synth.HealthEvent.Note;
import org.vauban.synth.HealthEvent.Reading;
import org.vauban.synth.Life.Visit;

/**
 * Prints lives as a folder of OMOP CDM 5.4 tables, one life after the other, so that memory does not grow with the number
 * of persons. Ids count rows in the order of writing: the files of few persons are the beginnings of the files of many.
 */
final class OmopFolder implements Closeable {
    private final Map<OmopTable, CsvFile> files = new EnumMap<>(OmopTable.class);

    OmopFolder(Path folder, boolean compressed) throws IOException {
        Files.createDirectories(folder);
        for (OmopTable table : OmopTable.values()) {
            Path file = folder.resolve(table.fileName() + (compressed ? ".csv.gz" : ".csv"));
            files.put(table, new CsvFile(file, table.columns()));
        }
    }

    void write(Life life) throws IOException {
        writePerson(life);
        long firstVisit = file(OmopTable.VISIT_OCCURRENCE).rows() + 1;
        for (Visit visit : life.visits()) {
            writeVisit(life, visit);
        }
        for (HealthEvent event : life.events()) {
            OptionalLong visit = event.visit().isPresent()
                    ? OptionalLong.of(firstVisit + event.visit().getAsInt())
                    : OptionalLong.empty();
            switch (event) {
                case Diagnosis it -> writeDiagnosis(life.person().number(), it, visit);
                case Dispensing it -> writeDispensing(nextId(OmopTable.DRUG_EXPOSURE), life, it, visit);
                case Act it -> writeAct(life, it, visit);
                case Reading it -> writeReading(life, it, visit);
                case Note it -> writeNote(life, it, visit);
            }
        }
        writeEras(life);
    }

    private void writePerson(Life life) throws IOException {
        Person person = life.person();
        file(OmopTable.PERSON)
                .number(person.number())
                .number(person.male() ? OmopIds.MALE : OmopIds.FEMALE)
                .number(Population.yearOf(person.birthDay()))
                .absent(3)
                .number(OmopIds.NONE)
                .number(OmopIds.NONE)
                .endAfterAbsent();
        writeObservationPeriod(person.number(), person.firstDay(), life.lastDay());
        if (life.deathDay().isPresent()) {
            file(OmopTable.DEATH)
                    .number(person.number())
                    .date(life.deathDay().getAsInt())
                    .absent(1)
                    .number(OmopIds.RECORD)
                    .endAfterAbsent();
        }
    }

    void writeObservationPeriod(long person, int firstDay, int lastDay) throws IOException {
        file(OmopTable.OBSERVATION_PERIOD)
                .number(nextId(OmopTable.OBSERVATION_PERIOD))
                .number(person)
                .date(firstDay)
                .date(lastDay)
                .number(OmopIds.RECORD)
                .end();
    }

    private void writeVisit(Life life, Visit visit) throws IOException {
        int place = switch (visit.place()) {
            case HOSPITAL_STAY -> OmopIds.HOSPITAL_STAY;
            case CONSULTATION -> OmopIds.CONSULTATION;
            case EMERGENCY -> OmopIds.EMERGENCY;
        };
        file(OmopTable.VISIT_OCCURRENCE)
                .number(nextId(OmopTable.VISIT_OCCURRENCE))
                .number(life.person().number())
                .number(place)
                .date(visit.day())
                .absent(1)
                .date(visit.lastDay())
                .absent(1)
                .number(OmopIds.RECORD)
                .endAfterAbsent();
    }

    void writeDiagnosis(long person, Diagnosis diagnosis, OptionalLong visit) throws IOException {
        CsvFile row = file(OmopTable.CONDITION_OCCURRENCE)
                .number(nextId(OmopTable.CONDITION_OCCURRENCE))
                .number(person)
                .number(diagnosis.code())
                .date(diagnosis.day())
                .absent(1)
                .date(diagnosis.lastDay())
                .absent(1)
                .number(OmopIds.RECORD)
                .absent(3);
        visit(row, visit)
                .absent(1)
                .text(key(diagnosis))
                .number(diagnosis.code())
                .endAfterAbsent();
    }

    void writeDispensing(long id, Life life, Dispensing dispensing, OptionalLong visit) throws IOException {
        CsvFile row = file(OmopTable.DRUG_EXPOSURE)
                .number(id)
                .number(life.person().number())
                .number(dispensing.code())
                .date(dispensing.day())
                .absent(1)
                .date(dispensing.lastDay())
                .absent(2)
                .number(OmopIds.RECORD)
                .absent(2)
                .number(dispensing.daysOfSupply())
                .number(dispensing.daysOfSupply())
                .absent(4);
        visit(row, visit)
                .absent(1)
                .text(key(dispensing))
                .number(dispensing.code())
                .endAfterAbsent();
    }

    private void writeAct(Life life, Act act, OptionalLong visit) throws IOException {
        CsvFile row = file(OmopTable.PROCEDURE_OCCURRENCE)
                .number(nextId(OmopTable.PROCEDURE_OCCURRENCE))
                .number(life.person().number())
                .number(act.code())
                .date(act.day())
                .absent(1)
                .date(act.day())
                .absent(1)
                .number(OmopIds.RECORD)
                .absent(1)
                .number(1)
                .absent(1);
        visit(row, visit).absent(1).text(key(act)).number(act.code()).endAfterAbsent();
    }

    void writeReading(Life life, Reading reading, OptionalLong visit) throws IOException {
        Codes.Code code = Codes.require(reading.code());
        int unit = code.unit().orElseThrow();
        CsvFile row = file(OmopTable.MEASUREMENT)
                .number(nextId(OmopTable.MEASUREMENT))
                .number(life.person().number())
                .number(reading.code())
                .date(reading.day())
                .absent(2)
                .number(OmopIds.RECORD)
                .absent(1)
                .tenths(reading.tenths())
                .absent(1)
                .number(unit)
                .tenths(code.low())
                .tenths(code.high())
                .absent(1);
        visit(row, visit).absent(1).text(code.key()).number(reading.code()).endAfterAbsent();
    }

    private void writeNote(Life life, Note note, OptionalLong visit) throws IOException {
        writeNote(life.person().number(), note.code(), key(note), note.day(), visit);
    }

    void writeNote(long person, int concept, String sourceValue, int day, OptionalLong visit) throws IOException {
        CsvFile row = file(OmopTable.OBSERVATION)
                .number(nextId(OmopTable.OBSERVATION))
                .number(person)
                .number(concept)
                .date(day)
                .absent(1)
                .number(OmopIds.RECORD)
                .absent(6);
        visit(row, visit).absent(1).text(sourceValue).number(concept).endAfterAbsent();
    }

    private void writeEras(Life life) throws IOException {
        for (Eras.Era era : Eras.ofDrugs(life)) {
            beginEra(OmopTable.DRUG_ERA, life, era).number(era.gapDays()).end();
        }
        for (Eras.Era era : Eras.ofConditions(life)) {
            beginEra(OmopTable.CONDITION_ERA, life, era).end();
        }
    }

    private CsvFile beginEra(OmopTable table, Life life, Eras.Era era) throws IOException {
        return file(table)
                .number(nextId(table))
                .number(life.person().number())
                .number(era.code())
                .date(era.day())
                .date(era.lastDay())
                .number(era.count());
    }

    /** Writes the small tables that do not depend on the persons. */
    void writeVocabulary() throws IOException {
        int validFrom = Population.day(1970, 1, 1);
        int validTo = Population.day(2099, 12, 31);
        List<Codes.Code> all =
                Stream.concat(Codes.standard().stream(), Codes.local().stream()).toList();
        TreeMap<String, String> vocabularies = new TreeMap<>();
        TreeSet<String> domains = new TreeSet<>();
        TreeSet<String> classes = new TreeSet<>();
        for (Codes.Code code : all) {
            boolean standard = code.id() != OmopIds.NONE;
            CsvFile concept = file(OmopTable.CONCEPT)
                    .number(code.id())
                    .text(code.english())
                    .text(code.domain())
                    .text(code.vocabulary())
                    .text(code.conceptClass());
            (standard ? concept.text("S") : concept.absent(1))
                    .text(code.key())
                    .date(validFrom)
                    .date(validTo)
                    .endAfterAbsent();
            writeSynonym(code.id(), code.english(), OmopIds.ENGLISH);
            writeSynonym(code.id(), code.french(), OmopIds.FRENCH);
            vocabularies.put(code.vocabulary(), vocabularyName(code.vocabulary()));
            domains.add(code.domain());
            classes.add(code.conceptClass());
        }
        for (Codes.Code code : Codes.local()) {
            writeLineage(code, validFrom, validTo);
        }
        for (Map.Entry<String, String> vocabulary : vocabularies.entrySet()) {
            file(OmopTable.VOCABULARY)
                    .text(vocabulary.getKey())
                    .text(vocabulary.getValue())
                    .absent(1)
                    .text("1")
                    .number(OmopIds.NONE)
                    .end();
        }
        for (String domain : domains) {
            file(OmopTable.DOMAIN)
                    .text(domain)
                    .text(domain)
                    .number(OmopIds.NONE)
                    .end();
        }
        for (String conceptClass : classes) {
            file(OmopTable.CONCEPT_CLASS)
                    .text(conceptClass)
                    .text(conceptClass)
                    .number(OmopIds.NONE)
                    .end();
        }
        for (Link link : Link.values()) {
            file(OmopTable.RELATIONSHIP)
                    .text(link.id)
                    .text(link.meaning)
                    .number(link.upwards ? 0 : 1)
                    .number(link.upwards ? 0 : 1)
                    .text(link.reverse)
                    .number(OmopIds.NONE)
                    .end();
        }
        writeSource();
    }

    private void writeSynonym(int concept, String label, int language) throws IOException {
        file(OmopTable.CONCEPT_SYNONYM)
                .number(concept)
                .text(label)
                .number(language)
                .end();
    }

    private void writeLineage(Codes.Code code, int validFrom, int validTo) throws IOException {
        int levels = 0;
        for (Codes.Code ancestor : Codes.lineage(code)) {
            file(OmopTable.CONCEPT_ANCESTOR)
                    .number(ancestor.id())
                    .number(code.id())
                    .number(levels)
                    .number(levels)
                    .end();
            levels++;
        }
        Optional<Integer> parent = code.parent();
        if (parent.isPresent()) {
            boolean drug = code.domain().equals("Drug");
            writeLink(code.id(), parent.get(), drug ? Link.HAS_INGREDIENT : Link.IS_A, validFrom, validTo);
            writeLink(parent.get(), code.id(), drug ? Link.INGREDIENT_OF : Link.SUBSUMES, validFrom, validTo);
        }
    }

    private void writeLink(int from, int to, Link link, int validFrom, int validTo) throws IOException {
        file(OmopTable.CONCEPT_RELATIONSHIP)
                .number(from)
                .number(to)
                .text(link.id)
                .date(validFrom)
                .date(validTo)
                .endAfterAbsent();
    }

    private void writeSource() throws IOException {
        file(OmopTable.CDM_SOURCE)
                .text("Generated OMOP data with a planted drug effect")
                .text("vauban-demo")
                .text("Vauban")
                .text("Nobody in these data ever lived; every record was drawn by chance from a published model")
                .text("docs/demo-data.md")
                .absent(1)
                .date(Population.LAST_DAY)
                .date(Population.LAST_DAY)
                .text("5.4")
                .number(OmopIds.CDM_VERSION)
                .text(Codes.LOCAL_VOCABULARY + " 1")
                .end();
    }

    private static String vocabularyName(String vocabulary) {
        return switch (vocabulary) {
            case Codes.LOCAL_VOCABULARY -> "Hand-picked codes of the generated data";
            case "UCUM" -> "Units of measure";
            case "None" -> "OMOP's own concepts";
            default -> "OMOP " + vocabulary;
        };
    }

    /** Rows written to a table so far. */
    long rows(OmopTable table) {
        return file(table).rows();
    }

    /** The id that the next row of a table gets. */
    long nextId(OmopTable table) {
        return rows(table) + 1;
    }

    private CsvFile file(OmopTable table) {
        CsvFile file = files.get(table);
        if (file == null) {
            throw new IllegalStateException("no file is open for " + table);
        }
        return file;
    }

    /** The id of the visit that an event belongs to, if it belongs to one. */
    private static CsvFile visit(CsvFile row, OptionalLong visit) throws IOException {
        return visit.isPresent() ? row.number(visit.getAsLong()) : row.absent(1);
    }

    private static String key(HealthEvent event) {
        return Codes.require(event.code()).key();
    }

    @Override
    public void close() throws IOException {
        for (CsvFile file : files.values()) {
            file.close();
        }
    }

    /** The relations between concepts; their names are OMOP's. */
    private enum Link {
        IS_A("Is a", "Is a kind of", true, "Subsumes"),
        SUBSUMES("Subsumes", "Has as a kind", false, "Is a"),
        HAS_INGREDIENT("RxNorm has ing", "Has as ingredient", true, "RxNorm ing of"),
        INGREDIENT_OF("RxNorm ing of", "Is an ingredient of", false, "RxNorm has ing");

        private final String id;
        private final String meaning;
        private final boolean upwards;
        private final String reverse;

        Link(String id, String meaning, boolean upwards, String reverse) {
            this.id = id;
            this.meaning = meaning;
            this.upwards = upwards;
            this.reverse = reverse;
        }
    }
}
