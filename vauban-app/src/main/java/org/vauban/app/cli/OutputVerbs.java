package org.vauban.app.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.vauban.airlock.Airlock.Decision;
import org.vauban.airlock.Output;
import org.vauban.airlock.OutputId;
import org.vauban.disclosure.Cleared;
import org.vauban.disclosure.DisclosureRules;
import org.vauban.disclosure.OutputCheck;
import org.vauban.disclosure.OutputCheckResult;
import org.vauban.disclosure.ShownTable;
import org.vauban.disclosure.Withheld;
import org.vauban.document.Fields;
import org.vauban.hub.Hub;
import org.vauban.print.Printed;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.project.AnalysisId;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** {@code output}: the disclosure check by itself, and the way of an output through the airlock. */
final class OutputVerbs {
    private OutputVerbs() {}

    static List<Branch> outputs() {
        return List.of(
                Branch.verb("check", () -> new Check()),
                Branch.verb("request", () -> new Request()),
                Branch.verb("review", () -> new Review()),
                Branch.verb("list", () -> new ListOutputs()),
                Branch.verb("show", () -> new Show()));
    }

    /** Checks one table from a file; needs no hub. */
    static final class Check extends LocalVerb {
        @Parameters(paramLabel = "TABLE.csv", descriptionKey = "TABLE.csv")
        Path table = Path.of("");

        @Option(names = "--count", paramLabel = "COLUMN")
        Optional<String> countColumn = Optional.empty();

        @Option(names = "--threshold", paramLabel = "N")
        Optional<Integer> threshold = Optional.empty();

        @Option(names = "--rules", paramLabel = "FILE")
        Optional<Path> rules = Optional.empty();

        @Option(names = "--sum", paramLabel = "COLUMN")
        Optional<String> sumColumn = Optional.empty();

        @Option(names = "--holder", paramLabel = "COLUMN")
        Optional<String> holderColumn = Optional.empty();

        @Override
        protected Answer act(Call call) {
            OutputCheckResult result = OutputCheck.check(
                    call.resolve(table),
                    new OutputCheck.Options(
                            countColumn, threshold(call.words()), rules.map(call::resolve), sumColumn, holderColumn));
            int status =
                    result.isCleared() ? 0 : ProblemCode.OUTPUT_WITHHELD.kind().exitStatus();
            return new Answer(document(result, call), lines(result, call), status);
        }

        private OptionalInt threshold(Words words) {
            if (threshold.isEmpty()) {
                return OptionalInt.empty();
            }
            int asked = threshold.get();
            if (asked < DisclosureRules.THRESHOLD_LEAST || asked > DisclosureRules.THRESHOLD_MOST) {
                throw Problem.of(ProblemCode.USAGE)
                        .expected(words.say(
                                "output.check.threshold",
                                DisclosureRules.THRESHOLD_LEAST,
                                DisclosureRules.THRESHOLD_MOST))
                        .found(asked)
                        .exception();
            }
            return OptionalInt.of(asked);
        }

        @SuppressWarnings("unchecked")
        private static Map<String, @Nullable Object> document(OutputCheckResult result, Call call) {
            return JsonMapper.shared().readValue(result.toJson(call.words().language()), Map.class);
        }

        private static List<String> lines(OutputCheckResult result, Call call) {
            Words words = call.words();
            List<String> lines = new ArrayList<>();
            lines.add(words.say(result.isCleared() ? "verdict.cleared" : "verdict.withheld"));
            for (OutputCheckResult.Cell cell : result.cells()) {
                String shown = cell.shownValue().isPresent()
                        ? String.valueOf(cell.shownValue().getAsLong())
                        : ShownTable.MARK;
                List<Object> columns = new ArrayList<>(List.of(
                        cell.row(),
                        words.say("cell." + cell.status().name().toLowerCase(java.util.Locale.ROOT)),
                        shown));
                cell.figures().ifPresent(figures -> {
                    columns.add(figures.sum());
                    figures.percentiles().values().stream()
                            .map(value -> value.isPresent() ? String.valueOf(value.getAsDouble()) : ShownTable.MARK)
                            .forEach(columns::add);
                });
                lines.add(Columns.line(columns.toArray()));
            }
            result.suppression()
                    .ifPresent(suppression -> lines.add(words.say(
                            "suppression." + suppression.proof().name().toLowerCase(java.util.Locale.ROOT),
                            suppression.cells())));
            result.reasons()
                    .forEach(reason -> lines.add(
                            "  " + reason.sentence(words.language()) + " → " + reason.remedy(words.language())));
            return lines;
        }
    }

    /** The author asks for outputs to leave. */
    static final class Request extends HubVerb {
        @Parameters(index = "0", paramLabel = "ANALYSIS", descriptionKey = "ANALYSIS")
        String analysis = "";

        @Parameters(index = "1..*", arity = "0..*", paramLabel = "NAME", descriptionKey = "OUTPUT-NAME")
        List<String> names = List.of();

        @Override
        protected Answer act(Hub hub, Call call) {
            return answer(
                    hub.airlock()
                            .request(
                                    actor(hub, call),
                                    Names.of("analysis", analysis, call.words(), AnalysisId::new),
                                    names),
                    call);
        }
    }

    /** One person's decision. */
    static final class Review extends HubVerb {
        @Parameters(paramLabel = "OUTPUT", descriptionKey = "OUTPUT")
        String output = "";

        @Option(names = "--decision", paramLabel = "approve|refuse", required = true)
        String decision = "";

        @Option(names = "--comment", paramLabel = "TEXT")
        String comment = "";

        @Override
        protected Answer act(Hub hub, Call call) {
            Decision decided = switch (decision) {
                case "approve" -> Decision.APPROVED;
                case "refuse" -> Decision.REFUSED;
                default ->
                    throw Problem.of(ProblemCode.FIELD_WRONG_VALUE)
                            .with("field", "--decision")
                            .expected("approve, refuse")
                            .found(decision)
                            .exception();
            };
            return answer(List.of(hub.airlock().review(actor(hub, call), id(output, call), decided, comment)), call);
        }
    }

    static final class ListOutputs extends HubVerb {
        @Override
        protected Answer act(Hub hub, Call call) {
            return answer(hub.airlock().list(actor(hub, call)), call);
        }
    }

    /** What would leave, or why it may not. */
    static final class Show extends HubVerb {
        @Parameters(paramLabel = "OUTPUT", descriptionKey = "OUTPUT")
        String output = "";

        @Override
        protected Answer act(Hub hub, Call call) {
            OutputId id = id(output, call);
            return switch (hub.airlock().show(actor(hub, call), id)) {
                case Cleared cleared -> {
                    String csv = Printed.of(cleared.content(), id.value()).csv();
                    yield Answer.of(
                            Answer.document(
                                    "output", id.value(),
                                    "verdict", "cleared",
                                    "cells", cleared.tally().cells(),
                                    "suppressed", cleared.tally().suppressed(),
                                    "rounded", cleared.tally().rounded(),
                                    "secondary_suppression",
                                            cleared.suppression()
                                                    .map(found -> Fields.word(found.proof()))
                                                    .orElse(null),
                                    "csv", csv),
                            call.words().say("verdict.cleared"),
                            csv.stripTrailing());
                }
                case Withheld withheld ->
                    Answer.of(
                            Answer.document(
                                    "output", id.value(),
                                    "verdict", "withheld",
                                    "reasons",
                                            withheld.reasons().stream()
                                                    .map(reason -> Answer.document(
                                                            "code",
                                                                    reason.code()
                                                                            .name(),
                                                            "place", reason.place(),
                                                            "reason",
                                                                    reason.sentence(call.words()
                                                                            .language()),
                                                            "remedy",
                                                                    reason.remedy(call.words()
                                                                            .language())))
                                                    .toList()),
                            reasons(withheld, call.words()));
            };
        }

        private static List<String> reasons(Withheld withheld, Words words) {
            List<String> lines = new ArrayList<>(List.of(words.say("verdict.withheld")));
            withheld.reasons()
                    .forEach(reason -> lines.add(
                            "  " + reason.sentence(words.language()) + " → " + reason.remedy(words.language())));
            return lines;
        }
    }

    private static OutputId id(String text, Call call) {
        return Names.of("output", text, call.words(), OutputId::new);
    }

    private static Answer answer(List<Output> outputs, Call call) {
        return Answer.of(
                Answer.document(
                        "outputs", outputs.stream().map(OutputVerbs::document).toList()),
                outputs.stream()
                        .map(output -> Columns.line(
                                output.id(),
                                call.words().say("output.state." + output.state()),
                                call.words().say("output.approvals", output.approvals()),
                                output.analysis(),
                                output.name()))
                        .toList());
    }

    private static Map<String, @Nullable Object> document(Output output) {
        return Answer.document(
                "output", output.id().value(),
                "analysis", output.analysis().value(),
                "project", output.project().value(),
                "edition", output.edition().value(),
                "name", output.name(),
                "kind", output.kind(),
                "verdict", output.verdict(),
                "digest", output.digest(),
                "state", output.state(),
                "approvals", output.approvals());
    }
}
