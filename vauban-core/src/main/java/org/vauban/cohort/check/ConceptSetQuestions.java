package org.vauban.cohort.check;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.vauban.cohort.Criterion;
import org.vauban.document.Node;
import org.vauban.problem.ProblemCode;
import org.vauban.trajectory.Domain;
import org.vauban.vocabulary.ConceptSet;

/** Are concept sets used, filled, and different from one another; do criteria look where their concepts can be? */
final class ConceptSetQuestions {
    private final Walk walk;
    private final Findings findings;
    private final List<ConceptSet> sets;

    ConceptSetQuestions(Walk walk, Findings findings) {
        this.walk = walk;
        this.findings = findings;
        this.sets = walk.definition().conceptSets();
    }

    void ask() {
        for (int index = 0; index < sets.size(); index++) {
            ConceptSet set = sets.get(index);
            String path = path(index);
            if (!walk.usedSets().contains(set.id())) {
                findings.add(ProblemCode.COHORT_SET_UNUSED, path, "name", set.name(), "id", set.id());
            }
            if (isEmpty(set)) {
                findings.add(ProblemCode.COHORT_SET_EMPTY, path + ".expression.items", "name", set.name());
            }
            askOfTwins(set, index);
            askOfItems(set, path);
        }
        for (Walk.At<Criterion> at : walk.criteria()) {
            askOfConcepts(at);
        }
    }

    /** Without an item that adds, nothing is in a set. */
    static boolean isEmpty(ConceptSet set) {
        return set.items().stream().allMatch(ConceptSet.Item::isExcluded);
    }

    private void askOfTwins(ConceptSet set, int index) {
        var items = new HashSet<>(set.items());
        sets.subList(0, index).stream()
                .filter(other -> !items.isEmpty() && items.equals(new HashSet<>(other.items())))
                .findFirst()
                .ifPresent(other -> findings.add(
                        ProblemCode.COHORT_SET_TWICE, path(index), "name", set.name(), "other", other.name()));
    }

    private void askOfItems(ConceptSet set, String path) {
        Set<Integer> seen = new HashSet<>();
        for (int item = 0; item < set.items().size(); item++) {
            int concept = set.items().get(item).conceptId();
            if (!seen.add(concept)) {
                findings.add(
                        ProblemCode.COHORT_CONCEPT_TWICE,
                        path + ".expression.items[" + item + "]",
                        "name",
                        set.name(),
                        "concept",
                        concept);
            }
        }
    }

    private void askOfConcepts(Walk.At<Criterion> at) {
        Criterion criterion = at.piece();
        boolean isPeriod =
                criterion.domain() == Domain.OBSERVATION_PERIOD || criterion.domain() == Domain.PAYER_PLAN_PERIOD;
        if (!isPeriod
                && criterion.domain() != Domain.DEATH
                && criterion.conceptSet().isEmpty()
                && criterion.sourceConceptSet().isEmpty()) {
            findings.add(ProblemCode.COHORT_ANY_CONCEPT, at.path(), "domain", criterion.word());
        }
        if (criterion.conceptSet().isPresent()) {
            askOfDomains(
                    criterion, at.path() + ".CodesetId", criterion.conceptSet().getAsInt());
        }
    }

    /** Concepts come with the domain that the vocabulary puts them in; records of another domain hardly ever carry them. */
    private void askOfDomains(Criterion criterion, String path, int id) {
        Optional<String> expected = vocabularyDomain(criterion.domain());
        if (expected.isEmpty()) {
            return;
        }
        for (int index = 0; index < sets.size(); index++) {
            if (sets.get(index).id() == id) {
                Set<String> found = domains(sets.get(index), path(index));
                boolean fits = found.isEmpty() || found.stream().anyMatch(domain -> domain.contains(expected.get()));
                if (!fits) {
                    findings.add(
                            ProblemCode.COHORT_SET_OF_OTHER_DOMAIN,
                            path,
                            "name",
                            sets.get(index).name(),
                            "expected",
                            expected.get(),
                            "found",
                            String.join(", ", found));
                }
            }
        }
    }

    /** The domains of all concepts that a set adds; none when the document does not say. */
    private Set<String> domains(ConceptSet set, String path) {
        Set<String> domains = new TreeSet<>();
        for (int item = 0; item < set.items().size(); item++) {
            if (!set.items().get(item).isExcluded()) {
                Optional<Node> domain = findings.node(path + ".expression.items[" + item + "].concept.DOMAIN_ID");
                if (domain.isPresent()
                        && domain.get() instanceof Node.Scalar scalar
                        && scalar.value() instanceof String text
                        && !text.isBlank()) {
                    domains.add(text);
                } else {
                    return Set.of();
                }
            }
        }
        return domains;
    }

    /** What the vocabulary calls the domain; a death's cause may be of any. */
    private static Optional<String> vocabularyDomain(Domain domain) {
        return switch (domain) {
            case CONDITION_OCCURRENCE, CONDITION_ERA -> Optional.of("Condition");
            case DRUG_EXPOSURE, DRUG_ERA, DOSE_ERA -> Optional.of("Drug");
            case PROCEDURE_OCCURRENCE -> Optional.of("Proc");
            case MEASUREMENT -> Optional.of("Meas");
            case OBSERVATION -> Optional.of("Obs");
            case DEVICE_EXPOSURE -> Optional.of("Device");
            case VISIT_OCCURRENCE, VISIT_DETAIL -> Optional.of("Visit");
            case SPECIMEN -> Optional.of("Spec");
            case DEATH, OBSERVATION_PERIOD, PAYER_PLAN_PERIOD -> Optional.empty();
        };
    }

    private static String path(int index) {
        return "$.ConceptSets[" + index + "]";
    }
}
