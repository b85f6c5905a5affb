package org.vauban.deposit;

import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;

/** The insurer's {@code identities.csv}: who is behind a BEN_NIR_PSA and its rank. Nothing but the insurer's own deposit reads it. */
final class InsuredPersons implements PersonSource {
    static final String TABLE = "IDENTITIES";

    private static final List<String> COLUMNS = List.of(
            "BEN_NIR_PSA",
            "BEN_RNG_GEM",
            "NIR_OUVRANT_DROIT",
            "NIR_BENEFICIAIRE",
            "DATE_NAISSANCE",
            "SEXE",
            "NOM_NAISSANCE",
            "NOM_USAGE",
            "PRENOMS",
            "LIEU_NAISSANCE",
            "COMMUNE_RESIDENCE",
            "CODE_POSTAL",
            "TELEPHONE");
    private static final int NIR_DIGITS = 13;

    private static final TableRules RULES = new TableRules() {
        @Override
        public Treatment treatment(String table, String column) {
            return new Treatment.Blank();
        }

        @Override
        public List<List<String>> required(String table) {
            return COLUMNS.stream().map(List::of).toList();
        }

        @Override
        public String canonical(String column) {
            return column.toUpperCase(Locale.ROOT);
        }
    };

    @Override
    public long read(
            SourceFile file,
            LineReader lines,
            RecordNumbers numbers,
            Rejects rejects,
            BiConsumer<Person, String> persons) {
        CsvHeader header = CsvHeader.read(file, lines, RULES);
        int[] at = COLUMNS.stream().mapToInt(header::indexOf).toArray();
        var fields = new CsvFields();
        long rejected = 0;
        while (lines.next()) {
            if (lines.from == lines.to) {
                continue;
            }
            boolean isWhole = fields.split(lines.buffer, lines.from, lines.to, (byte) header.delimiter());
            if (!isWhole || fields.count != header.columns().size() || fields.length(at[0]) == 0) {
                rejected++;
                rejects.add(
                        file,
                        lines.line,
                        "(all)",
                        header.columns().size() + " fields and a BEN_NIR_PSA",
                        fields.count + " fields");
                continue;
            }
            String[] values = new String[at.length];
            for (int index = 0; index < at.length; index++) {
                values[index] = fields.text(lines.buffer, at[index]).strip();
            }
            String localId = values[0] + '|' + values[1];
            persons.accept(person(numbers.of(CsvSplitter.PERSON, localId), values), localId);
        }
        return rejected;
    }

    private static Person person(long record, String[] values) {
        String insured = values[2];
        return new Person(
                record,
                insured.length() > NIR_DIGITS ? insured.substring(0, NIR_DIGITS) : insured,
                values[3],
                !values[3].isEmpty(),
                values[6],
                values[7],
                values[8],
                values[4],
                values[5].equals("1") ? 1 : values[5].equals("2") ? 2 : 9,
                values[9],
                values[10],
                values[11],
                values[12],
                "",
                "");
    }
}
