package org.vauban.identity.linkage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A birth date that stands in one column, or in three for year, month and day. */
final class BirthDateColumns {

    private BirthDateColumns() {}

    static Optional<String[]> one(List<String[]> columns) {
        if (columns.size() != 3) {
            return columns.stream().findFirst();
        }
        List<String[]> parts = new ArrayList<>(columns);
        Optional<String[]> year =
                parts.stream().filter(column -> largest(column) > 31).findFirst();
        year.ifPresent(parts::remove);
        Optional<String[]> day =
                parts.stream().filter(column -> largest(column) > 12).findFirst();
        day.ifPresent(parts::remove);
        if (year.isEmpty() || day.isEmpty() || largest(parts.getFirst()) > 12) {
            return Optional.of(columns.getFirst());
        }
        String[] month = parts.getFirst();
        String[] dates = new String[month.length];
        for (int record = 0; record < dates.length; record++) {
            dates[record] =
                    BirthDates.padded(whole(year.get()[record]), whole(month[record]), whole(day.get()[record]));
        }
        return Optional.of(dates);
    }

    private static int largest(String[] column) {
        int largest = 0;
        for (String value : column) {
            String digits = whole(value);
            if (!digits.isEmpty() && digits.length() <= 4) {
                largest = Math.max(largest, Integer.parseInt(digits));
            }
        }
        return largest;
    }

    /** Programs that know no whole numbers write 7.0 for July. */
    private static String whole(String value) {
        String text = value.strip();
        return Spelling.digits(text.endsWith(".0") ? text.substring(0, text.length() - 2) : text);
    }
}
