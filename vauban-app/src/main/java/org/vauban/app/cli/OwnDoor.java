package org.vauban.app.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.vauban.app.terminal.Relay;
import org.vauban.hub.Home;
import org.vauban.hub.Hub;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;

/** The door of a command line: asks the process that owns HOME, and opens HOME itself when there is none. */
public final class OwnDoor implements HubDoor {
    private final Clock clock;

    public OwnDoor(Clock clock) {
        this.clock = clock;
    }

    @Override
    public int enter(HubVerb verb, Call call, List<String> arguments) {
        Path home = verb.home.home(call);
        Optional<Integer> relayed = verb.ownsHome() ? Optional.empty() : Relay.ask(home, call.terminal(), arguments);
        return relayed.isPresent() ? relayed.get() : open(verb, call, home);
    }

    private int open(HubVerb verb, Call call, Path home) {
        if (!verb.makesHome() && Home.settings(home).isEmpty()) {
            throw Problem.of(ProblemCode.HOME_NOT_A_HOME)
                    .expected(call.words().say("home.expected"))
                    .found(home)
                    .exception();
        }
        try (Hub hub = Hub.open(home, verb.home.configuration(call, clock))) {
            recover(hub, call);
            return VerbRunner.print(verb, call, verb.act(hub, call));
        }
    }

    /**
     * Finishes what a crash of the last owner interrupted, before anything else is done. What is public can be read without keys, so their
     * absence is no reason to stop; and what else is in the way is told and left to the act: each asks the log again and fails by itself.
     */
    private static void recover(Hub hub, Call call) {
        try {
            hub.recover();
        } catch (ProblemException unfinished) {
            if (unfinished.code() != ProblemCode.KEYS_ABSENT) {
                call.progress(unfinished.problem().line(call.words().language()));
            }
        }
    }
}
