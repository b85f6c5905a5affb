package org.vauban.app.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Verbs that see names: {@code identity …} and {@code link}. Each is a process of its own; no name is in this one. */
final class IdentityVerbs {
    private static final String IDENTITY = "org.vauban.identity.IdentityMain";
    private static final String LINK = "org.vauban.identity.LinkMain";
    /** The zone asks its custodian, with the client that is in the custodian's jar. */
    private static final String CUSTODIAN = ProcessVerbs.CUSTODIAN;

    private IdentityVerbs() {}

    static List<Branch> identity() {
        return List.of(Branch.verb("serve", () -> new Serve()), Branch.verb("clusters", () -> new Clusters()));
    }

    /** What both verbs of the zone need. */
    abstract static class ZoneVerb extends LocalVerb {
        @Option(names = "--zone", paramLabel = "DIR", required = true)
        Path zone = Path.of("");

        @Option(names = "--custodian", paramLabel = "unix:PATH", required = true)
        String custodian = "";

        final Answer run(Call call, String verb, List<String> more) {
            List<String> arguments =
                    new ArrayList<>(List.of(verb, "--zone", call.resolve(zone).toString(), "--custodian", custodian));
            arguments.addAll(more);
            return process(IDENTITY, arguments, call);
        }
    }

    static final class Serve extends ZoneVerb {
        @Option(names = "--until-stdin-closes")
        boolean untilStdinCloses;

        @Override
        protected Answer act(Call call) {
            return run(call, "serve", untilStdinCloses ? List.of("--until-stdin-closes") : List.of());
        }
    }

    static final class Clusters extends ZoneVerb {
        @Option(names = "--batch", paramLabel = "ID", required = true)
        String batch = "";

        @Option(names = "--out", paramLabel = "FILE", required = true)
        Path out = Path.of("");

        @Override
        protected Answer act(Call call) {
            List<String> more = new ArrayList<>(
                    List.of("--batch", batch, "--out", call.resolve(out).toString()));
            if (common.json) {
                more.add("--json");
            }
            return run(call, "clusters", more);
        }
    }

    static final class Link extends LocalVerb {
        @Parameters(paramLabel = "PERSONS.csv", descriptionKey = "PERSONS", arity = "1..2")
        List<Path> files = List.of();

        @Option(names = "--columns", paramLabel = "COLUMNS.yaml", required = true)
        Path columns = Path.of("");

        @Option(names = "--out", paramLabel = "FILE", required = true)
        Path out = Path.of("");

        @Option(names = "--truth", paramLabel = "COLUMN")
        Optional<String> truth = Optional.empty();

        @Override
        protected Answer act(Call call) {
            List<String> arguments = new ArrayList<>();
            files.forEach(file -> arguments.add(call.resolve(file).toString()));
            arguments.addAll(List.of(
                    "--columns",
                    call.resolve(columns).toString(),
                    "--out",
                    call.resolve(out).toString()));
            truth.ifPresent(column -> arguments.addAll(List.of("--truth", column)));
            if (common.json) {
                arguments.add("--json");
            }
            return process(LINK, arguments, call);
        }
    }

    /** Its words are the answer: they are passed on as they come. */
    private static Answer process(String program, List<String> arguments, Call call) {
        arguments.addAll(List.of("--lang", call.words().language().getLanguage()));
        if (call.quiet()) {
            arguments.add("--quiet");
        }
        return new Answer(
                Map.of(),
                List.of(),
                OwnProcess.run(
                        OwnProcess.of(program, List.of(CUSTODIAN), arguments),
                        program,
                        call,
                        call.terminal().out()));
    }
}
