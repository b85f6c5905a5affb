package org.vauban.app.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vauban.hub.Hub;
import org.vauban.hub.HubConfiguration;
import org.vauban.objection.ObjectionVersion;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code objection}: people who object to the use of their data. Their names go from who takes objections to the identity zone, never here. */
final class ObjectionVerbs {
    private static final String UNIX = "^unix:";

    private ObjectionVerbs() {}

    static List<Branch> objections() {
        return List.of(
                Branch.verb("seal", () -> new Seal()),
                Branch.verb("apply", () -> new Apply()),
                Branch.verb("release", () -> new Release()),
                Branch.verb("list", () -> new ListVersions()));
    }

    /** At the premises of who takes objections; the splitter's process alone reads the list. */
    static final class Seal extends LocalVerb {
        @Parameters(paramLabel = "LIST.csv", descriptionKey = "OBJECTIONS")
        Path list = Path.of("");

        @Option(names = "--taker", paramLabel = "NAME", required = true)
        String taker = "";

        @Option(names = "--identity", paramLabel = "unix:PATH")
        Optional<String> identity = Optional.empty();

        @Option(names = "--identity-key", paramLabel = "HEX")
        Optional<String> identityKey = Optional.empty();

        @Option(names = "--spool", paramLabel = "DIR")
        Optional<Path> spool = Optional.empty();

        @Override
        protected Answer act(Call call) {
            Path file = call.resolve(list);
            Path envelope =
                    spool.map(call::resolve).orElseGet(() -> file.resolveSibling(file.getFileName() + "-sealed"));
            List<String> arguments = new ArrayList<>(List.of(
                    "objections",
                    file.toString(),
                    "--producer",
                    taker,
                    "--out",
                    envelope.toString(),
                    "--lang",
                    call.words().language().getLanguage()));
            identity.ifPresent(address -> arguments.addAll(List.of(
                    "--identity-door",
                    call.resolve(Path.of(address.replaceFirst(UNIX, ""))).toString())));
            identityKey.ifPresent(key -> arguments.addAll(List.of("--identity-key", key)));
            if (common.json) {
                arguments.add("--json");
            }
            return new Answer(
                    Map.of(),
                    List.of(),
                    OwnProcess.run(
                            OwnProcess.of(DepositVerbs.SPLITTER, DepositVerbs.SPLITTER_STANDS_ON, arguments),
                            DepositVerbs.SPLITTER,
                            call,
                            call.terminal().out()));
        }
    }

    /** What both acts need: the zone's socket for the hub. */
    abstract static class ZoneVerb extends HubVerb {
        @Option(names = "--identity", paramLabel = "unix:PATH")
        Optional<String> identity = Optional.empty();

        final Path zone(Hub hub, Call call) {
            return identity.map(address -> call.resolve(Path.of(address.replaceFirst(UNIX, ""))))
                    .orElseGet(() ->
                            HubConfiguration.identityFolder(hub.home().folder()).resolve("answers.sock"));
        }
    }

    /** Marks whoever is on a list that the zone has. */
    static final class Apply extends ZoneVerb {
        @Override
        protected Answer act(Hub hub, Call call) {
            ObjectionVersion made = hub.objections().apply(actor(hub, call), zone(hub, call));
            return Answer.of(document(made), lines(made, call.words()));
        }
    }

    /** The first of two people asks, the second decides. */
    static final class Release extends ZoneVerb {
        @Override
        protected Answer act(Hub hub, Call call) {
            return hub.objections()
                    .release(actor(hub, call), zone(hub, call))
                    .map(made -> Answer.of(document(made), lines(made, call.words())))
                    .orElseGet(() -> Answer.of(
                            Answer.document("state", "asked"), call.words().say("objection.asked")));
        }
    }

    static final class ListVersions extends HubVerb {
        @Override
        protected Answer act(Hub hub, Call call) {
            List<ObjectionVersion> versions = hub.objections().list(actor(hub, call));
            return Answer.of(
                    Answer.document(
                            "versions",
                            versions.stream().map(ObjectionVerbs::document).toList()),
                    versions.isEmpty()
                            ? List.of(call.words().say("objection.none"))
                            : versions.stream()
                                    .flatMap(version -> lines(version, call.words()).stream())
                                    .toList());
        }
    }

    private static Map<String, @Nullable Object> document(ObjectionVersion version) {
        return Answer.document(
                "version", version.version(),
                "made", version.made().toString(),
                "lists", version.lists(),
                "records", version.records(),
                "marks", version.marks(),
                "unreached",
                        version.unreached().stream()
                                .map(each -> Answer.document(
                                        "edition", each.edition().value(),
                                        "reason", each.reason().name()))
                                .toList(),
                "log_index", version.logIndex());
    }

    private static List<String> lines(ObjectionVersion version, Words words) {
        List<String> lines = new ArrayList<>();
        lines.add(words.say(
                "objection.version",
                version.version(),
                version.made(),
                version.lists(),
                version.records(),
                version.marks(),
                version.logIndex()));
        version.unreached()
                .forEach(each -> lines.add(words.say(
                        "objection.unreached",
                        each.edition().value(),
                        each.reason().name())));
        return lines;
    }
}
