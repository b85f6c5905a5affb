package org.vauban.app.page.office;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vauban.permit.Extent;
import org.vauban.permit.PermitTerms;

/** What a form has no field for must not get lost when a permit is amended by one: the permit would grant more. */
class ApplicationFormTest {
    private static final String PLAIN = """
            title: {fr: Un titre, en: A title}
            summary: {fr: Pourquoi, en: Why}
            organisation: A university
            purpose: research
            persons: [researcher]
            editions: [e-7k2m9q4d]
            tables: {person: [person_id], drug_exposure: [drug_concept_id]}
            period: {from: 2020-01-01, to: 2020-12-31}
            end: 2030-12-31
            explore: true
            """;

    private static final String COHORT = """
            {"ConceptSets": [], "PrimaryCriteria": {"CriteriaList": [{"ConditionOccurrence": {}}],
            "ObservationWindow": {"PriorDays": 0, "PostDays": 0}, "PrimaryCriteriaLimit": {"Type": "All"}},
            "QualifiedLimit": {"Type": "All"}, "ExpressionLimit": {"Type": "All"}, "InclusionRules": [],
            "CensoringCriteria": [], "CollapseSettings": {"CollapseType": "ERA", "EraPad": 0}, "CensorWindow": {}}
            """;

    @TempDir
    Path folder = Path.of("");

    @Test
    void whatItHasFieldsForItCanSay() throws IOException {
        assertThat(ApplicationForm.canSay(terms(PLAIN))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "concepts: {drug_exposure: [{concept: 1, descendants: true}]}",
                "potentialIdentifiers: {care-dates: Intervals of days}",
                "disclosure: {threshold: 20}",
                "population: {name: Some, cohort: COHORT}"
            })
    void whatItHasNoFieldForItCannot(String more) throws IOException {
        String line = more.replace("COHORT", COHORT.replace("\n", " "));

        assertThat(ApplicationForm.canSay(terms(PLAIN + line + "\n"))).isFalse();
    }

    @Test
    void norSeveralEditions() throws IOException {
        assertThat(ApplicationForm.canSay(terms(PLAIN.replace("[e-7k2m9q4d]", "[e-7k2m9q4d, e-8k2m9q4d]"))))
                .isFalse();
    }

    /** Something new in a permit has to be thought of here: in a field, or in what the form cannot say. */
    @Test
    void nothingNewIsForgotten() {
        assertThat(Arrays.stream(PermitTerms.class.getRecordComponents()).map(RecordComponent::getName))
                .containsExactly(
                        "presentation", "purpose", "persons", "extent", "end", "threshold", "explores", "dossier");
        assertThat(Arrays.stream(Extent.class.getRecordComponents()).map(RecordComponent::getName))
                .containsExactly("editions", "asked", "period", "population", "concepts", "justified");
    }

    private PermitTerms terms(String text) throws IOException {
        return PermitTerms.read(Files.writeString(folder.resolve("PERMIT.yaml"), text));
    }
}
