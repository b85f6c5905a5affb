package org.vauban.identity.linkage;

/** Birth dates as eight digits, year first. A date that cannot be is a typing slip like another, and is compared. */
final class BirthDates extends Comparison {

    private static final int WHOLE = 8;
    private static final int YEAR = 4;

    private final Values dates;
    private final Remembered levels;

    BirthDates(String[] column) {
        super(
                false,
                level("same", 0.87),
                level("day and month swapped", 0.02),
                level("one digit", 0.05),
                level("two of three", 0.02),
                level("two digits", 0.01),
                level("different", 0.03),
                new Level("same year", 1, 0.95, false),
                new Level("other year", 1, 0.05, false));
        this.dates = Values.of(column, BirthDates::digits);
        this.levels = new Remembered(this::judge);
    }

    /** {@code yyyymmdd}, or {@code yyyy} where only the year is known; empty for what is neither. */
    static String digits(String value) {
        if (Spelling.missing(value)) {
            return "";
        }
        String[] parts = value.strip().split("[-/. ]", -1);
        if (parts.length >= 3 && parts[2].length() == YEAR && parts[0].length() <= 2) {
            return padded(parts[2], parts[1], parts[0]);
        }
        if (parts.length >= 3 && parts[0].length() == YEAR) {
            return padded(parts[0], parts[1], parts[2].length() > 2 ? parts[2].substring(0, 2) : parts[2]);
        }
        String digits = Spelling.digits(value);
        return digits.length() == WHOLE || digits.length() == YEAR
                ? digits
                : digits.length() > WHOLE ? digits.substring(0, WHOLE) : "";
    }

    static String padded(String year, String month, String day) {
        String digits = Spelling.digits("0000".substring(Math.min(YEAR, year.length())) + year)
                + Spelling.digits("00".substring(Math.min(2, month.length())) + month)
                + Spelling.digits("00".substring(Math.min(2, day.length())) + day);
        return digits.length() == WHOLE ? digits : "";
    }

    /** Eight digits, four, or none. */
    String date(int record) {
        return dates.text(record);
    }

    @Override
    boolean mayBeTwins() {
        return true;
    }

    @Override
    int compare(int one, int other) {
        int valueOfOne = dates.number(one);
        int valueOfOther = dates.number(other);
        if (valueOfOne == 0 || valueOfOther == 0) {
            return MISSING;
        }
        return levels.ask(valueOfOne, valueOfOther);
    }

    private int judge(int valueOfOne, int valueOfOther) {
        String one = dates.textOf(valueOfOne);
        String other = dates.textOf(valueOfOther);
        if (one.length() == YEAR || other.length() == YEAR) {
            return one.startsWith(other) || other.startsWith(one) ? 7 : 8;
        }
        if (one.equals(other)) {
            return 1;
        }
        boolean year = one.regionMatches(0, other, 0, 4);
        boolean month = one.regionMatches(4, other, 4, 2);
        boolean day = one.regionMatches(6, other, 6, 2);
        if (year && one.regionMatches(4, other, 6, 2) && one.regionMatches(6, other, 4, 2)) {
            return 2;
        }
        int edits = Similarity.edits(one, other, 2);
        if (edits <= 1) {
            return 3;
        }
        if ((year && (month || day)) || (month && day)) {
            return 4;
        }
        return edits == 2 ? 5 : 6;
    }
}
