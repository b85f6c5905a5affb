package org.vauban.app;

import java.util.List;
import org.vauban.app.terminal.SystemTerminal;

/** Where the program starts. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        List<String> words = List.of(arguments);
        var terminal = new SystemTerminal(System.getenv(), Vauban.language(words));
        int status = Vauban.run(terminal, words);
        terminal.out().flush();
        terminal.err().flush();
        // Done is done: the machine ends by itself, and quicker than by exit, which first looks for a logger.
        if (status != 0) {
            System.exit(status);
        }
    }
}
