package org.vauban.identity;

import java.util.Locale;
import java.util.Optional;
import org.vauban.identity.linkage.Links;

/**
 * What {@code vauban link} tells.
 *
 * @param rows persons in the first file
 * @param rowsOfSecond persons in the second, when there is one
 */
record LinkReport(int rows, Optional<Integer> rowsOfSecond, Links links, Optional<Accuracy> accuracy, double seconds) {

    String json() {
        var json = new StringBuilder("{\"left_rows\":").append(rows);
        rowsOfSecond.ifPresent(count -> json.append(",\"right_rows\":").append(count));
        json.append(",\"pairs\":").append(links.pairs().size());
        json.append(",\"pairs_compared\":").append(links.quality().pairsCompared());
        json.append(",\"pairs_possible\":").append(links.quality().pairsPossible());
        json.append(number(
                ",\"false_match_rate_expected\":%.6f",
                links.quality().falseJoinsExpected()
                        / Math.max(1, links.quality().joins())));
        accuracy.ifPresent(measured -> {
            json.append(interval("precision", measured.precision()));
            json.append(interval("recall", measured.recall()));
            json.append(interval("f1", measured.f1()));
            json.append(",\"true_pairs\":").append(measured.present());
        });
        return json.append(number(",\"seconds\":%.3f}", seconds)).toString();
    }

    String text(boolean french) {
        var text = new StringBuilder(
                french
                        ? links.pairs().size() + " paires trouvées, "
                                + links.quality().pairsCompared() + " comparées sur "
                                + links.quality().pairsPossible() + ".\n"
                        : links.pairs().size() + " pairs found, "
                                + links.quality().pairsCompared() + " compared of "
                                + links.quality().pairsPossible() + ".\n");
        accuracy.ifPresent(measured -> text.append(line(french ? "précision" : "precision", measured.precision()))
                .append(line(french ? "rappel" : "recall", measured.recall()))
                .append(line("F1", measured.f1())));
        return text.toString();
    }

    private static String interval(String name, Accuracy.Interval interval) {
        return number(",\"" + name + "\":%.6f", interval.estimate())
                + number(",\"" + name + "_low\":%.6f", interval.low())
                + number(",\"" + name + "_high\":%.6f", interval.high());
    }

    private static String line(String name, Accuracy.Interval interval) {
        return name + number(" %.4f [%.4f – %.4f]\n", interval.estimate(), interval.low(), interval.high());
    }

    private static String number(String format, Object... numbers) {
        return String.format(Locale.ROOT, format, numbers);
    }
}
