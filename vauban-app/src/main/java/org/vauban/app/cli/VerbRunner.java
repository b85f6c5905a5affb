package org.vauban.app.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.vauban.app.terminal.Terminal;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * Reads the arguments, finds the verb, runs it, prints its answer, and turns whatever goes wrong into lines and an exit status.
 *
 * <p>The tree of verbs is built only as far as the arguments ask: help on all verbs needs their names and one sentence each.
 */
public final class VerbRunner {
    static {
        // Options are texts, numbers and paths: the converters for times and databases only cost time at each start.
        System.setProperty("picocli.converters.excludes", "java.sql.*,java.time.*");
    }

    private final List<Branch> tree;
    private final HubDoor door;

    public VerbRunner(List<Branch> tree, HubDoor door) {
        this.tree = List.copyOf(tree);
        this.door = door;
    }

    public int run(Terminal terminal, List<String> arguments) {
        Words words = Words.in(terminal.language());
        boolean json = arguments.contains("--json");
        try {
            CommandLine line = line(terminal, arguments);
            CommandLine.ParseResult parsed = line.parseArgs(arguments.toArray(String[]::new));
            CommandLine asked = last(parsed);
            if (asked.isUsageHelpRequested()) {
                asked.usage(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
                return 0;
            }
            if (line.isVersionHelpRequested()) {
                terminal.out().println("vauban " + Version.text());
                return 0;
            }
            return perform(terminal, words, asked, arguments);
        } catch (ParameterException misunderstood) {
            return Complaints.report(terminal, json, List.of(Usage.problem(misunderstood, words)), misunderstood);
        } catch (ProblemException known) {
            return Complaints.report(terminal, json, known.problems(), known);
        } catch (RuntimeException | StackOverflowError unknown) {
            return Complaints.report(terminal, json, List.of(Complaints.fault(unknown)), unknown);
        }
    }

    private int perform(Terminal terminal, Words words, CommandLine asked, List<String> arguments) {
        if (!(asked.getCommand() instanceof Verb verb)) {
            throw Problem.of(ProblemCode.USAGE)
                    .expected(words.say(
                            "usage.one-of",
                            asked.getSubcommands().keySet().stream().sorted().collect(Collectors.joining(", "))))
                    .found(words.say("usage.nothing"))
                    .exception();
        }
        if (!door.admits(verb)) {
            throw Problem.of(ProblemCode.USAGE)
                    .expected(words.say("usage.relayed"))
                    .found(asked.getCommandSpec().qualifiedName(" "))
                    .exception();
        }
        var call = new Call(terminal, words, verb.common.quiet);
        return switch (verb) {
            case HubVerb hubVerb -> {
                Optional<Answer> answered = hubVerb.actWithoutHub(call);
                yield answered.isPresent() ? print(verb, call, answered.get()) : door.enter(hubVerb, call, arguments);
            }
            case LocalVerb localVerb -> print(verb, call, localVerb.act(call));
        };
    }

    /** Prints the answer: one document and nothing else, or lines. */
    static int print(Verb verb, Call call, Answer answer) {
        if (verb.common.json) {
            if (!answer.document().isEmpty()) {
                call.terminal().out().println(JsonText.of(answer.document()));
            }
        } else {
            answer.lines().forEach(call.terminal().out()::println);
        }
        call.terminal().out().flush();
        return answer.exitStatus();
    }

    private CommandLine line(Terminal terminal, List<String> arguments) {
        String asked = firstVerb(arguments);
        var root = new CommandLine(new Root());
        root.getCommandSpec().name("vauban").version(Version.text());
        for (Branch branch : tree) {
            root.addSubcommand(
                    branch.name(), branch.name().equals(asked) ? grown(branch) : new CommandLine(CommandSpec.create()));
        }
        root.setResourceBundle(Words.help(terminal.language()));
        root.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        root.setUsageHelpWidth(110);
        root.setUsageHelpAutoWidth(false);
        root.setUsageHelpLongOptionsMaxWidth(34);
        root.setCaseInsensitiveEnumValuesAllowed(true);
        root.setOverwrittenOptionsAllowed(false);
        return root;
    }

    private String firstVerb(List<String> arguments) {
        for (String argument : arguments) {
            for (Branch branch : tree) {
                if (branch.name().equals(argument)) {
                    return argument;
                }
            }
        }
        return "";
    }

    /** The whole tree with every verb, for those who check its texts. */
    public static CommandLine whole(List<Branch> tree, java.util.Locale language) {
        var root = new CommandLine(new Root());
        root.getCommandSpec().name("vauban");
        tree.forEach(branch -> root.addSubcommand(branch.name(), grown(branch)));
        root.setResourceBundle(Words.help(language));
        return root;
    }

    private static CommandLine grown(Branch branch) {
        var line = new CommandLine(branch.verb().get());
        branch.under().get().forEach(under -> line.addSubcommand(under.name(), grown(under)));
        return line;
    }

    private static CommandLine last(CommandLine.ParseResult parsed) {
        CommandLine.ParseResult result = parsed;
        while (result.hasSubcommand()) {
            result = result.subcommand();
        }
        return result.commandSpec().commandLine();
    }

    /** The program itself. */
    @CommandLine.Command
    static final class Root {
        @CommandLine.Mixin
        CommonOptions common = new CommonOptions();

        @CommandLine.Option(
                names = {"-V", "--version"},
                versionHelp = true)
        boolean version;
    }
}
