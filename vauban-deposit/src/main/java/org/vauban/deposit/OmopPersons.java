package org.vauban.deposit;

import java.util.function.BiConsumer;

/** The table {@code person} of an OMOP data set. It has no names: the identity zone learns a number, a sex and a day of birth. */
final class OmopPersons implements PersonSource {
    static final String TABLE = "person";

    private static final RecordNumbers.Type PERSON = RecordNumbers.Type.of("person");
    private static final String MALE = "8507";
    private static final String FEMALE = "8532";

    @Override
    public long read(
            SourceFile file,
            LineReader lines,
            RecordNumbers numbers,
            Rejects rejects,
            BiConsumer<Person, String> persons) {
        CsvHeader header = CsvHeader.read(file, lines, new OmopRules());
        var fields = new CsvFields();
        while (lines.next()) {
            boolean isWhole = fields.split(lines.buffer, lines.from, lines.to, (byte) header.delimiter());
            // Wrong rows are told when the table's health part is read.
            if (isWhole && fields.count == header.columns().size()) {
                String id = text(header, fields, lines, "person_id");
                String gender = text(header, fields, lines, "gender_concept_id");
                int sex = gender.equals(MALE) ? 1 : gender.equals(FEMALE) ? 2 : 9;
                persons.accept(
                        new Person(
                                numbers.of(PERSON, id),
                                "",
                                "",
                                false,
                                "",
                                "",
                                "",
                                birthDate(header, fields, lines),
                                sex,
                                "",
                                "",
                                "",
                                "",
                                id,
                                ""),
                        id);
            }
        }
        return 0;
    }

    private static String birthDate(CsvHeader header, CsvFields fields, LineReader lines) {
        String time = text(header, fields, lines, "birth_datetime");
        return time.length() >= 10 ? time.substring(0, 10) : "";
    }

    private static String text(CsvHeader header, CsvFields fields, LineReader lines, String column) {
        int index = header.indexOf(column);
        return index < 0 ? "" : fields.text(lines.buffer, index).strip();
    }
}
