package org.vauban.cohort;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.vauban.cohort.check.CohortCheck;
import org.vauban.cohort.reference.ReferenceEvaluator;
import org.vauban.document.Node;
import org.vauban.document.Spot;
import org.vauban.problem.Place;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.trajectory.InMemoryTrajectorySource;

/** Of a condition that is said to hold of nobody or of everybody, evaluation says the same. */
class FindingsHoldTest {
    private static final int DEFINITIONS = 1_500;
    private static final int PERSONS = 15;
    private static final long FIRST_SEED = 20_261_122L;
    private static final Node NO_DOCUMENT = new Node.Mapping(Spot.root("random", 1, 1), Map.of());

    /** A count that stands in the outermost group of a rule. */
    private static final Pattern COUNT_OF_A_RULE =
            Pattern.compile("\\$\\.InclusionRules\\[(\\d+)]\\.expression\\.CriteriaList\\[\\d+]\\.Occurrence");

    /** Rules of which a finding says that no event, or every event, meets them. */
    private record Claim(int rule, ProblemCode code, String reason) {}

    @Test
    void nobodyAndEverybodyAreWhatEvaluationFinds() {
        Map<ProblemCode, Integer> held = new EnumMap<>(ProblemCode.class);
        Set<String> reasons = new TreeSet<>();

        for (int seed = 0; seed < DEFINITIONS; seed++) {
            var random = new RandomCohorts(FIRST_SEED + seed);
            CohortDefinition drawn = random.definition();
            CohortDefinition definition = seed % 4 == 0 ? countingItsEntry(drawn, seed) : drawn;
            List<Claim> claims = claims(definition);
            if (claims.isEmpty()) {
                continue;
            }
            var source = new InMemoryTrajectorySource(
                    List.of(random.bucket(definition.needs(), 1, PERSONS)), CohortSpecification.vocabulary());
            Attrition attrition = new ReferenceEvaluator()
                    .evaluate(List.of(definition), source, EvaluationProgress.SILENT)
                    .result(0)
                    .attrition();
            for (Claim claim : claims) {
                long expected = claim.code() == ProblemCode.COHORT_NOBODY ? 0 : attrition.qualifiedEvents();
                assertThat(attrition.steps().get(claim.rule()).eventsMeeting())
                        .as("seed %d, rule %d, %s: %s", seed, claim.rule(), claim.code(), definition)
                        .isEqualTo(expected);
                if (attrition.qualifiedEvents() > 0) {
                    held.merge(claim.code(), 1, Integer::sum);
                    reasons.add(claim.reason());
                }
            }
        }

        assertThat(held.get(ProblemCode.COHORT_NOBODY)).isGreaterThan(20);
        assertThat(held.get(ProblemCode.COHORT_EVERYBODY)).isGreaterThan(20);
        assertThat(reasons).contains("the entry event itself is counted");
    }

    /** The definition with rules that look for its first entry event around each entry event. */
    private static CohortDefinition countingItsEntry(CohortDefinition definition, int seed) {
        Criterion entry = definition.primary().criteria().getFirst();
        var itself = new Criterion(
                entry.domain(),
                entry.conceptSet(),
                entry.sourceConceptSet(),
                false,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty());
        var around = new EventWindow(
                new EventWindow.Bound(OptionalInt.of(seed % 3), true),
                new EventWindow.Bound(OptionalInt.empty(), false),
                false,
                false);
        return new CohortDefinition(
                definition.name(),
                definition.conceptSets(),
                new PrimaryCriteria(
                        List.of(entry),
                        definition.primary().priorDays(),
                        definition.primary().postDays(),
                        definition.primary().limit()),
                definition.additional(),
                definition.qualifiedLimit(),
                List.of(
                        rule(
                                CriteriaGroup.Kind.ALL,
                                itself,
                                around,
                                new Occurrence(Occurrence.Kind.EXACTLY, 0, Optional.empty())),
                        rule(
                                CriteriaGroup.Kind.ANY,
                                itself,
                                around,
                                new Occurrence(Occurrence.Kind.AT_LEAST, 1, Optional.empty()))),
                definition.expressionLimit(),
                definition.exit(),
                definition.censoring(),
                definition.eraPadDays(),
                definition.censorWindow());
    }

    private static InclusionRule rule(
            CriteriaGroup.Kind kind, Criterion criterion, EventWindow around, Occurrence occurrence) {
        var counted = new CorrelatedCriterion(criterion, around, Optional.empty(), occurrence, false, false);
        return new InclusionRule("rule", "", new CriteriaGroup(kind, 0, List.of(counted), List.of(), List.of()));
    }

    private static List<Claim> claims(CohortDefinition definition) {
        List<Claim> claims = new ArrayList<>();
        for (Problem finding : CohortCheck.findings(definition, NO_DOCUMENT)) {
            Matcher path =
                    COUNT_OF_A_RULE.matcher(finding.where().flatMap(Place::path).orElse(""));
            String reason = finding.arguments().getOrDefault("reason", "");
            // A first record counts once for each of its visits, and so may count twice.
            if (path.matches() && !reason.contains("first record")) {
                int rule = Integer.parseInt(path.group(1));
                CriteriaGroup.Kind kind = definition.rules().get(rule).group().kind();
                boolean decides = (kind == CriteriaGroup.Kind.ALL && finding.code() == ProblemCode.COHORT_NOBODY)
                        || (kind == CriteriaGroup.Kind.ANY && finding.code() == ProblemCode.COHORT_EVERYBODY);
                if (decides) {
                    claims.add(new Claim(rule, finding.code(), reason));
                }
            }
        }
        return claims;
    }
}
