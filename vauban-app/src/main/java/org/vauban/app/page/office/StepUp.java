package org.vauban.app.page.office;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Component;
import org.vauban.hub.Hub;
import org.vauban.people.Visitor;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;

/** What cannot be taken back asks again who is there: for the password, or for the provider's word; unless it was given a moment ago. */
@Component
public final class StepUp {
    public static final String FIELD = "password";

    private final Hub hub;

    StepUp(Hub hub) {
        this.hub = hub;
    }

    /** True when a form must have a field for it. */
    boolean isAsked(Visitor visitor) {
        return !hub.people().browsers().hasProved(visitor);
    }

    /** Refuses unless the password is right, or who is there was shown a moment ago. */
    void require(Visitor visitor, HttpServletRequest request) {
        if (!isAsked(visitor)) {
            return;
        }
        if (visitor.isByProvider()) {
            throw Problem.of(ProblemCode.PROVIDER_PROOF).exception();
        }
        String password = request.getParameter(FIELD);
        if (password == null || password.isEmpty()) {
            throw Mistakes.missing(FIELD).exception();
        }
        hub.people().browsers().prove(visitor, password.toCharArray(), request.getRemoteAddr());
    }
}
