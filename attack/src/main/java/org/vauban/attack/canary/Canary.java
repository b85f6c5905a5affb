package org.vauban.attack.canary;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * A person who never lived, and whose every value is a word of that person alone, so that one found word is one found person.
 *
 * <p>A sex, a birth date or a single day are everybody's and would be found anywhere by chance: they are planted, and not sought. The
 * days of three events are sought as a run, which no other person has.
 *
 * @param number counted from 0
 * @param nir thirteen digits, as a woman born in the department 95 has them, with an order number that is hardly ever reached
 * @param code a diagnosis that nobody else has
 * @param note a word in a free text
 * @param measured a value with ten digits
 * @param days of three events, in order
 */
public record Canary(
        int number,
        String nir,
        String family,
        String given,
        String street,
        String localId,
        LocalDate birth,
        String code,
        String note,
        double measured,
        List<LocalDate> days) {
    private static final String[] CONSONANTS = "b c d f g j k l m n p q r s t v x z".split(" ");
    private static final String[] VOWELS = "a e i o u y".split(" ");
    private static final String LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private static final LocalDate FIRST_DAY = LocalDate.of(2014, 1, 1);
    private static final int DAYS = 8 * 365;

    public Canary {
        days = List.copyOf(days);
    }

    /** The number with its key. */
    public String nirAndKey() {
        return nir + String.format(Locale.ROOT, "%02d", 97 - Long.parseLong(nir) % 97);
    }

    /** The words that tell who somebody is, by the name of the value. */
    public Map<String, String> identityWords() {
        return new TreeMap<>(Map.of(
                "nir", nir,
                "nir and key", nirAndKey(),
                "family name", family,
                "given name", given,
                "street", street,
                "local id", localId));
    }

    /** The words that tell what somebody has. */
    public Map<String, String> healthWords() {
        return new TreeMap<>(Map.of("code", code, "note", note));
    }

    /** Makes so many; the same seed, the same people. */
    public static List<Canary> people(int count, long seed) {
        var random = new SplittableRandom(seed);
        var taken = new HashSet<String>();
        List<Canary> people = new ArrayList<>(count);
        for (int number = 0; number < count; number++) {
            people.add(one(number, random, taken));
        }
        return people;
    }

    private static Canary one(int number, SplittableRandom random, Set<String> taken) {
        LocalDate birth = LocalDate.of(1930, 1, 1).plusDays(random.nextInt(60 * 365));
        String nir = fresh(
                taken,
                () -> String.format(
                        Locale.ROOT,
                        "2%02d%02d%s%03d",
                        birth.getYear() % 100,
                        birth.getMonthValue(),
                        String.format(Locale.ROOT, "95%03d", 1 + random.nextInt(690)),
                        900 + random.nextInt(100)));
        List<LocalDate> days = random.ints(0, DAYS)
                .distinct()
                .limit(3)
                .sorted()
                .mapToObj(FIRST_DAY::plusDays)
                .toList();
        return new Canary(
                number,
                nir,
                capital(fresh(taken, () -> word(random, 6))),
                capital(fresh(taken, () -> word(random, 5))),
                random.nextInt(1, 99) + " impasse des " + capital(fresh(taken, () -> word(random, 7))),
                fresh(taken, () -> "K" + letters(random, 11)),
                birth,
                fresh(taken, () -> "Z" + random.nextInt(10, 99) + "." + letters(random, 7)),
                fresh(taken, () -> word(random, 8)),
                1000 + random.nextInt(1_000_000_000) / 1e6,
                days);
    }

    private static String fresh(Set<String> taken, Supplier<String> draw) {
        String drawn = draw.get();
        while (!taken.add(drawn)) {
            drawn = draw.get();
        }
        return drawn;
    }

    /** A word of syllables; the second one carries an accent, so that every way to write accents is tried. */
    private static String word(SplittableRandom random, int syllables) {
        var word = new StringBuilder();
        for (int syllable = 0; syllable < syllables; syllable++) {
            word.append(CONSONANTS[random.nextInt(CONSONANTS.length)]);
            word.append(syllable == 1 ? "é" : VOWELS[random.nextInt(VOWELS.length)]);
        }
        return word.toString();
    }

    private static String letters(SplittableRandom random, int count) {
        var letters = new StringBuilder();
        for (int at = 0; at < count; at++) {
            letters.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return letters.toString();
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
