package org.vauban.app.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vauban.hub.Hub;
import org.vauban.ingest.IngestReport;
import org.vauban.publication.PublishedEdition;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ingest} and {@code edition}: data in, and what there is. */
final class DataVerbs {
    private DataVerbs() {}

    static List<Branch> ingest() {
        return List.of(Branch.verb("omop", () -> new IngestOmop()));
    }

    static List<Branch> editions() {
        return List.of(Branch.verb("list", () -> new ListEditions()));
    }

    /** Publishes a folder of OMOP tables. */
    static final class IngestOmop extends HubVerb {
        private static final int LACKING_TOLD = 10;

        @Parameters(paramLabel = "DIR", descriptionKey = "FOLDER")
        Path folder = Path.of("");

        @Option(names = "--rejects", paramLabel = "FILE")
        Optional<Path> rejects = Optional.empty();

        @Option(names = "--objecting", paramLabel = "IDS.csv")
        Optional<Path> objecting = Optional.empty();

        @Override
        protected Answer act(Hub hub, Call call) {
            Path from = call.resolve(folder);
            Path rejectsFile = rejects.map(call::resolve)
                    .orElseGet(() -> from.resolveSibling(from.getFileName() + "-rejects.csv"));
            var published = hub.publications().omop(actor(hub, call), from, rejectsFile, objecting.map(call::resolve));
            published
                    .rowProblems()
                    .forEach(problem -> call.progress(problem.line(call.words().language())));
            PublishedEdition edition = published.edition();
            IngestReport report = published.report();
            List<String> lines = new ArrayList<>();
            lines.add(call.words()
                    .say(
                            "ingest.done",
                            edition.id(),
                            report.persons(),
                            report.rowsOut(),
                            report.rowsIn(),
                            report.rowsRejected()));
            lines.add("  " + call.words().say("ingest.root", edition.root()));
            report.quality()
                    .forEach(finding -> lines.add("  "
                            + call.words().say("ingest.finding", finding.check(), finding.rows(), finding.table())));
            report.lacking().stream()
                    .limit(LACKING_TOLD)
                    .forEach(each -> lines.add("  "
                            + call.words()
                                    .say(
                                            "ingest.lacking",
                                            each.conceptId(),
                                            each.rows(),
                                            each.table(),
                                            each.column())));
            if (report.lacking().size() > LACKING_TOLD) {
                lines.add("  "
                        + call.words()
                                .say("ingest.lacking-more", report.lacking().size() - LACKING_TOLD));
            }
            report.notices().forEach(notice -> lines.add("  " + notice));
            if (report.rowsRejected() > 0) {
                lines.add("  " + call.words().say("ingest.rejects", rejectsFile));
            }
            return Answer.of(
                    Answer.document(
                            "edition", edition.id().value(),
                            "root", edition.root(),
                            "persons", report.persons(),
                            "rows_in", report.rowsIn(),
                            "rows_out", report.rowsOut(),
                            "rows_rejected", report.rowsRejected(),
                            "log_index", edition.logIndex(),
                            "rejects_file", rejectsFile.toString(),
                            "report", report),
                    lines);
        }
    }

    static final class ListEditions extends HubVerb {
        @Override
        protected Answer act(Hub hub, Call call) {
            actor(hub, call);
            List<PublishedEdition> editions = hub.publications().list();
            return Answer.of(
                    Answer.document(
                            "editions",
                            editions.stream()
                                    .map(edition -> Answer.document(
                                            "edition", edition.id().value(),
                                            "root", edition.root(),
                                            "source", edition.source(),
                                            "published", edition.published().toString(),
                                            "log_index", edition.logIndex()))
                                    .toList()),
                    editions.stream()
                            .map(edition ->
                                    Columns.line(edition.id(), edition.source(), edition.published(), edition.root()))
                            .toList());
        }
    }
}
