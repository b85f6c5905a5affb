package org.vauban.disclosure;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.spi.ToolProvider;
import org.vauban.problem.Phrase;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;

/**
 * The check under the JDK's own interface for tools, so that another program can call it many times in one process without
 * compiling against this package: {@code ToolProvider.findFirst("vauban-output-check")}. Arguments, answer and exit status are those
 * of {@code vauban output check --json}; the answer is one line.
 */
public final class OutputCheckTool implements ToolProvider {
    @Override
    public String name() {
        return "vauban-output-check";
    }

    @Override
    public int run(PrintWriter out, PrintWriter err, String... arguments) {
        try {
            OutputCheckResult result = check(List.of(arguments));
            out.println(result.toJson());
            return result.isCleared() ? 0 : ProblemCode.OUTPUT_WITHHELD.kind().exitStatus();
        } catch (ProblemException wrong) {
            wrong.problems().forEach(problem -> err.println(problem.line(Locale.ENGLISH)));
            return wrong.code().kind().exitStatus();
        }
    }

    private static OutputCheckResult check(List<String> arguments) {
        Optional<Path> table = Optional.empty();
        Optional<String> countColumn = Optional.empty();
        OptionalInt threshold = OptionalInt.empty();
        Optional<Path> rules = Optional.empty();
        Optional<String> sumColumn = Optional.empty();
        Optional<String> holderColumn = Optional.empty();
        for (Iterator<String> left = arguments.iterator(); left.hasNext(); ) {
            String argument = left.next();
            switch (argument) {
                case "--count" -> countColumn = Optional.of(value(argument, left));
                case "--threshold" -> threshold = OptionalInt.of(threshold(value(argument, left)));
                case "--rules" -> rules = Optional.of(Path.of(value(argument, left)));
                case "--sum" -> sumColumn = Optional.of(value(argument, left));
                case "--holder" -> holderColumn = Optional.of(value(argument, left));
                case "--json" -> {
                    // The answer is JSON in any case.
                }
                default -> table = Optional.of(Path.of(argument));
            }
        }
        return OutputCheck.check(
                table.orElseThrow(() -> usage(Phrase.THE_FILE_OF_A_TABLE, Phrase.NONE)),
                new OutputCheck.Options(countColumn, threshold, rules, sumColumn, holderColumn));
    }

    private static String value(String option, Iterator<String> left) {
        if (!left.hasNext()) {
            throw usage(Phrase.A_VALUE_AFTER.with(option), Phrase.NOTHING);
        }
        return left.next();
    }

    private static int threshold(String text) {
        Object expected = Phrase.A_THRESHOLD.with(DisclosureRules.THRESHOLD_LEAST, DisclosureRules.THRESHOLD_MOST);
        try {
            int threshold = Integer.parseInt(text);
            if (threshold >= DisclosureRules.THRESHOLD_LEAST && threshold <= DisclosureRules.THRESHOLD_MOST) {
                return threshold;
            }
        } catch (NumberFormatException wrong) {
            throw usage(expected, text);
        }
        throw usage(expected, text);
    }

    private static ProblemException usage(Object expected, Object found) {
        return Problem.of(ProblemCode.USAGE).expected(expected).found(found).exception();
    }
}
