package org.vauban.study.overtime;

import java.util.ArrayList;
import java.util.List;

/**
 * The days of persons, cut where what is asked of the exposure changes: the rows of a Cox regression whose time is the day of follow-up
 * (Andersen and Gill 1982).
 */
public final class ExposureRows {
    private final List<Row> rows;

    private ExposureRows(List<Row> rows) {
        this.rows = rows;
    }

    /**
     * Days of one person on which the exposure is the same.
     *
     * @param person the person's place
     * @param from first day
     * @param to last day
     * @param exposure as the measure tells it
     * @param event whether the event is on the last day
     */
    public record Row(int person, int from, int to, int exposure, boolean event) {
        public int days() {
            return to - from + 1;
        }

        @Override
        public String toString() {
            return "Row";
        }
    }

    /** Cuts all persons. */
    public static ExposureRows of(List<History> persons, ExposureMeasure measure) {
        List<Row> rows = new ArrayList<>();
        for (int person = 0; person < persons.size(); person++) {
            History history = persons.get(person);
            List<Integer> starts = measure.changes(history);
            for (int place = 0; place < starts.size(); place++) {
                int from = starts.get(place);
                int to = place + 1 < starts.size() ? starts.get(place + 1) - 1 : history.days() - 1;
                boolean last = to == history.days() - 1;
                rows.add(new Row(person, from, to, measure.on(history, from), last && history.event()));
            }
        }
        return new ExposureRows(List.copyOf(rows));
    }

    public List<Row> rows() {
        return rows;
    }

    /** Days that count as exposed. */
    public long exposedDays() {
        return rows.stream()
                .filter(row -> row.exposure() > 0)
                .mapToLong(Row::days)
                .sum();
    }

    /** Days that count as exposed before the first exposed day: on them nobody could have the event and still be exposed. */
    public long immortalDays(List<History> persons) {
        long days = 0;
        for (Row row : rows) {
            if (row.exposure() > 0) {
                days += Math.max(
                        0,
                        (long) Math.min(row.to() + 1L, persons.get(row.person()).begun()) - row.from());
            }
        }
        return days;
    }

    @Override
    public String toString() {
        return "ExposureRows[" + rows.size() + "]";
    }
}
