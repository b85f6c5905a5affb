package org.vauban.app.page.office;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.vauban.app.page.Days;
import org.vauban.desk.Deposited;
import org.vauban.hub.Hub;
import org.vauban.people.Visitor;
import org.vauban.plot.FigureNumbers;
import org.vauban.problem.ProblemException;
import org.vauban.procedure.Course;

/** The deposits, for those who manage data; one that is in no edition yet can be taken back, and its parts are erased. */
@Controller
final class DepositsPage {
    private final Hub hub;
    private final Sentences sentences;
    private final StepUp stepUp;
    private final Mistakes mistakes;

    DepositsPage(Hub hub, Sentences sentences, StepUp stepUp, Mistakes mistakes) {
        this.hub = hub;
        this.sentences = sentences;
        this.stepUp = stepUp;
        this.mistakes = mistakes;
    }

    /** A deposit as the page shows it. */
    public record Row(
            String address,
            String id,
            String producer,
            String kind,
            String received,
            String bytes,
            String state,
            String logIndex,
            boolean waits) {}

    @GetMapping("/office/deposits")
    String deposits(@AuthenticationPrincipal Visitor visitor, Model model, Locale language) {
        Rooms.requireOpen(visitor.actor(), Rooms.DEPOSITS);
        List<Row> rows = hub.deposits().list().stream()
                .map(deposit -> row(deposit, language))
                .toList();
        model.addAttribute("deposits", rows.reversed());
        return "office/deposits";
    }

    @GetMapping("/office/deposits/{deposit}/withdraw")
    String withdraw(
            @AuthenticationPrincipal Visitor visitor, @PathVariable String deposit, Model model, Locale language) {
        return show(visitor, waiting(visitor, deposit), Form.EMPTY, model, language);
    }

    @PostMapping("/office/deposits/{deposit}/withdraw")
    String withdraw(
            @AuthenticationPrincipal Visitor visitor,
            @PathVariable String deposit,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model,
            Locale language) {
        Deposited waiting = waiting(visitor, deposit);
        try {
            stepUp.require(visitor, request);
            hub.deposits().withdraw(visitor.actor(), waiting.id());
            return "redirect:/office/deposits";
        } catch (ProblemException refused) {
            response.setStatus(refused.code().kind().httpStatus());
            return show(visitor, waiting, mistakes.in(Form.EMPTY, refused, language), model, language);
        }
    }

    private Deposited waiting(Visitor visitor, String id) {
        Rooms.requireOpen(visitor.actor(), Rooms.DEPOSITS);
        return hub.deposits().waiting().stream()
                .filter(deposit -> deposit.id().value().equals(id))
                .findFirst()
                .orElseThrow(Rooms::absent);
    }

    private String show(Visitor visitor, Deposited deposit, Form form, Model model, Locale language) {
        model.addAttribute("deposit", row(deposit, language));
        model.addAttribute("withPassword", stepUp.isAsked(visitor));
        model.addAttribute("form", form);
        return "office/deposit";
    }

    private Row row(Deposited deposit, Locale language) {
        return new Row(
                "/office/deposits/" + deposit.id() + "/withdraw",
                deposit.id().value(),
                deposit.producer(),
                deposit.kind().name().toLowerCase(Locale.ROOT),
                Days.written(Course.day(deposit.received()), language),
                FigureNumbers.whole(deposit.bytes(), language),
                sentences.say("deposit.state." + deposit.state().word(), language),
                FigureNumbers.whole(deposit.logIndex(), language),
                deposit.state() == Deposited.State.RECEIVED);
    }
}
