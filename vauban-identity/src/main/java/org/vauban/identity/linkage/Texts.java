package org.vauban.identity.linkage;

/** Any other trait: the same, close, similar or different. */
final class Texts extends Comparison {

    private final Values texts;
    private final Remembered levels;

    Texts(String[] column) {
        super(false, exact("same", 0.82), level("close", 0.06), level("similar", 0.03), level("different", 0.09));
        this.texts = Values.of(column, Spelling::plain);
        this.levels = new Remembered(this::judge);
    }

    String text(int record) {
        return texts.text(record);
    }

    /** Whether few records share a value. */
    boolean telling() {
        return texts.present() > 0 && texts.distinct() > texts.present() / 10;
    }

    @Override
    int compare(int one, int other) {
        int valueOfOne = texts.number(one);
        int valueOfOther = texts.number(other);
        if (valueOfOne == 0 || valueOfOther == 0) {
            return MISSING;
        }
        return valueOfOne == valueOfOther ? 1 : levels.ask(valueOfOne, valueOfOther);
    }

    @Override
    double logCommonness(int record) {
        return texts.logCommonness(record);
    }

    private int judge(int valueOfOne, int valueOfOther) {
        String one = texts.textOf(valueOfOne);
        String other = texts.textOf(valueOfOther);
        if (Similarity.close(one, other)
                || (Math.min(one.length(), other.length()) >= 2 && Similarity.edits(one, other, 1) <= 1)) {
            return 2;
        }
        return Similarity.alike(one, other, 0.85) ? 3 : 4;
    }
}
