package org.vauban.cohort;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.vauban.cohort.compiled.CompiledEvaluator;
import org.vauban.cohort.reference.ReferenceEvaluator;
import org.vauban.trajectory.Domain;

/** The two evaluators agree on random definitions and persons. */
class EvaluatorAgreementTest {
    private static final int DEFINITIONS = Integer.getInteger("vauban.agreement.definitions", 2_000);
    private static final long FIRST_SEED = Long.getLong("vauban.agreement.seed", 20_261_121L);

    @Test
    void bothEvaluatorsGiveTheSameRowsAndTheSameAttrition() {
        int withMembers = 0;
        int withSeveralStays = 0;

        for (int batch = 0; batch < DEFINITIONS / RandomRound.DEFINITIONS; batch++) {
            long seed = FIRST_SEED + batch;
            var round = RandomRound.of(seed);
            CohortResults expected = round.evaluate(new ReferenceEvaluator());
            CohortResults found = round.evaluate(new CompiledEvaluator());

            for (int i = 0; i < round.definitions().size(); i++) {
                String which = "seed " + seed + ", definition " + i + ": "
                        + round.definitions().get(i);
                assertThat(RandomRound.rows(found.result(i))).as(which).isEqualTo(RandomRound.rows(expected.result(i)));
                assertThat(found.result(i).attrition())
                        .as(which)
                        .isEqualTo(expected.result(i).attrition());
                withMembers += expected.result(i).entries().size() > 0 ? 1 : 0;
                withSeveralStays += expected.result(i).entries().size()
                                > expected.result(i).entries().numberOfPersons()
                        ? 1
                        : 0;
            }
        }

        System.out.printf(
                "%d definitions in rounds of %d on %d persons: %d with members, %d with several stays of one%n",
                DEFINITIONS, RandomRound.DEFINITIONS, RandomRound.PERSONS, withMembers, withSeveralStays);
        // Agreement on empty cohorts would show nothing.
        assertThat(withMembers).isGreaterThan(DEFINITIONS * 3 / 10);
        assertThat(withSeveralStays).isGreaterThan(DEFINITIONS / 40);
    }

    @Test
    void everyPartOfTheLanguageIsGenerated() {
        var random = new RandomCohorts(FIRST_SEED);
        var seen = new Seen();

        for (int i = 0; i < DEFINITIONS; i++) {
            seen.definition(random.definition());
        }

        assertThat(seen.domains).isEqualTo(EnumSet.allOf(Domain.class));
        assertThat(seen.records)
                .containsAll(Arrays.asList(AttributeTest.class.getPermittedSubclasses()))
                .containsAll(Arrays.asList(Subject.class.getPermittedSubclasses()))
                .containsAll(Arrays.asList(ExitStrategy.class.getPermittedSubclasses()));
        assertThat(seen.words)
                .containsAll(EnumSet.allOf(Comparison.class))
                .containsAll(EnumSet.allOf(EventLimit.class))
                .containsAll(EnumSet.allOf(CriteriaGroup.Kind.class))
                .containsAll(EnumSet.allOf(Occurrence.Kind.class))
                .containsAll(EnumSet.allOf(TextPattern.Where.class));
        assertThat(seen.fields).containsAll(allFields());
        assertThat(seen.distinct).isEqualTo(allDistinctColumns());
    }

    private static Set<String> allFields() {
        Set<String> fields = new HashSet<>();
        for (CriterionLanguage language : CriterionLanguage.all()) {
            for (CriterionLanguage.Field field : language.fields()) {
                if (field.form() != CriterionLanguage.Form.UNSUPPORTED) {
                    fields.add(language.domain() + "." + field.name());
                }
            }
        }
        return fields;
    }

    private static Set<String> allDistinctColumns() {
        Set<String> columns = new HashSet<>();
        for (CriterionLanguage language : CriterionLanguage.all()) {
            language.distinctColumns().forEach(column -> columns.add(language.domain() + "." + column));
        }
        return columns;
    }

    /** Walks through definitions and notes what they are made of. */
    private static final class Seen {
        private final Set<Domain> domains = EnumSet.noneOf(Domain.class);
        private final Set<Class<?>> records = new HashSet<>();
        private final Set<Enum<?>> words = new HashSet<>();
        private final Set<String> fields = new HashSet<>();
        private final Set<String> distinct = new HashSet<>();

        void definition(CohortDefinition definition) {
            words.add(definition.primary().limit());
            words.add(definition.qualifiedLimit());
            words.add(definition.expressionLimit());
            records.add(definition.exit().getClass());
            definition.primary().criteria().forEach(this::criterion);
            definition.additional().ifPresent(this::group);
            definition.rules().forEach(rule -> group(rule.group()));
            definition.censoring().forEach(this::criterion);
        }

        private void criterion(Criterion criterion) {
            domains.add(criterion.domain());
            criterion.tests().forEach(test -> {
                test(test);
                fields.add(criterion.domain() + "." + test.field());
            });
            criterion.correlated().ifPresent(this::group);
        }

        private void test(AttributeTest test) {
            records.add(test.getClass());
            records.add(test.subject().getClass());
            switch (test) {
                case AttributeTest.NumberTest number -> words.add(number.range().comparison());
                case AttributeTest.DayTest day -> words.add(day.range().comparison());
                case AttributeTest.TextTest text -> words.add(text.pattern().where());
                case AttributeTest.ConceptTest _, AttributeTest.ConceptSetTest _, AttributeTest.AbnormalTest _ -> {}
            }
        }

        private void group(CriteriaGroup group) {
            words.add(group.kind());
            group.demographic().forEach(demographic -> demographic.tests().forEach(this::test));
            group.groups().forEach(this::group);
            group.correlated().forEach(correlated -> {
                criterion(correlated.criterion());
                words.add(correlated.occurrence().kind());
                Optional<DistinctColumn> column = correlated.occurrence().distinct();
                column.ifPresent(each -> distinct.add(correlated.criterion().domain() + "." + each));
            });
        }
    }
}
