package org.vauban.identity.linkage;

import java.util.function.UnaryOperator;

/** Codes, where a slip of one or two characters is all that can be told: identifiers, telephone numbers, birth places. */
final class Codes extends Comparison {

    private static final int LONG_ENOUGH_FOR_TWO_SLIPS = 7;
    private static final int PHONE_DIGITS = 9;
    private final Values codes;
    private final Remembered levels;

    Codes(String[] column, boolean sharedByRelatives, UnaryOperator<String> spelling) {
        super(
                sharedByRelatives,
                exact("same", 0.85),
                level("one slip", 0.06),
                level("two slips", 0.02),
                level("different", 0.07));
        this.codes = Values.of(column, spelling);
        this.levels = new Remembered(this::judge);
    }

    static String compact(String value) {
        return Spelling.plain(value).replace(" ", "");
    }

    /** The last nine digits: a French number with or without its country. */
    static String phone(String value) {
        String digits = Spelling.digits(value);
        return digits.length() <= PHONE_DIGITS ? digits : digits.substring(digits.length() - PHONE_DIGITS);
    }

    String code(int record) {
        return codes.text(record);
    }

    /** Whether the code is nearly one person's own. */
    boolean telling() {
        return codes.present() > 0 && codes.distinct() > codes.present() / 10;
    }

    @Override
    int compare(int one, int other) {
        int valueOfOne = codes.number(one);
        int valueOfOther = codes.number(other);
        if (valueOfOne == 0 || valueOfOther == 0) {
            return MISSING;
        }
        return valueOfOne == valueOfOther ? 1 : levels.ask(valueOfOne, valueOfOther);
    }

    @Override
    double logCommonness(int record) {
        return codes.logCommonness(record);
    }

    private int judge(int valueOfOne, int valueOfOther) {
        String one = codes.textOf(valueOfOne);
        String other = codes.textOf(valueOfOther);
        if (Math.min(one.length(), other.length()) < 2) {
            return 4;
        }
        boolean isLong = Math.min(one.length(), other.length()) >= LONG_ENOUGH_FOR_TWO_SLIPS;
        int edits = Similarity.edits(one, other, isLong ? 2 : 1);
        return edits <= 1 ? 2 : isLong && edits == 2 ? 3 : 4;
    }
}
