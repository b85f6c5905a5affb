package org.vauban.identity;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vauban.identity.table.WrongInput;

/** The words of a command line: options alone, options with a value, and plain words. */
final class Arguments {

    private final Set<String> alone = new HashSet<>();
    private final Map<String, String> values = new HashMap<>();
    private final List<String> plain = new ArrayList<>();

    Arguments(List<String> words, Set<String> knownAlone, Set<String> knownWithValue) {
        for (int at = 0; at < words.size(); at++) {
            String word = words.get(at);
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            if (knownAlone.contains(word)) {
                alone.add(word);
            } else if (knownWithValue.contains(name)) {
                if (equals < 0 && at + 1 == words.size()) {
                    throw new WrongInput(
                            "Expected a value after " + name + ".", "Une valeur est attendue après " + name + ".");
                }
                values.put(name, equals < 0 ? words.get(++at) : word.substring(equals + 1));
            } else if (word.startsWith("--")) {
                throw new WrongInput(
                        "There is no option “" + name + "”. Try --help.",
                        "Il n'y a pas d'option « " + name + " ». Essayez --help.");
            } else {
                plain.add(word);
            }
        }
    }

    static boolean french(List<String> words, Locale locale) {
        int flag = words.indexOf("--lang");
        String language = flag >= 0 && flag + 1 < words.size() ? words.get(flag + 1) : locale.getLanguage();
        return words.contains("--lang=fr") || language.equals("fr");
    }

    boolean has(String option) {
        return alone.contains(option);
    }

    Optional<String> value(String option) {
        return Optional.ofNullable(values.get(option));
    }

    String require(String option) {
        return value(option).orElseThrow(() -> new WrongInput("Expected " + option + ".", option + " est attendu."));
    }

    List<String> plain() {
        return List.copyOf(plain);
    }
}
