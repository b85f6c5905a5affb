package org.vauban.app.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.vauban.harmonise.BusinessRule;
import org.vauban.hub.Hub;
import org.vauban.hub.HubConfiguration;
import org.vauban.ingest.IngestReport;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.publication.Publications;
import org.vauban.publication.PublishedEdition;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** {@code publish}: what was deposited becomes an edition. */
final class PublishVerb extends HubVerb {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String UNIX = "unix:";

    @Option(names = "--identity", paramLabel = "unix:PATH")
    Optional<String> identity = Optional.empty();

    @Option(names = "--rejects", paramLabel = "FILE")
    Optional<Path> rejects = Optional.empty();

    @Option(names = "--without", paramLabel = "RULE", split = ",")
    List<String> without = List.of();

    @Override
    protected Answer act(Hub hub, Call call) {
        Path home = hub.home().folder();
        Path zone = identity.map(address -> socket(address, call))
                .orElseGet(() -> HubConfiguration.identityFolder(home).resolve("answers.sock"));
        Path rejectsFile =
                rejects.map(call::resolve).orElseGet(() -> home.resolveSibling(home.getFileName() + "-rejects.csv"));
        Publications.FromDeposits made =
                hub.publications().deposits(actor(hub, call), hub.deposits(), zone, rejectsFile, switchedOff());
        made.publication()
                .rowProblems()
                .forEach(problem -> call.progress(problem.line(call.words().language())));
        return answer(made, rejectsFile, call);
    }

    private static Path socket(String address, Call call) {
        if (!address.startsWith(UNIX)) {
            throw Problem.of(ProblemCode.FIELD_WRONG_VALUE)
                    .with("field", "--identity")
                    .expected("unix:PATH")
                    .found(address)
                    .exception();
        }
        return call.resolve(Path.of(address.substring(UNIX.length())));
    }

    private Set<BusinessRule> switchedOff() {
        Set<BusinessRule> off = EnumSet.noneOf(BusinessRule.class);
        for (String name : without) {
            off.add(BusinessRule.named(name)
                    .orElseThrow(() -> Problem.of(ProblemCode.FIELD_WRONG_VALUE)
                            .with("field", "--without")
                            .expected(Arrays.stream(BusinessRule.values())
                                    .map(BusinessRule::ruleName)
                                    .collect(Collectors.joining(", ")))
                            .found(name)
                            .exception()));
        }
        return off;
    }

    private static Answer answer(Publications.FromDeposits made, Path rejectsFile, Call call) {
        PublishedEdition edition = made.publication().edition();
        IngestReport report = made.publication().report();
        Words words = call.words();
        List<String> lines = new ArrayList<>();
        lines.add(words.say(
                "publish.linked",
                made.linkage().records(),
                made.linkage().persons(),
                made.deposits().size()));
        lines.add(words.say(
                "ingest.done",
                edition.id(),
                report.persons(),
                report.rowsOut(),
                report.rowsIn(),
                report.rowsRejected()));
        lines.add("  " + words.say("ingest.root", edition.root()));
        report.attrition().stream()
                .filter(line -> line.dropped() + line.merged() + line.counted() > 0 || !line.isOn())
                .forEach(line -> lines.add("  " + rule(line, words)));
        report.notices().forEach(notice -> lines.add("  " + notice));
        if (report.rowsRejected() > 0) {
            lines.add("  " + words.say("ingest.rejects", rejectsFile));
        }
        return Answer.of(document(made, rejectsFile), lines);
    }

    private static String rule(IngestReport.Attrition line, Words words) {
        String sentence = BusinessRule.named(line.rule())
                .map(rule -> rule.sentence(words.language()))
                .orElse(line.rule());
        return line.isOn()
                ? words.say(
                        "publish.rule",
                        line.rule(),
                        line.table(),
                        line.rowsIn(),
                        line.rowsOut(),
                        line.counted(),
                        sentence)
                : words.say("publish.rule-off", line.rule(), sentence);
    }

    private static Map<String, @Nullable Object> document(Publications.FromDeposits made, Path rejectsFile) {
        PublishedEdition edition = made.publication().edition();
        IngestReport report = made.publication().report();
        return Answer.document(
                "edition", edition.id().value(),
                "root", edition.root(),
                "deposits", made.deposits().stream().map(id -> id.value()).toList(),
                "persons", report.persons(),
                "rows_in", report.rowsIn(),
                "rows_out", report.rowsOut(),
                "rows_rejected", report.rowsRejected(),
                "log_index", edition.logIndex(),
                "rejects_file", rejectsFile.toString(),
                "linkage",
                        Answer.document(
                                "batch", made.linkage().batch(),
                                "records", made.linkage().records(),
                                "persons", made.linkage().persons(),
                                "seconds", seconds(made.linkage().duration()),
                                "report", JSON.readTree(made.linkage().report())),
                "harmonise_seconds", seconds(made.harmonised()),
                "report", report);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
