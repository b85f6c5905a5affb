package org.vauban.app.demo;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.vauban.app.cli.Call;
import org.vauban.app.terminal.Relay;
import org.vauban.app.terminal.Terminal;

/**
 * The hub's server, by the verb that a user types. It runs while the stages do, so that the pages show them, and the people's verbs
 * travel over HOME's socket as they would between terminals.
 */
final class DemoServer implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("http://[0-9a-z.:]*[0-9]");

    private final Relay.Runner verbs;
    private final DemoFolders folders;
    private final int port;
    private final List<String> settings;
    private final Call call;
    private final CompletableFuture<Integer> ended = new CompletableFuture<>();
    private @Nullable Thread thread;
    private String greeting = "";

    /** @param settings options of {@code serve} that somebody gave for the whole demonstration */
    DemoServer(Relay.Runner verbs, DemoFolders folders, int port, List<String> settings, Call call) {
        this.verbs = verbs;
        this.folders = folders;
        this.port = port;
        this.settings = new ArrayList<>(settings);
        this.call = call;
    }

    /** Starts it and waits until it serves. */
    void start() {
        var ready = new CompletableFuture<String>();
        List<String> arguments = new ArrayList<>(List.of(
                "serve",
                "--home",
                folders.home().toString(),
                "--custodian",
                folders.custodianAddress(),
                "--port",
                String.valueOf(port),
                "--quiet",
                "--lang",
                call.words().language().getLanguage()));
        arguments.addAll(settings);
        thread = Thread.ofPlatform().name("demo-server").start(() -> {
            int status = verbs.run(new Console(call.terminal(), ready), arguments);
            ready.complete("");
            ended.complete(status);
        });
        greeting = ready.join();
        if (greeting.isEmpty()) {
            throw new VerbFailedException("serve", Math.max(1, ended.join()));
        }
    }

    /** Options that the making of the home is told too. */
    List<String> settings() {
        return List.copyOf(settings);
    }

    /** One more option, before it starts. */
    void willBeTold(String option, String value) {
        settings.addAll(List.of(option, value));
    }

    /** What it said when it began to serve: where it listens. */
    String greeting() {
        return greeting;
    }

    /** Its first address, such as {@code http://127.0.0.1:8080}. */
    String address() {
        Matcher address = ADDRESS.matcher(greeting);
        return address.find() ? address.group() : "";
    }

    /** Waits until somebody stops it; returns its exit status. */
    int awaitEnd() {
        return ended.join();
    }

    @Override
    public void close() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
            ended.join();
        }
    }

    /** The server's terminal: the first thing that it says on standard output is that it serves. */
    private record Console(Terminal beneath, CompletableFuture<String> firstLine) implements Terminal {
        @Override
        public PrintStream out() {
            var line = new ByteArrayOutputStream();
            return new PrintStream(
                    new OutputStream() {
                        @Override
                        public void write(int octet) {
                            if (octet == '\n') {
                                firstLine.complete(line.toString(StandardCharsets.UTF_8));
                            } else if (!firstLine.isDone()) {
                                line.write(octet);
                            }
                        }
                    },
                    true,
                    StandardCharsets.UTF_8);
        }

        /** The first administrator's token is taken by {@code init}, and shown to nobody here. */
        @Override
        public PrintStream err() {
            return new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        }

        @Override
        public Locale language() {
            return beneath.language();
        }

        @Override
        public Path folder() {
            return beneath.folder();
        }

        @Override
        public Optional<String> variable(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<char[]> secret(String question) {
            return Optional.empty();
        }

        @Override
        public Optional<String> session() {
            return Optional.empty();
        }

        @Override
        public void keepSession(String token) {}

        @Override
        public void forgetSession() {}
    }
}
