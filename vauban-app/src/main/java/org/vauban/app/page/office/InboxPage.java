package org.vauban.app.page.office;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.vauban.airlock.Output;
import org.vauban.hub.Hub;
import org.vauban.people.Actor;
import org.vauban.people.Role;
import org.vauban.people.Visitor;
import org.vauban.permit.PermitAct;
import org.vauban.permit.Progress;
import org.vauban.procedure.Standing;
import org.vauban.producer.Withdrawal;

/** What waits for somebody: what is due first stands first. */
@Controller
final class InboxPage {
    private final Hub hub;
    private final Sentences sentences;

    InboxPage(Hub hub, Sentences sentences) {
        this.hub = hub;
        this.sentences = sentences;
    }

    /**
     * Something that waits.
     *
     * @param due in words; empty when there is no hurry
     */
    public record Task(String address, String what, String title, String due, boolean overdue) {}

    /** A task with the day by which it is due. */
    private record Dated(Optional<LocalDate> due, Task task) {}

    @GetMapping("/office")
    String inbox(@AuthenticationPrincipal Visitor visitor, Model model, Locale language) {
        Actor actor = visitor.actor();
        List<Dated> tasks = new ArrayList<>();
        for (Progress progress : hub.permits().progress(actor)) {
            ofRequest(actor, progress, language).ifPresent(tasks::add);
        }
        for (Output output : hub.airlock().list(actor)) {
            if (hub.airlock().mayReview(actor, output)) {
                tasks.add(ofOutput(output, language));
            }
        }
        if (actor.roles().contains(Role.COMMITTEE_MEMBER)) {
            hub.producers().withdrawals(actor).stream()
                    .filter(withdrawal -> withdrawal.inForce().isEmpty())
                    .forEach(withdrawal -> tasks.add(ofWithdrawal(withdrawal, language)));
        }
        if (actor.roles().contains(Role.DATA_MANAGER)
                && !hub.deposits().waiting().isEmpty()) {
            tasks.add(ofDeposits(hub.deposits().waiting().size(), language));
        }
        model.addAttribute(
                "tasks",
                tasks.stream()
                        .sorted(Comparator.comparing(
                                (Dated dated) -> dated.due().orElse(LocalDate.MAX)))
                        .map(Dated::task)
                        .toList());
        return "office/inbox";
    }

    private Optional<Dated> ofRequest(Actor actor, Progress progress, Locale language) {
        Set<PermitAct> mine = hub.permits().possible(actor, progress);
        Standing standing = progress.standing();
        if (mine.contains(PermitAct.ANSWER)) {
            return Optional.of(dated(
                    progress, standing.answerBy(), "task.answer", sentences.answerBy(progress, language), language));
        }
        String what = mine.contains(PermitAct.GRANT)
                ? "task.grant"
                : mine.contains(PermitAct.SILENCE)
                        ? "task.silence"
                        : mine.contains(PermitAct.CONCLUDE) ? "task.conclude" : "";
        return what.isEmpty()
                ? Optional.empty()
                : Optional.of(dated(
                        progress,
                        standing.clock().map(Standing.Clock::due),
                        what,
                        sentences.clock(progress, language),
                        language));
    }

    private Dated dated(Progress progress, Optional<LocalDate> due, String what, String said, Locale language) {
        String step = progress.standing()
                .step()
                .map(open -> open.label().in(language))
                .orElse("");
        return new Dated(
                due,
                new Task(
                        "/office/requests/" + progress.permit().id(),
                        sentences.say(what, language, step),
                        Sentences.title(progress.permit(), language),
                        said,
                        sentences.isOverdue(progress)));
    }

    private Dated ofOutput(Output output, Locale language) {
        return new Dated(
                Optional.empty(),
                new Task(
                        "/office/outputs/" + output.id(),
                        sentences.say("task.review", language),
                        output.name(),
                        sentences.say("output.approvals", language, output.approvals()),
                        false));
    }

    private Dated ofWithdrawal(Withdrawal withdrawal, Locale language) {
        return new Dated(
                Optional.empty(),
                new Task(
                        "/office/withdrawals/" + withdrawal.id() + "/decide",
                        sentences.say("task.withdrawal", language),
                        sentences.say("task.withdrawal.of", language, withdrawal.producer()),
                        "",
                        false));
    }

    private Dated ofDeposits(int number, Locale language) {
        return new Dated(
                Optional.empty(),
                new Task(
                        "/office/deposits",
                        sentences.say("task.deposits", language),
                        sentences.say("task.deposits.number", language, number),
                        "",
                        false));
    }
}
