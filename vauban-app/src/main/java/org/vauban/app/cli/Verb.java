package org.vauban.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** One verb. Its name and texts come from the tree of verbs and the help bundle; its fields are its options. */
@Command
public abstract sealed class Verb permits LocalVerb, HubVerb {
    @Mixin
    CommonOptions common = new CommonOptions();
}
