package org.vauban.app.page.office;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.vauban.app.page.Days;
import org.vauban.hub.Hub;
import org.vauban.people.Actor;
import org.vauban.people.Visitor;

/** Says on every page of the office who is signed in, and which of its rooms are theirs. */
@ControllerAdvice(basePackageClasses = OfficeFrame.class)
final class OfficeFrame {
    private final Hub hub;
    private final MessageSource words;

    OfficeFrame(Hub hub, MessageSource words) {
        this.hub = hub;
        this.words = words;
    }

    /**
     * Somebody signed in.
     *
     * @param roles in words
     * @param rooms the parts of the office, each with a text and an address
     * @param byProvider whether the provider of identities is asked who is there, and not for a password
     * @param here this page's own address
     * @param warning that the account's yearly review is near; empty when it is not
     */
    public record ShownPerson(
            String name,
            String account,
            String roles,
            List<String> rooms,
            boolean byProvider,
            String here,
            String warning) {
        public ShownPerson {
            rooms = List.copyOf(rooms);
        }
    }

    @ModelAttribute("me")
    @Nullable
    ShownPerson me(@AuthenticationPrincipal @Nullable Visitor visitor, HttpServletRequest request, Locale language) {
        if (visitor == null) {
            return null;
        }
        Actor actor = visitor.actor();
        return new ShownPerson(
                hub.people().nameOf(actor),
                actor.account().value(),
                String.join(
                        ", ",
                        actor.roles().stream()
                                .sorted()
                                .map(role -> words.getMessage("role." + role.word(), new Object[0], language))
                                .toList()),
                Rooms.of(actor),
                visitor.isByProvider(),
                request.getRequestURI(),
                warning(actor, language));
    }

    private String warning(Actor actor, Locale language) {
        return actor.validity().isNear(hub.people().reviews().today())
                ? words.getMessage(
                        actor.isOverdue() ? "validity.over" : "validity.near",
                        new Object[] {Days.written(actor.validity().due(), language)},
                        language)
                : "";
    }
}
