package org.vauban.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vauban.disclosure.Cleared;
import org.vauban.disclosure.Verdict;
import org.vauban.disclosure.Withheld;
import org.vauban.gate.Receipt;
import org.vauban.project.Projects.OutputVerdict;

/** What an author takes away, as a document and in lines. */
final class Receipts {
    private Receipts() {}

    static Map<String, @Nullable Object> document(Receipt receipt) {
        return Answer.document(
                "analysis", receipt.analysis().value(),
                "project", receipt.project().value(),
                "permit", receipt.permit().value(),
                "edition", receipt.edition().value(),
                "study_hash", receipt.studyHash(),
                "log_index", receipt.logIndex(),
                "outputs",
                        receipt.outputs().stream()
                                .map(output -> Answer.document(
                                        "output", output.output(),
                                        "name", output.name(),
                                        "kind", output.kind(),
                                        "verdict", word(output.verdict())))
                                .toList());
    }

    static List<String> lines(Receipt receipt, Call call) {
        List<String> lines = new ArrayList<>();
        lines.add(call.words()
                .say("study.done", receipt.analysis(), receipt.project(), receipt.permit(), receipt.logIndex()));
        for (OutputVerdict output : receipt.outputs()) {
            lines.add("  " + output.output() + "  "
                    + call.words()
                            .say("study.output", output.name(), call.words().say("verdict." + word(output.verdict()))));
        }
        return lines;
    }

    private static String word(Verdict verdict) {
        return switch (verdict) {
            case Cleared _ -> "cleared";
            case Withheld _ -> "withheld";
        };
    }
}
