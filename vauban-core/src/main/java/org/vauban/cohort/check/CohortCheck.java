package org.vauban.cohort.check;

import java.util.Comparator;
import java.util.List;
import org.vauban.cohort.CohortDefinition;
import org.vauban.document.Node;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemKind;

/** Asks all questions of one definition. */
public final class CohortCheck {
    private CohortCheck() {}

    /**
     * What is worth knowing, warnings before hints.
     *
     * @param document what the definition was read from; it has the places, and what the definition leaves out
     */
    public static List<Problem> findings(CohortDefinition definition, Node document) {
        var walk = Walk.of(definition);
        var findings = new Findings(document);
        new ConceptSetQuestions(walk, findings).ask();
        new ValueQuestions(walk, findings).ask();
        new ConditionQuestions(walk, findings).ask();
        new TimeQuestions(walk, findings).ask();
        new CourseQuestions(walk, findings).ask();
        return findings.all().stream()
                .sorted(Comparator.comparing(problem -> problem.code().kind() != ProblemKind.WARNING))
                .toList();
    }
}
