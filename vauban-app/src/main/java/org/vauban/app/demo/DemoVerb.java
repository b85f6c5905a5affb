package org.vauban.app.demo;

import java.util.List;
import org.vauban.app.cli.Answer;
import org.vauban.app.cli.Call;
import org.vauban.app.cli.HomeOptions;
import org.vauban.app.cli.LocalVerb;
import org.vauban.app.terminal.Ports;
import org.vauban.app.terminal.Relay;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code demo}: the whole path on generated people, then pages. */
public final class DemoVerb extends LocalVerb {
    private static final int ANY_PORT = 0;

    private final Relay.Runner verbs;

    @Mixin
    HomeOptions home = new HomeOptions();

    @Option(names = "--persons", paramLabel = "N")
    long persons = 5000;

    @Option(names = "--seed", paramLabel = "S")
    long seed = 1;

    @Option(names = "--exit")
    boolean exit;

    @Option(names = "--again")
    boolean again;

    @Option(names = "--with-witnesses")
    boolean withWitnesses;

    @Option(names = "--port", paramLabel = "P")
    int port = 8080;

    /** Makes the verb; it runs all others through the same door as a user. */
    public DemoVerb(Relay.Runner verbs) {
        this.verbs = verbs;
    }

    private Demonstration.Wish wish() {
        return new Demonstration.Wish(persons, seed, withWitnesses);
    }

    @Override
    protected Answer act(Call call) {
        if (!exit) {
            Ports.requireFree(port);
        }
        var folders = DemoFolders.prepare(home.home(call), again, call);
        try (var zones = new DemoZones(folders);
                var server =
                        new DemoServer(verbs, folders, exit ? ANY_PORT : port, home.settingsOfTheServer(call), call)) {
            var demonstration = new Demonstration(verbs, folders, zones, server, wish(), home.memory(call), call);
            Summary summary = demonstration.run();
            Answer answer = Answer.of(summary.document(), summary.lines(call, folders));
            if (exit) {
                return answer;
            }
            answer.lines().forEach(call.terminal().err()::println);
            call.terminal().err().println(server.greeting());
            return new Answer(answer.document(), List.of(), server.awaitEnd());
        } catch (VerbFailedException failed) {
            return new Answer(Answer.document("failed", failed.verb()), List.of(), failed.exitStatus());
        }
    }
}
