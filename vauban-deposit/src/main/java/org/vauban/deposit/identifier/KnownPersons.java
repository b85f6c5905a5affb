package org.vauban.deposit.identifier;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The names and numbers of a deposit's own persons, as hashes: enough to recognise one, too little to print one.
 *
 * <p>Filled by one thread before any health data is read, then only asked.
 */
public final class KnownPersons {
    private static final int NAME_LENGTH_MIN = 3;
    private static final int ADDRESS_WORDS_MIN = 2;
    private static final int ADDRESS_WORDS_MAX = 8;

    private final LongSet surnames = new LongSet();
    private final LongSet givenNames = new LongSet();
    private final LongSet nirs = new LongSet();
    private final LongSet localNumbers = new LongSet();
    private final LongSet addresses = new LongSet();

    public void addSurname(String name) {
        words(name).stream()
                .map(Word::plain)
                .filter(KnownPersons::isLongEnough)
                .forEach(word -> surnames.add(hash(word)));
    }

    public void addGivenName(String name) {
        words(name).stream()
                .map(Word::plain)
                .filter(KnownPersons::isLongEnough)
                .forEach(word -> givenNames.add(hash(word)));
    }

    /** A number of social security; its key is not kept. */
    public void addNir(String nir) {
        if (nir.length() == Nir.DIGITS || nir.length() == Nir.DIGITS_WITH_KEY) {
            nirs.add(hash(nir.substring(0, Nir.DIGITS).toUpperCase(Locale.ROOT)));
        }
    }

    public void addLocalNumber(String number) {
        localNumbers.add(hash(number.toUpperCase(Locale.ROOT)));
    }

    /** Street and number, as one line; a line of one word is no address. */
    public void addAddress(String line) {
        List<Word> words = words(line);
        if (words.size() >= ADDRESS_WORDS_MIN && words.size() <= ADDRESS_WORDS_MAX) {
            addresses.add(hash(joined(words)));
        }
    }

    /** Whether one of the addresses stands somewhere in the words. */
    boolean hasAddress(List<Word> words) {
        for (int from = 0; from < words.size(); from++) {
            int longest = Math.min(words.size(), from + ADDRESS_WORDS_MAX);
            for (int to = from + ADDRESS_WORDS_MIN; to <= longest; to++) {
                if (addresses.contains(hash(joined(words.subList(from, to))))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static String joined(List<Word> words) {
        return words.stream().map(Word::plain).collect(Collectors.joining(" "));
    }

    boolean isSurname(String plain) {
        return surnames.contains(hash(plain));
    }

    boolean isGivenName(String plain) {
        return givenNames.contains(hash(plain));
    }

    boolean isNir(String digits) {
        return nirs.contains(hash(digits));
    }

    boolean isLocalNumber(String number) {
        return localNumbers.contains(hash(number.toUpperCase(Locale.ROOT)));
    }

    private static boolean isLongEnough(String word) {
        return word.length() >= NAME_LENGTH_MIN;
    }

    /**
     * One word of a text.
     *
     * @param written as it stands there
     * @param plain in capitals without accents, as names are compared
     */
    record Word(String written, String plain) {}

    /** The words of a text: letters and digits in a row. */
    static List<Word> words(String text) {
        List<Word> words = new ArrayList<>();
        int from = -1;
        for (int index = 0; index <= text.length(); index++) {
            boolean inside = index < text.length() && Character.isLetterOrDigit(text.charAt(index));
            if (inside && from < 0) {
                from = index;
            } else if (!inside && from >= 0) {
                String written = text.substring(from, index);
                words.add(new Word(written, plain(written)));
                from = -1;
            }
        }
        return words;
    }

    private static String plain(String word) {
        boolean simple = true;
        for (int index = 0; index < word.length() && simple; index++) {
            simple = word.charAt(index) < 128;
        }
        String letters =
                simple ? word : Normalizer.normalize(word, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
        return letters.toUpperCase(Locale.ROOT);
    }

    /** FNV-1a with a last stir, so that the high bits are as good as the low ones. */
    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int index = 0; index < text.length(); index++) {
            hash = (hash ^ text.charAt(index)) * 0x100000001b3L;
        }
        hash ^= hash >>> 32;
        hash *= 0x9e3779b97f4a7c15L;
        return hash ^ (hash >>> 29);
    }
}
