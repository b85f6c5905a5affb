package org.vauban.app.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.vauban.gate.Receipt;
import org.vauban.hub.Hub;
import org.vauban.omop.EditionId;
import org.vauban.permit.ProjectId;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.sql.Explored;
import org.vauban.sql.SqlRequest;
import org.vauban.sql.Tabulation;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sql}: a SELECT of one's own on what a permit grants, run by a confined worker. */
final class SqlVerbs {
    private SqlVerbs() {}

    static List<Branch> sql() {
        return List.of(Branch.verb("explore", () -> new Explore()), Branch.verb("tabulate", () -> new Tabulate()));
    }

    /** What both doors need. */
    abstract static class OnAnEdition extends HubVerb {
        @Parameters(paramLabel = "QUERY.sql", descriptionKey = "QUERY.sql")
        Path query = Path.of("");

        @Option(names = "--edition", paramLabel = "E", required = true)
        String edition = "";

        @Option(names = "--project", paramLabel = "P")
        Optional<String> project = Optional.empty();

        final SqlRequest request(Call call) {
            ProjectId space = project.map(name -> Names.of("project", name, call.words(), ProjectId::new))
                    .orElseThrow(() -> Problem.of(ProblemCode.PERMIT_REQUIRED)
                            .expected("--project P")
                            .found(call.words().say("usage.nothing"))
                            .exception());
            return new SqlRequest(
                    call.resolve(query), Names.of("edition", edition, call.words(), EditionId::new), space);
        }
    }

    /** Rows inside the project space. */
    static final class Explore extends OnAnEdition {
        /** What a value could do to a terminal. */
        private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

        private static final UnaryOperator<@Nullable String> SHOWN =
                value -> value == null ? "–" : CONTROL.matcher(value).replaceAll(" ");

        @Override
        protected Answer act(Hub hub, Call call) {
            Explored explored = hub.sql().explore(actor(hub, call), request(call));
            return Answer.of(
                    Answer.document(
                            "columns",
                                    explored.columns().stream()
                                            .map(column ->
                                                    Answer.document("name", column.name(), "type", column.type()))
                                            .toList(),
                            "rows", explored.rows(),
                            "is_whole", explored.isWhole(),
                            "log_index", explored.logIndex()),
                    lines(explored, call));
        }

        private static List<String> lines(Explored explored, Call call) {
            List<String> lines = new ArrayList<>();
            lines.add(Columns.line(explored.columns().stream()
                    .map(Explored.Column::name)
                    .map(SHOWN)
                    .toArray()));
            explored.rows()
                    .forEach(row ->
                            lines.add(Columns.line(row.stream().map(SHOWN).toArray())));
            if (!explored.isWhole()) {
                lines.add(call.words().say("sql.more", explored.rows().size()));
            }
            return lines;
        }
    }

    /** Counts persons by the dimensions of a SELECT. */
    static final class Tabulate extends OnAnEdition {
        @Option(names = "--by", paramLabel = "COLUMN", required = true, split = ",")
        List<String> by = List.of();

        @Option(names = "--name", paramLabel = "NAME", descriptionKey = "tabulation-name")
        String name = "tabulation";

        @Override
        protected Answer act(Hub hub, Call call) {
            Receipt receipt = hub.sql().tabulate(actor(hub, call), request(call), new Tabulation(name, by));
            return Answer.of(Receipts.document(receipt), Receipts.lines(receipt, call));
        }
    }
}
