package org.vauban.app.cli;

import java.util.List;
import java.util.stream.Collectors;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Arguments that cannot be understood, in our words: picocli's own are English only. */
final class Usage {
    private Usage() {}

    static Problem problem(ParameterException misunderstood, Words words) {
        String verb = misunderstood.getCommandLine().getCommandSpec().qualifiedName(" ");
        var usage = Problem.of(ProblemCode.USAGE);
        return switch (misunderstood) {
            case MissingParameterException missing ->
                usage.expected(words.say(
                                "usage.of-verb",
                                missing.getMissing().stream().map(Usage::name).collect(Collectors.joining(", ")),
                                verb))
                        .found(words.say("usage.nothing"));
            case UnmatchedArgumentException unmatched ->
                usage.expected(expected(unmatched, verb, words)).found(String.join(" ", unmatched.getUnmatched()));
            default ->
                usage.expected(
                                misunderstood.getArgSpec() == null
                                        ? words.say("usage.known", verb)
                                        : words.say("usage.of-verb", name(misunderstood.getArgSpec()), verb))
                        .found(
                                misunderstood.getValue() == null
                                        ? words.say("usage.something-else")
                                        : misunderstood.getValue());
        };
    }

    private static String expected(UnmatchedArgumentException unmatched, String verb, Words words) {
        List<String> suggestions = unmatched.getSuggestions();
        if (!suggestions.isEmpty()) {
            return words.say("usage.perhaps", String.join(", ", suggestions));
        }
        var verbs = unmatched.getCommandLine().getSubcommands().keySet();
        boolean wantsVerb = !verbs.isEmpty() && !unmatched.isUnknownOption();
        return wantsVerb
                ? words.say("usage.one-of", verbs.stream().sorted().collect(Collectors.joining(", ")))
                : words.say("usage.known", verb);
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? (option.longestName() + " " + (option.arity().max() > 0 ? option.paramLabel() : "")).strip()
                : argument.paramLabel();
    }
}
