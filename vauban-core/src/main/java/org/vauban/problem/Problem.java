package org.vauban.problem;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One thing that went wrong: what was expected, what was found, where, and (by its code) what to do.
 *
 * <p>Values are names, types, counts and {@linkplain Phrase phrases}. They never hold a person's value: a wrong identifier is described by
 * its shape.
 *
 * @param code the stable code
 * @param values named values for the sentence, such as {@code expected} and {@code found}
 * @param where the place, if it is in a file
 */
public record Problem(ProblemCode code, Map<String, Argument> values, Optional<Place> where) {

    public Problem {
        values = Map.copyOf(values);
    }

    public static Problem of(ProblemCode code) {
        return new Problem(code, Map.of(), Optional.empty());
    }

    public Problem with(String name, Object value) {
        var more = new TreeMap<>(values);
        more.put(name, Argument.of(value));
        return new Problem(code, more, where);
    }

    public Problem expected(Object value) {
        return with("expected", value);
    }

    public Problem found(Object value) {
        return with("found", value);
    }

    public Problem at(Place place) {
        return new Problem(code, values, Optional.of(place));
    }

    /** The values in English, for programs. */
    public Map<String, String> arguments() {
        return values.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, value -> value.getValue().in(Locale.ENGLISH)));
    }

    public ProblemException exception() {
        return new ProblemException(this, null);
    }

    public ProblemException exception(Throwable cause) {
        return new ProblemException(this, cause);
    }

    /** The sentence: what happened, with its place. */
    public String sentence(Locale language) {
        String place = where.map(found -> found + ": ").orElse("");
        return place + filled(code.name(), language);
    }

    /** What the reader can do about it. */
    public String remedy(Locale language) {
        return filled(code.name() + ".remedy", language);
    }

    /** One line for people: code, sentence, remedy. */
    public String line(Locale language) {
        return code + ": " + sentence(language) + " → " + remedy(language);
    }

    @Override
    public String toString() {
        return line(Locale.ENGLISH);
    }

    private String filled(String key, Locale language) {
        String filled = ProblemTexts.text(key, language);
        for (var value : values.entrySet()) {
            filled = filled.replace('{' + value.getKey() + '}', value.getValue().in(language));
        }
        return filled;
    }
}
