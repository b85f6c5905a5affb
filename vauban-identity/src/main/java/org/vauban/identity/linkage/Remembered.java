package org.vauban.identity.linkage;

import java.util.function.IntBinaryOperator;

/**
 * Answers about pairs of values, the latest of them remembered: a block of namesakes asks the same question again and
 * again. A place holds the pair and its answer in one long, so that nothing is ever answered for another pair.
 */
final class Remembered {

    private static final int PLACES = 1 << 13;
    private static final int ANSWER_BITS = 6;
    private static final int VALUE_BITS = 28;

    private final long[] places = new long[PLACES];
    private final IntBinaryOperator question;

    Remembered(IntBinaryOperator question) {
        this.question = question;
    }

    int ask(int one, int other) {
        if (one >>> VALUE_BITS != 0 || other >>> VALUE_BITS != 0) {
            return question.applyAsInt(one, other);
        }
        long pair = ((long) one << VALUE_BITS | other) + 1;
        int place = (int) ((pair * 0x9E3779B97F4A7C15L) >>> 51);
        if (places[place] >>> ANSWER_BITS == pair) {
            return (int) (places[place] & ((1 << ANSWER_BITS) - 1));
        }
        int answer = question.applyAsInt(one, other);
        places[place] = pair << ANSWER_BITS | answer;
        return answer;
    }
}
