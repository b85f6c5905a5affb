package org.vauban.app.terminal;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** The world around one verb: results go to {@link #out}, progress and messages to {@link #err}. */
public interface Terminal {
    PrintStream out();

    PrintStream err();

    /** French or English. */
    Locale language();

    /** The folder that relative paths start from. */
    Path folder();

    /** A setting such as {@code VAUBAN_HOME}. */
    Optional<String> variable(String name);

    /** Asks for a secret without echo; the answer is the caller's to wipe. Empty when nobody can answer. */
    Optional<char[]> secret(String question);

    /** The session that {@code vauban login} kept, if there is one. */
    Optional<String> session();

    /** Keeps a session for later verbs, readable by its owner alone. */
    void keepSession(String token);

    void forgetSession();

    /** True when nobody waits for the answer any more: work that can stop, stops. */
    default boolean isGone() {
        return false;
    }

    default Path resolve(Path path) {
        return folder().resolve(path).normalize();
    }
}
