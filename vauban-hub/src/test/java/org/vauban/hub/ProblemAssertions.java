package org.vauban.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;

/** The small test language for refusals. */
public final class ProblemAssertions {
    private ProblemAssertions() {}

    /** Asserts that the call is answered with this code, and gives the problem for further questions. */
    public static ProblemException refusesWith(ProblemCode code, ThrowingCallable call) {
        ProblemException problem = catchThrowableOfType(ProblemException.class, call);
        assertThat(problem).as("expected %s", code).isNotNull();
        assertThat(problem.code()).isEqualTo(code);
        return problem;
    }
}
