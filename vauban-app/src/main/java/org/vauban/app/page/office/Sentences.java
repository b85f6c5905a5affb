package org.vauban.app.page.office;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.vauban.app.page.Days;
import org.vauban.hub.Hub;
import org.vauban.permit.Permit;
import org.vauban.permit.PermitAct;
import org.vauban.permit.PermitState;
import org.vauban.permit.Progress;
import org.vauban.procedure.Course;
import org.vauban.procedure.Standing;
import org.vauban.procedure.Step;

/** Where a request stands, in sentences. */
@Component
final class Sentences {
    private final Hub hub;
    private final MessageSource words;

    Sentences(Hub hub, MessageSource words) {
        this.hub = hub;
        this.words = words;
    }

    String say(String key, Locale language, Object... values) {
        return words.getMessage(key, values, language);
    }

    LocalDate today() {
        return Course.day(hub.clock().instant());
    }

    static String title(Permit permit, Locale language) {
        return permit.terms().presentation().title().in(language);
    }

    static String summary(Permit permit, Locale language) {
        return permit.terms().presentation().summary().in(language);
    }

    /** Requested, granted, ended. */
    String state(Permit permit, Locale language) {
        boolean ended =
                permit.state() == PermitState.GRANTED && !hub.clock().instant().isBefore(permit.endsAt());
        return say("permit.state." + (ended ? "ended" : permit.state().word()), language);
    }

    /** Which step is open, or what came of it all. */
    String standing(Progress progress, Locale language) {
        Standing standing = progress.standing();
        if (progress.permit().state() != PermitState.REQUESTED) {
            return say("standing." + progress.permit().state().word(), language);
        }
        String step = standing.step().map(open -> open.label().in(language)).orElse("");
        return switch (standing.state()) {
            case UNDER_REVIEW -> say("standing.under-review", language, step);
            case WAITING -> say("standing.waiting", language, step);
            case READY -> say("standing.ready", language);
            case REFUSED -> say("standing.refused", language);
        };
    }

    /** What the clock says: nothing when no term runs. */
    String clock(Progress progress, Locale language) {
        if (progress.permit().state() != PermitState.REQUESTED) {
            return "";
        }
        return progress.standing()
                .clock()
                .map(clock -> clock(clock, language))
                .orElseGet(() -> progress.standing().step().isPresent() ? say("clock.none", language) : "");
    }

    private String clock(Standing.Clock clock, Locale language) {
        String due = Days.written(clock.due(), language);
        if (clock.stopped().isPresent()) {
            return say(
                    "clock.stopped", language, due, Days.written(clock.stopped().get(), language));
        }
        return say(clock.overdue() ? "clock.overdue" : "clock.due", language, due, clock.workingDays(today()));
    }

    /** By when the applicant should answer: nothing when nothing was asked. */
    String answerBy(Progress progress, Locale language) {
        return progress.standing()
                .answerBy()
                .map(day -> say("clock.answer-by", language, Days.written(day, language)))
                .orElse("");
    }

    boolean isOverdue(Progress progress) {
        return progress.permit().state() == PermitState.REQUESTED
                && progress.standing().clock().filter(Standing.Clock::overdue).isPresent();
    }

    /** What silence of the body at an open step comes to. */
    String silence(Progress progress, Locale language) {
        Optional<Step> step = progress.standing().step();
        return step.map(open -> say(
                        open.silence() == Step.Silence.UNFAVOURABLE
                                ? "act.silence.unfavourable"
                                : "act.silence.favourable",
                        language,
                        open.body().in(language)))
                .orElse("");
    }

    /** Acts in the order in which they are shown: those that go on first, those that end last. */
    static List<PermitAct> inOrder(Set<PermitAct> acts) {
        return acts.stream().sorted().toList();
    }
}
