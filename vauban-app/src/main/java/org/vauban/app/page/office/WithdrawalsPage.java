package org.vauban.app.page.office;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.vauban.app.page.Days;
import org.vauban.deposit.envelope.DepositId;
import org.vauban.hub.Hub;
import org.vauban.omop.EditionId;
import org.vauban.people.Role;
import org.vauban.people.Visitor;
import org.vauban.permit.PermitId;
import org.vauban.problem.ProblemException;
import org.vauban.procedure.Course;
import org.vauban.producer.Withdrawal;

/** What producers took back, and the committee's word on permits in force. */
@Controller
final class WithdrawalsPage {
    /** What can be said of it afterwards. */
    private static final Set<String> DONE = Set.of("withdraw", "decide");

    private final Hub hub;
    private final Sentences sentences;
    private final StepUp stepUp;
    private final Mistakes mistakes;

    WithdrawalsPage(Hub hub, Sentences sentences, StepUp stepUp, Mistakes mistakes) {
        this.hub = hub;
        this.sentences = sentences;
        this.stepUp = stepUp;
        this.mistakes = mistakes;
    }

    /**
     * A withdrawal as the page shows it.
     *
     * @param delivery empty when everything was taken back
     * @param decided what becomes of permits in force, in words
     * @param address where it is decided; empty when it is, or when the reader may not
     */
    public record Row(
            String id,
            String producer,
            String delivery,
            String asked,
            List<String> editions,
            List<String> permits,
            String decided,
            String address) {
        public Row {
            editions = List.copyOf(editions);
            permits = List.copyOf(permits);
        }
    }

    @GetMapping("/office/withdrawals")
    String withdrawals(
            @AuthenticationPrincipal Visitor visitor,
            @RequestParam(defaultValue = "") String done,
            Model model,
            Locale language) {
        Rooms.requireOpen(visitor.actor(), Rooms.WITHDRAWALS);
        model.addAttribute(
                "withdrawals",
                hub.producers().seen(visitor.actor()).reversed().stream()
                        .map(withdrawal -> row(withdrawal, visitor, language))
                        .toList());
        model.addAttribute("done", DONE.contains(done) ? done : "");
        return "office/withdrawals";
    }

    @GetMapping("/office/withdrawals/{withdrawal}/decide")
    String decide(
            @AuthenticationPrincipal Visitor visitor, @PathVariable String withdrawal, Model model, Locale language) {
        return show(visitor, open(visitor, withdrawal), Form.EMPTY, model, language);
    }

    @PostMapping("/office/withdrawals/{withdrawal}/decide")
    String decide(
            @AuthenticationPrincipal Visitor visitor,
            @PathVariable String withdrawal,
            @RequestParam(defaultValue = "") String permits,
            @RequestParam(defaultValue = "") String text,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model,
            Locale language) {
        Withdrawal open = open(visitor, withdrawal);
        try {
            Withdrawal.InForce inForce = Withdrawal.InForce.named(permits)
                    .orElseThrow(() -> Mistakes.missing("permits").exception());
            if (text.isBlank()) {
                throw Mistakes.missing("text").exception();
            }
            stepUp.require(visitor, request);
            hub.producers().decide(visitor.actor(), open.id(), inForce, text.strip());
            return "redirect:/office/withdrawals?done=decide";
        } catch (ProblemException refused) {
            response.setStatus(refused.code().kind().httpStatus());
            Form form = mistakes.in(Form.of(Map.of("permits", permits, "text", text)), refused, language);
            return show(visitor, open, form, model, language);
        }
    }

    private Withdrawal open(Visitor visitor, String id) {
        return hub.producers().seen(visitor.actor()).stream()
                .filter(each -> each.id().value().equals(id) && mayDecide(visitor, each))
                .findFirst()
                .orElseThrow(Rooms::absent);
    }

    private static boolean mayDecide(Visitor visitor, Withdrawal withdrawal) {
        return withdrawal.inForce().isEmpty() && visitor.actor().roles().contains(Role.COMMITTEE_MEMBER);
    }

    private String show(Visitor visitor, Withdrawal withdrawal, Form form, Model model, Locale language) {
        model.addAttribute("withdrawal", row(withdrawal, visitor, language));
        model.addAttribute("withPassword", stepUp.isAsked(visitor));
        model.addAttribute("form", form);
        return "office/withdrawal";
    }

    private Row row(Withdrawal withdrawal, Visitor visitor, Locale language) {
        return new Row(
                withdrawal.id().value(),
                withdrawal.producer(),
                withdrawal.delivery().map(DepositId::value).orElse(""),
                Days.written(Course.day(withdrawal.asked()), language),
                withdrawal.editions().stream().map(EditionId::value).toList(),
                withdrawal.permits().stream().map(PermitId::value).toList(),
                sentences.say(
                        "withdrawal.permits."
                                + withdrawal
                                        .inForce()
                                        .map(Withdrawal.InForce::word)
                                        .orElse("open"),
                        language),
                mayDecide(visitor, withdrawal) ? "/office/withdrawals/" + withdrawal.id() + "/decide" : "");
    }
}
