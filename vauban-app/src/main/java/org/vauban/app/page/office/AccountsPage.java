package org.vauban.app.page.office;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.vauban.app.page.Days;
import org.vauban.hub.Hub;
import org.vauban.people.Account;
import org.vauban.people.People;
import org.vauban.people.Reviews;
import org.vauban.people.Role;
import org.vauban.people.Visitor;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;
import org.vauban.procedure.Course;

/** Who may act in this hub. Administrators invite people and close accounts, they and the data protection officer review them; auditors look. */
@Controller
final class AccountsPage {
    private final Hub hub;
    private final Sentences sentences;
    private final StepUp stepUp;
    private final Mistakes mistakes;

    AccountsPage(Hub hub, Sentences sentences, StepUp stepUp, Mistakes mistakes) {
        this.hub = hub;
        this.sentences = sentences;
        this.stepUp = stepUp;
        this.mistakes = mistakes;
    }

    /** An account as the page shows it. */
    public record Row(
            String address,
            String id,
            String name,
            String roles,
            String state,
            String created,
            String due,
            boolean late,
            boolean closable,
            boolean reviewable) {
        /** Each act has a page of its own below the account's. */
        public String to(String act) {
            return address + "/" + act;
        }
    }

    /** An invitation, shown this once. */
    public record Invited(String account, String token, String ends) {}

    @GetMapping("/office/accounts")
    String accounts(@AuthenticationPrincipal Visitor visitor, Model model, Locale language) {
        return list(visitor, Form.EMPTY, Set.of(), model, language);
    }

    /** Invites somebody. */
    @PostMapping("/office/accounts")
    String invite(
            @AuthenticationPrincipal Visitor visitor,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") List<String> roles,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model,
            Locale language) {
        requireAdministrator(visitor);
        Set<Role> chosen =
                roles.stream().flatMap(role -> Role.named(role).stream()).collect(Collectors.toSet());
        try {
            if (name.isBlank()) {
                throw Mistakes.missing("name").exception();
            }
            if (chosen.isEmpty()) {
                throw Mistakes.missing("roles").exception();
            }
            stepUp.require(visitor, request);
            People.Invitation invitation = hub.people().invite(visitor.actor(), name.strip(), EnumSet.copyOf(chosen));
            model.addAttribute(
                    "invited",
                    new Invited(
                            invitation.account().value(),
                            invitation.oneTimeToken(),
                            Days.written(Course.day(invitation.ends()), language)));
            return list(visitor, Form.EMPTY, Set.of(), model, language);
        } catch (ProblemException refused) {
            response.setStatus(refused.code().kind().httpStatus());
            return list(
                    visitor, mistakes.in(Form.of(Map.of("name", name)), refused, language), chosen, model, language);
        }
    }

    @GetMapping("/office/accounts/{account}/close")
    String close(@AuthenticationPrincipal Visitor visitor, @PathVariable String account, Model model, Locale language) {
        requireAdministrator(visitor);
        return show(visitor, closable(visitor, account), Form.EMPTY, model, language);
    }

    @PostMapping("/office/accounts/{account}/close")
    String close(
            @AuthenticationPrincipal Visitor visitor,
            @PathVariable String account,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model,
            Locale language) {
        requireAdministrator(visitor);
        Account closable = closable(visitor, account);
        try {
            stepUp.require(visitor, request);
            hub.people().close(visitor.actor(), closable.id());
            return "redirect:/office/accounts";
        } catch (ProblemException refused) {
            response.setStatus(refused.code().kind().httpStatus());
            return show(visitor, closable, mistakes.in(Form.EMPTY, refused, language), model, language);
        }
    }

    @GetMapping("/office/accounts/{account}/review")
    String review(
            @AuthenticationPrincipal Visitor visitor, @PathVariable String account, Model model, Locale language) {
        return showReview(visitor, reviewable(visitor, account), Form.EMPTY, model, language);
    }

    /** Looks at an account for another year, and enters when its person was trained if that is said. */
    @PostMapping("/office/accounts/{account}/review")
    String review(
            @AuthenticationPrincipal Visitor visitor,
            @PathVariable String account,
            @RequestParam(defaultValue = "") String trained,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model,
            Locale language) {
        Account reviewed = reviewable(visitor, account);
        Reviews reviews = hub.people().reviews();
        try {
            stepUp.require(visitor, request);
            if (!trained.isBlank()) {
                reviews.trained(visitor.actor(), reviewed.id(), day(trained.strip(), reviews.today()));
            }
            reviews.review(visitor.actor(), reviewed.id());
            return "redirect:/office/accounts";
        } catch (ProblemException refused) {
            response.setStatus(refused.code().kind().httpStatus());
            Form form = mistakes.in(Form.of(Map.of("trained", trained)), refused, language);
            return showReview(visitor, reviewed, form, model, language);
        }
    }

    private static LocalDate day(String text, LocalDate today) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException notADay) {
            throw Problem.of(ProblemCode.FIELD_WRONG_VALUE)
                    .with("field", "trained")
                    .expected(today)
                    .found(text)
                    .exception(notADay);
        }
    }

    private String showReview(Visitor visitor, Account account, Form form, Model model, Locale language) {
        show(visitor, account, form, model, language);
        model.addAttribute("reviewed", Days.written(account.validity().reviewed(), language));
        model.addAttribute("trainedBefore", Days.written(account.validity().trained(), language));
        return "office/review";
    }

    private Account reviewable(Visitor visitor, String id) {
        if (!Reviews.mayReview(visitor.actor())) {
            throw Rooms.absent();
        }
        return hub.people().list(visitor.actor()).stream()
                .filter(account -> account.id().value().equals(id) && isReviewable(account, visitor))
                .findFirst()
                .orElseThrow(Rooms::absent);
    }

    private static boolean isReviewable(Account account, Visitor visitor) {
        return !account.state().equals("closed")
                && Reviews.mayReview(visitor.actor())
                && !account.id().equals(visitor.actor().account());
    }

    private static void requireAdministrator(Visitor visitor) {
        visitor.actor().require(Role.ADMINISTRATOR);
    }

    private String list(Visitor visitor, Form form, Set<Role> chosen, Model model, Locale language) {
        Rooms.requireOpen(visitor.actor(), Rooms.ACCOUNTS);
        model.addAttribute(
                "accounts",
                hub.people().list(visitor.actor()).stream()
                        .map(account -> row(account, visitor, language))
                        .toList());
        model.addAttribute("invites", visitor.actor().roles().contains(Role.ADMINISTRATOR));
        model.addAttribute(
                "roles", List.of(Role.values()).stream().map(Role::word).toList());
        model.addAttribute("chosen", chosen.stream().map(Role::word).toList());
        model.addAttribute("withPassword", stepUp.isAsked(visitor));
        model.addAttribute("form", form);
        return "office/accounts";
    }

    private String show(Visitor visitor, Account account, Form form, Model model, Locale language) {
        model.addAttribute("account", row(account, visitor, language));
        model.addAttribute("withPassword", stepUp.isAsked(visitor));
        model.addAttribute("form", form);
        return "office/account";
    }

    private Account closable(Visitor visitor, String id) {
        return hub.people().list(visitor.actor()).stream()
                .filter(account -> account.id().value().equals(id) && isClosable(account, visitor))
                .findFirst()
                .orElseThrow(Rooms::absent);
    }

    /** Nobody closes the account that is signed in: the hub would be without an administrator by a slip. */
    private static boolean isClosable(Account account, Visitor visitor) {
        return !account.state().equals("closed")
                && visitor.actor().roles().contains(Role.ADMINISTRATOR)
                && !account.id().equals(visitor.actor().account());
    }

    private Row row(Account account, Visitor visitor, Locale language) {
        return new Row(
                "/office/accounts/" + account.id(),
                account.id().value(),
                account.displayName(),
                account.roles().stream()
                        .sorted()
                        .map(role -> sentences.say("role." + role.word(), language))
                        .collect(Collectors.joining(", ")),
                sentences.say("account.state." + account.state(), language),
                Days.written(Course.day(account.created()), language),
                Days.written(account.validity().due(), language),
                account.validity().isNear(hub.people().reviews().today()),
                isClosable(account, visitor),
                isReviewable(account, visitor));
    }
}
