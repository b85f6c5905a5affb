package org.vauban.app.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Verbs that are programs of their own, started in a process of their own: {@code synth}, {@code custodian} and {@code witness}. */
final class ProcessVerbs {
    static final long PERSONS_DEFAULT = 5000;
    static final long SEED_DEFAULT = 1;
    static final String SYNTH = "org.vauban.synth.SynthMain";
    static final String CUSTODIAN = "org.vauban.custodian.CustodianMain";

    static final String WITNESS = "org.vauban.ledger.witness.WitnessMain";

    private ProcessVerbs() {}

    static List<Branch> underSynth() {
        return List.of(Branch.verb("score", () -> new Score()));
    }

    static List<Branch> custodian() {
        return List.of(Branch.verb("serve", () -> new ServeCustodian()));
    }

    static List<Branch> witness() {
        return List.of(
                Branch.verb("init", () -> new InitWitness()),
                Branch.verb("add-log", () -> new AddLog()),
                Branch.verb("list", () -> new ListLogs()),
                Branch.verb("serve", () -> new ServeWitness()));
    }

    static final class Synth extends LocalVerb {
        @Option(names = "--kind", paramLabel = "france|omop")
        String kind = "france";

        @Option(names = "--persons", paramLabel = "N")
        long persons = PERSONS_DEFAULT;

        /** Asked for in {@link #act}, because {@code synth score} under this verb has none. */
        @Option(names = "--out", paramLabel = "DIR")
        Optional<Path> out = Optional.empty();

        @Option(names = "--seed", paramLabel = "S")
        long seed = SEED_DEFAULT;

        @Option(names = "--gzip")
        boolean gzip;

        @Option(names = "--awkward")
        boolean awkward;

        @Override
        protected Answer act(Call call) {
            List<String> arguments = new ArrayList<>(List.of(
                    "synth",
                    "--kind",
                    kind,
                    "--persons",
                    String.valueOf(persons),
                    "--seed",
                    String.valueOf(seed),
                    "--out",
                    call.resolve(out.orElseThrow(() -> Problem.of(ProblemCode.USAGE)
                                    .expected(call.words().say("usage.of-verb", "--out DIR", "vauban synth"))
                                    .found(call.words().say("usage.nothing"))
                                    .exception()))
                            .toString()));
            if (gzip) {
                arguments.add("--gzip");
            }
            if (awkward) {
                arguments.add("--awkward");
            }
            return run(arguments, this, call);
        }
    }

    static final class Score extends LocalVerb {
        @Option(names = "--truth", paramLabel = "DIR", required = true)
        Path truth = Path.of("");

        /** A released result to compare; the program asks for it when there is no linkage. */
        @Option(names = "--result", paramLabel = "DIR")
        Optional<Path> result = Optional.empty();

        @Option(names = "--linkage", paramLabel = "CLUSTERS.csv")
        Optional<Path> linkage = Optional.empty();

        @Option(names = "--record-maps", paramLabel = "FILE", arity = "1..*")
        List<Path> recordMaps = new ArrayList<>();

        @Option(names = "--analysis", paramLabel = "NAME")
        Optional<String> analysis = Optional.empty();

        @Override
        protected Answer act(Call call) {
            List<String> arguments = new ArrayList<>(
                    List.of("score", "--truth", call.resolve(truth).toString()));
            result.ifPresent(folder ->
                    arguments.addAll(List.of("--result", call.resolve(folder).toString())));
            linkage.ifPresent(file ->
                    arguments.addAll(List.of("--linkage", call.resolve(file).toString())));
            if (!recordMaps.isEmpty()) {
                arguments.add("--record-maps");
                recordMaps.forEach(file -> arguments.add(call.resolve(file).toString()));
            }
            analysis.ifPresent(name -> arguments.addAll(List.of("--analysis", name)));
            return run(arguments, this, call);
        }
    }

    /** The same for the generator. */
    private static Answer run(List<String> arguments, Verb verb, Call call) {
        return run(SYNTH, arguments, verb, call);
    }

    /** A program's words are the answer: they are passed on as they come. */
    private static Answer run(String program, List<String> arguments, Verb verb, Call call) {
        arguments.addAll(List.of("--lang", call.words().language().getLanguage()));
        if (verb.common.json) {
            arguments.add("--json");
        }
        if (call.quiet()) {
            arguments.add("--quiet");
        }
        return new Answer(Map.of(), List.of(), OwnProcess.run(program, arguments, call));
    }

    static final class ServeCustodian extends LocalVerb {
        @Option(names = "--dir", paramLabel = "DIR", required = true)
        Path folder = Path.of("");

        @Option(names = "--passphrase-file", paramLabel = "FILE")
        Optional<Path> passphraseFile = Optional.empty();

        @Option(names = "--until-stdin-closes")
        boolean untilStdinCloses;

        @Override
        protected Answer act(Call call) {
            List<String> arguments = new ArrayList<>(
                    List.of("serve", "--dir", call.resolve(folder).toString()));
            passphraseFile.ifPresent(file -> arguments.addAll(
                    List.of("--passphrase-file", call.resolve(file).toString())));
            if (untilStdinCloses) {
                arguments.add("--until-stdin-closes");
            }
            return new Answer(Map.of(), List.of(), OwnProcess.run(CUSTODIAN, arguments, call));
        }
    }

    /** A verb on a witness's own folder. */
    abstract static class WitnessVerb extends LocalVerb {
        @Option(names = "--dir", paramLabel = "DIR", required = true)
        Path folder = Path.of("");

        final List<String> words(String verb, Call call) {
            return new ArrayList<>(List.of(verb, "--dir", call.resolve(folder).toString()));
        }
    }

    static final class InitWitness extends WitnessVerb {
        @Option(names = "--name", paramLabel = "NAME", required = true)
        String name = "";

        @Option(names = "--passphrase-file", paramLabel = "FILE")
        Optional<Path> passphraseFile = Optional.empty();

        @Override
        protected Answer act(Call call) {
            List<String> arguments = words("init", call);
            arguments.addAll(List.of("--name", name));
            passphraseFile.ifPresent(file -> arguments.addAll(
                    List.of("--passphrase-file", call.resolve(file).toString())));
            return run(WITNESS, arguments, this, call);
        }
    }

    static final class AddLog extends WitnessVerb {
        @Parameters(paramLabel = "VKEY", descriptionKey = "VKEY")
        String key = "";

        @Override
        protected Answer act(Call call) {
            List<String> arguments = words("add-log", call);
            arguments.add(key);
            return run(WITNESS, arguments, this, call);
        }
    }

    static final class ListLogs extends WitnessVerb {
        @Override
        protected Answer act(Call call) {
            return run(WITNESS, words("list", call), this, call);
        }
    }

    static final class ServeWitness extends WitnessVerb {
        @Option(names = "--port", paramLabel = "P")
        Optional<Integer> port = Optional.empty();

        @Option(names = "--passphrase-file", paramLabel = "FILE")
        Optional<Path> passphraseFile = Optional.empty();

        @Option(names = "--until-stdin-closes")
        boolean untilStdinCloses;

        @Override
        protected Answer act(Call call) {
            List<String> arguments = words("serve", call);
            port.ifPresent(number -> arguments.addAll(List.of("--port", String.valueOf(number))));
            passphraseFile.ifPresent(file -> arguments.addAll(
                    List.of("--passphrase-file", call.resolve(file).toString())));
            if (untilStdinCloses) {
                arguments.add("--until-stdin-closes");
            }
            return run(WITNESS, arguments, this, call);
        }
    }
}
