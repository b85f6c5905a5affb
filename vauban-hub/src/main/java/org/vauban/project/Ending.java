package org.vauban.project;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.vauban.people.AccountId;
import org.vauban.permit.PermitId;
import org.vauban.permit.ProjectId;

/**
 * A project whose permit has ended, and what became of its space.
 *
 * @param project the project
 * @param permits the permits under which it worked
 * @param ended since when nothing may be computed in it
 * @param due the last day by which its space must be destroyed
 * @param state how far its destruction has come
 * @param askedBy who asked for it, if anybody has
 */
public record Ending(
        ProjectId project,
        List<PermitId> permits,
        Instant ended,
        LocalDate due,
        State state,
        Optional<AccountId> askedBy) {

    public Ending {
        permits = List.copyOf(permits);
    }

    /** How far the destruction of a space has come. */
    public enum State {
        /** Nobody has asked yet. */
        ENDED,
        /** One person has asked; another must decide. */
        ASKED,
        /** Two people have decided; the custodian has not confirmed yet. */
        DECIDED,
        /** The keys are gone. */
        DESTROYED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** True when the space is still there after its last day. */
    public boolean isOverdue(LocalDate today) {
        return state != State.DESTROYED && today.isAfter(due);
    }
}
