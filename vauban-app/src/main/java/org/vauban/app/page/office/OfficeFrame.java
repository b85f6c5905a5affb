package org.vauban.app.page.office;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
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
     */
    public record ShownPerson(String name, String account, String roles, List<String> rooms) {
        public ShownPerson {
            rooms = List.copyOf(rooms);
        }
    }

    @ModelAttribute("me")
    @Nullable
    ShownPerson me(@AuthenticationPrincipal @Nullable Visitor visitor, Locale language) {
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
                Rooms.of(actor));
    }
}
