package org.vauban.deposit.identifier;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vauban.deposit.identifier.Finding.What;
import org.vauban.deposit.identifier.KnownPersons.Word;

/**
 * Looks at one value. Safe for many threads.
 *
 * <p>What counts as a name, because surnames are words too (Petit, Blanc, Marin): a first name of the deposit beside a surname of
 * the deposit; a surname behind a title; and, where the words are no code system's, a surname that is the whole value, or that
 * stands in capitals in a text which is otherwise written small.
 */
public final class Detector {
    private static final int WHOLE_NAME_LENGTH_MIN = 4;
    private static final int LOCAL_NUMBER_LENGTH_MIN = 6;

    private static final Pattern E_MAIL = Pattern.compile("[\\p{L}0-9._%+-]+@[\\p{L}0-9-]+(\\.[\\p{L}0-9-]+)+");
    private static final Pattern TELEPHONE =
            Pattern.compile("(?<![0-9A-Za-z.])(?:(?:\\+|00)33[ .-]?[1-9]|0[1-9])(?:[ .-]?\\d\\d){4}(?![0-9A-Za-z])");
    private static final Set<String> TITLES = Set.of(
            "M",
            "MR",
            "MME",
            "MLLE",
            "DR",
            "PR",
            "MONSIEUR",
            "MADAME",
            "MADEMOISELLE",
            "DOCTEUR",
            "PROFESSEUR",
            "PATIENT",
            "PATIENTE");

    private final KnownPersons known;

    public Detector(KnownPersons known) {
        this.known = known;
    }

    /** What the value tells of somebody, if anything. */
    public Optional<Finding> inspect(String value, Reading reading) {
        return what(value, reading).map(what -> new Finding(what, Shape.of(value)));
    }

    private Optional<What> what(String value, Reading reading) {
        if (hasNir(value, reading)) {
            return Optional.of(What.NIR);
        }
        if (reading == Reading.NUMBER) {
            return Optional.empty();
        }
        if (value.indexOf('@') >= 0 && E_MAIL.matcher(value).find()) {
            return Optional.of(What.E_MAIL);
        }
        if (reading == Reading.TEXT && looksLikeTelephone(value)) {
            return Optional.of(What.TELEPHONE);
        }
        List<Word> words = KnownPersons.words(value);
        if (reading != Reading.CODE && words.stream().anyMatch(this::isLocalNumber)) {
            return Optional.of(What.LOCAL_NUMBER);
        }
        if (reading == Reading.TEXT && known.hasAddress(words)) {
            return Optional.of(What.ADDRESS);
        }
        return hasName(words, reading) ? Optional.of(What.NAME) : Optional.empty();
    }

    private boolean hasNir(String value, Reading reading) {
        boolean isWritten = reading == Reading.TEXT || reading == Reading.TERM;
        if (value.length() < Nir.DIGITS || !(isWritten || Nir.isInOnePiece(value))) {
            return false;
        }
        Matcher match = Nir.WRITTEN.matcher(value);
        while (match.find()) {
            String digits = Nir.digits(match);
            boolean isOne =
                    Nir.hasKey(match) ? Nir.hasRightKey(match) : reading != Reading.NUMBER && Nir.isPlausible(digits);
            if (isOne || known.isNir(digits)) {
                return true;
            }
        }
        return false;
    }

    /** Ten digits in one piece are a number of any kind; a telephone number in words is set apart, or stands among words. */
    private static boolean looksLikeTelephone(String value) {
        Matcher match = TELEPHONE.matcher(value);
        return match.find() && (match.end() - match.start() > 10 || value.length() > match.end() - match.start());
    }

    private boolean isLocalNumber(Word word) {
        return word.written().length() >= LOCAL_NUMBER_LENGTH_MIN && known.isLocalNumber(word.written());
    }

    private boolean hasName(List<Word> words, Reading reading) {
        boolean isWritten = reading == Reading.TEXT;
        if (words.size() == 1) {
            Word word = words.getFirst();
            return reading != Reading.TERM
                    && word.written().length() >= WHOLE_NAME_LENGTH_MIN
                    && Character.isUpperCase(word.written().charAt(0))
                    && known.isSurname(word.plain());
        }
        boolean hasSmallLetters = isWritten
                && words.stream()
                        .anyMatch(word -> word.written().equals(word.written().toLowerCase(Locale.ROOT))
                                && Character.isLetter(word.written().charAt(0)));
        for (int index = 0; index < words.size(); index++) {
            Word word = words.get(index);
            if (known.isSurname(word.plain())
                    && (isBesideGivenName(words, index)
                            || (index > 0
                                    && TITLES.contains(words.get(index - 1).plain()))
                            || (hasSmallLetters && isInCapitals(word)))) {
                return true;
            }
        }
        return false;
    }

    private boolean isBesideGivenName(List<Word> words, int index) {
        return (index > 0 && known.isGivenName(words.get(index - 1).plain()))
                || (index + 1 < words.size()
                        && known.isGivenName(words.get(index + 1).plain()));
    }

    private static boolean isInCapitals(Word word) {
        String written = word.written();
        return written.length() >= WHOLE_NAME_LENGTH_MIN && written.equals(written.toUpperCase(Locale.ROOT));
    }
}
