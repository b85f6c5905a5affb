package org.vauban.procedure;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What happened to one request, in order, under one procedure. Days are those of Paris.
 *
 * @param events the first is the submission
 */
public record Course(Procedure procedure, List<Event> events) {
    private static final ZoneId ZONE = ZoneId.of("Europe/Paris");

    public Course {
        events = List.copyOf(events);
        if (events.isEmpty() || events.getFirst().kind() != Event.Kind.SUBMITTED) {
            throw new IllegalArgumentException("A request begins with its submission");
        }
    }

    public static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZONE);
    }

    /** Where the request stands at a moment. */
    public Standing standing(Instant now) {
        var walk = new Walk();
        events.forEach(walk::take);
        return walk.standing(day(now));
    }

    /** Goes from event to event. */
    private final class Walk {
        private int at;
        private boolean refused;
        private LocalDate began = LocalDate.EPOCH;
        private Optional<LocalDate> stopped = Optional.empty();
        private LocalDate refusedOn = LocalDate.EPOCH;
        private long stoodStill;
        private boolean extended;
        private boolean expressly = true;

        void take(Event event) {
            LocalDate day = day(event.at());
            switch (event.kind()) {
                case SUBMITTED -> open(day);
                case ASKED -> stopped = Optional.of(day);
                case ANSWERED -> goOn(day);
                case EXTENDED -> extended = true;
                case CONCLUDED -> conclude(event.outcome().orElseThrow(), day);
                case SILENCE_NOTED -> {
                    expressly = false;
                    conclude(
                            step().silence() == Step.Silence.UNFAVOURABLE ? Outcome.UNFAVOURABLE : Outcome.FAVOURABLE,
                            day);
                }
                case REFUSED -> refuse(day);
                case APPEALED -> {
                    refused = false;
                    open(day);
                }
            }
        }

        private Step step() {
            return procedure.steps().get(at);
        }

        private void open(LocalDate day) {
            began = day;
            stopped = Optional.empty();
            stoodStill = 0;
            extended = false;
        }

        private void goOn(LocalDate day) {
            stoodStill +=
                    stopped.map(since -> ChronoUnit.DAYS.between(since, day)).orElse(0L);
            stopped = Optional.empty();
        }

        private void conclude(Outcome outcome, LocalDate day) {
            expressly &= outcome == Outcome.FAVOURABLE;
            if (outcome == Outcome.UNFAVOURABLE && step().canEnd()) {
                refuse(day);
            } else {
                at++;
                open(day);
            }
        }

        private void refuse(LocalDate day) {
            refused = true;
            refusedOn = day;
            stopped = Optional.empty();
        }

        private Optional<Step> current() {
            return at < procedure.steps().size() ? Optional.of(step()) : Optional.empty();
        }

        Standing standing(LocalDate today) {
            if (refused) {
                return new Standing(
                        Standing.State.REFUSED,
                        current(),
                        Optional.empty(),
                        Optional.empty(),
                        mayAppeal(today) ? Set.of(Event.Kind.APPEALED) : Set.of());
            }
            if (current().isEmpty()) {
                return new Standing(
                        Standing.State.READY,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Set.of(Event.Kind.REFUSED));
            }
            Optional<Standing.Clock> clock = clock(today);
            return new Standing(
                    stopped.isPresent() ? Standing.State.WAITING : Standing.State.UNDER_REVIEW,
                    Optional.of(step()),
                    clock,
                    stopped.flatMap(since -> procedure.answer().map(term -> term.lastDay(since))),
                    possible(clock));
        }

        /** Once, and in time. */
        private boolean mayAppeal(LocalDate today) {
            return procedure
                            .appeal()
                            .filter(term -> !today.isAfter(term.lastDay(refusedOn)))
                            .isPresent()
                    && events.stream().noneMatch(event -> event.kind() == Event.Kind.APPEALED);
        }

        private Optional<Standing.Clock> clock(LocalDate today) {
            return step().term().map(term -> {
                LocalDate due = term.lastDay(began);
                if (extended) {
                    due = step().extension().orElseThrow().lastDay(due);
                }
                long still = stoodStill
                        + stopped.map(since -> ChronoUnit.DAYS.between(since, today))
                                .orElse(0L);
                due = due.plusDays(still);
                return new Standing.Clock(began, due, stopped, stopped.isEmpty() && today.isAfter(due));
            });
        }

        private boolean silenceSpeaks() {
            return switch (step().silence()) {
                case NONE -> false;
                case FAVOURABLE, UNFAVOURABLE -> true;
                case FAVOURABLE_AFTER_EXPRESS_OPINIONS -> expressly;
            };
        }

        private Set<Event.Kind> possible(Optional<Standing.Clock> clock) {
            if (stopped.isPresent()) {
                return Set.of(Event.Kind.ANSWERED);
            }
            Set<Event.Kind> possible = EnumSet.of(Event.Kind.ASKED, Event.Kind.CONCLUDED, Event.Kind.REFUSED);
            clock.ifPresent(term -> {
                if (term.overdue()) {
                    if (silenceSpeaks()) {
                        possible.add(Event.Kind.SILENCE_NOTED);
                    }
                } else if (!extended && step().extension().isPresent()) {
                    possible.add(Event.Kind.EXTENDED);
                }
            });
            return possible;
        }
    }
}
