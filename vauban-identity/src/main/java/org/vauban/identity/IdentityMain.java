package org.vauban.identity;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.vauban.custodian.CustodianAddress;
import org.vauban.custodian.CustodianException;
import org.vauban.identity.protocol.IdentityException;
import org.vauban.identity.table.WrongInput;
import org.vauban.identity.zone.ZoneServer;

/**
 * The identity zone as a process: {@code serve --zone DIR --custodian unix:PATH [--until-stdin-closes]}, and {@code clusters --zone
 * DIR --custodian unix:PATH --batch ID --out FILE}.
 *
 * <p>{@code serve} prints {@code ready PATH}, the door's, on standard output once it listens; everything else goes to standard
 * error, and nothing of it is a person's. Exit status: 0 stopped as asked, 1 failed while running, 2 wrong usage or folder, 3
 * refused, 4 a seal is broken.
 */
public final class IdentityMain {

    private static final String HELP_ENGLISH = """
            The identity zone, the only place that sees a name.

              vauban identity serve --zone DIR --custodian unix:PATH [--until-stdin-closes]
                  --zone DIR            the zone's own folder, never inside the hub's; created at the first start
                  --custodian ADDRESS   the zone's own custodian, never the hub's
                  --until-stdin-closes  stop when standard input closes, as it does when the parent process ends

              vauban identity clusters --zone DIR --custodian unix:PATH --batch ID --out FILE
                  writes deposit,record,cluster of a batch, to measure a linkage whose truth is known
            """;
    private static final String HELP_FRENCH = """
            La zone d'identité, le seul endroit qui voit un nom.

              vauban identity serve --zone DOSSIER --custodian unix:CHEMIN [--until-stdin-closes]
                  --zone DOSSIER        le dossier propre à la zone, jamais dans celui de la plateforme ; créé au premier lancement
                  --custodian ADRESSE   le dépositaire propre à la zone, jamais celui de la plateforme
                  --until-stdin-closes  s'arrête quand l'entrée standard se ferme

              vauban identity clusters --zone DOSSIER --custodian unix:CHEMIN --batch LOT --out FICHIER
                  écrit deposit,record,cluster d'un lot, pour mesurer un appariement dont la vérité est connue
            """;

    private IdentityMain() {}

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(List.of(arguments), Locale.getDefault(), System.in, out, err));
    }

    /** Runs one command; returns the exit status. */
    static int run(List<String> words, Locale locale, InputStream in, PrintStream out, PrintStream err) {
        boolean french = Arguments.french(words, locale);
        if (words.contains("--help") || words.contains("-h")) {
            out.print(french ? HELP_FRENCH : HELP_ENGLISH);
            return 0;
        }
        try {
            run(words, french, in, out);
            return 0;
        } catch (WrongInput e) {
            err.println(e.sentence(french));
            err.print(french ? HELP_FRENCH : HELP_ENGLISH);
            return 2;
        } catch (InvalidPathException e) {
            err.println(french ? "Un chemin est illisible." : "A path cannot be read.");
            return 2;
        } catch (IdentityException e) {
            err.println((french ? "Zone d'identité : " : "") + e.getMessage());
            return switch (e.kind()) {
                case REFUSED -> 3;
                case BROKEN -> 4;
                case PROTOCOL -> 2;
                case ABSENT, FAILED -> 1;
            };
        } catch (CustodianException e) {
            err.println((french ? "Dépositaire de la zone : " : "The zone's custodian: ") + e.getMessage());
            return e.kind() == CustodianException.Kind.BROKEN ? 4 : 1;
        } catch (IOException e) {
            err.println((french ? "Échec de lecture ou d'écriture : " : "Reading or writing failed: ") + e);
            return 1;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private static void run(List<String> words, boolean french, InputStream in, PrintStream out)
            throws IOException, InterruptedException {
        String verb = words.isEmpty() ? "" : words.getFirst();
        List<String> rest = words.isEmpty() ? words : words.subList(1, words.size());
        switch (verb) {
            case "serve" -> serve(rest, in, out);
            case "clusters" -> clusters(rest, french, out);
            default ->
                throw new WrongInput("Expected the verb serve or clusters.", "Le verbe serve ou clusters est attendu.");
        }
    }

    private static void serve(List<String> words, InputStream in, PrintStream out)
            throws IOException, InterruptedException {
        var arguments = new Arguments(
                words, Set.of("--until-stdin-closes", "--quiet"), Set.of("--zone", "--custodian", "--lang"));
        try (ZoneServer server =
                ZoneServer.start(Path.of(arguments.require("--zone")), address(arguments), Clock.systemUTC())) {
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "identity-stop"));
            out.println("ready " + server.door());
            out.flush();
            if (arguments.has("--until-stdin-closes")) {
                in.transferTo(OutputStream.nullOutputStream());
            } else {
                server.awaitStop();
            }
        }
    }

    private static void clusters(List<String> words, boolean french, PrintStream out) throws IOException {
        var arguments = new Arguments(
                words, Set.of("--json", "--quiet"), Set.of("--zone", "--custodian", "--batch", "--out", "--lang"));
        int records = ZoneServer.clusters(
                Path.of(arguments.require("--zone")),
                address(arguments),
                arguments.require("--batch"),
                Path.of(arguments.require("--out")));
        if (arguments.has("--json")) {
            out.println("{\"records\":" + records + "}");
        } else if (!arguments.has("--quiet")) {
            out.println(french ? records + " enregistrements." : records + " records.");
        }
    }

    private static CustodianAddress address(Arguments arguments) {
        try {
            return CustodianAddress.parse(arguments.require("--custodian"));
        } catch (IllegalArgumentException e) {
            throw new WrongInput(
                    String.valueOf(e.getMessage()), "L'adresse d'un dépositaire est unix:CHEMIN, celui de sa prise.");
        }
    }
}
