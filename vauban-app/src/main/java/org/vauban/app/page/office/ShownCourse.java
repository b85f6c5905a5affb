package org.vauban.app.page.office;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.vauban.app.page.Days;
import org.vauban.permit.Happening;
import org.vauban.permit.PermitState;
import org.vauban.permit.Progress;
import org.vauban.procedure.Course;
import org.vauban.procedure.Event;
import org.vauban.procedure.Standing;
import org.vauban.procedure.Step;

/**
 * The course of a request as a line of stations: the submission, the steps of its procedure, the committee's word.
 *
 * @param history what happened, in order
 */
public record ShownCourse(List<Station> stations, List<Entry> history) {

    /**
     * A station of the line.
     *
     * @param state {@code done}, {@code open}, {@code ended} or {@code ahead}: how it is drawn
     * @param said the same in words, with the day
     */
    public record Station(String name, String body, String state, String said) {}

    /**
     * Something that happened.
     *
     * @param logIndex its entry in the log
     */
    public record Entry(
            String day, String step, String what, String by, String text, String document, String logIndex) {}

    public ShownCourse {
        stations = List.copyOf(stations);
        history = List.copyOf(history);
    }

    static ShownCourse of(Progress progress, Sentences sentences, Locale language) {
        var drawing = new Drawing(progress, sentences, language);
        return new ShownCourse(drawing.stations(), drawing.history());
    }

    /** Draws one course in one language. */
    private record Drawing(Progress progress, Sentences sentences, Locale language) {
        List<Station> stations() {
            List<Station> stations = new ArrayList<>();
            String requested = written(Course.day(progress.permit().requested()));
            stations.add(new Station(
                    sentences.say("course.submitted", language),
                    sentences.say("course.submitted.body", language),
                    "done",
                    requested));
            progress.procedure().steps().forEach(step -> stations.add(station(step)));
            stations.add(decision());
            return stations;
        }

        private Station station(Step step) {
            Optional<Happening> conclusion = progress.happenings().stream()
                    .filter(happening -> happening.event().step().equals(step.name()) && concludes(happening))
                    .reduce((_, later) -> later);
            boolean here = progress.standing().step().filter(step::equals).isPresent();
            boolean running = progress.permit().state() == PermitState.REQUESTED;
            String state = here ? running ? "open" : "ended" : conclusion.isPresent() ? "done" : "ahead";
            return new Station(step.label().in(language), step.body().in(language), state, said(state, conclusion));
        }

        private String said(String state, Optional<Happening> conclusion) {
            return switch (state) {
                case "open" ->
                    sentences.say(
                            progress.standing().state() == Standing.State.WAITING
                                    ? "course.open.waiting"
                                    : "course.open",
                            language);
                case "ahead" -> sentences.say("course.ahead", language);
                default ->
                    conclusion
                            .map(happening -> what(happening) + ", " + day(happening))
                            .orElseGet(() -> sentences.say("course.ended", language));
            };
        }

        private Station decision() {
            PermitState state = progress.permit().state();
            boolean ready =
                    state == PermitState.REQUESTED && progress.standing().isReady();
            boolean refusedHere =
                    state == PermitState.REFUSED && progress.standing().step().isEmpty();
            String drawn = switch (state) {
                case GRANTED, WITHDRAWN, REPLACED -> "done";
                case RETRACTED -> "ended";
                case REFUSED -> refusedHere ? "ended" : "ahead";
                case REQUESTED -> ready ? "open" : "ahead";
            };
            String said = switch (drawn) {
                case "open" -> sentences.say("course.open", language);
                case "ahead" -> sentences.say("course.ahead", language);
                default -> sentences.state(progress.permit(), language);
            };
            return new Station(
                    sentences.say("course.decision", language),
                    sentences.say("course.decision.body", language),
                    drawn,
                    said);
        }

        private static boolean concludes(Happening happening) {
            return switch (happening.event().kind()) {
                case CONCLUDED, SILENCE_NOTED, REFUSED -> true;
                case SUBMITTED, ASKED, ANSWERED, EXTENDED, APPEALED -> false;
            };
        }

        List<Entry> history() {
            return progress.happenings().stream()
                    .map(happening -> new Entry(
                            day(happening),
                            progress.procedure()
                                    .step(happening.event().step())
                                    .map(step -> step.label().in(language))
                                    .orElse(""),
                            what(happening),
                            happening.actor().value(),
                            happening.text(),
                            happening.document(),
                            String.valueOf(happening.logIndex())))
                    .toList();
        }

        private String what(Happening happening) {
            Event event = happening.event();
            String kind = event.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
            return event.outcome()
                    .map(outcome -> sentences.say("outcome." + outcome.name().toLowerCase(Locale.ROOT), language))
                    .orElseGet(() -> sentences.say("event." + kind, language));
        }

        private String day(Happening happening) {
            return written(Course.day(happening.event().at()));
        }

        private String written(LocalDate day) {
            return Days.written(day, language);
        }
    }
}
