package org.vauban.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A word that only has verbs under it, such as {@code output}. */
@Command
final class VerbGroup {
    @Mixin
    CommonOptions common = new CommonOptions();
}
