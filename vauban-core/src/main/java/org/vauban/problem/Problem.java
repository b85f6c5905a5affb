package org.vauban.problem;

import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.TreeMap;

/**
 * One thing that went wrong: what was expected, what was found, where, and (by its code) what to do.
 *
 * <p>Arguments are names, types and counts. They never hold a person's value: a wrong identifier is described by its shape.
 *
 * @param code the stable code
 * @param arguments named values for the sentence, such as {@code expected} and {@code found}
 * @param where the place, if it is in a file
 */
public record Problem(ProblemCode code, Map<String, String> arguments, Optional<Place> where) {

    public Problem {
        arguments = Map.copyOf(arguments);
    }

    public static Problem of(ProblemCode code) {
        return new Problem(code, Map.of(), Optional.empty());
    }

    public Problem with(String name, Object value) {
        var more = new TreeMap<>(arguments);
        more.put(name, String.valueOf(value));
        return new Problem(code, more, where);
    }

    public Problem expected(Object value) {
        return with("expected", value);
    }

    public Problem found(Object value) {
        return with("found", value);
    }

    public Problem at(Place place) {
        return new Problem(code, arguments, Optional.of(place));
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
        return place + fill(text(code.name(), language));
    }

    /** What the reader can do about it. */
    public String remedy(Locale language) {
        return fill(text(code.name() + ".remedy", language));
    }

    /** One line for people: code, sentence, remedy. */
    public String line(Locale language) {
        return code + ": " + sentence(language) + " → " + remedy(language);
    }

    @Override
    public String toString() {
        return line(Locale.ENGLISH);
    }

    private static String text(String key, Locale language) {
        try {
            return ResourceBundle.getBundle(
                            "org.vauban.problem.problems",
                            "fr".equals(language.getLanguage()) ? Locale.FRENCH : Locale.ENGLISH,
                            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                    .getString(key);
        } catch (MissingResourceException missing) {
            return key;
        }
    }

    private String fill(String pattern) {
        String filled = pattern;
        for (var argument : arguments.entrySet()) {
            filled = filled.replace('{' + argument.getKey() + '}', argument.getValue());
        }
        return filled;
    }
}
