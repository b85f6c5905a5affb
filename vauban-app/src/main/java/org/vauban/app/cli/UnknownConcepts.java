package org.vauban.app.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.vauban.app.laboratory.VocabularyUse;
import org.vauban.vocabulary.UnknownConcept;

/** Names the concepts that definitions list and the vocabulary lacks. They match nothing; rows are as they are. */
final class UnknownConcepts {
    private static final int DEFINITIONS_TOLD = 20;
    private static final int CONCEPTS_TOLD = 5;

    private UnknownConcepts() {}

    /** Warns on standard error, a line for each definition; the document names all. */
    static void warn(Call call, VocabularyUse use, List<String> names) {
        Words words = call.words();
        if (use.origin() == VocabularyUse.Origin.NONE) {
            call.terminal().err().println(words.say("vocabulary.none"));
        }
        int told = 0;
        int untold = 0;
        for (int index = 0; index < names.size(); index++) {
            List<UnknownConcept> unknown = use.unknown().get(index);
            if (unknown.isEmpty()) {
                continue;
            }
            if (told++ < DEFINITIONS_TOLD) {
                call.terminal()
                        .err()
                        .println(words.say("vocabulary.unknown", names.get(index), unknown.size(), list(unknown)));
            } else {
                untold++;
            }
        }
        if (untold > 0) {
            call.terminal().err().println(words.say("vocabulary.unknown-more", untold));
        }
    }

    private static String list(List<UnknownConcept> unknown) {
        String first = unknown.stream()
                .limit(CONCEPTS_TOLD)
                .map(each -> each.conceptName().isBlank()
                        ? "" + each.conceptId()
                        : each.conceptId() + " " + each.conceptName())
                .collect(Collectors.joining(", "));
        return unknown.size() > CONCEPTS_TOLD ? first + ", …" : first;
    }

    static List<Map<String, @Nullable Object>> documents(List<UnknownConcept> unknown) {
        return unknown.stream()
                .map(each -> Answer.document(
                        "concept_id", each.conceptId(),
                        "concept_name", each.conceptName(),
                        "concept_set", each.conceptSet()))
                .toList();
    }

    /** {@code folder}, {@code home} or {@code none}. */
    static String origin(VocabularyUse use) {
        return use.origin().name().toLowerCase(Locale.ROOT);
    }
}
