package org.vauban.app.cli;

import picocli.CommandLine.Option;

/** What every verb understands. */
public final class CommonOptions {
    @Option(names = "--json")
    boolean json;

    @Option(names = "--quiet")
    boolean quiet;

    /** Read before parsing, because even a complaint about the arguments has a language. */
    @Option(names = "--lang", paramLabel = "fr|en")
    String lang = "";

    @Option(
            names = {"-h", "--help"},
            usageHelp = true)
    boolean help;
}
