package org.vauban.app.demo;

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

/** Somebody in the demonstration at a terminal of their own: own login, own password, own session. */
final class Person implements Terminal {
    private final String login;
    private final String displayName;
    private final String role;
    private final String password = RandomWord.secret();
    private final Terminal beneath;
    private final Deque<String> answers = new ArrayDeque<>();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final ByteArrayOutputStream complained = new ByteArrayOutputStream();
    private Optional<String> session = Optional.empty();

    Person(String login, String displayName, String role, Terminal beneath) {
        this.login = login;
        this.displayName = displayName;
        this.role = role;
        this.beneath = beneath;
    }

    /** The same person at one more terminal, with the session of this one: for several things at a time. */
    Person atAnotherTerminal() {
        var other = new Person(login, displayName, role, beneath);
        other.session = session;
        return other;
    }

    String login() {
        return login;
    }

    String displayName() {
        return displayName;
    }

    String role() {
        return role;
    }

    String password() {
        return password;
    }

    /** What this person types when asked, in this order. */
    void willAnswer(List<String> secrets) {
        answers.clear();
        answers.addAll(secrets);
    }

    /** What the last verb wrote; the next one starts anew. */
    String takeOutput() {
        String text = written.toString(StandardCharsets.UTF_8);
        written.reset();
        return text;
    }

    String takeComplaints() {
        String text = complained.toString(StandardCharsets.UTF_8);
        complained.reset();
        return text;
    }

    @Override
    public PrintStream out() {
        return new PrintStream(written, true, StandardCharsets.UTF_8);
    }

    @Override
    public PrintStream err() {
        return new PrintStream(complained, true, StandardCharsets.UTF_8);
    }

    @Override
    public Locale language() {
        return beneath.language();
    }

    @Override
    public Path folder() {
        return beneath.folder();
    }

    /** Nothing of the environment reaches the demonstration's people: no other session, no other home. */
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
