package org.vauban.app.cli;

import java.util.List;
import org.vauban.app.terminal.Terminal;
import org.vauban.problem.Place;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;

/** Reports problems on standard error: one line each for people, or one JSON line for programs. */
public final class Complaints {
    private Complaints() {}

    /** Prints them and returns the exit status, which the first one decides. */
    static int report(Terminal terminal, boolean json, List<Problem> problems, Throwable cause) {
        if (json) {
            terminal.err()
                    .println(JsonText.line(Answer.document(
                            "problems",
                            problems.stream()
                                    .map(problem -> document(problem, terminal))
                                    .toList())));
        } else {
            problems.forEach(problem -> terminal.err().println(problem.line(terminal.language())));
        }
        if (terminal.variable("VAUBAN_TRACE").isPresent()) {
            cause.printStackTrace(terminal.err());
        }
        terminal.err().flush();
        return problems.getFirst().code().kind().exitStatus();
    }

    /** A fault of ours. Its message is not repeated: we cannot know what stands in it. */
    public static Problem fault(Throwable unknown) {
        Throwable cause = unknown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String place = java.util.Arrays.stream(cause.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith("org.vauban."))
                .findFirst()
                .map(frame -> " " + frame.getClassName() + ":" + frame.getLineNumber())
                .orElse("");
        return Problem.of(ProblemCode.INTERNAL_FAULT).found(cause.getClass().getSimpleName() + place);
    }

    /** A problem for programs. */
    static java.util.Map<String, @org.jspecify.annotations.Nullable Object> document(
            Problem problem, Terminal terminal) {
        var document = Answer.document(
                "code", problem.code().name(),
                "kind", problem.code().kind().name(),
                "sentence", problem.sentence(terminal.language()),
                "remedy", problem.remedy(terminal.language()));
        problem.where().ifPresent(place -> addPlace(document, place));
        return document;
    }

    private static void addPlace(
            java.util.Map<String, @org.jspecify.annotations.Nullable Object> document, Place place) {
        document.put("file", place.file());
        place.line().ifPresent(line -> document.put("line", line));
        place.column().ifPresent(column -> document.put("column", column));
        place.path().ifPresent(path -> document.put("path", path));
    }
}
