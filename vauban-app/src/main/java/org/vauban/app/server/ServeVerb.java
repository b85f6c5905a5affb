package org.vauban.app.server;

import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.vauban.app.cli.Answer;
import org.vauban.app.cli.Call;
import org.vauban.app.cli.HubDoor;
import org.vauban.app.cli.HubVerb;
import org.vauban.app.cli.OpenDoor;
import org.vauban.app.cli.VerbRunner;
import org.vauban.hub.Hub;
import picocli.CommandLine.Option;

/** {@code serve}: owns HOME, shows the pages, answers the API, runs relayed verbs; until it is stopped. */
public final class ServeVerb extends HubVerb {
    public static final int PORT_DEFAULT = 8080;

    private final Function<HubDoor, VerbRunner> runners;

    @Option(names = "--port", paramLabel = "P")
    int port = PORT_DEFAULT;

    public ServeVerb(Function<HubDoor, VerbRunner> runners) {
        this.runners = runners;
    }

    @Override
    protected boolean ownsHome() {
        return true;
    }

    @Override
    protected boolean makesHome() {
        return true;
    }

    @Override
    protected Answer act(Hub hub, Call call) {
        hub.firstAdministrator().ifPresent(invitation -> {
            call.terminal().err().println(call.words().say("serve.first", invitation.ends()));
            call.terminal().err().println("  " + invitation.oneTimeToken());
        });
        hub.sql().stay();
        VerbRunner verbs = runners.apply(new OpenDoor(hub));
        var stopped = new CountDownLatch(1);
        var ended = new CountDownLatch(1);
        try (var server = WebServer.start(hub, port);
                var relay = RelayServer.start(hub.home().folder(), verbs::run)) {
            call.terminal().out().println(call.words().say("serve.ready", server.address()));
            call.terminal().out().flush();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stopped, ended), "stop-serving"));
            stopped.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            ended.countDown();
        }
        return Answer.of(Answer.document("served", true));
    }

    /** Ctrl-C: lets the server close in order, and the virtual machine wait for it. */
    private static void stop(CountDownLatch stopped, CountDownLatch ended) {
        stopped.countDown();
        try {
            ended.await(10, java.util.concurrent.TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
