package org.vauban.app.cli;

import java.util.Optional;
import org.vauban.hub.Hub;
import org.vauban.people.Actor;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A verb that works on an open hub: that of the process which owns HOME, or one that is opened for it. */
public abstract non-sealed class HubVerb extends Verb {
    @Mixin
    HomeOptions home = new HomeOptions();

    @Option(names = "--token")
    String token = "";

    /**
     * Does it.
     *
     * @throws org.vauban.problem.ProblemException with everything that the caller should know
     */
    protected abstract Answer act(Hub hub, Call call);

    /** An answer that needs no hub after all; a wrong usage is told here, before any home is looked for. */
    protected Optional<Answer> actWithoutHub(Call call) {
        return Optional.empty();
    }

    /** Whoever acts: by {@code --token}, {@code VAUBAN_TOKEN} or the session that login kept. */
    protected final Actor actor(Hub hub, Call call) {
        return hub.people().actor(session(call));
    }

    /** The same for what somebody may still do whose account's review is overdue. */
    protected final Actor person(Hub hub, Call call) {
        return hub.people().person(session(call));
    }

    private String session(Call call) {
        return token.isBlank()
                ? call.terminal()
                        .variable("VAUBAN_TOKEN")
                        .or(call.terminal()::session)
                        .orElseThrow(
                                () -> Problem.of(ProblemCode.LOGIN_REQUIRED).exception())
                : token;
    }

    /** True for the verb that keeps HOME for itself while it runs; it is never handed to another process. */
    protected boolean ownsHome() {
        return false;
    }

    /** True for the verbs that make a home out of an empty folder. */
    protected boolean makesHome() {
        return false;
    }
}
