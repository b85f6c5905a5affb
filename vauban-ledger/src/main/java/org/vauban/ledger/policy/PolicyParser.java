package org.vauban.ledger.policy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.vauban.ledger.note.MalformedNoteException;
import org.vauban.ledger.note.VerifierKey;

/**
 * Reads the lines of a policy. The specification compares names as bytes, whatever they are encoded in, so the file is read one
 * character a byte and turned into text only where somebody sees it.
 */
final class PolicyParser {

    private static final int LONGEST = 1 << 18;
    private static final String NONE = "none";
    private static final Pattern FORBIDDEN = Pattern.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f]");
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,3}");

    private final List<VerifierKey> logs = new ArrayList<>();
    private final List<KnownWitness> witnesses = new ArrayList<>();
    private final Map<String, Rule> named = new HashMap<>();
    private final Set<String> grouped = new HashSet<>();
    private Optional<Rule> quorum = Optional.empty();
    private int line;

    Policy parse(byte[] file) {
        if (file.length > LONGEST) {
            throw wrong("A policy has at most " + LONGEST + " bytes.");
        }
        String text = new String(file, ISO_8859_1);
        if (!text.isEmpty() && !text.endsWith("\n")) {
            throw wrong("Each line ends with a newline.");
        }
        for (String content : text.split("\n")) {
            line++;
            if (FORBIDDEN.matcher(content).find()) {
                throw wrong("There is a control character.");
            }
            List<String> words = Arrays.stream(content.split("[ \t]+"))
                    .filter(word -> !word.isEmpty())
                    .toList();
            if (!words.isEmpty() && !words.getFirst().startsWith("#")) {
                read(words);
            }
        }
        return new Policy(logs, witnesses, quorum.orElseThrow(() -> wrong("There is no quorum line.")));
    }

    private void read(List<String> words) {
        int count = words.size();
        switch (words.getFirst()) {
            case "log" -> {
                require(count == 2 || count == 3, "log KEY [ADDRESS]");
                logs.add(newKey(words.get(1), VerifierKey.Kind.ED25519));
            }
            case "witness" -> {
                require(count == 3 || count == 4, "witness NAME KEY [ADDRESS]");
                VerifierKey key = newKey(words.get(2), VerifierKey.Kind.COSIGNATURE);
                Optional<URI> address = count == 4 ? Optional.of(address(words.get(3))) : Optional.empty();
                String name = shown(words.get(1));
                define(words.get(1), new Rule.One(name));
                witnesses.add(new KnownWitness(name, key, address));
            }
            case "group" -> {
                require(count >= 4, "group NAME NUMBER|any|all MEMBER...");
                List<Rule> members =
                        words.subList(3, count).stream().map(this::member).toList();
                define(words.get(1), new Rule.Group(needed(words.get(2), members.size()), members));
            }
            case "quorum" -> {
                require(count == 2, "quorum NAME");
                require(quorum.isEmpty(), "one quorum line");
                quorum = Optional.of(words.get(1).equals(NONE) ? new Rule.Nobody() : known(words.get(1)));
            }
            default -> throw wrong("A line begins with log, witness, group, quorum or #.");
        }
    }

    private void define(String name, Rule rule) {
        require(!name.equals(NONE), "a name other than none");
        require(named.putIfAbsent(name, rule) == null, "a name that is not used yet");
    }

    /** A name may be a member once, so that nobody counts twice. */
    private Rule member(String name) {
        require(grouped.add(name), "each name in one group only");
        return known(name);
    }

    private Rule known(String name) {
        Rule rule = named.get(name);
        if (rule == null) {
            throw wrong("Expected: the name of a witness or group on a line above.");
        }
        return rule;
    }

    private int needed(String word, int members) {
        return switch (word) {
            case "all" -> members;
            case "any" -> 1;
            default -> {
                require(
                        NUMBER.matcher(word).matches() && Integer.parseInt(word) <= members,
                        "any, all, or a number from 1 to " + members);
                yield Integer.parseInt(word);
            }
        };
    }

    /** One key under two names would count twice. */
    private VerifierKey newKey(String word, VerifierKey.Kind kind) {
        VerifierKey key;
        try {
            key = VerifierKey.parse(shown(word));
        } catch (MalformedNoteException malformed) {
            throw wrong(String.valueOf(malformed.getMessage()));
        }
        require(key.kind() == kind, kind == VerifierKey.Kind.COSIGNATURE ? "a witness's key (04)" : "a log's key (01)");
        boolean known = kind == VerifierKey.Kind.COSIGNATURE
                ? witnesses.stream().anyMatch(witness -> isSame(witness.key(), key))
                : logs.stream().anyMatch(log -> isSame(log, key));
        require(!known, "a key that is not listed yet");
        return key;
    }

    private static boolean isSame(VerifierKey one, VerifierKey other) {
        return Arrays.equals(one.publicKey(), other.publicKey());
    }

    private URI address(String word) {
        try {
            return URI.create(shown(word));
        } catch (IllegalArgumentException _) {
            throw wrong("Expected: an address such as https://witness.example/.");
        }
    }

    private void require(boolean condition, String expected) {
        if (!condition) {
            throw wrong("Expected: " + expected + ".");
        }
    }

    private MalformedPolicyException wrong(String message) {
        return new MalformedPolicyException(line, message);
    }

    private static String shown(String word) {
        return new String(word.getBytes(ISO_8859_1), UTF_8);
    }
}
