package org.vauban.app;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vauban.app.cli.Branch;
import org.vauban.app.cli.HubDoor;
import org.vauban.app.cli.OwnDoor;
import org.vauban.app.cli.VerbRunner;
import org.vauban.app.cli.Verbs;
import org.vauban.app.demo.DemoVerb;
import org.vauban.app.server.ServeVerb;
import org.vauban.app.terminal.Terminal;

/** The program: its verbs in the order in which help shows them. */
public final class Vauban {
    private Vauban() {}

    /** Runs one verb; returns the exit status. */
    public static int run(Terminal terminal, List<String> arguments) {
        return runner(new OwnDoor(Clock.systemUTC())).run(terminal, arguments);
    }

    /** Runs verbs with another door to the hub. */
    static VerbRunner runner(HubDoor door) {
        return new VerbRunner(tree(), door);
    }

    static List<Branch> tree() {
        List<Branch> tree = new ArrayList<>();
        tree.add(Branch.verb("demo", () -> new DemoVerb(Vauban::run)));
        tree.add(Branch.verb("serve", () -> new ServeVerb(Vauban::runner)));
        tree.addAll(Verbs.tree());
        return List.copyOf(tree);
    }

    /** The language that {@code --lang} asks for; known before the arguments are understood. */
    static Optional<String> language(List<String> arguments) {
        for (int index = 0; index < arguments.size(); index++) {
            String argument = arguments.get(index);
            if (argument.startsWith("--lang=")) {
                return Optional.of(argument.substring("--lang=".length()));
            }
            if (argument.equals("--lang") && index + 1 < arguments.size()) {
                return Optional.of(arguments.get(index + 1));
            }
        }
        return Optional.empty();
    }
}
