/**
 * The command line: verbs, their options, their answers, their exit status.
 *
 * <p>A {@link org.vauban.app.cli.Verb} says what it asks and what it answers; {@link org.vauban.app.cli.VerbRunner} reads the
 * arguments, runs it and reports problems, in one place and in two languages. A {@link org.vauban.app.cli.HubVerb} works on an
 * open hub: the one of the process that owns HOME, or one opened for it. Verbs reach data only through the hub's facade. Start
 * at {@link org.vauban.app.cli.VerbRunner}.
 */
@NullMarked
package org.vauban.app.cli;

import org.jspecify.annotations.NullMarked;
