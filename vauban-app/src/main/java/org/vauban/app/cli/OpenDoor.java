package org.vauban.app.cli;

import java.util.List;
import org.vauban.hub.Hub;

/** The door of the process that owns HOME: its hub is open already. */
public final class OpenDoor implements HubDoor {
    private final Hub hub;

    public OpenDoor(Hub hub) {
        this.hub = hub;
    }

    /** Whoever relays a verb wants the hub; nothing else is run in its process. */
    @Override
    public boolean admits(Verb verb) {
        return verb instanceof HubVerb hubVerb && !hubVerb.ownsHome();
    }

    @Override
    public int enter(HubVerb verb, Call call, List<String> arguments) {
        verb.home
                .ofTheServer()
                .forEach(option -> call.terminal().err().println(call.words().say("relay.option", option)));
        hub.settle();
        return VerbRunner.print(verb, call, verb.act(hub, call));
    }
}
