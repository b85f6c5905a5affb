package org.vauban.app.api;

import java.util.Locale;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;

/** Answers problems of the API, in the command line's words. */
@RestControllerAdvice(basePackageClasses = Refusals.class)
final class Refusals {
    @ExceptionHandler(ProblemException.class)
    ResponseEntity<Map<String, Object>> refused(ProblemException known, Locale language) {
        int status = status(known.code());
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(ProblemDocuments.document(status, known.problems(), language));
    }

    /** What is not there and what the caller may not know of answer alike. */
    static int status(ProblemCode code) {
        return switch (code) {
            case NOT_FOUND, EDITION_UNKNOWN -> 404;
            case LOGIN_REQUIRED, LOGIN_WRONG, SESSION_EXPIRED -> 401;
            default -> code.kind().httpStatus();
        };
    }
}
