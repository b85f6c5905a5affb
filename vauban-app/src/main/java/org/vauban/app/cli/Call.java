package org.vauban.app.cli;

import java.nio.file.Path;
import org.vauban.app.terminal.Terminal;

/**
 * One call of a verb.
 *
 * @param terminal where it speaks
 * @param words in which language
 * @param quiet whether progress is wanted
 */
public record Call(Terminal terminal, Words words, boolean quiet) {
    /** Says how far the work is, unless the caller wants quiet. */
    public void progress(String line) {
        if (!quiet) {
            terminal.err().println(line);
        }
    }

    public Path resolve(Path path) {
        return terminal.resolve(path);
    }
}
