package org.vauban.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.app.TestTerminal;
import org.vauban.app.server.RelayServer;

/** A verb goes to the owner of HOME and its words come back. */
class RelayTest {
    @TempDir
    Path home = Path.of("");

    @Test
    void nobodyAnswersWhereNobodyListens() {
        assertThat(Relay.ask(home, terminal(Locale.ENGLISH), List.of("permit", "list")))
                .isEmpty();
    }

    @Test
    void wordsQuestionsAndExitStatusComeBack() {
        Relay.Runner owner = (terminal, arguments) -> {
            terminal.out().println(String.join("+", arguments) + " " + terminal.folder() + " " + terminal.language());
            terminal.err()
                    .println("é → " + new String(terminal.secret("Password:").orElseThrow()));
            terminal.keepSession("fresh");
            return 3;
        };
        TestTerminal caller = terminal(Locale.FRENCH).answering("hush");

        try (var _ = RelayServer.start(home, owner)) {
            assertThat(Relay.ask(home, caller, List.of("output", "list"))).contains(3);
        }

        assertThat(caller.written()).isEqualTo("output+list " + home + " fr\n");
        assertThat(caller.complained()).isEqualTo("é → hush\n");
        assertThat(caller.session()).contains("fresh");
    }

    @Test
    void theSessionOfTheCallerIsTheOneThatActs() {
        var seen = new AtomicReference<String>();
        TestTerminal caller = terminal(Locale.ENGLISH);
        caller.keepSession("mine");

        try (var _ = RelayServer.start(home, (terminal, _) -> {
            seen.set(terminal.session().orElse("none"));
            return 0;
        })) {
            Relay.ask(home, caller, List.of("permit", "list"));
        }

        assertThat(seen).hasValue("mine");
    }

    @Test
    void aHomeWhosePathIsTooLongForASocketIsReachedAllTheSame() throws IOException {
        Path deep = Files.createDirectories(
                home.resolve("a-folder-with-a-long-name".repeat(4)).resolve("home"));

        try (var _ = RelayServer.start(deep, (_, _) -> 0)) {
            assertThat(Relay.ask(deep, terminal(Locale.ENGLISH), List.of("doctor")))
                    .contains(0);
        }

        assertThat(Relay.ask(deep, terminal(Locale.ENGLISH), List.of("doctor"))).isEmpty();
    }

    @Test
    void muchOutputArrivesWhole() {
        String line = "x".repeat(100_000);
        TestTerminal caller = terminal(Locale.ENGLISH);

        try (var _ = RelayServer.start(home, (terminal, _) -> {
            for (int count = 0; count < 30; count++) {
                terminal.out().println(line);
            }
            return 0;
        })) {
            Relay.ask(home, caller, List.of("register", "list"));
        }

        assertThat(caller.written()).hasSize(30 * 100_001);
    }

    @Test
    void whoWorksForACallerWhoWentAwayIsTold() throws InterruptedException {
        var told = new CountDownLatch(1);
        var caller = new TestTerminal(Locale.ENGLISH, home) {
            @Override
            public void keepSession(String token) {
                throw new IllegalStateException("interrupted");
            }
        };

        try (var _ = RelayServer.start(home, (terminal, _) -> {
            terminal.keepSession("fresh");
            while (!terminal.isGone()) {
                Thread.onSpinWait();
            }
            told.countDown();
            return 0;
        })) {
            assertThatThrownBy(() -> Relay.ask(home, caller, List.of("study", "run")))
                    .hasMessage("interrupted");
            assertThat(told.await(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    private TestTerminal terminal(Locale language) {
        return new TestTerminal(language, home);
    }
}
