package org.vauban.app.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vauban.custodian.CustodianAddress;
import org.vauban.hub.HubConfiguration;
import org.vauban.ledger.policy.Policy;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.provider.ProviderSettings;
import picocli.CommandLine.Option;

/** Which hub: its folder, its custodian, its log, its memory, its database, its witnesses, its provider of identities. A flag beats the environment, which beats {@code HOME/vauban.yaml}. */
public final class HomeOptions {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,6})(MiB|GiB)");

    /** With less not even one bucket of a small hub could be worked on. */
    private static final long MEMORY_MIN = 512L << 20;

    @Option(names = "--home", paramLabel = "DIR")
    String home = "";

    @Option(names = "--custodian", paramLabel = "unix:PATH")
    String custodian = "";

    @Option(names = "--ledger", paramLabel = "DIR")
    String ledger = "";

    @Option(names = "--memory", paramLabel = "SIZE")
    String memory = "";

    @Option(names = "--database", paramLabel = "ADDRESS")
    String database = "";

    @Option(names = "--witnesses", paramLabel = "FILE")
    String witnesses = "";

    @Option(names = "--provider", paramLabel = "FILE")
    String provider = "";

    public Path home(Call call) {
        return call.resolve(Path.of(setting(call).home().value()));
    }

    public CustodianAddress custodian(Call call) {
        String address = setting(call).custodian().value();
        try {
            return CustodianAddress.parse(address);
        } catch (IllegalArgumentException wrong) {
            throw Problem.of(ProblemCode.FIELD_WRONG_VALUE)
                    .with("field", "--custodian")
                    .expected("unix:PATH")
                    .found(address)
                    .exception(wrong);
        }
    }

    public Optional<Path> ledger(Call call) {
        return Optional.of(setting(call).ledger().value())
                .filter(folder -> !folder.isBlank())
                .map(Path::of)
                .map(call::resolve);
    }

    /** How much rows may take while an edition is made, if somebody said so. */
    public OptionalLong memory(Call call) {
        String size = setting(call).memory().value();
        if (size.isBlank()) {
            return OptionalLong.empty();
        }
        Matcher matcher = SIZE.matcher(size.strip());
        long bytes = matcher.matches()
                ? Long.parseLong(matcher.group(1)) << (matcher.group(2).equals("GiB") ? 30 : 20)
                : 0;
        if (bytes < MEMORY_MIN) {
            throw Problem.of(ProblemCode.FIELD_WRONG_VALUE)
                    .with("field", "--memory")
                    .expected("512MiB, 4GiB …")
                    .found(size)
                    .exception();
        }
        return OptionalLong.of(bytes);
    }

    /** Where the control plane is, if somebody said so. */
    Optional<String> database(Call call) {
        return Optional.of(setting(call).database().value()).filter(address -> !address.isBlank());
    }

    /** Who must have cosigned the log, and where they are asked; nobody when nothing is said. */
    Policy witnesses(Call call) {
        String file = setting(call).witnesses().value();
        return file.isBlank() ? Policy.NOBODY : Policies.ofHub(call.resolve(Path.of(file)));
    }

    /** Who vouches for people; nobody when nothing is said. */
    Optional<ProviderSettings> provider(Call call) {
        String file = setting(call).provider().value();
        return file.isBlank()
                ? Optional.empty()
                : Optional.of(Providers.read(call.resolve(Path.of(file)), home(call), call.terminal()));
    }

    /** What the hub is told at its start. */
    HubConfiguration configuration(Call call, Clock clock) {
        return new HubConfiguration(
                custodian(call), ledger(call), memory(call), database(call), witnesses(call), provider(call), clock);
    }

    /** What only the process that owns HOME can follow, as options with their values, whoever said so. */
    public List<String> settingsOfTheServer(Call call) {
        Settings said = setting(call);
        List<String> options = new ArrayList<>();
        ledger(call).ifPresent(folder -> options.addAll(List.of("--ledger", folder.toString())));
        memory(call)
                .ifPresent(_ -> options.addAll(List.of("--memory", said.memory().value())));
        database(call).ifPresent(address -> options.addAll(List.of("--database", address)));
        if (!said.witnesses().value().isBlank()) {
            options.addAll(List.of(
                    "--witnesses",
                    call.resolve(Path.of(said.witnesses().value())).toString()));
        }
        if (!said.provider().value().isBlank()) {
            options.addAll(List.of(
                    "--provider", call.resolve(Path.of(said.provider().value())).toString()));
        }
        return options;
    }

    /** The options given that only the process which owns HOME can follow, and only from its start. */
    List<String> ofTheServer() {
        Map<String, String> given = new LinkedHashMap<>();
        given.put("--ledger", ledger);
        given.put("--memory", memory);
        given.put("--database", database);
        given.put("--witnesses", witnesses);
        given.put("--provider", provider);
        given.values().removeIf(String::isBlank);
        return List.copyOf(given.keySet());
    }

    Settings setting(Call call) {
        return Settings.resolve(call.terminal(), home, custodian, ledger, memory, database, witnesses, provider);
    }
}
