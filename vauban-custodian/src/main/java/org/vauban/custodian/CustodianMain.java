package org.vauban.custodian;

import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The custodian as a process: {@code serve --dir DIR [--passphrase-file FILE] [--until-stdin-closes]}.
 *
 * <p>Prints {@code ready unix:PATH} on standard output once it listens; everything else goes to standard error. Exit
 * status: 0 stopped as asked, 1 failed while running, 2 wrong usage, passphrase or folder, 4 the key file was changed. The
 * passphrase never comes from an argument or the environment, which other processes can read.
 */
public final class CustodianMain {

    static final int DONE = 0;
    static final int FAILED = 1;
    static final int WRONG_INPUT = 2;
    static final int INTEGRITY_BROKEN = 4;

    private static final String USAGE = """
            Usage: custodian serve --dir DIR [--passphrase-file FILE] [--until-stdin-closes]

              --dir DIR               the custodian's own folder, never inside the hub's; created at the first start
              --passphrase-file FILE  a file with the passphrase on one line, readable by its owner alone;
                                      without it, the passphrase is the first line of standard input
              --until-stdin-closes    stop when standard input closes, as it does when the parent process ends
            """;

    private CustodianMain() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.in, System.out, System.err));
    }

    /** Serves until it is stopped; returns the exit status. */
    public static int run(List<String> arguments, InputStream in, PrintStream out, PrintStream err) {
        if (arguments.contains("--help") || arguments.contains("-h")) {
            out.print(USAGE);
            return DONE;
        }
        try {
            serve(Order.parse(arguments), in, out);
            return DONE;
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            err.print(USAGE);
            return WRONG_INPUT;
        } catch (CustodianException e) {
            err.println(e.getMessage());
            return switch (e.kind()) {
                case REFUSED -> WRONG_INPUT;
                case BROKEN -> INTEGRITY_BROKEN;
                case ABSENT, PROTOCOL -> FAILED;
            };
        } catch (IOException e) {
            err.println("The custodian failed: " + e);
            return FAILED;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }

    private static void serve(Order order, InputStream in, PrintStream out) throws IOException, InterruptedException {
        try (CustodianServer server = open(order, in)) {
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "custodian-stop"));
            out.println("ready " + server.address());
            out.flush();
            if (order.untilStdinCloses()) {
                in.transferTo(OutputStream.nullOutputStream());
            } else {
                server.awaitStop();
            }
        }
    }

    private static CustodianServer open(Order order, InputStream in) throws IOException {
        char[] passphrase = passphrase(order, in);
        try {
            return CustodianServer.start(order.folder(), passphrase, Clock.systemUTC());
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    private static char[] passphrase(Order order, InputStream in) throws IOException {
        if (order.passphraseFile().isPresent()) {
            return Passphrase.ofFile(order.passphraseFile().get());
        }
        Optional<Console> terminal = Optional.ofNullable(System.console()).filter(Console::isTerminal);
        return in.equals(System.in) && terminal.isPresent()
                ? typed(terminal.get(), order.folder())
                : Passphrase.firstLine(in);
    }

    // Typed twice for new keys: a slip of the finger would lock them up for ever.
    private static char[] typed(Console console, Path folder) {
        char[] passphrase = read(console, "Passphrase of the keys: ");
        if (Files.exists(folder.resolve("custodian.keys"))) {
            return passphrase;
        }
        char[] again = read(console, "New keys will be created. The same passphrase again: ");
        boolean equal = Arrays.equals(passphrase, again);
        Arrays.fill(again, '\0');
        if (!equal) {
            Arrays.fill(passphrase, '\0');
            throw CustodianException.refused("The two passphrases differ.");
        }
        return passphrase;
    }

    private static char[] read(Console console, String prompt) {
        return Optional.ofNullable(console.readPassword(prompt))
                .orElseThrow(() -> CustodianException.refused("No passphrase was typed."));
    }

    /** What the command line asks for. */
    private record Order(Path folder, Optional<Path> passphraseFile, boolean untilStdinCloses) {

        static Order parse(List<String> arguments) {
            Iterator<String> rest = arguments.iterator();
            if (!rest.hasNext() || !rest.next().equals("serve")) {
                throw new IllegalArgumentException("Expected the verb serve.");
            }
            Optional<Path> folder = Optional.empty();
            Optional<Path> passphraseFile = Optional.empty();
            boolean untilStdinCloses = false;
            while (rest.hasNext()) {
                String argument = rest.next();
                switch (argument) {
                    case "--dir" -> folder = Optional.of(path(argument, rest));
                    case "--passphrase-file" -> passphraseFile = Optional.of(path(argument, rest));
                    case "--until-stdin-closes" -> untilStdinCloses = true;
                    // Not repeated: it may be a passphrase that was typed in the wrong place.
                    default -> throw new IllegalArgumentException("There is an argument that is not known.");
                }
            }
            return new Order(
                    folder.orElseThrow(() -> new IllegalArgumentException("Expected --dir DIR.")),
                    passphraseFile,
                    untilStdinCloses);
        }

        private static Path path(String option, Iterator<String> rest) {
            if (!rest.hasNext()) {
                throw new IllegalArgumentException("Expected a path after " + option + ".");
            }
            return Path.of(rest.next());
        }
    }
}
