package org.vauban.app.page.office;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
import org.vauban.people.Actor;
import org.vauban.people.Role;
import org.vauban.people.Visitor;
import org.vauban.plot.FigureNumbers;
import org.vauban.problem.ProblemException;
import org.vauban.procedure.Course;
import org.vauban.producer.Delivered;
import org.vauban.producer.Use;
import org.vauban.producer.Uses;

/** What became of a producer's rows, for those who speak for it, and the way to take them back. */
@Controller
final class ProducersPage {
    /** In the place of a delivery: all that was given and might still be. */
    private static final String EVERYTHING = "everything";

    private final Hub hub;
    private final Sentences sentences;
    private final StepUp stepUp;
    private final Mistakes mistakes;

    ProducersPage(Hub hub, Sentences sentences, StepUp stepUp, Mistakes mistakes) {
        this.hub = hub;
        this.sentences = sentences;
        this.stepUp = stepUp;
        this.mistakes = mistakes;
    }

    /**
     * A delivery as the page shows it.
     *
     * @param address where it is taken back; empty when it cannot be, or not by the reader
     */
    public record DeliveryRow(String id, String received, String state, List<String> editions, String address) {
        public DeliveryRow {
            editions = List.copyOf(editions);
        }
    }

    /** An analysis as the page shows it. */
    public record UseRow(String day, String project, String edition, String query, String logIndex) {}

    @GetMapping("/office/producers")
    String producers(@AuthenticationPrincipal Visitor visitor, Model model) {
        Rooms.requireOpen(visitor.actor(), Rooms.PRODUCERS);
        model.addAttribute("producers", hub.producers().followed(visitor.actor()));
        return "office/producers";
    }

    @GetMapping("/office/producers/{producer}")
    String uses(@AuthenticationPrincipal Visitor visitor, @PathVariable String producer, Model model, Locale language) {
        Uses uses = hub.producers().uses(visitor.actor(), followed(visitor.actor(), producer));
        boolean speaks = speaks(visitor.actor());
        model.addAttribute("producer", producer);
        model.addAttribute(
                "deliveries",
                uses.deliveries().reversed().stream()
                        .map(delivery -> row(producer, delivery, speaks, language))
                        .toList());
        model.addAttribute(
                "uses",
                uses.uses().reversed().stream().map(use -> row(use, language)).toList());
        model.addAttribute("everything", speaks ? address(producer, EVERYTHING) : "");
        return "office/producer";
    }

    @GetMapping("/office/producers/{producer}/{delivery}/withdraw")
    String withdraw(
            @AuthenticationPrincipal Visitor visitor,
            @PathVariable String producer,
            @PathVariable String delivery,
            Model model) {
        requireGiven(visitor.actor(), producer, delivery);
        return show(visitor, producer, delivery, Form.EMPTY, model);
    }

    @PostMapping("/office/producers/{producer}/{delivery}/withdraw")
    String withdraw(
            @AuthenticationPrincipal Visitor visitor,
            @PathVariable String producer,
            @PathVariable String delivery,
            @RequestParam(defaultValue = "") String text,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model,
            Locale language) {
        requireGiven(visitor.actor(), producer, delivery);
        try {
            if (text.isBlank()) {
                throw Mistakes.missing("text").exception();
            }
            stepUp.require(visitor, request);
            hub.producers().withdraw(visitor.actor(), producer, one(delivery), text.strip());
            return "redirect:/office/withdrawals?done=withdraw";
        } catch (ProblemException refused) {
            response.setStatus(refused.code().kind().httpStatus());
            return show(
                    visitor, producer, delivery, mistakes.in(Form.of(Map.of("text", text)), refused, language), model);
        }
    }

    /** A producer that is not the reader's is not there. */
    private String followed(Actor actor, String producer) {
        Rooms.requireOpen(actor, Rooms.PRODUCERS);
        return hub.producers().followed(actor).stream()
                .filter(producer::equals)
                .findFirst()
                .orElseThrow(Rooms::absent);
    }

    /** Only who speaks for a producer takes back, and only what is given. */
    private void requireGiven(Actor actor, String producer, String delivery) {
        followed(actor, producer);
        boolean given = speaks(actor)
                && (delivery.equals(EVERYTHING)
                        || hub.producers().uses(actor, producer).deliveries().stream()
                                .anyMatch(each -> each.deposit().value().equals(delivery) && !each.isTakenBack()));
        if (!given) {
            throw Rooms.absent();
        }
    }

    private static boolean speaks(Actor actor) {
        return actor.roles().contains(Role.PRODUCER);
    }

    private static Optional<DepositId> one(String delivery) {
        return delivery.equals(EVERYTHING) ? Optional.empty() : Optional.of(new DepositId(delivery));
    }

    private String show(Visitor visitor, String producer, String delivery, Form form, Model model) {
        model.addAttribute("producer", producer);
        model.addAttribute("delivery", delivery.equals(EVERYTHING) ? "" : delivery);
        model.addAttribute("address", address(producer, delivery));
        model.addAttribute("withPassword", stepUp.isAsked(visitor));
        model.addAttribute("form", form);
        return "office/take-back";
    }

    private static String address(String producer, String delivery) {
        return "/office/producers/" + producer + '/' + delivery + "/withdraw";
    }

    private DeliveryRow row(String producer, Delivered delivery, boolean speaks, Locale language) {
        String state = delivery.isTakenBack() ? "withdrawn" : delivery.state().word();
        return new DeliveryRow(
                delivery.deposit().value(),
                Days.written(Course.day(delivery.received()), language),
                sentences.say("deposit.state." + state, language),
                delivery.editions().stream().map(EditionId::value).toList(),
                speaks && !delivery.isTakenBack()
                        ? address(producer, delivery.deposit().value())
                        : "");
    }

    private UseRow row(Use use, Locale language) {
        return new UseRow(
                Days.written(Course.day(use.at()), language),
                use.project().value(),
                use.edition().value(),
                sentences.say("query." + use.query().word(), language),
                FigureNumbers.whole(use.logIndex(), language));
    }
}
