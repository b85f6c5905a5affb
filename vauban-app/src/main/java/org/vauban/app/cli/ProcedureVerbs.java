package org.vauban.app.cli;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vauban.hub.Hub;
import org.vauban.permit.Applications;
import org.vauban.permit.Happening;
import org.vauban.permit.Progress;
import org.vauban.procedure.Course;
import org.vauban.procedure.Event;
import org.vauban.procedure.Outcome;
import org.vauban.procedure.Procedure;
import org.vauban.procedure.Procedures;
import org.vauban.procedure.Standing;
import org.vauban.procedure.Step;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code permit}, between application and decision: the steps of a procedure. */
final class ProcedureVerbs {
    private ProcedureVerbs() {}

    static List<Branch> verbs() {
        return List.of(
                Branch.verb("procedures", () -> new ListProcedures()),
                Branch.verb("course", () -> new ShowCourse()),
                Branch.verb("ask", () -> new Ask()),
                Branch.verb("answer", () -> new AnswerVerb()),
                Branch.verb("extend", () -> new Extend()),
                Branch.verb("conclude", () -> new Conclude()),
                Branch.verb("silence", () -> new Silence()),
                Branch.verb("appeal", () -> new Appeal()));
    }

    static final class ListProcedures extends LocalVerb {
        @Override
        protected Answer act(Call call) {
            LocalDate today = Course.day(Clock.systemUTC().instant());
            List<Procedure> procedures = Procedures.shipped();
            return Answer.of(
                    Answer.document(
                            "procedures",
                            procedures.stream()
                                    .map(each -> document(each, today))
                                    .toList()),
                    procedures.stream()
                            .map(each -> Columns.line(
                                    each.name(),
                                    call.words()
                                            .say(
                                                    each.isInForce(today)
                                                            ? "procedure.in-force"
                                                            : "procedure.not-in-force"),
                                    each.label().in(call.words().language())))
                            .toList());
        }
    }

    static final class ShowCourse extends HubVerb {
        @Parameters(paramLabel = "PERMIT", descriptionKey = "PERMIT")
        String permit = "";

        @Override
        protected Answer act(Hub hub, Call call) {
            return show(hub.permits().progress(actor(hub, call), PermitVerbs.id(permit, call)), call);
        }
    }

    /** A verb that enters what somebody did. */
    abstract static class DeedVerb extends HubVerb {
        @Parameters(paramLabel = "PERMIT", descriptionKey = "PERMIT")
        String permit = "";

        @Override
        protected final Answer act(Hub hub, Call call) {
            return show(hub.permits().proceed(actor(hub, call), PermitVerbs.id(permit, call), deed()), call);
        }

        abstract Applications.Deed deed();

        static Applications.Deed said(Event.Kind kind, String text) {
            return new Applications.Deed(kind, Optional.empty(), text, "");
        }
    }

    static final class Ask extends DeedVerb {
        @Option(names = "--question", paramLabel = "TEXT", descriptionKey = "question", required = true)
        String question = "";

        @Override
        Applications.Deed deed() {
            return said(Event.Kind.ASKED, question);
        }
    }

    static final class AnswerVerb extends DeedVerb {
        @Option(names = "--text", paramLabel = "TEXT", descriptionKey = "answer", required = true)
        String text = "";

        @Override
        Applications.Deed deed() {
            return said(Event.Kind.ANSWERED, text);
        }
    }

    static final class Extend extends DeedVerb {
        @Option(names = "--reason", paramLabel = "TEXT", required = true)
        String reason = "";

        @Override
        Applications.Deed deed() {
            return said(Event.Kind.EXTENDED, reason);
        }
    }

    static final class Conclude extends DeedVerb {
        @Option(names = "--outcome", paramLabel = "OUTCOME", descriptionKey = "outcome", required = true)
        Outcome outcome = Outcome.UNFAVOURABLE;

        @Option(names = "--document", paramLabel = "REFERENCE", descriptionKey = "document")
        String document = "";

        @Option(names = "--reason", paramLabel = "TEXT", required = true)
        String reason = "";

        @Override
        Applications.Deed deed() {
            return new Applications.Deed(Event.Kind.CONCLUDED, Optional.of(outcome), reason, document);
        }
    }

    static final class Silence extends DeedVerb {
        @Override
        Applications.Deed deed() {
            return said(Event.Kind.SILENCE_NOTED, "");
        }
    }

    static final class Appeal extends DeedVerb {
        @Option(names = "--reason", paramLabel = "TEXT", required = true)
        String reason = "";

        @Override
        Applications.Deed deed() {
            return said(Event.Kind.APPEALED, reason);
        }
    }

    private static Answer show(Progress progress, Call call) {
        Words words = call.words();
        Locale language = words.language();
        Standing standing = progress.standing();
        List<String> lines = new ArrayList<>();
        lines.add(words.say(
                "permit.line",
                progress.permit().id(),
                words.say("permit.state." + progress.permit().state().word())));
        lines.add("  " + PermitVerbs.title(progress.permit(), call));
        lines.add("  "
                + words.say(
                        progress.inForce() ? "procedure.line" : "procedure.line-not-in-force",
                        progress.procedure().label().in(language),
                        progress.procedure().reference()));
        for (Happening happening : progress.happenings()) {
            lines.add("  " + line(progress.procedure(), happening, words));
        }
        lines.add("  " + words.say("procedure.standing." + word(standing.state()), step(standing.step(), language)));
        standing.clock()
                .ifPresent(clock -> lines.add("  "
                        + words.say(
                                clock.stopped().isPresent()
                                        ? "procedure.clock.stopped"
                                        : clock.overdue() ? "procedure.clock.overdue" : "procedure.clock.due",
                                clock.due(),
                                clock.stopped().map(Object::toString).orElse(""))));
        standing.answerBy().ifPresent(day -> lines.add("  " + words.say("procedure.answer-by", day)));
        return Answer.of(document(progress), lines);
    }

    private static String line(Procedure procedure, Happening happening, Words words) {
        Event event = happening.event();
        String what = words.say("procedure.event." + word(event.kind()));
        String outcome = event.outcome()
                .map(found -> " " + words.say("procedure.outcome." + word(found)))
                .orElse("");
        String step = step(procedure.step(event.step()), words.language());
        return Columns.line(Course.day(event.at()), step, what + outcome, happening.text());
    }

    private static String step(Optional<Step> step, Locale language) {
        return step.map(found -> found.label().in(language)).orElse("");
    }

    private static Map<String, @Nullable Object> document(Progress progress) {
        Standing standing = progress.standing();
        return Answer.document(
                "permit",
                progress.permit().id().value(),
                "state",
                progress.permit().state().word(),
                "procedure",
                progress.procedure().reference(),
                "in_force",
                progress.inForce(),
                "standing",
                word(standing.state()),
                "step",
                standing.step().map(Step::name).orElse(null),
                "due",
                standing.clock().map(clock -> clock.due().toString()).orElse(null),
                "overdue",
                standing.clock().map(Standing.Clock::overdue).orElse(false),
                "stopped",
                standing.clock()
                        .flatMap(Standing.Clock::stopped)
                        .map(LocalDate::toString)
                        .orElse(null),
                "answer_by",
                standing.answerBy().map(LocalDate::toString).orElse(null),
                "possible",
                standing.possible().stream().map(ProcedureVerbs::word).sorted().toList(),
                "events",
                progress.happenings().stream().map(ProcedureVerbs::document).toList());
    }

    private static Map<String, @Nullable Object> document(Happening happening) {
        Event event = happening.event();
        return Answer.document(
                "event",
                word(event.kind()),
                "step",
                event.step(),
                "outcome",
                event.outcome().map(ProcedureVerbs::word).orElse(null),
                "at",
                event.at().toString(),
                "by",
                happening.actor().value(),
                "text",
                happening.text(),
                "document",
                happening.document(),
                "log_index",
                happening.logIndex());
    }

    private static Map<String, @Nullable Object> document(Procedure procedure, LocalDate today) {
        return Answer.document(
                "procedure",
                procedure.name(),
                "version",
                procedure.version(),
                "name",
                Answer.document(
                        "fr",
                        procedure.label().french(),
                        "en",
                        procedure.label().english()),
                "source",
                procedure.source(),
                "from",
                procedure.from().map(LocalDate::toString).orElse(null),
                "to",
                procedure.to().map(LocalDate::toString).orElse(null),
                "in_force",
                procedure.isInForce(today),
                "pieces",
                procedure.pieces(),
                "steps",
                procedure.steps().stream().map(Step::name).toList());
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
