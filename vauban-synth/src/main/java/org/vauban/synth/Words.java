package org.vauban.synth;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The words of a command: flags that stand alone and flags with a value, each at most once. */
final class Words {
    private final Set<String> present = new HashSet<>();
    private final Map<String, String> values = new HashMap<>();

    /**
     * Sorts the words.
     *
     * @throws WrongInput for an unknown word, a flag without its value, or one given twice
     */
    Words(List<String> words, Set<String> alone, Set<String> withValue) {
        Deque<String> left = new ArrayDeque<>(words);
        while (!left.isEmpty()) {
            String word = left.pop();
            int sign = word.indexOf('=');
            String flag = sign > 0 ? word.substring(0, sign) : word;
            if (!alone.contains(flag) && !withValue.contains(flag)) {
                throw WrongInput.usage(
                        "unknown word " + flag + "; see vauban synth --help",
                        "mot inconnu : " + flag + " ; voir vauban synth --help");
            }
            if (!present.add(flag)) {
                throw WrongInput.usage(flag + " is given twice", flag + " est donné deux fois");
            }
            if (withValue.contains(flag)) {
                String value = sign > 0 ? word.substring(sign + 1) : left.poll();
                if (value == null || value.isEmpty()) {
                    throw WrongInput.usage(flag + " needs a value", flag + " attend une valeur");
                }
                values.put(flag, value);
            }
        }
    }

    boolean has(String flag) {
        return present.contains(flag);
    }

    Optional<String> value(String flag) {
        return Optional.ofNullable(values.get(flag));
    }

    String require(String flag) {
        return value(flag).orElseThrow(() -> WrongInput.usage(flag + " is missing", flag + " manque"));
    }

    long wholeNumber(String flag, long otherwise, long least, long most) {
        if (value(flag).isEmpty()) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(value(flag).get());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException _) {
            // Answered below, like a number out of range.
        }
        throw WrongInput.usage(
                flag + " expects a whole number from " + least + " to " + most + ", found "
                        + value(flag).get(),
                flag + " attend un nombre entier de " + least + " à " + most + ", trouvé "
                        + value(flag).get());
    }
}
