package org.vauban.app.page;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
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
    /** What is not there, and what its reader may not know of, are answered alike. */
    private static final Set<ProblemCode> ABSENT = EnumSet.of(
            ProblemCode.NOT_FOUND, ProblemCode.EDITION_UNKNOWN, ProblemCode.ROLE_MISSING, ProblemCode.PERMIT_APPLICANT);

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
        boolean absent = ABSENT.contains(problem.code());
        response.setStatus(
                absent
                        ? HttpServletResponse.SC_NOT_FOUND
                        : problem.code().kind().httpStatus());
        model.addAttribute("view", PageFrame.view(request, language, hub));
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
                        (absent ? ProblemCode.NOT_FOUND : problem.code()).name()));
        return "problem";
    }
}
