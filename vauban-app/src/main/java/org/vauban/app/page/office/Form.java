package org.vauban.app.page.office;

import java.util.List;
import java.util.Map;

/**
 * A form as the page shows it: what stands in its fields, and what was wrong with them.
 *
 * @param values by field; a form that nobody has filled in has none
 * @param mistakes in the order in which they were found
 */
public record Form(Map<String, String> values, List<Mistake> mistakes) {
    static final Form EMPTY = new Form(Map.of(), List.of());

    /**
     * What was wrong.
     *
     * @param field where, or nothing when it is no field's fault
     */
    public record Mistake(String field, String sentence, String remedy) {}

    public Form {
        values = Map.copyOf(values);
        mistakes = List.copyOf(mistakes);
    }

    static Form of(Map<String, String> values) {
        return new Form(values, List.of());
    }

    Form with(List<Mistake> found) {
        return new Form(values, found);
    }

    public String value(String field) {
        return values.getOrDefault(field, "");
    }

    public boolean isWrong() {
        return !mistakes.isEmpty();
    }

    public boolean isWrong(String field) {
        return mistakes.stream().anyMatch(mistake -> mistake.field().equals(field));
    }

    /** What is wrong with one field; nothing when it is right. */
    public String sentence(String field) {
        return mistakes.stream()
                .filter(mistake -> mistake.field().equals(field))
                .map(Mistake::sentence)
                .findFirst()
                .orElse("");
    }
}
