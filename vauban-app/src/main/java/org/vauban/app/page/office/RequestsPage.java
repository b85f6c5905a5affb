package org.vauban.app.page.office;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.vauban.app.page.Days;
import org.vauban.hub.Hub;
import org.vauban.people.Actor;
import org.vauban.people.Role;
import org.vauban.people.Visitor;
import org.vauban.permit.Progress;
import org.vauban.procedure.Course;

/** All requests that somebody may see, the latest first. */
@Controller
final class RequestsPage {
    private final Hub hub;
    private final Sentences sentences;

    RequestsPage(Hub hub, Sentences sentences) {
        this.hub = hub;
        this.sentences = sentences;
    }

    /** A request in the list. */
    public record Row(
            String address,
            String id,
            String title,
            String procedure,
            String requested,
            String state,
            String standing,
            String clock,
            boolean overdue) {}

    @GetMapping("/office/requests")
    String requests(@AuthenticationPrincipal Visitor visitor, Model model, Locale language) {
        Actor actor = visitor.actor();
        Rooms.requireOpen(actor, Rooms.REQUESTS);
        List<Row> rows = hub.permits().progress(actor).stream()
                .map(progress -> row(progress, language))
                .toList();
        model.addAttribute("requests", rows.reversed());
        model.addAttribute("applies", actor.roles().contains(Role.RESEARCHER));
        return "office/requests";
    }

    private Row row(Progress progress, Locale language) {
        var permit = progress.permit();
        LocalDate requested = Course.day(permit.requested());
        return new Row(
                "/office/requests/" + permit.id(),
                permit.id().value(),
                Sentences.title(permit, language),
                progress.procedure().label().in(language),
                Days.written(requested, language),
                sentences.state(permit, language),
                sentences.standing(progress, language),
                sentences.clock(progress, language),
                sentences.isOverdue(progress));
    }
}
