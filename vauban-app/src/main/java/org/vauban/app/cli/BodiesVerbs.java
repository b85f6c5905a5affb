package org.vauban.app.cli;

import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vauban.hub.Hub;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.retention.HoldId;
import org.vauban.retention.MonthOfLog;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code audit bodies}, {@code erase}, {@code hold} and {@code lift}: what people said in the log, and its end. */
final class BodiesVerbs {
    private BodiesVerbs() {}

    /** The months of the log, with what keeps their bodies. */
    static final class Bodies extends HubVerb {
        @Override
        protected Answer act(Hub hub, Call call) {
            List<MonthOfLog> months = hub.retention().list(actor(hub, call));
            return Answer.of(
                    Answer.document(
                            "months", months.stream().map(BodiesVerbs::document).toList()),
                    months.stream().map(month -> line(month, call.words())).toList());
        }
    }

    /** The first of two people asks, the second decides; then the month's key is destroyed. */
    static final class Erase extends HubVerb {
        @Parameters(paramLabel = "MONTH", descriptionKey = "MONTH")
        String month = "";

        @Override
        protected Answer act(Hub hub, Call call) {
            MonthOfLog found = hub.retention().erase(actor(hub, call), month(month));
            return Answer.of(document(found), line(found, call.words()));
        }
    }

    /** Keeps a month's bodies until it is lifted. */
    static final class Hold extends HubVerb {
        @Parameters(paramLabel = "MONTH", descriptionKey = "MONTH")
        String month = "";

        @Option(names = "--reason", paramLabel = "TEXT", required = true)
        String reason = "";

        @Override
        protected Answer act(Hub hub, Call call) {
            HoldId hold = hub.retention().hold(actor(hub, call), month(month), reason);
            return Answer.of(
                    Answer.document("hold", hold.value(), "month", month),
                    call.words().say("bodies.held", hold, month));
        }
    }

    /** Lifts a hold. */
    static final class Lift extends HubVerb {
        @Parameters(paramLabel = "HOLD", descriptionKey = "HOLD")
        String hold = "";

        @Override
        protected Answer act(Hub hub, Call call) {
            MonthOfLog found =
                    hub.retention().lift(actor(hub, call), Names.of("hold", hold, call.words(), HoldId::new));
            return Answer.of(document(found), line(found, call.words()));
        }
    }

    private static YearMonth month(String text) {
        try {
            return YearMonth.parse(text);
        } catch (DateTimeParseException _) {
            throw Problem.of(ProblemCode.FIELD_WRONG_VALUE)
                    .with("field", "MONTH")
                    .expected("2026-03")
                    .found(text)
                    .exception();
        }
    }

    private static Map<String, @Nullable Object> document(MonthOfLog month) {
        return Answer.document(
                "month", month.month().toString(),
                "entries", month.entries(),
                "kept_until", month.keptUntil().toString(),
                "state", month.state().word(),
                "holds", month.holds().stream().map(HoldId::value).toList());
    }

    private static String line(MonthOfLog month, Words words) {
        return Columns.line(
                month.month(),
                words.say("bodies.entries", month.entries()),
                words.say("bodies." + month.state().word(), month.keptUntil()),
                String.join(" ", month.holds().stream().map(HoldId::value).toList()));
    }
}
