package org.vauban.app.page.office;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.vauban.hub.Hub;
import org.vauban.people.People;
import org.vauban.people.ProviderDoor;
import org.vauban.people.Visitor;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;

/** The door of the office. */
@Controller
final class SignInPage {
    static final String ADDRESS = "/office/sign-in";
    static final String OFFICE = "/office";
    /** Where somebody may be led after signing in: into the office, and to no other site. */
    private static final Pattern WITHIN = Pattern.compile("/office(/[A-Za-z0-9-]+)*");

    private static final int UNAUTHORIZED = 401;
    private static final int TOO_MANY = 429;

    private final Hub hub;
    private final Mistakes mistakes;

    SignInPage(Hub hub, Mistakes mistakes) {
        this.hub = hub;
        this.mistakes = mistakes;
    }

    @GetMapping(ADDRESS)
    String signIn(@RequestParam(defaultValue = OFFICE) String to, Model model) {
        return show(hub, to, Form.EMPTY, model);
    }

    @PostMapping(ADDRESS)
    String signIn(
            @RequestParam(defaultValue = "") String login,
            @RequestParam(defaultValue = "") String password,
            @RequestParam(defaultValue = OFFICE) String to,
            @AuthenticationPrincipal @Nullable Visitor before,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model,
            Locale language) {
        try {
            People.Session session =
                    hub.people().browsers().signIn(login.strip(), password.toCharArray(), request.getRemoteAddr());
            if (before != null) {
                hub.people().browsers().signOut(before);
            }
            SessionCookie.set(request, response, session.token());
            return "redirect:" + within(to);
        } catch (ProblemException refused) {
            response.setStatus(status(refused));
            return show(hub, to, mistakes.in(Form.of(Map.of("login", login)), refused, language), model);
        }
    }

    @PostMapping("/office/sign-out")
    String signOut(@AuthenticationPrincipal Visitor visitor, HttpServletRequest request, HttpServletResponse response) {
        hub.people().browsers().signOut(visitor);
        SessionCookie.remove(request, response);
        return "redirect:/";
    }

    /** A form that carried no token of its session ends here. */
    @RequestMapping("/office/stale")
    String stale() {
        throw Problem.of(ProblemCode.FORM_STALE).exception();
    }

    /** A form that was sent before, and nobody knows what came of it, ends here. */
    @RequestMapping("/office/unfinished")
    String unfinished() {
        throw Problem.of(ProblemCode.FORM_UNFINISHED).exception();
    }

    /** An address that nobody has. */
    @RequestMapping("/office/{*rest}")
    String absent() {
        throw Rooms.absent();
    }

    static int status(ProblemException refused) {
        return switch (refused.code()) {
            case TRIES_TOO_MANY -> TOO_MANY;
            case PROVIDER_UNREACHABLE -> HttpServletResponse.SC_SERVICE_UNAVAILABLE;
            default -> UNAUTHORIZED;
        };
    }

    /** The page with the form, and the way to the provider where the hub has one. */
    static String show(Hub hub, String to, Form form, Model model) {
        model.addAttribute("to", within(to));
        model.addAttribute(
                "provider", hub.people().provider().map(ProviderDoor::name).orElse(""));
        model.addAttribute("form", form);
        return "office/sign-in";
    }

    static String within(String to) {
        return WITHIN.matcher(to).matches() ? to : OFFICE;
    }
}
