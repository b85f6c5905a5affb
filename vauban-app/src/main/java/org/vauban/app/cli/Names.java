package org.vauban.app.cli;

import java.util.function.Function;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;

/** Names of things as people type them. */
final class Names {
    private Names() {}

    /** The typed name. One that cannot be a name of this kind names nothing. */
    static <N> N of(String kind, String text, Words words, Function<String, N> type) {
        try {
            return type.apply(text);
        } catch (IllegalArgumentException wrong) {
            throw Problem.of(ProblemCode.NOT_FOUND)
                    .with("what", words.say("thing." + kind))
                    .found(text)
                    .exception(wrong);
        }
    }
}
