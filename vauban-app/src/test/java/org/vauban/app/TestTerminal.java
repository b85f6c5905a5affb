package org.vauban.app;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.vauban.app.terminal.Terminal;

/** A terminal that remembers what was written and answers questions from a list. */
public class TestTerminal implements Terminal {
    private final Locale language;
    private final Path folder;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Deque<String> answers = new ArrayDeque<>();
    private Optional<String> session = Optional.empty();

    public TestTerminal(Locale language, Path folder) {
        this.language = language;
        this.folder = folder;
    }

    public TestTerminal answering(String... secrets) {
        answers.addAll(List.of(secrets));
        return this;
    }

    public String written() {
        return out.toString(StandardCharsets.UTF_8);
    }

    public String complained() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Override
    public PrintStream out() {
        return new PrintStream(out, true, StandardCharsets.UTF_8);
    }

    @Override
    public PrintStream err() {
        return new PrintStream(err, true, StandardCharsets.UTF_8);
    }

    @Override
    public Locale language() {
        return language;
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public Optional<String> variable(String name) {
        return Optional.empty();
    }

    @Override
    public Optional<char[]> secret(String question) {
        return Optional.ofNullable(answers.poll()).map(String::toCharArray);
    }

    @Override
    public Optional<String> session() {
        return session;
    }

    @Override
    public void keepSession(String token) {
        session = Optional.of(token);
    }

    @Override
    public void forgetSession() {
        session = Optional.empty();
    }
}
