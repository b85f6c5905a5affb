package org.vauban.synth;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Joins spans of one code into eras by OMOP's usual rule: a span that begins at most {@value #GAP_DAYS} days after the era's
 * end so far prolongs it.
 */
final class Eras {
    static final int GAP_DAYS = 30;

    private Eras() {}

    /** Drug eras by ingredient, in the order of their first days. */
    static List<Era> ofDrugs(Life life) {
        return join(life.events().stream()
                .filter(HealthEvent.Dispensing.class::isInstance)
                .map(HealthEvent.Dispensing.class::cast)
                .map(it -> new Span(Codes.ingredientOf(it.code()), it.day(), it.lastDay())));
    }

    /** Condition eras by recorded condition, in the order of their first days. */
    static List<Era> ofConditions(Life life) {
        return join(life.events().stream()
                .filter(HealthEvent.Diagnosis.class::isInstance)
                .map(HealthEvent.Diagnosis.class::cast)
                .map(it -> new Span(it.code(), it.day(), it.lastDay())));
    }

    static List<Era> join(Stream<Span> spans) {
        Map<Integer, Era> open = new LinkedHashMap<>();
        List<Era> closed = new ArrayList<>();
        spans.sorted(Comparator.comparingInt(Span::day)).forEachOrdered(span -> {
            Era era = open.get(span.code());
            if (era != null && span.day() <= era.lastDay() + GAP_DAYS) {
                open.put(span.code(), era.prolonged(span));
            } else {
                if (era != null) {
                    closed.add(era);
                }
                open.put(span.code(), Era.beginning(span));
            }
        });
        closed.addAll(open.values());
        closed.sort(Comparator.comparingInt(Era::day).thenComparingInt(Era::code));
        return List.copyOf(closed);
    }

    /** Days from {@code day} to {@code lastDay}, both included. */
    record Span(int code, int day, int lastDay) {}

    /**
     * An era.
     *
     * @param count spans in it
     * @param gapDays days inside it that no span covers
     */
    record Era(int code, int day, int lastDay, int count, int gapDays) {
        private static Era beginning(Span span) {
            return new Era(span.code(), span.day(), span.lastDay(), 1, 0);
        }

        private Era prolonged(Span span) {
            int gap = Math.max(0, span.day() - lastDay - 1);
            return new Era(code, day, Math.max(lastDay, span.lastDay()), count + 1, gapDays + gap);
        }
    }
}
