package org.vauban.problem;

import java.util.List;
import java.util.Locale;

/** A named value of a problem's sentence. */
public sealed interface Argument {
    /** The value in the reader's language. */
    String in(Locale language);

    /** A {@link Phrase} becomes words of the reader's language; an argument stays; all else is shown as it is. */
    static Argument of(Object value) {
        return switch (value) {
            case Argument argument -> argument;
            case Phrase phrase -> phrase.with();
            default -> new AsItIs(String.valueOf(value));
        };
    }

    /** A name, a number or a text of the user: the same in every language. */
    record AsItIs(String text) implements Argument {
        @Override
        public String in(Locale language) {
            return text;
        }
    }

    /** Our own words, their gaps {@code {0}}, {@code {1}}, … filled in. */
    record Worded(Phrase phrase, List<Argument> gaps) implements Argument {
        public Worded {
            gaps = List.copyOf(gaps);
        }

        @Override
        public String in(Locale language) {
            String text = ProblemTexts.text("phrase." + phrase.name(), language);
            for (int gap = 0; gap < gaps.size(); gap++) {
                text = text.replace("{" + gap + "}", gaps.get(gap).in(language));
            }
            return text;
        }
    }
}
