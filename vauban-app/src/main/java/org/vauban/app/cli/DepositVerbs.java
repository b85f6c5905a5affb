package org.vauban.app.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.vauban.deposit.envelope.DepositId;
import org.vauban.deposit.envelope.Kind;
import org.vauban.deposit.envelope.Manifest;
import org.vauban.desk.Deposited;
import org.vauban.desk.Producer;
import org.vauban.hub.Hub;
import org.vauban.hub.HubConfiguration;
import org.vauban.people.Actor;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** {@code producer} and {@code deposit}: who may bring data, and how they come in. */
final class DepositVerbs {
    static final String SPLITTER = "org.vauban.deposit.DepositMain";

    /** One class of each jar that the splitter stands on. */
    static final List<String> SPLITTER_STANDS_ON = List.of(
            "org.vauban.problem.Problem",
            "com.google.crypto.tink.subtle.AesGcmHkdfStreaming",
            "com.google.protobuf.MessageLite",
            "com.google.gson.Gson",
            "com.github.luben.zstd.Zstd",
            "tools.jackson.core.JsonParser",
            "tools.jackson.databind.ObjectMapper",
            "com.fasterxml.jackson.annotation.JsonProperty",
            "org.vauban.identity.protocol.DoorClient",
            "org.vauban.custodian.CustodianClient");

    private DepositVerbs() {}

    static List<Branch> producers() {
        return List.of(
                Branch.verb("add", () -> new AddProducer()),
                Branch.verb("list", () -> new ListProducers()),
                Branch.verb("key", () -> new DeliveryKey()),
                Branch.verb("represent", () -> new ProducerVerbs.Represent()),
                Branch.verb("uses", () -> new ProducerVerbs.Used()),
                Branch.verb("withdraw", () -> new ProducerVerbs.Withdraw()),
                Branch.verb("withdrawals", () -> new ProducerVerbs.Withdrawals()),
                Branch.verb("decide", () -> new ProducerVerbs.Decide()));
    }

    static List<Branch> underDeposit() {
        return List.of(Branch.verb("list", () -> new ListDeposits()), Branch.verb("withdraw", () -> new Withdraw()));
    }

    private static Kind kind(String word) {
        return Kind.named(word)
                .orElseThrow(() -> Problem.of(ProblemCode.FIELD_WRONG_VALUE)
                        .with("field", "--kind")
                        .expected(Arrays.stream(Kind.values()).map(Kind::word).collect(Collectors.joining(", ")))
                        .found(word)
                        .exception());
    }

    static final class AddProducer extends HubVerb {
        @Parameters(paramLabel = "NAME", descriptionKey = "PRODUCER")
        String name = "";

        @Option(names = "--kind", descriptionKey = "files-kind", paramLabel = "fhir|snds|omop", required = true)
        String kind = "";

        @Option(names = "--convention", paramLabel = "TEXT", required = true)
        String convention = "";

        @Override
        protected Answer act(Hub hub, Call call) {
            Producer producer = hub.deposits().register(actor(hub, call), name, kind(kind), convention);
            return Answer.of(
                    Answer.document(
                            "producer", producer.name(), "kind", producer.kind().word()),
                    call.words()
                            .say(
                                    "producer.added",
                                    producer.name(),
                                    producer.kind().word()));
        }
    }

    static final class ListProducers extends HubVerb {
        @Override
        protected Answer act(Hub hub, Call call) {
            actor(hub, call);
            List<Producer> producers = hub.deposits().producers();
            return Answer.of(
                    Answer.document(
                            "producers",
                            producers.stream()
                                    .map(producer -> Answer.document(
                                            "producer", producer.name(),
                                            "kind", producer.kind().word(),
                                            "convention", producer.convention(),
                                            "registered", producer.registered().toString()))
                                    .toList()),
                    producers.stream()
                            .map(producer -> Columns.line(
                                    producer.name(),
                                    producer.kind().word(),
                                    producer.registered(),
                                    producer.convention()))
                            .toList());
        }
    }

    /** For a producer whose splitter runs at its own premises. */
    static final class DeliveryKey extends HubVerb {
        @Parameters(paramLabel = "NAME", descriptionKey = "PRODUCER")
        String name = "";

        @Override
        protected Answer act(Hub hub, Call call) {
            String key = HexFormat.of().formatHex(hub.deposits().deliveryKey(actor(hub, call), name));
            return Answer.of(Answer.document("producer", name, "key", key), List.of(key));
        }
    }

    static final class ListDeposits extends HubVerb {
        @Override
        protected Answer act(Hub hub, Call call) {
            actor(hub, call);
            List<Deposited> deposits = hub.deposits().list();
            return Answer.of(
                    Answer.document(
                            "deposits",
                            deposits.stream()
                                    .map(deposit -> Answer.document(
                                            "deposit", deposit.id().value(),
                                            "producer", deposit.producer(),
                                            "kind", deposit.kind().word(),
                                            "parts", deposit.parts(),
                                            "bytes", deposit.bytes(),
                                            "state", deposit.state().word(),
                                            "received", deposit.received().toString(),
                                            "log_index", deposit.logIndex()))
                                    .toList()),
                    deposits.stream()
                            .map(deposit -> Columns.line(
                                    deposit.id(),
                                    deposit.state().word(),
                                    deposit.producer(),
                                    deposit.kind().word(),
                                    deposit.received()))
                            .toList());
        }
    }

    static final class Withdraw extends HubVerb {
        @Parameters(paramLabel = "DEPOSIT", descriptionKey = "DEPOSIT")
        String deposit = "";

        @Override
        protected Answer act(Hub hub, Call call) {
            DepositId id = Names.of("deposit", deposit, call.words(), DepositId::new);
            hub.deposits().withdraw(actor(hub, call), id);
            return Answer.of(
                    Answer.document("deposit", id.value(), "state", "withdrawn"),
                    call.words().say("deposit.withdrawn", id));
        }
    }

    /** Splits in a process of its own; gives identities to their zone and health data to the hub. */
    static final class Deposit extends HubVerb {
        /** Asked for in {@link #act}, because the verbs under this one have none. */
        @Parameters(paramLabel = "DIR", descriptionKey = "SOURCE", arity = "0..1")
        Optional<Path> folder = Optional.empty();

        @Option(names = "--producer", paramLabel = "NAME")
        Optional<String> producer = Optional.empty();

        @Option(names = "--kind", descriptionKey = "files-kind", paramLabel = "fhir|snds|omop")
        Optional<String> kind = Optional.empty();

        @Option(names = "--identity", paramLabel = "unix:PATH")
        Optional<String> identity = Optional.empty();

        @Option(names = "--identity-key", paramLabel = "HEX")
        Optional<String> identityKey = Optional.empty();

        @Option(names = "--spool", paramLabel = "DIR")
        Optional<Path> spool = Optional.empty();

        @Option(names = "--record-map", paramLabel = "FILE")
        Optional<Path> recordMap = Optional.empty();

        @Option(names = "--rejects", paramLabel = "FILE")
        Optional<Path> rejects = Optional.empty();

        @Override
        protected Answer act(Hub hub, Call call) {
            Actor manager = actor(hub, call);
            Path source = call.resolve(folder.orElseThrow(() -> missing("DIR", call)));
            Path envelopes =
                    spool.map(call::resolve).orElseGet(() -> source.resolveSibling(source.getFileName() + "-deposit"));
            Map<String, @Nullable Object> document = new LinkedHashMap<>();
            List<String> lines = new ArrayList<>();
            int status = 0;
            // Envelopes that are whole were not delivered last time; they are not made again.
            if (!Files.exists(envelopes.resolve("health").resolve(Manifest.FILE))) {
                status = split(hub, manager, call, source, envelopes, document, lines);
            }
            if (!Files.exists(envelopes.resolve("health").resolve(Manifest.FILE))) {
                return new Answer(document, lines, status == 0 ? 1 : status);
            }
            hub.deposits().admit(manager, envelopes.resolve("health"));
            // Once there, an envelope would be refused a second time: it is gone before the hub's part can fail.
            Path identities = envelopes.resolve("identity");
            boolean isCarried = identityKey.isPresent() && Files.exists(identities.resolve(Manifest.FILE));
            if (!isCarried && Files.exists(identities.resolve(Manifest.FILE))) {
                int given = giveIdentities(hub, call, envelopes);
                if (given != 0) {
                    return new Answer(document, lines, given);
                }
            }
            Deposited received = hub.deposits().receive(manager, envelopes.resolve("health"));
            Folders.remove(isCarried ? envelopes.resolve("health") : envelopes);
            document.put("deposit", received.id().value());
            document.put("state", received.state().word());
            document.put("log_index", received.logIndex());
            lines.add(call.words().say("deposit.done", received.id(), received.producer(), received.logIndex()));
            if (isCarried) {
                lines.add("  " + call.words().say("deposit.carry", identities));
            }
            return new Answer(document, lines, status);
        }

        private static ProblemException missing(String what, Call call) {
            return Problem.of(ProblemCode.USAGE)
                    .expected(call.words().say("usage.of-verb", what, "vauban deposit"))
                    .found(call.words().say("usage.nothing"))
                    .exception();
        }

        private int split(
                Hub hub,
                Actor manager,
                Call call,
                Path source,
                Path envelopes,
                Map<String, @Nullable Object> document,
                List<String> lines) {
            String name = producer.orElseThrow(() -> missing("--producer NAME", call));
            List<String> arguments = new ArrayList<>(List.of(
                    "split",
                    source.toString(),
                    "--producer",
                    name,
                    "--hub-key",
                    HexFormat.of().formatHex(hub.deposits().deliveryKey(manager, name)),
                    "--out",
                    envelopes.toString(),
                    "--lang",
                    call.words().language().getLanguage()));
            arguments.addAll(zone(hub, call));
            kind.ifPresent(word -> arguments.addAll(List.of("--kind", kind(word).word())));
            recordMap.ifPresent(file ->
                    arguments.addAll(List.of("--record-map", call.resolve(file).toString())));
            rejects.ifPresent(file ->
                    arguments.addAll(List.of("--rejects", call.resolve(file).toString())));
            if (common.json) {
                arguments.add("--json");
            }
            if (call.quiet()) {
                arguments.add("--quiet");
            }
            var said = new ByteArrayOutputStream();
            int status = OwnProcess.run(
                    OwnProcess.of(SPLITTER, SPLITTER_STANDS_ON, arguments),
                    SPLITTER,
                    call,
                    new PrintStream(said, true, StandardCharsets.UTF_8));
            String text = said.toString(StandardCharsets.UTF_8);
            if (!common.json) {
                text.lines().forEach(lines::add);
            } else if (!text.isBlank()) {
                Map<?, ?> told = JsonMapper.builder().build().readValue(text, Map.class);
                told.forEach((field, value) -> document.put(String.valueOf(field), value));
            }
            return status;
        }

        /** The splitter goes to the door itself: what is for the identity zone does not pass through the hub's process. */
        private List<String> zone(Hub hub, Call call) {
            if (identityKey.isPresent()) {
                return List.of("--identity-key", identityKey.get());
            }
            Path socket = identity.map(address -> call.resolve(Path.of(address.replaceFirst("^unix:", ""))))
                    .orElseGet(() ->
                            HubConfiguration.identityFolder(hub.home().folder()).resolve("door.sock"));
            return List.of("--identity-door", socket.toString());
        }

        /** Has the identity envelope given to its zone; what remains to be done when it could not be. */
        private int giveIdentities(Hub hub, Call call, Path envelopes) {
            List<String> arguments = new ArrayList<>(List.of("deliver", "--out", envelopes.toString()));
            arguments.addAll(zone(hub, call));
            arguments.addAll(List.of("--lang", call.words().language().getLanguage()));
            return OwnProcess.run(
                    OwnProcess.of(SPLITTER, SPLITTER_STANDS_ON, arguments),
                    SPLITTER,
                    call,
                    call.terminal().out());
        }
    }

    /** Removes what was delivered. */
    private static final class Folders {
        static void remove(Path folder) {
            try (var files = Files.walk(folder)) {
                for (Path file :
                        files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            } catch (IOException undeletable) {
                throw new UncheckedIOException(undeletable);
            }
        }
    }
}
