package org.vauban.synth;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The words of a command: flags that stand alone, with a value or with several, each at most once. */
final class Words {
    private final Set<String> present = new HashSet<>();
    private final Map<String, String> values = new HashMap<>();
    private final Map<String, List<String>> lists = new HashMap<>();

    /** Sorts the words of a command whose flags have one value at most. */
    Words(List<String> words, Set<String> alone, Set<String> withValue) {
        this(words, alone, withValue, Set.of());
    }

    /**
     * Sorts the words.
     *
     * @param withValues flags that take every word up to the next flag
     * @throws WrongInput for an unknown word, a flag without its value, or one given twice
     */
    Words(List<String> words, Set<String> alone, Set<String> withValue, Set<String> withValues) {
        Deque<String> left = new ArrayDeque<>(words);
        while (!left.isEmpty()) {
            String word = left.pop();
            int sign = word.indexOf('=');
            String flag = sign > 0 ? word.substring(0, sign) : word;
            if (!alone.contains(flag) && !withValue.contains(flag) && !withValues.contains(flag)) {
                throw WrongInput.usage(
                        "unknown word " + flag + "; see vauban synth --help",
                        "mot inconnu : " + flag + " ; voir vauban synth --help");
            }
            if (!present.add(flag)) {
                throw WrongInput.usage(flag + " is given twice", flag + " est donné deux fois");
            }
            if (withValues.contains(flag)) {
                List<String> all = new ArrayList<>();
                if (sign > 0) {
                    all.add(word.substring(sign + 1));
                }
                while (!left.isEmpty() && !left.peek().startsWith("--")) {
                    all.add(left.pop());
                }
                if (all.isEmpty()) {
                    throw WrongInput.usage(flag + " needs a value", flag + " attend une valeur");
                }
                lists.put(flag, List.copyOf(all));
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

    /** Every value of a flag that takes several; none when it is not there. */
    List<String> values(String flag) {
        return lists.getOrDefault(flag, List.of());
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
