package org.vauban.app.page.office;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.vauban.app.page.office.Form.Mistake;
import org.vauban.problem.Place;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;

/** What the hub says against a form, at the field where it can be mended and with that field's name. */
@Component
final class Mistakes {
    /** The name under which a document is read that somebody has filled in as a form: its lines are nobody's business. */
    static final String FORM = "form";

    /** Refusals that one field is the cause of. */
    private static final Map<ProblemCode, String> CAUSES = Map.of(
            ProblemCode.PASSWORD_WRONG, "password",
            ProblemCode.PURPOSE_FORBIDDEN, "purpose",
            ProblemCode.PROCEDURE_CLOSED, "applicant",
            ProblemCode.PERMIT_TOO_LONG, "end",
            ProblemCode.PERMIT_RENEWAL, "end",
            ProblemCode.DOSSIER_INCOMPLETE, "outcome",
            ProblemCode.PASSWORD_TOO_WEAK, "password");

    /** What whoever meets it may not know of: the page is not there. */
    private static final Set<ProblemCode> HIDDEN =
            Set.of(ProblemCode.ROLE_MISSING, ProblemCode.PERMIT_APPLICANT, ProblemCode.EDITION_UNKNOWN);

    private final MessageSource words;

    Mistakes(MessageSource words) {
        this.words = words;
    }

    /** The form with what was said against it; a refusal that must not be told apart from absence passes on. */
    Form in(Form form, ProblemException refused, Locale language) {
        boolean nobodys = refused.code() == ProblemCode.NOT_FOUND && !isLogin(refused.problem());
        if (nobodys || HIDDEN.contains(refused.code())) {
            throw refused;
        }
        return form.with(refused.problems().stream()
                .map(problem -> mistake(problem, language))
                .toList());
    }

    /** That a field was left empty. */
    Form missing(Form form, String field, Locale language) {
        return form.with(List.of(mistake(missing(field), language)));
    }

    static Problem missing(String field) {
        return Problem.of(ProblemCode.FIELD_MISSING).with("field", field).expected(field);
    }

    private Mistake mistake(Problem problem, Locale language) {
        String field = field(problem);
        if (isEmptyList(problem)) {
            return mistake(missing(field), language);
        }
        boolean ofForm = problem.where().map(Place::file).filter(FORM::equals).isPresent();
        Problem said = ofForm ? new Problem(problem.code(), problem.values(), Optional.empty()) : problem;
        if (problem.values().containsKey("field")) {
            said = said.with("field", label(field, language));
        }
        return new Mistake(field, said.sentence(language), said.remedy(language));
    }

    private static String field(Problem problem) {
        if (isLogin(problem)) {
            return "persons";
        }
        String name = problem.arguments().get("field");
        if (name == null) {
            return CAUSES.getOrDefault(problem.code(), "");
        }
        String path = problem.where().flatMap(Place::path).orElse("");
        return inside(path, "title") || inside(path, "summary") || inside(path, "pieces")
                ? path.split("\\.", 3)[1].replace("pieces", "piece") + '-' + name
                : inside(path, "tables") ? "tables" : name;
    }

    /** A list without an item is, in a form, a field that was left empty. */
    private static boolean isEmptyList(Problem problem) {
        return problem.code() == ProblemCode.FIELD_WRONG_VALUE
                && problem.arguments().getOrDefault("found", "").equals("none");
    }

    private static boolean inside(String path, String object) {
        return path.equals("$." + object) || path.startsWith("$." + object + '.');
    }

    private static boolean isLogin(Problem problem) {
        return problem.code() == ProblemCode.NOT_FOUND
                && "login".equals(problem.arguments().get("what"));
    }

    private String label(String field, Locale language) {
        return Objects.requireNonNull(words.getMessage("field." + field, new Object[0], field, language));
    }
}
