package org.vauban.identity.linkage;

import java.util.List;

/** One line of an address. Lines change places between files, so that a line may agree with another line of the record. */
final class Streets extends Comparison {

    private static final int ELSEWHERE = 4;
    private static final int DIFFERENT = 5;
    private final Values lines;
    private final List<Values> others;
    private final String[][] words;
    private final String[] joined;
    private final Remembered levels;

    /** @param lines this line, and {@code all} lines of the address with this one */
    Streets(Values lines, List<Values> all) {
        super(
                true,
                exact("same", 0.70),
                level("close", 0.10),
                level("words in common", 0.05),
                level("in another line", 0.02),
                level("different", 0.13));
        this.lines = lines;
        this.others = all.stream().filter(line -> line != lines).toList();
        this.words = new String[lines.distinct() + 1][];
        this.joined = new String[words.length];
        for (int number = 0; number < words.length; number++) {
            words[number] = lines.textOf(number).split(" ", -1);
            joined[number] = String.join("", words[number]);
        }
        this.levels = new Remembered(this::judge);
    }

    static Values lines(String[] column) {
        return Values.of(column, Spelling::plain);
    }

    String line(int record) {
        return lines.text(record);
    }

    @Override
    int compare(int one, int other) {
        int valueOfOne = lines.number(one);
        int valueOfOther = lines.number(other);
        if (valueOfOne == 0 || valueOfOther == 0) {
            return MISSING;
        }
        int level = valueOfOne == valueOfOther ? 1 : levels.ask(valueOfOne, valueOfOther);
        return level == DIFFERENT && (elsewhere(one, other) || elsewhere(other, one)) ? ELSEWHERE : level;
    }

    @Override
    double logCommonness(int record) {
        return lines.logCommonness(record);
    }

    private boolean elsewhere(int one, int other) {
        for (Values line : others) {
            if (lines.text(one).equals(line.text(other))) {
                return true;
            }
        }
        return false;
    }

    private int judge(int valueOfOne, int valueOfOther) {
        String one = lines.textOf(valueOfOne);
        String other = lines.textOf(valueOfOther);
        if (Similarity.close(one, other) || joined[valueOfOne].equals(joined[valueOfOther])) {
            return 2;
        }
        String[] wordsOfOne = words[valueOfOne];
        String[] wordsOfOther = words[valueOfOther];
        int smaller = Math.min(wordsOfOne.length, wordsOfOther.length);
        return smaller >= 2 && inCommon(wordsOfOne, wordsOfOther) * 2 > smaller ? 3 : DIFFERENT;
    }

    private static int inCommon(String[] one, String[] other) {
        int count = 0;
        for (String word : one) {
            for (String same : other) {
                if (word.equals(same)) {
                    count++;
                    break;
                }
            }
        }
        return count;
    }
}
