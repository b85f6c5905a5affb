package org.vauban.app.cli;

import java.util.List;
import org.vauban.hub.ControlPlaneMove;
import org.vauban.hub.ControlPlaneMove.Moved;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code database}: where ids, states and times are, and how they come elsewhere. */
final class DatabaseVerbs {
    private DatabaseVerbs() {}

    static List<Branch> databases() {
        return List.of(Branch.verb("move", () -> new Move()));
    }

    /** Moves the control plane of a home that nobody runs. */
    static final class Move extends LocalVerb {
        @Mixin
        HomeOptions home = new HomeOptions();

        @Parameters(paramLabel = "TO", descriptionKey = "database-to")
        String to = "";

        @Override
        protected Answer act(Call call) {
            Settings.Setting said = home.setting(call).database();
            Moved moved = ControlPlaneMove.move(home.home(call), home.database(call), to);
            Words words = call.words();
            String done = words.say(
                    "database.moved",
                    moved.from(),
                    moved.to(),
                    moved.tables(),
                    moved.rows(),
                    moved.digest());
            return Answer.of(
                    Answer.document(
                            "from", moved.from(),
                            "to", moved.to(),
                            "tables", moved.tables(),
                            "rows", moved.rows(),
                            "digest", moved.digest()),
                    home.database(call).isEmpty()
                            ? List.of(done)
                            : List.of(done, words.say("database.said", said.source(), said.value())));
        }
    }
}
