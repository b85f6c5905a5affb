package org.vauban.app.cli;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.vauban.hub.Hub;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.EditionId;
import org.vauban.people.Actor;
import org.vauban.permit.Extent;
import org.vauban.permit.Permit;
import org.vauban.permit.PermitId;
import org.vauban.permit.PermitTerms;
import org.vauban.permit.PotentialIdentifier;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code permit}: from application to end. */
final class PermitVerbs {
    private PermitVerbs() {}

    static List<Branch> permits() {
        return Stream.of(
                        List.of(Branch.verb("request", () -> new Request())),
                        ProcedureVerbs.verbs(),
                        List.of(
                                Branch.verb("grant", () -> new Grant()),
                                Branch.verb("refuse", () -> new Refuse()),
                                Branch.verb("withdraw", () -> new Withdraw()),
                                Branch.verb("amend", () -> new Amend()),
                                Branch.verb("renew", () -> new Renew()),
                                Branch.verb("retract", () -> new Retract()),
                                Branch.verb("list", () -> new ListPermits()),
                                Branch.verb("show", () -> new Show()),
                                Branch.verb("used", () -> new UsedVerb())))
                .flatMap(List::stream)
                .toList();
    }

    static final class Request extends HubVerb {
        @Parameters(paramLabel = "PERMIT.yaml", descriptionKey = "PERMIT.yaml")
        Path file = Path.of("");

        @Override
        protected Answer act(Hub hub, Call call) {
            Actor actor = actor(hub, call);
            return answer(hub.permits().request(actor, PermitTerms.document(call.resolve(file))), call);
        }
    }

    static final class Grant extends HubVerb {
        @Parameters(paramLabel = "PERMIT", descriptionKey = "PERMIT")
        String permit = "";

        @Override
        protected Answer act(Hub hub, Call call) {
            return answer(hub.permits().grant(actor(hub, call), id(permit, call)), call);
        }
    }

    static final class Refuse extends HubVerb {
        @Parameters(paramLabel = "PERMIT", descriptionKey = "PERMIT")
        String permit = "";

        @Option(names = "--reason", paramLabel = "TEXT", required = true)
        String reason = "";

        @Override
        protected Answer act(Hub hub, Call call) {
            return answer(hub.permits().refuse(actor(hub, call), id(permit, call), reason), call);
        }
    }

    static final class Withdraw extends HubVerb {
        @Parameters(paramLabel = "PERMIT", descriptionKey = "PERMIT")
        String permit = "";

        @Option(names = "--reason", paramLabel = "TEXT", required = true)
        String reason = "";

        @Override
        protected Answer act(Hub hub, Call call) {
            return answer(hub.permits().withdraw(actor(hub, call), id(permit, call), reason), call);
        }
    }

    static final class Amend extends HubVerb {
        @Parameters(index = "0", paramLabel = "PERMIT", descriptionKey = "PERMIT")
        String permit = "";

        @Parameters(index = "1", paramLabel = "PERMIT.yaml", descriptionKey = "PERMIT.yaml")
        Path file = Path.of("");

        @Override
        protected Answer act(Hub hub, Call call) {
            return answer(
                    hub.permits().amend(actor(hub, call), id(permit, call), PermitTerms.document(call.resolve(file))),
                    call);
        }
    }

    static final class Renew extends HubVerb {
        @Parameters(paramLabel = "PERMIT", descriptionKey = "PERMIT")
        String permit = "";

        @Option(names = "--end", paramLabel = "DAY", descriptionKey = "end", required = true)
        LocalDate end = LocalDate.EPOCH;

        @Override
        protected Answer act(Hub hub, Call call) {
            return answer(hub.permits().renew(actor(hub, call), id(permit, call), end), call);
        }
    }

    static final class Retract extends HubVerb {
        @Parameters(paramLabel = "PERMIT", descriptionKey = "PERMIT")
        String permit = "";

        @Override
        protected Answer act(Hub hub, Call call) {
            return answer(hub.permits().retract(actor(hub, call), id(permit, call)), call);
        }
    }

    static final class ListPermits extends HubVerb {
        @Override
        protected Answer act(Hub hub, Call call) {
            List<Permit> permits = hub.permits().list(actor(hub, call));
            return Answer.of(
                    Answer.document(
                            "permits",
                            permits.stream().map(PermitVerbs::document).toList()),
                    permits.stream()
                            .map(permit -> Columns.line(
                                    permit.id(),
                                    permit.state().word(),
                                    permit.project(),
                                    permit.terms().end(),
                                    title(permit, call)))
                            .toList());
        }
    }

    static final class Show extends HubVerb {
        @Parameters(paramLabel = "PERMIT", descriptionKey = "PERMIT")
        String permit = "";

        @Override
        protected Answer act(Hub hub, Call call) {
            PermitId id = id(permit, call);
            Permit found = hub.permits().list(actor(hub, call)).stream()
                    .filter(each -> each.id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND)
                            .with("what", call.words().say("thing.permit"))
                            .found(id)
                            .exception());
            return answer(found, call);
        }
    }

    static PermitId id(String text, Call call) {
        return Names.of("permit", text, call.words(), PermitId::new);
    }

    static Answer answer(Permit permit, Call call) {
        Words words = call.words();
        Extent extent = permit.terms().extent();
        List<String> lines = new ArrayList<>(List.of(
                words.say(
                        "permit.line",
                        permit.id(),
                        words.say("permit.state." + permit.state().word())),
                "  " + title(permit, call),
                "  " + words.say("permit.project", permit.project()),
                "  " + words.say("permit.period", extent.period())));
        extent.population()
                .ifPresent(population -> lines.add("  " + words.say("permit.population", population.name())));
        extent.conceptsByTable()
                .forEach((table, concepts) ->
                        lines.add("  " + words.say("permit.concepts", table, String.join(", ", concepts))));
        extent.justified().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(each -> words.say("permit.identifier", each.getKey().word(), each.getValue()))
                .forEach(line -> lines.add("  " + line));
        lines.add("  " + words.say("permit.end", permit.terms().end()));
        if (!extent.unjustified().isEmpty()) {
            lines.add("  "
                    + words.say("permit.unjustified", String.join(", ", unjustified(extent)), identifiers(extent)));
        }
        return Answer.of(document(permit), lines);
    }

    static String title(Permit permit, Call call) {
        return permit.terms().presentation().title().in(call.words().language());
    }

    private static List<String> unjustified(Extent extent) {
        return extent.unjustified().stream()
                .map(CdmColumn::qualifiedName)
                .sorted()
                .toList();
    }

    /** The identifiers that would have to be justified. */
    private static String identifiers(Extent extent) {
        return extent.unjustified().stream()
                .flatMap(column -> PotentialIdentifier.of(column).stream())
                .map(PotentialIdentifier::word)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static Map<String, @Nullable Object> document(Permit permit) {
        PermitTerms terms = permit.terms();
        Extent extent = terms.extent();
        return Answer.document(
                "permit", permit.id().value(),
                "project", permit.project().value(),
                "state", permit.state().word(),
                "title", terms.presentation().title().byLanguage(),
                "procedure", terms.dossier().procedure(),
                "purpose", terms.purpose().word(),
                "editions",
                        terms.extent().editions().stream().map(EditionId::value).toList(),
                "columns",
                        terms.extent().columns().stream()
                                .map(CdmColumn::qualifiedName)
                                .sorted()
                                .toList(),
                "period", terms.extent().period().toString(),
                "population",
                        extent.population()
                                .map(each -> Answer.document("name", each.name(), "circe", each.circe()))
                                .orElse(null),
                "concepts", extent.conceptsByTable(),
                "potential_identifiers",
                        extent.justified().entrySet().stream()
                                .collect(Collectors.toMap(
                                        each -> each.getKey().word(),
                                        Map.Entry::getValue,
                                        (first, _) -> first,
                                        TreeMap::new)),
                "unjustified", unjustified(extent),
                "end", terms.end().toString(),
                "requested", permit.requested().toString());
    }
}
