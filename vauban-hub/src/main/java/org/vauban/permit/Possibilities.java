package org.vauban.permit;

import java.util.EnumSet;
import java.util.Set;
import org.vauban.people.Actor;
import org.vauban.people.Role;
import org.vauban.procedure.Event;

/**
 * What can be done with a request now, and what of it one person can do: the rules that the acts themselves check, asked before somebody
 * tries. An act that is not among them is refused by {@link Permits} all the same.
 */
final class Possibilities {
    private static final Set<Event.Kind> DECIDE = EnumSet.of(Event.Kind.CONCLUDED, Event.Kind.SILENCE_NOTED);

    private Possibilities() {}

    /** What may happen next, whoever does it. */
    static Set<PermitAct> of(Progress progress, boolean renewable) {
        Set<PermitAct> acts = EnumSet.noneOf(PermitAct.class);
        switch (progress.permit().state()) {
            case REQUESTED -> {
                progress.standing().possible().stream()
                        .filter(kind -> progress.inForce() || !DECIDE.contains(kind))
                        .forEach(kind -> acts.add(PermitAct.OF_EVENTS.get(kind)));
                if (progress.standing().isReady() && progress.inForce()) {
                    acts.add(PermitAct.GRANT);
                }
                acts.add(PermitAct.RETRACT);
            }
            case REFUSED -> {
                if (progress.standing().possible().contains(Event.Kind.APPEALED)) {
                    acts.add(PermitAct.APPEAL);
                }
            }
            case GRANTED -> {
                acts.add(PermitAct.WITHDRAW);
                acts.add(PermitAct.AMEND);
                if (renewable) {
                    acts.add(PermitAct.RENEW);
                }
            }
            case WITHDRAWN, RETRACTED, REPLACED -> {}
        }
        return acts;
    }

    /**
     * What of it one person may do.
     *
     * @param named whether the request names that person
     */
    static Set<PermitAct> of(Progress progress, Set<PermitAct> possible, Actor actor, boolean named) {
        Set<PermitAct> acts = EnumSet.noneOf(PermitAct.class);
        for (PermitAct act : possible) {
            boolean may = switch (act) {
                case ANSWER, APPEAL, RETRACT -> applied(progress, actor);
                case AMEND, RENEW -> applied(progress, actor) && actor.roles().contains(Role.RESEARCHER);
                case ASK, EXTEND, CONCLUDE, SILENCE, REFUSE -> decides(progress, actor, named);
                case GRANT -> decides(progress, actor, named) && !hasConcluded(progress, actor);
                case WITHDRAW -> actor.roles().contains(Role.COMMITTEE_MEMBER);
            };
            if (may) {
                acts.add(act);
            }
        }
        return acts;
    }

    private static boolean applied(Progress progress, Actor actor) {
        return progress.permit().applicant().equals(actor.account());
    }

    private static boolean decides(Progress progress, Actor actor, boolean named) {
        return actor.roles().contains(Role.COMMITTEE_MEMBER) && !applied(progress, actor) && !named;
    }

    /** Whoever concluded a step does not also grant. */
    static boolean hasConcluded(Progress progress, Actor actor) {
        return progress.happenings().stream()
                .filter(happening -> DECIDE.contains(happening.event().kind()))
                .anyMatch(happening -> happening.actor().equals(actor.account()));
    }
}
