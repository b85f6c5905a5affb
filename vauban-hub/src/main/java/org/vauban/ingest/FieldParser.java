package org.vauban.ingest;

import java.time.DateTimeException;
import java.time.LocalDate;
import org.vauban.duck.ColumnSql;
import org.vauban.omop.CdmColumn;

/** Understands the text of one column. The value of the last text stays here until the next. */
final class FieldParser {
    private static final long SECONDS_OF_DAY = 86_400;

    private final CdmColumn column;
    private final boolean isIdentifier;
    private final boolean isScreened;

    /** Integers, days since 1970-01-01, or microseconds since then. */
    long number;

    double decimal;

    /** Whether the last row had a value here. */
    boolean present;

    FieldParser(CdmColumn column) {
        this.column = column;
        this.isIdentifier = ColumnSql.isIdentifier(column.role());
        this.isScreened = Screening.treatment(column) == Screening.Treatment.SCREENED;
    }

    CdmColumn column() {
        return column;
    }

    boolean isScreened() {
        return isScreened;
    }

    /** What a text must look like, for messages. */
    String expected() {
        return switch (column.type()) {
            case INTEGER -> "a whole number";
            case NUMBER -> "a number";
            case DATE -> "a date YYYY-MM-DD";
            case DATETIME -> "a date and time YYYY-MM-DD hh:mm:ss";
            case TEXT -> "text";
        };
    }

    /** True for the ways in which programs write that there is no value. */
    boolean isAbsent(String text) {
        return switch (column.type()) {
            case INTEGER, NUMBER, DATE, DATETIME -> text.equals("NULL") || text.equals("\\N") || text.equals("NA");
            case TEXT -> false;
        };
    }

    /** Understands the text; false when it is of the wrong type. */
    boolean parse(String text) {
        return switch (column.type()) {
            case INTEGER -> parseInteger(text);
            case NUMBER -> parseDecimal(text);
            case DATE -> parseDate(text);
            case DATETIME -> parseDateTime(text);
            case TEXT -> true;
        };
    }

    private boolean parseInteger(String text) {
        int end = text.length();
        // Programs that hold whole numbers as decimals write 12.0.
        int dot = text.indexOf('.');
        if (dot > 0) {
            for (int index = dot + 1; index < end; index++) {
                if (text.charAt(index) != '0') {
                    return false;
                }
            }
            end = dot;
        }
        boolean negative = end > 0 && text.charAt(0) == '-';
        int start = negative || (end > 0 && text.charAt(0) == '+') ? 1 : 0;
        if (end == start || end - start > 19) {
            return false;
        }
        long value = 0;
        for (int index = start; index < end; index++) {
            int digit = text.charAt(index) - '0';
            if (digit < 0 || digit > 9 || value < (Long.MIN_VALUE + digit) / 10) {
                return false;
            }
            // Counted downwards, because there is one more negative number than positive ones.
            value = value * 10 - digit;
        }
        if (!negative && value == Long.MIN_VALUE) {
            return false;
        }
        number = negative ? value : -value;
        return isIdentifier || (number > Integer.MIN_VALUE && number <= Integer.MAX_VALUE);
    }

    private boolean parseDecimal(String text) {
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            if ((character < '0' || character > '9') && "+-.eE".indexOf(character) < 0) {
                return false;
            }
        }
        try {
            decimal = Double.parseDouble(text);
            return Double.isFinite(decimal);
        } catch (NumberFormatException wrong) {
            return false;
        }
    }

    private boolean parseDate(String text) {
        int length = dateLength(text);
        if (length == 0 || !day(text, length)) {
            return false;
        }
        return text.length() == length || (isSeparator(text.charAt(length)) && timeOfDay(text, length + 1) >= 0);
    }

    private boolean parseDateTime(String text) {
        int length = dateLength(text);
        if (length == 0 || !day(text, length)) {
            return false;
        }
        long micros = 0;
        if (text.length() > length) {
            micros = isSeparator(text.charAt(length)) ? timeOfDay(text, length + 1) : -1;
            if (micros < 0) {
                return false;
            }
        }
        number = number * SECONDS_OF_DAY * 1_000_000 + micros;
        return true;
    }

    private static boolean isSeparator(char character) {
        return character == ' ' || character == 'T';
    }

    /** YYYY-MM-DD or YYYYMMDD at the beginning; 0 when it is neither. */
    private static int dateLength(String text) {
        if (text.length() >= 10 && text.charAt(4) == '-' && text.charAt(7) == '-') {
            return 10;
        }
        return text.length() == 8 ? 8 : 0;
    }

    private boolean day(String text, int length) {
        int gap = length == 10 ? 1 : 0;
        int year = digits(text, 0, 4);
        int month = digits(text, 4 + gap, 2);
        int day = digits(text, 6 + 2 * gap, 2);
        if (year < 1 || month < 1 || day < 1) {
            return false;
        }
        try {
            number = LocalDate.of(year, month, day).toEpochDay();
            return true;
        } catch (DateTimeException noSuchDay) {
            return false;
        }
    }

    /** Microseconds of hh:mm[:ss[.ffffff]] with an optional Z or offset, which is read and dropped; -1 when it is not that. */
    private static long timeOfDay(String text, int from) {
        int end = text.length();
        for (int index = from; index < text.length(); index++) {
            char character = text.charAt(index);
            if (character == 'Z' || character == '+' || character == '-') {
                end = index;
                break;
            }
        }
        String time = text.substring(from, end);
        if (time.length() < 5 || time.charAt(2) != ':') {
            return -1;
        }
        int hours = digits(time, 0, 2);
        int minutes = digits(time, 3, 2);
        int seconds = 0;
        long micros = 0;
        if (time.length() > 5) {
            seconds = time.length() >= 8 && time.charAt(5) == ':' ? digits(time, 6, 2) : -1;
            if (time.length() > 8) {
                micros = time.charAt(8) == '.' ? micros(time.substring(9)) : -1;
            }
        }
        if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59 || seconds < 0 || seconds > 59 || micros < 0) {
            return -1;
        }
        return ((hours * 60L + minutes) * 60 + seconds) * 1_000_000 + micros;
    }

    private static long micros(String fraction) {
        if (fraction.isEmpty() || fraction.length() > 9) {
            return -1;
        }
        int value = digits((fraction + "000000").substring(0, 6), 0, 6);
        return value;
    }

    private static int digits(String text, int from, int count) {
        int value = 0;
        for (int index = from; index < from + count; index++) {
            if (index >= text.length() || text.charAt(index) < '0' || text.charAt(index) > '9') {
                return -1;
            }
            value = value * 10 + text.charAt(index) - '0';
        }
        return value;
    }
}
