package org.vauban.app.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.vauban.app.terminal.Terminal;
import org.vauban.document.Documents;
import org.vauban.document.Fields;
import org.vauban.hub.HubConfiguration;
import org.vauban.problem.Problems;

/** Where the hub is and what it may take, and who said so. */
record Settings(
        Setting home,
        Setting custodian,
        Setting ledger,
        Setting memory,
        Setting database,
        Setting witnesses,
        Setting provider) {
    static final String DEFAULT_HOME = "vauban-home";

    /**
     * One setting.
     *
     * @param value its value; empty when there is none
     * @param source {@code flag}, {@code environment}, {@code vauban.yaml} or {@code default}
     */
    record Setting(String value, String source) {}

    static Settings resolve(
            Terminal terminal,
            String homeFlag,
            String custodianFlag,
            String ledgerFlag,
            String memoryFlag,
            String databaseFlag,
            String witnessesFlag,
            String providerFlag) {
        Setting home = first(terminal, homeFlag, "VAUBAN_HOME", "", DEFAULT_HOME);
        Path folder = terminal.resolve(Path.of(home.value()));
        File file = File.read(folder);
        return new Settings(
                home,
                first(
                        terminal,
                        custodianFlag,
                        "VAUBAN_CUSTODIAN",
                        file.custodian(),
                        HubConfiguration.besideHome(folder).toString()),
                first(terminal, ledgerFlag, "VAUBAN_LEDGER", file.ledger(), ""),
                first(terminal, memoryFlag, "VAUBAN_MEMORY", file.memory(), ""),
                first(terminal, databaseFlag, "VAUBAN_DATABASE", file.database(), ""),
                first(terminal, witnessesFlag, "VAUBAN_WITNESSES", file.witnesses(), ""),
                first(terminal, providerFlag, "VAUBAN_PROVIDER", file.provider(), ""));
    }

    /** The folder of the home alone, for verbs that need no hub. */
    static Path home(Call call, String flag) {
        return call.resolve(Path.of(
                resolve(call.terminal(), flag, "", "", "", "", "", "").home().value()));
    }

    private static Setting first(Terminal terminal, String flag, String variable, String inFile, String otherwise) {
        if (!flag.isBlank()) {
            return new Setting(flag, "flag");
        }
        Optional<String> fromEnvironment = terminal.variable(variable);
        if (fromEnvironment.isPresent()) {
            return new Setting(fromEnvironment.get(), "environment");
        }
        return inFile.isBlank() ? new Setting(otherwise, "default") : new Setting(inFile, "vauban.yaml");
    }

    /** What {@code HOME/vauban.yaml} says. */
    private record File(
            String custodian, String ledger, String memory, String database, String witnesses, String provider) {
        static File read(Path home) {
            Path file = home.resolve("vauban.yaml");
            if (!Files.exists(file)) {
                return new File("", "", "", "", "", "");
            }
            var problems = new Problems();
            Fields fields = Fields.of(Documents.read(file), problems);
            var settings = new File(
                    fields.optionalText("custodian").orElse(""),
                    fields.optionalText("ledger").orElse(""),
                    fields.optionalText("memory").orElse(""),
                    fields.optionalText("database").orElse(""),
                    fields.optionalText("witnesses").orElse(""),
                    fields.optionalText("provider").orElse(""));
            fields.noOthers();
            problems.throwIfAny();
            return settings;
        }
    }
}
