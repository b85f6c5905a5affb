package org.vauban.identity.linkage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A column whose equal values are stored once: number 0 is the missing value, and each other number has a text. */
final class Values {

    private final int[] numbers;
    private final List<String> texts;
    private final int[] counts;
    private final double chanceOfAgreement;

    private Values(int[] numbers, List<String> texts) {
        this.numbers = numbers;
        this.texts = texts;
        this.counts = new int[texts.size()];
        for (int number : numbers) {
            counts[number]++;
        }
        double present = present();
        this.chanceOfAgreement = present == 0
                ? 1
                : Arrays.stream(counts)
                        .skip(1)
                        .mapToDouble(count -> (count / present) * (count / present))
                        .sum();
    }

    static Values of(String[] column, UnaryOperator<String> spelling) {
        Map<String, Integer> spelled = new HashMap<>();
        Map<String, Integer> numberOf = new HashMap<>();
        List<String> texts = new ArrayList<>(List.of(""));
        numberOf.put("", 0);
        int[] numbers = new int[column.length];
        for (int record = 0; record < column.length; record++) {
            numbers[record] = spelled.computeIfAbsent(
                    column[record],
                    raw -> numberOf.computeIfAbsent(spelling.apply(raw), text -> {
                        texts.add(text);
                        return texts.size() - 1;
                    }));
        }
        return new Values(numbers, texts);
    }

    int number(int record) {
        return numbers[record];
    }

    String text(int record) {
        return texts.get(numbers[record]);
    }

    String textOf(int number) {
        return texts.get(number);
    }

    int distinct() {
        return texts.size() - 1;
    }

    double present() {
        return numbers.length - (double) counts[0];
    }

    /** See {@link Comparison#logCommonness}. A value seen once or twice is taken as seen twice: once on each side. */
    double logCommonness(int record) {
        double share = Math.max(2, counts[numbers[record]]) / Math.max(1, present());
        return Math.clamp(Math.log(share / chanceOfAgreement), -4, 6);
    }
}
