package org.vauban.app.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import picocli.CommandLine.Option;

/** Verbs that are programs of their own, started in a process of their own: {@code synth}, {@code custodian} and {@code identity}. */
final class ProcessVerbs {
    static final long PERSONS_DEFAULT = 5000;
    static final long SEED_DEFAULT = 1707;
    static final String SYNTH = "org.vauban.synth.SynthMain";
    static final String IDENTITY = "org.vauban.identity.IdentityMain";
    private static final List<String> IDENTITY_STANDS_ON = List.of("org.vauban.custodian.CustodianClient");
    static final String CUSTODIAN = "org.vauban.custodian.CustodianMain";

    private ProcessVerbs() {}

    static List<Branch> underSynth() {
        return List.of(Branch.verb("score", () -> new Score()));
    }

    static List<Branch> custodian() {
        return List.of(Branch.verb("serve", () -> new ServeCustodian()));
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

        @Option(names = "--result", paramLabel = "DIR")
        Optional<Path> result = Optional.empty();

        @Option(names = "--linkage", paramLabel = "FILE")
        Optional<Path> linkage = Optional.empty();

        @Option(names = "--record-maps", paramLabel = "FILE")
        List<Path> recordMaps = List.of();

        @Option(names = "--analysis", paramLabel = "NAME")
        Optional<String> analysis = Optional.empty();

        @Override
        protected Answer act(Call call) {
            List<String> arguments = new ArrayList<>(
                    List.of("score", "--truth", call.resolve(truth).toString()));
            if (result.isEmpty() == linkage.isEmpty()) {
                throw Problem.of(ProblemCode.USAGE)
                        .expected(call.words().say("usage.of-verb", "--result DIR | --linkage FILE", "vauban synth score"))
                        .found(call.words().say("usage.nothing"))
                        .exception();
            }
            result.ifPresent(
                    folder -> arguments.addAll(List.of("--result", call.resolve(folder).toString())));
            linkage.ifPresent(
                    file -> arguments.addAll(List.of("--linkage", call.resolve(file).toString())));
            if (!recordMaps.isEmpty()) {
                arguments.add("--record-maps");
                recordMaps.forEach(map -> arguments.add(call.resolve(map).toString()));
            }
            analysis.ifPresent(name -> arguments.addAll(List.of("--analysis", name)));
            return run(arguments, this, call);
        }
    }

    /** Its words are the answer: they are passed on as they come. */
    private static Answer run(List<String> arguments, Verb verb, Call call) {
        arguments.addAll(List.of("--lang", call.words().language().getLanguage()));
        if (verb.common.json) {
            arguments.add("--json");
        }
        if (call.quiet()) {
            arguments.add("--quiet");
        }
        return new Answer(Map.of(), List.of(), OwnProcess.run(SYNTH, arguments, call));
    }

    static List<Branch> identity() {
        return List.of(
                Branch.verb("serve", () -> new ServeIdentity()), Branch.verb("clusters", () -> new IdentityClusters()));
    }

    /** The zone's own folder and custodian, which are never the hub's. */
    static final class ServeIdentity extends LocalVerb {
        @Option(names = "--zone", paramLabel = "DIR", required = true)
        Path zone = Path.of("");

        @Option(names = "--custodian", paramLabel = "unix:PATH", required = true)
        String custodian = "";

        @Option(names = "--until-stdin-closes")
        boolean untilStdinCloses;

        @Override
        protected Answer act(Call call) {
            List<String> arguments = new ArrayList<>(
                    List.of("serve", "--zone", call.resolve(zone).toString(), "--custodian", custodian));
            if (untilStdinCloses) {
                arguments.add("--until-stdin-closes");
            }
            return identity(arguments, call);
        }
    }

    static final class IdentityClusters extends LocalVerb {
        @Option(names = "--zone", paramLabel = "DIR", required = true)
        Path zone = Path.of("");

        @Option(names = "--custodian", paramLabel = "unix:PATH", required = true)
        String custodian = "";

        @Option(names = "--batch", paramLabel = "BATCH", required = true)
        String batch = "";

        @Option(names = "--out", paramLabel = "FILE", required = true)
        Path out = Path.of("");

        @Override
        protected Answer act(Call call) {
            return identity(
                    List.of(
                            "clusters",
                            "--zone",
                            call.resolve(zone).toString(),
                            "--custodian",
                            custodian,
                            "--batch",
                            batch,
                            "--out",
                            call.resolve(out).toString()),
                    call);
        }
    }

    private static Answer identity(List<String> arguments, Call call) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of("--lang", call.words().language().getLanguage()));
        ProcessBuilder program = OwnProcess.of(IDENTITY, IDENTITY_STANDS_ON, all);
        return new Answer(
                Map.of(),
                List.of(),
                OwnProcess.run(program, IDENTITY, call, call.terminal().out()));
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
}
