package org.vauban.deposit;

import java.util.List;

/**
 * Who is behind a record number, as one row of the identity part.
 *
 * @param record the record number
 * @param nirInsured the insured person's number of social security, 13 characters, or empty
 * @param nir the person's own, 15 characters, or empty
 * @param isQualified whether the producer says that the number was confirmed (a qualified identity, or the insurer's own)
 * @param sex 1, 2 or 9
 * @param localId the hospital's own number of the person; empty for the insurer
 * @param address street and number: the detector knows it, no envelope has it
 */
record Person(
        long record,
        String nirInsured,
        String nir,
        boolean isQualified,
        String birthName,
        String usedName,
        String givenNames,
        String birthDate,
        int sex,
        String birthPlace,
        String commune,
        String postcode,
        String phone,
        String localId,
        String address) {

    static final char DELIMITER = ';';
    static final String HEADER = "record;nir_insured;nir;nir_qualified;birth_name;used_name;given_names;birth_date;sex;"
            + "birth_place;commune;postcode;phone;local_id\n";

    String row() {
        return String.join(
                        String.valueOf(DELIMITER),
                        List.of(
                                Long.toString(record),
                                field(nirInsured),
                                field(nir),
                                isQualified ? "1" : "0",
                                field(birthName),
                                field(usedName),
                                field(givenNames),
                                field(birthDate),
                                Integer.toString(sex),
                                field(birthPlace),
                                field(commune),
                                field(postcode),
                                field(phone),
                                field(localId)))
                + "\n";
    }

    /** Quotes what would otherwise end the field; a line end inside a name becomes a space. */
    private static String field(String text) {
        String oneLine = text.replace('\n', ' ').replace('\r', ' ').strip();
        return oneLine.indexOf(DELIMITER) < 0 && oneLine.indexOf('"') < 0
                ? oneLine
                : '"' + oneLine.replace("\"", "\"\"") + '"';
    }

    @Override
    public String toString() {
        return "Person";
    }
}
