package org.vauban.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.vauban.hub.Hub;
import org.vauban.permit.Minimisation;
import org.vauban.permit.Minimisation.ColumnUse;
import picocli.CommandLine.Parameters;

/** {@code permit used}: what was asked, granted, delivered and used. */
final class UsedVerb extends HubVerb {
    @Parameters(paramLabel = "PERMIT", descriptionKey = "PERMIT")
    String permit = "";

    @Override
    protected Answer act(Hub hub, Call call) {
        Minimisation found = hub.permits().minimisation(actor(hub, call), PermitVerbs.id(permit, call));
        return Answer.of(
                Answer.document(
                        "permit", found.permit().value(),
                        "studies", found.studies(),
                        "statements", found.statements(),
                        "columns",
                                found.columns().stream()
                                        .map(column -> Answer.document(
                                                "table", column.column().table().tableName(),
                                                "column", column.column().name(),
                                                "asked", true,
                                                "granted", column.granted(),
                                                "delivered", column.delivered(),
                                                "used", column.used()))
                                        .toList()),
                lines(found, call.words()));
    }

    private static List<String> lines(Minimisation found, Words words) {
        List<String> lines = new ArrayList<>();
        lines.add(words.say("used.line", found.permit(), found.studies(), found.statements()));
        lines.add(Columns.line(
                words.say("used.asked"),
                words.say("used.granted"),
                words.say("used.delivered"),
                words.say("used.used")));
        for (ColumnUse each : found.columns()) {
            lines.add(Columns.line(
                    each.column().qualifiedName(),
                    words.say(each.granted() ? "used.yes" : "used.no"),
                    each.delivered(),
                    each.used()));
        }
        String idle = found.columns().stream()
                .filter(ColumnUse::isIdle)
                .map(each -> each.column().qualifiedName())
                .collect(Collectors.joining(", "));
        if (!idle.isEmpty()) {
            lines.add(words.say("used.idle", idle));
        }
        return lines;
    }
}
