package org.vauban.attack.canary;

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

/** A person at a terminal: what is typed is given in advance, what is shown is kept. */
final class Someone implements Terminal {
    private final Path folder;
    private final Deque<String> answers = new ArrayDeque<>();
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final ByteArrayOutputStream complained = new ByteArrayOutputStream();
    private Optional<String> session = Optional.empty();

    Someone(Path folder) {
        this.folder = folder;
    }

    void willAnswer(String... secrets) {
        answers.clear();
        answers.addAll(List.of(secrets));
    }

    String takeOutput() {
        String text = shown.toString(StandardCharsets.UTF_8);
        shown.reset();
        return text;
    }

    String takeComplaints() {
        String text = complained.toString(StandardCharsets.UTF_8);
        complained.reset();
        return text;
    }

    @Override
    public PrintStream out() {
        return new PrintStream(shown, true, StandardCharsets.UTF_8);
    }

    @Override
    public PrintStream err() {
        return new PrintStream(complained, true, StandardCharsets.UTF_8);
    }

    @Override
    public Locale language() {
        return Locale.ENGLISH;
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
