package org.vauban.app.page;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.vauban.hub.Hub;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;

/** A page for what went wrong, with the same words as the command line. */
@ControllerAdvice(basePackageClasses = ProblemPages.class)
final class ProblemPages {
    private final Hub hub;
    private final MessageSource words;

    ProblemPages(Hub hub, MessageSource words) {
        this.hub = hub;
        this.words = words;
    }

    /** What the page says. */
    public record ShownProblem(String title, String sentence, String remedy, String code) {}

    @ExceptionHandler(ProblemException.class)
    String problem(
            ProblemException known,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response,
            Locale language) {
        Problem problem = known.problem();
        boolean absent = problem.code() == ProblemCode.NOT_FOUND || problem.code() == ProblemCode.EDITION_UNKNOWN;
        response.setStatus(
                absent
                        ? HttpServletResponse.SC_NOT_FOUND
                        : problem.code().kind().httpStatus());
        model.addAttribute("view", PageFrame.view(request.getRequestURI(), language, hub));
        model.addAttribute(
                "problem",
                new ShownProblem(
                        words.getMessage(absent ? "error.absent" : "error.other", new Object[0], language),
                        absent
                                ? words.getMessage("error.absent.sentence", new Object[0], language)
                                : problem.sentence(language),
                        absent
                                ? words.getMessage("error.absent.remedy", new Object[0], language)
                                : problem.remedy(language),
                        problem.code().name()));
        return "problem";
    }
}
