package org.vauban.identity.linkage;

/**
 * Given names: the first one counts most; the others come and go between files. JEAN-PIERRE, JEAN PIERRE and JEANPIERRE are
 * one; JEAN is half of it.
 */
final class GivenNames extends Comparison {

    static final int FIRST_TWO_LEVELS = 2;
    static final int CLOSE = 3;

    /** Set by {@link Names}, which sees both names. */
    static final int SWAPPED = 7;

    private static final String APART = " ";
    private final Values names;
    private final String[][] words;
    private final String[] joined;
    private final Values first;
    private final Remembered levels;

    GivenNames(String[] column) {
        super(
                false,
                exact("all", 0.74),
                exact("first", 0.08),
                level("close", 0.09),
                level("among", 0.02),
                level("similar", 0.02),
                level("different", 0.04),
                level("swapped", 0.01));
        this.names = Values.of(column, value -> String.join(APART, Spelling.words(value)));
        this.words = new String[names.distinct() + 1][];
        this.joined = new String[words.length];
        for (int number = 0; number <= names.distinct(); number++) {
            words[number] = names.textOf(number).split(APART, -1);
            joined[number] = String.join("", words[number]);
        }
        this.first = Values.of(column, value -> {
            String[] all = Spelling.words(value);
            return all.length == 0 ? "" : all[0];
        });
        this.levels = new Remembered(this::judge);
    }

    boolean missing(int record) {
        return names.number(record) == 0;
    }

    /** The words of a record's given names; one empty word when there are none. */
    String[] words(int record) {
        return words[names.number(record)];
    }

    String first(int record) {
        return first.text(record);
    }

    @Override
    int compare(int one, int other) {
        int valueOfOne = names.number(one);
        int valueOfOther = names.number(other);
        if (valueOfOne == 0 || valueOfOther == 0) {
            return MISSING;
        }
        return valueOfOne == valueOfOther ? 1 : levels.ask(valueOfOne, valueOfOther);
    }

    @Override
    double logCommonness(int record) {
        return first.logCommonness(record);
    }

    private int judge(int valueOfOne, int valueOfOther) {
        String[] one = words[valueOfOne];
        String[] other = words[valueOfOther];
        String joinedOne = joined[valueOfOne];
        String joinedOther = joined[valueOfOther];
        if (joinedOne.equals(joinedOther)) {
            return 1;
        }
        if (one[0].equals(other[0])
                || (one.length > 1 && startsWith(one, joinedOther))
                || (other.length > 1 && startsWith(other, joinedOne))) {
            return one[0].length() == 1 ? 4 : 2;
        }
        if (Similarity.close(one[0], other[0]) || Similarity.close(joinedOne, joinedOther)) {
            return CLOSE;
        }
        if (among(one, other) || shortForm(one[0], other[0])) {
            return 4;
        }
        return Similarity.alike(one[0], other[0], 0.82) ? 5 : 6;
    }

    /** Whether the first two words of a list, written as one, are the other's only word. */
    private static boolean startsWith(String[] list, String word) {
        return word.length() == list[0].length() + list[1].length()
                && word.startsWith(list[0])
                && word.endsWith(list[1]);
    }

    private static boolean among(String[] one, String[] other) {
        for (String name : one) {
            for (String same : other) {
                if (name.length() > 1 && name.equals(same)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** ROB for ROBERT, or the initial alone. */
    private static boolean shortForm(String one, String other) {
        String shorter = one.length() < other.length() ? one : other;
        String longer = one.length() < other.length() ? other : one;
        return (shorter.length() >= 3 || shorter.length() == 1) && longer.startsWith(shorter);
    }
}
