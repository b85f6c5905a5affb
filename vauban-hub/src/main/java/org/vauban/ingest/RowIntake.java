package org.vauban.ingest;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.CdmTable;
import org.vauban.omop.ColumnRole;

/** Decides, row by row, whether a row of one file can be used, and holds the understood values of the last one. */
final class RowIntake {
    /** Why a row cannot be used. */
    enum Reason {
        WRONG_NUMBER_OF_FIELDS,
        WRONG_TYPE,
        VALUE_MISSING,
        UNKNOWN_PERSON,
        UNKNOWN_CONCEPT
    }

    /**
     * What is wrong with a row.
     *
     * @param field the number of the field from 1, or 0 for the whole row
     */
    record Fault(Reason reason, int field, String column, String expected, String found) {}

    private static final Set<CdmTable> ABOUT_CONCEPTS = Set.of(
            CdmTable.CONCEPT, CdmTable.CONCEPT_ANCESTOR, CdmTable.CONCEPT_RELATIONSHIP, CdmTable.CONCEPT_SYNONYM);

    private final Header header;
    private final @Nullable FieldParser[] parsers;
    private final boolean[] indispensable;
    private final Optional<PersonDirectory> persons;
    private final @Nullable FieldParser person;
    private final Map<CdmColumn, FieldParser> byColumn;

    /** The place of the last row's person in the directory. */
    int personIndex;

    /**
     * @param columns the columns to understand
     * @param persons the known persons, when rows of others are faults
     */
    RowIntake(CdmTable table, Header header, Set<CdmColumn> columns, Optional<PersonDirectory> persons) {
        this.header = header;
        this.parsers = new @Nullable FieldParser[header.size()];
        this.indispensable = new boolean[parsers.length];
        Set<CdmColumn> demanded = indispensable(table);
        for (int field = 0; field < parsers.length; field++) {
            CdmColumn column = header.column(field);
            indispensable[field] = column != null && demanded.contains(column);
            parsers[field] = column != null && columns.contains(column) ? new FieldParser(column) : null;
        }
        this.byColumn = Arrays.stream(parsers)
                .flatMap(Stream::ofNullable)
                .collect(Collectors.toMap(FieldParser::column, parser -> parser, (first, _) -> first));
        this.persons = persons;
        this.person = table.personColumn().map(byColumn::get).orElse(null);
    }

    /** The values without which a row is nothing: its key, its person, its day; of a period also its end; of a vocabulary its concepts. */
    static Set<CdmColumn> indispensable(CdmTable table) {
        boolean isStretch = table == CdmTable.OBSERVATION_PERIOD || table == CdmTable.PAYER_PLAN_PERIOD;
        Stream<CdmColumn> days = table.isAboutPersons()
                ? table.columns().stream()
                        .filter(column -> column.role() == ColumnRole.DATE && column.required())
                        .limit(isStretch ? 2 : 1)
                : Stream.empty();
        Stream<CdmColumn> names = table.columns().stream()
                .filter(column -> column.role() == ColumnRole.KEY
                        || column.role() == ColumnRole.PERSON
                        || (ABOUT_CONCEPTS.contains(table) && column.role() == ColumnRole.CONCEPT))
                .filter(CdmColumn::required);
        return Stream.concat(names, days).collect(Collectors.toUnmodifiableSet());
    }

    /** The parser of a column, or null when the file lacks it. */
    @Nullable
    FieldParser parser(CdmColumn column) {
        return byColumn.get(column);
    }

    /** The parser of a field, or null when the field is left out. */
    @Nullable
    FieldParser parserOfField(int field) {
        return parsers[field];
    }

    /** Understands a row; nothing when it can be used. */
    Optional<Fault> check(@Nullable String[] fields, int count) {
        if (count != header.size()) {
            return Optional.of(
                    new Fault(Reason.WRONG_NUMBER_OF_FIELDS, 0, "", header.size() + " fields", count + " fields"));
        }
        Optional<Fault> fault = Optional.empty();
        for (int field = 0; field < parsers.length; field++) {
            FieldParser parser = parsers[field];
            if (parser == null) {
                continue;
            }
            String text = fields[field];
            parser.present = text != null && !parser.isAbsent(text);
            if (parser.present) {
                if (!parser.parse(Objects.requireNonNull(text)) && fault.isEmpty()) {
                    fault = Optional.of(new Fault(
                            Reason.WRONG_TYPE, field + 1, parser.column().name(), parser.expected(), Shape.of(text)));
                }
            } else if (fault.isEmpty() && indispensable[field]) {
                fault = Optional.of(new Fault(
                        Reason.VALUE_MISSING, field + 1, parser.column().name(), "a value", "nothing"));
            }
        }
        return fault.isPresent() ? fault : checkPerson();
    }

    /** The person's id in the file, of a row whose person was read. */
    long personId() {
        return Objects.requireNonNull(person).number;
    }

    private Optional<Fault> checkPerson() {
        if (persons.isPresent() && person != null) {
            personIndex = persons.get().find(person.number);
            if (personIndex < 0) {
                return Optional.of(new Fault(
                        Reason.UNKNOWN_PERSON,
                        header.field(person.column()) + 1,
                        person.column().name(),
                        "a person of the table person",
                        "another"));
            }
        }
        return Optional.empty();
    }
}
