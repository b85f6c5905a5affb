package org.vauban.app.page.office;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.vauban.hub.Hub;
import org.vauban.people.ProviderDoor;
import org.vauban.people.ProviderDoor.Arrival;
import org.vauban.people.ProviderDoor.Departure;
import org.vauban.people.Visitor;
import org.vauban.problem.ProblemException;
import org.vauban.provider.Returned;

/**
 * The way to the provider of identities and back. A browser is sent on by a page of ours and not by a redirect: on the way there so that no
 * form has to be allowed to lead to another site, and on the way back so that the session's cookie, which no other site can have sent, is
 * sent with the next page.
 */
@Controller
final class ProviderPages {
    private static final String BACK = "/office/sign-in/back";

    private final Hub hub;
    private final Mistakes mistakes;

    ProviderPages(Hub hub, Mistakes mistakes) {
        this.hub = hub;
        this.mistakes = mistakes;
    }

    @PostMapping("/office/sign-in/provider")
    String signIn(
            @RequestParam(defaultValue = SignInPage.OFFICE) String to,
            @AuthenticationPrincipal @Nullable Visitor before,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model,
            Locale language) {
        try {
            Departure departure = door().signIn(back(request), SignInPage.within(to), Optional.ofNullable(before));
            return depart(departure, request, response, model);
        } catch (ProblemException refused) {
            return refused(refused, to, response, model, language);
        }
    }

    @GetMapping("/office/claim")
    String claim(Model model) {
        door();
        return claim(Form.EMPTY, model);
    }

    /** Takes up an invitation by way of the provider. */
    @PostMapping("/office/claim")
    String claim(
            @RequestParam(defaultValue = "") String invitation,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model,
            Locale language) {
        ProviderDoor door = door();
        try {
            if (invitation.isBlank()) {
                throw Mistakes.missing("invitation").exception();
            }
            return depart(door.claim(back(request), SignInPage.OFFICE, invitation.strip()), request, response, model);
        } catch (ProblemException refused) {
            response.setStatus(refused.code().kind().httpStatus());
            return claim(mistakes.in(Form.EMPTY, refused, language), model);
        }
    }

    /** Asks the provider once more who is there, before something that cannot be taken back. */
    @PostMapping("/office/prove")
    String prove(
            @RequestParam(defaultValue = SignInPage.OFFICE) String to,
            @AuthenticationPrincipal Visitor visitor,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        return depart(door().prove(back(request), SignInPage.within(to), visitor), request, response, model);
    }

    /** Where the provider sends browsers back to. */
    @GetMapping(BACK)
    String arrive(
            @RequestParam(defaultValue = "") String state,
            @RequestParam Optional<String> code,
            @RequestParam Optional<String> iss,
            @RequestParam Optional<String> error,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model,
            Locale language) {
        ProviderDoor door = door();
        String secret = SessionCookie.journey(request, response).orElse("");
        try {
            Arrival arrival = door.arrive(secret, new Returned(state, code, iss, error), request.getRemoteAddr());
            arrival.session().ifPresent(session -> SessionCookie.set(request, response, session.token()));
            return onward(arrival.to(), response, model);
        } catch (ProblemException refused) {
            return refused(refused, SignInPage.OFFICE, response, model, language);
        }
    }

    private ProviderDoor door() {
        return hub.people().provider().orElseThrow(Rooms::absent);
    }

    private String depart(Departure departure, HttpServletRequest request, HttpServletResponse response, Model model) {
        SessionCookie.setJourney(request, response, departure.secret());
        return onward(departure.address().toString(), response, model);
    }

    private static String onward(String address, HttpServletResponse response, Model model) {
        response.setHeader("Refresh", "0; url=" + address);
        model.addAttribute("onward", address);
        return "office/onward";
    }

    private static String claim(Form form, Model model) {
        model.addAttribute("form", form);
        return "office/claim";
    }

    private String refused(
            ProblemException refused, String to, HttpServletResponse response, Model model, Locale language) {
        response.setStatus(SignInPage.status(refused));
        return SignInPage.show(hub, to, mistakes.in(Form.EMPTY, refused, language), model);
    }

    /** Where this hub is for browsers: what the operator said, or where this browser found it, which is this machine. */
    private URI back(HttpServletRequest request) {
        String here = request.getScheme() + "://" + request.getServerName() + ":" + request.getServerPort();
        return URI.create(door().address().map(URI::toString).orElse(here) + BACK);
    }
}
