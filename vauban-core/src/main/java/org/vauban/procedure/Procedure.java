package org.vauban.procedure;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A way to a decision, as a text lays it down.
 *
 * @param name the word for it in files
 * @param version of this description; a request keeps the version it began with
 * @param label its name for people
 * @param source the text it follows
 * @param from the first day on which it is in force; one without it is not in force
 * @param to the last day, if it has ended
 * @param excludes kinds of applicants that may not use it
 * @param pieces what a complete request contains
 * @param steps in their order; with none, the hub's committee decides at once
 * @param duration how long a permit may last from the day on which it is asked for
 * @param renewals how often it may be renewed
 * @param renewalNotice how long before its end a renewal must be asked for
 * @param answer how long an applicant may take to answer a question
 * @param appeal how long after a refusal it may be appealed
 * @param overridesObjections whether its legal basis lets the data of people who object be read
 */
public record Procedure(
        String name,
        int version,
        Label label,
        String source,
        Optional<LocalDate> from,
        Optional<LocalDate> to,
        Set<String> excludes,
        List<String> pieces,
        List<Step> steps,
        Optional<Term> duration,
        int renewals,
        Optional<Term> renewalNotice,
        Optional<Term> answer,
        Optional<Term> appeal,
        boolean overridesObjections) {

    public Procedure {
        excludes = Set.copyOf(excludes);
        pieces = List.copyOf(pieces);
        steps = List.copyOf(steps);
    }

    /** True when requests may be decided under it on that day. */
    public boolean isInForce(LocalDate day) {
        return from.filter(first -> !day.isBefore(first)).isPresent()
                && to.filter(day::isAfter).isEmpty();
    }

    /** Name and version: {@code snds-standard/1}. */
    public String reference() {
        return name + '/' + version;
    }

    public Optional<Step> step(String name) {
        return steps.stream().filter(step -> step.name().equals(name)).findFirst();
    }
}
