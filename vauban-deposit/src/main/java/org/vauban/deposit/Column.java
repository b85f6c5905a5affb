package org.vauban.deposit;

import org.jspecify.annotations.Nullable;
import org.vauban.deposit.identifier.Reading;

/**
 * One column of the file that is being split: its treatment, laid out so that millions of rows ask it nothing but fields.
 *
 * @param reading how its values are read; null when they do not pass as they are
 * @param type of its record numbers; null when they are none
 * @param shortest shorter values are copied without another look
 * @param harmless values that the detector let pass
 */
record Column(@Nullable Reading reading, RecordNumbers.@Nullable Type type, int shortest, Remembered harmless) {
    /** The digits of a number of social security without its key. */
    private static final int NIR_LENGTH = 13;

    static Column of(Treatment treatment) {
        return switch (treatment) {
            case Treatment.Kept(Reading reading) ->
                // One character tells nothing of anybody.
                new Column(reading, null, reading == Reading.NUMBER ? NIR_LENGTH : 2, new Remembered());
            case Treatment.Token(RecordNumbers.Type type) -> new Column(null, type, 1, new Remembered());
            case Treatment.Blank() -> new Column(null, null, 0, new Remembered());
        };
    }

    /**
     * A quick look at length and characters: most values are too short, or only digits, and cannot be what the detector looks for.
     *
     * @param kinds of characters, as {@link CsvFields} tells them
     */
    static boolean mayTell(Reading reading, int kinds, byte[] bytes, int from, int to) {
        int length = to - from;
        if (length >= NIR_LENGTH && (kinds & CsvFields.DIGIT) != 0 && hasDigits(bytes, from, to)) {
            return true;
        }
        boolean hasLetters = (kinds & CsvFields.LETTER) != 0;
        boolean isSpaced = (kinds & (CsvFields.AT | CsvFields.SPACE)) != 0;
        return switch (reading) {
            case NUMBER -> false;
            case CODE -> isSpaced || hasLetters && length >= 4 && (kinds & CsvFields.DIGIT) == 0;
            case TERM -> isSpaced;
            case TEXT -> isSpaced || hasLetters && length >= 4 || length >= 6;
        };
    }

    /** Two of the thirteen may be letters (2A, 2B), or stand apart. */
    private static boolean hasDigits(byte[] bytes, int from, int to) {
        int digits = 0;
        for (int at = from; at < to; at++) {
            digits += bytes[at] >= '0' && bytes[at] <= '9' ? 1 : 0;
        }
        return digits >= NIR_LENGTH - 2;
    }
}
