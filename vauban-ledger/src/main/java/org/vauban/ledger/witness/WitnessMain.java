package org.vauban.ledger.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.vauban.ledger.note.VerifierKey;
import org.vauban.ledger.witness.WitnessException.Code;

/**
 * The witness's command line, {@code vauban witness} and {@code java -cp vauban-ledger.jar org.vauban.ledger.witness.WitnessMain}: {@code
 * init}, {@code add-log}, {@code list} and {@code serve}.
 *
 * <p>{@code serve} prints {@code ready http://127.0.0.1:PORT/} on standard output once it listens. Results go to standard output, everything else
 * to standard error. Exit status: 0 done, 1 failed while running, 2 wrong usage or input, 4 what is kept was changed.
 */
public final class WitnessMain {

    static final int DONE = 0;
    static final int PORT_DEFAULT = 8090;

    private static final int FAILED = 1;
    private static final int PORT_MAX = 65_535;

    private final Order order;
    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;
    private final ResourceBundle words;

    private WitnessMain(Order order, InputStream in, PrintStream out, PrintStream err) {
        this.order = order;
        this.in = in;
        this.out = out;
        this.err = err;
        this.words = Words.in(order.language());
    }

    public static void main(String[] arguments) {
        // A request that never ends, and more callers than a witness has logs, are cut off by the server itself.
        System.setProperty("sun.net.httpserver.maxReqTime", "10");
        System.setProperty("sun.net.httpserver.maxRspTime", "10");
        System.setProperty("jdk.httpserver.maxConnections", "64");
        var out = new PrintStream(System.out, true, UTF_8);
        var err = new PrintStream(System.err, true, UTF_8);
        System.exit(run(List.of(arguments), Locale.getDefault(), System.in, out, err));
    }

    /** Runs one command; {@code serve} until it is stopped. Returns the exit status. */
    public static int run(List<String> arguments, Locale locale, InputStream in, PrintStream out, PrintStream err) {
        Order order = new Order(arguments, locale);
        try {
            if (order.help) {
                out.print(Words.in(order.language()).getString("usage"));
                return DONE;
            }
            order.require();
            new WitnessMain(order, in, out, err).run();
            return DONE;
        } catch (WitnessException e) {
            err.println(e.line(order.language()));
            return e.code().exitStatus();
        } catch (IOException e) {
            var failed = new WitnessException(Code.WITNESS_DISK, e, e);
            err.println(failed.line(order.language()));
            return failed.code().exitStatus();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }

    private void run() throws IOException, InterruptedException {
        switch (order.verb) {
            case "init" -> init();
            case "add-log" -> addLog();
            case "list" -> list();
            case "serve" -> serve();
            default -> throw new WitnessException(Code.WITNESS_USAGE, "init|serve|add-log|list");
        }
    }

    private void init() throws IOException {
        String name = order.name.orElseThrow(() -> new WitnessException(Code.WITNESS_USAGE, "--name NAME"));
        if (!VerifierKey.isName(name)) {
            throw new WitnessException(Code.WITNESS_NAME, name);
        }
        char[] passphrase = Passphrase.read(order.passphraseFile, in, true, words);
        try {
            VerifierKey key = WitnessFolder.create(order.folder(), name, passphrase, new SecureRandom());
            tell(() -> "{\"key\":" + quoted(key.toString()) + "}", key::toString);
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    private void addLog() {
        String text = order.log.orElseThrow(() -> new WitnessException(Code.WITNESS_USAGE, "VKEY"));
        VerifierKey log;
        try {
            log = VerifierKey.parse(text);
        } catch (IllegalArgumentException malformed) {
            throw new WitnessException(Code.WITNESS_LOG_KEY, text.length() + " characters", malformed);
        }
        try (WitnessFolder folder = WitnessFolder.open(order.folder())) {
            folder.add(log);
        }
        tell(
                () -> "{\"log\":" + quoted(log.name()) + "}",
                () -> words.getString("added").replace("{0}", log.name()));
    }

    private void list() {
        try (WitnessFolder folder = WitnessFolder.open(order.folder())) {
            List<KnownLog> logs = folder.logs();
            tell(
                    () -> "{\"key\":" + quoted(folder.key().toString()) + ",\"logs\":["
                            + logs.stream()
                                    .map(log ->
                                            "{\"origin\":" + quoted(log.key().name()) + ",\"key\":"
                                                    + quoted(log.key().toString()) + ",\"size\":" + log.size() + "}")
                                    .collect(Collectors.joining(","))
                            + "]}",
                    () -> {
                        List<String> lines =
                                new ArrayList<>(List.of(folder.key().toString()));
                        logs.forEach(log -> lines.add("  "
                                + words.getString("listed")
                                        .replace("{0}", log.key().name())
                                        .replace("{1}", String.valueOf(log.size()))));
                        return String.join("\n", lines);
                    });
        }
    }

    private void serve() throws IOException, InterruptedException {
        char[] passphrase = Passphrase.read(order.passphraseFile, in, false, words);
        try (WitnessServer server =
                WitnessServer.start(order.folder(), passphrase, order.port(), Clock.systemUTC(), err::println)) {
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "witness-stop"));
            out.println("ready " + server.address());
            out.flush();
            if (order.untilStdinCloses) {
                in.transferTo(OutputStream.nullOutputStream());
            } else {
                server.awaitStop();
            }
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    private void tell(Supplier<String> document, Supplier<String> lines) {
        out.println(order.json ? document.get() : lines.get());
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** What the command line asks for. A first word {@code witness} is the verb itself and may be left out. */
    private static final class Order {
        private final Locale locale;
        private String verb = "";
        private Optional<String> lang = Optional.empty();
        private Optional<String> name = Optional.empty();
        private Optional<String> log = Optional.empty();
        private Optional<String> port = Optional.empty();
        private Optional<Path> dir = Optional.empty();
        private Optional<Path> passphraseFile = Optional.empty();
        private boolean untilStdinCloses;
        private boolean json;
        private boolean help;
        private Optional<String> mistake = Optional.empty();

        Order(List<String> arguments, Locale locale) {
            this.locale = locale;
            Iterator<String> rest = arguments.iterator();
            while (rest.hasNext()) {
                String word = rest.next();
                switch (word) {
                    case "--dir" -> dir = value(word, rest).map(Path::of);
                    case "--name" -> name = value(word, rest);
                    case "--port" -> port = value(word, rest);
                    case "--lang" -> lang = value(word, rest);
                    case "--passphrase-file" ->
                        passphraseFile = value(word, rest).map(Path::of);
                    case "--until-stdin-closes" -> untilStdinCloses = true;
                    case "--json" -> json = true;
                    case "--quiet" -> {
                        // There is no progress to be left out.
                    }
                    case "--help", "-h" -> help = true;
                    default -> {
                        // Not repeated: it may be a passphrase that was typed in the wrong place.
                        if (word.startsWith("-") || log.isPresent()) {
                            mistake = Optional.of("--help");
                        } else if (verb.isEmpty()) {
                            verb = word.equals("witness") ? "" : word;
                        } else {
                            log = Optional.of(word);
                        }
                    }
                }
            }
        }

        Locale language() {
            return lang.map(Locale::of).orElse(locale);
        }

        void require() {
            mistake.ifPresent(expected -> {
                throw new WitnessException(Code.WITNESS_USAGE, expected);
            });
        }

        Path folder() {
            return dir.orElseThrow(() -> new WitnessException(Code.WITNESS_USAGE, "--dir DIR"));
        }

        int port() {
            try {
                int number = port.map(Integer::parseInt).orElse(PORT_DEFAULT);
                if (number >= 0 && number <= PORT_MAX) {
                    return number;
                }
            } catch (NumberFormatException _) {
                // Said below.
            }
            throw new WitnessException(Code.WITNESS_USAGE, "--port 0.." + PORT_MAX);
        }

        private Optional<String> value(String option, Iterator<String> rest) {
            if (!rest.hasNext()) {
                mistake = Optional.of(option);
                return Optional.empty();
            }
            return Optional.of(rest.next());
        }
    }
}
