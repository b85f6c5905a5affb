package org.vauban.problem;

import java.io.Serial;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Carries one problem, or several that were collected together, to the one place that reports them. */
public final class ProblemException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;

    ProblemException(Problem problem, @Nullable Throwable cause) {
        this(List.of(problem), cause);
    }

    ProblemException(List<Problem> problems, @Nullable Throwable cause) {
        super(problems.getFirst().toString(), cause);
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }

    /** The first problem: its kind decides the exit status. */
    public Problem problem() {
        return problems.getFirst();
    }

    public ProblemCode code() {
        return problem().code();
    }
}
