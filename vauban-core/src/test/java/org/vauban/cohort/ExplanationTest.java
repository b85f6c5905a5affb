package org.vauban.cohort;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vauban.cohort.explain.CohortExplainer;
import org.vauban.document.Documents;
import org.vauban.document.Node;
import org.vauban.study.SharedReference;

/** What a definition says is in its explanation, in both languages: all of it. */
class ExplanationTest {
    private static final int DEFINITIONS = 553;

    private static final String SMALL = """
            PrimaryCriteria:
              CriteriaList: [{DrugExposure: {CodesetId: 1, First: true, DaysSupply: {Value: 30, Op: gte}}}]
              ObservationWindow: {PriorDays: 365, PostDays: 0}
              PrimaryCriteriaLimit: {Type: First}
            InclusionRules:
            - name: ill before
              expression:
                Type: ANY
                CriteriaList:
                - Criteria: {ConditionOccurrence: {CodesetId: 2}}
                  StartWindow: {Start: {Days: 30, Coeff: -1}, End: {Days: 0, Coeff: 1}}
                  Occurrence: {Type: 2, Count: 2, IsDistinct: true, CountColumn: START_DATE}
                - Criteria: {Measurement: {CodesetId: 3, ValueAsNumber: {Value: 6.5, Op: gt}}}
                  StartWindow: {Start: {Coeff: -1}, End: {Days: 1, Coeff: -1}}
                  Occurrence: {Type: 0, Count: 0}
                  IgnoreObservationPeriod: true
                DemographicCriteriaList: [{Age: {Value: 18, Extent: 64, Op: bt}, Gender: [{CONCEPT_ID: 8532, CONCEPT_NAME: FEMALE}]}]
                Groups: []
            EndStrategy: {CustomEra: {DrugCodesetId: 1, GapDays: 30, Offset: 7}}
            CensoringCriteria: [{Death: {}}]
            CollapseSettings: {CollapseType: ERA, EraPad: 90}
            CensorWindow: {StartDate: 2012-01-01, EndDate: 2019-12-31}
            """;

    @Test
    void anExplanationReadsLikeThisInEnglish() {
        assertThat(body(SMALL, Locale.ENGLISH)).isEqualTo("""
                Cohort “cohort”
                  1. Entry: a person can enter the cohort on the first day of each of these events.
                    – a drug exposure to “set” (set 1)
                      – only the first of these of the person’s whole history, before anything else is looked at
                      – days supplied: at least 30 days
                    – The person must have been under continuous observation for at least 365 days before the event and at least 0 days after it.
                    – Of these events only the earliest of each person counts.
                  2. Inclusion: an entry event stays only if it meets every one of these rules.
                    – Rule 1: ill before
                      – one or more of these conditions:
                        – at least 2 different start days among diagnoses of “set” (set 2) starting between 30 days before the first day of the entry event and that day, within the same observation period as the entry event
                        – no measurement of “set” (set 3) starting no later than 1 day before the first day of the entry event, even outside observation periods
                          – value: more than 6.5
                        – of the person and the day all of this holds:
                          – age on the first day of the event, in calendar years: from 18 to 64 years
                          – gender of the person: FEMALE (8532)
                    – Of the events that remain only the earliest of each person starts a stay in the cohort.
                  3. Exit: when a stay in the cohort ends.
                    – When the continuous exposure to “set” (set 1) ends (found by concept or by source code).
                      – Exposures that are at most 30 days apart are one exposure.
                      – To the end of the exposure this is added: 7 days.
                      – Without such an exposure, or if that is earlier: at the end of the observation period.
                    – Earlier, at the first of these events on or after the day of entry.
                      – a death of any kind
                  4. Stays: how several stays of one person are joined.
                    – Stays that overlap or are at most 90 days apart become one stay.
                    – Only days from 1 January 2012 to 31 December 2019 count; what lies outside is cut off.
                """);
    }

    @Test
    void anExplanationReadsLikeThisInFrench() {
        assertThat(body(SMALL, Locale.FRENCH))
                .contains(
                        "    – une exposition médicamenteuse à « set » (jeu 1)\n",
                        "      – jours délivrés : au moins 30 jours\n",
                        "pendant au moins 365 jours avant l’événement et au moins 0 jour après.",
                        "au moins 2 jours de début différents parmi : diagnostics de « set » (jeu 2) débutant entre 30 jours avant le premier"
                                + " jour de l’événement d’entrée et ce jour, pendant la même période d’observation que l’événement d’entrée\n",
                        "aucune mesure de « set » (jeu 3) débutant au plus tard 1 jour avant le premier jour de l’événement d’entrée,"
                                + " même hors des périodes d’observation\n",
                        "valeur : plus de 6,5\n",
                        "âge le premier jour de l’événement, en années civiles : de 18 à 64 ans\n",
                        "Seuls comptent les jours du 1er janvier 2012 au 31 décembre 2019 ; ce qui est en dehors est coupé.\n");
    }

    @Test
    void whereOhdsisToolsLookAtSomethingElseTheTextSaysSo() {
        String text = body("""
                PrimaryCriteria:
                  CriteriaList: [{DrugExposure: {OccurrenceEndDate: {Value: 2012-01-01, Op: lt}}}]
                  ObservationWindow: {PriorDays: 0, PostDays: 0}
                InclusionRules:
                - name: race
                  expression: {Type: ALL, CriteriaList: [], Groups: [], DemographicCriteriaList: [{RaceCS: {CodesetId: 1}}]}
                """, Locale.ENGLISH);

        assertThat(text).contains("the start is what OHDSI’s tools test", "gender is what OHDSI’s tools test");
    }

    /** Whatever is changed in a definition changes what is said of it: nothing of it is left out. */
    @ParameterizedTest
    @ValueSource(strings = {"en", "fr"})
    void everyComponentOfADefinitionIsSaid(String tag) {
        Locale language = Locale.forLanguageTag(tag);
        Set<String> unsaid = new TreeSet<>();
        Set<String> changed = new HashSet<>();

        for (int seed = 0; seed < 150; seed++) {
            CohortDefinition definition = new RandomCohorts(seed).definition();
            String text = text(definition, language);
            for (Changes.Change change : Changes.of(definition)) {
                String component =
                        change.component().substring(change.component().lastIndexOf('/') + 1);
                changed.add(component);
                if (text(change.definition(), language).equals(text)) {
                    unsaid.add(component + " " + seed);
                }
            }
        }

        assertThat(unsaid).isEmpty();
        assertThat(changed).contains("CorrelatedCriterion.restrictVisit", "FixedOffset.days", "Item.includeMapped");
    }

    /** Every field of every domain, whatever the dice do. */
    @ParameterizedTest
    @ValueSource(strings = {"en", "fr"})
    void everyFieldHasAWording(String tag) {
        Locale language = Locale.forLanguageTag(tag);
        Set<String> fields = new HashSet<>();
        Set<DistinctColumn> columns = new HashSet<>();

        for (int seed = 0; seed < 3_000; seed++) {
            CohortDefinition definition = new RandomCohorts(seed).definition();
            assertThat(text(definition, language)).doesNotContain("{0}", "{1}", "{2}");
            definition.primary().criteria().forEach(criterion -> fields(criterion, fields));
            definition.rules().forEach(rule -> fields(rule.group(), fields, columns));
        }

        assertThat(fields).containsAll(allFields());
        assertThat(columns)
                .containsAll(CriterionLanguage.all().stream()
                        .flatMap(each -> each.distinctColumns().stream())
                        .toList());
    }

    /** Read from the file itself: its names and its numbers of days. */
    @ParameterizedTest
    @ValueSource(strings = {"en", "fr"})
    void theWholeLibraryIsExplainedWithItsNamesAndDays(String tag) throws IOException {
        Locale language = Locale.forLanguageTag(tag);
        List<String> missing = new ArrayList<>();
        int explained = 0;

        try (ZipFile library = new ZipFile(SharedReference.folder("data/cohorts/phenotypelibrary-cohorts-json.zip")
                .toFile())) {
            for (Enumeration<? extends ZipEntry> entries = library.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                try (InputStream json = library.getInputStream(entry)) {
                    Node document =
                            Documents.json(entry.getName(), new String(json.readAllBytes(), StandardCharsets.UTF_8));
                    String text = text(CohortDefinition.parse(document), language);
                    namesAndDays(document, "").stream()
                            .filter(written -> !text.contains(written))
                            .forEach(written -> missing.add(entry.getName() + " " + written));
                    explained++;
                }
            }
        }

        assertThat(missing).isEmpty();
        assertThat(explained).isEqualTo(DEFINITIONS);
    }

    private static List<String> namesAndDays(Node node, String name) {
        return switch (node) {
            case Node.Mapping mapping ->
                mapping.entries().entrySet().stream()
                        .flatMap(entry -> namesAndDays(entry.getValue(), entry.getKey()).stream())
                        .toList();
            case Node.Sequence sequence ->
                sequence.items().stream()
                        .flatMap(item -> namesAndDays(item, name).stream())
                        .toList();
            case Node.Scalar(var _, Long number)
            when (name.endsWith("Days") || name.endsWith("Offset") || name.equals("EraPad")) && number != 0 ->
                List.of(Math.abs(number) + " ");
            case Node.Scalar(var _, String text)
            when name.equals("name") || name.equals("CONCEPT_NAME") ->
                List.of(text.strip().replaceAll("\\s+", " "));
            default -> List.of();
        };
    }

    private static void fields(CriteriaGroup group, Set<String> fields, Set<DistinctColumn> columns) {
        group.correlated().forEach(correlated -> {
            fields(correlated.criterion(), fields);
            correlated.occurrence().distinct().ifPresent(columns::add);
        });
        group.demographic()
                .forEach(demographic -> demographic.tests().forEach(test -> fields.add("PERSON " + test.field())));
        group.groups().forEach(inner -> fields(inner, fields, columns));
    }

    private static void fields(Criterion criterion, Set<String> fields) {
        criterion.tests().forEach(test -> fields.add(criterion.domain() + " " + test.field()));
    }

    private static Set<String> allFields() {
        Set<String> all = new TreeSet<>();
        CriterionLanguage.all()
                .forEach(language -> language.fields().stream()
                        .filter(field -> field.form() != CriterionLanguage.Form.UNSUPPORTED)
                        .forEach(field -> all.add(language.domain() + " " + field.name())));
        CriterionLanguage.DEMOGRAPHIC.forEach(field -> all.add("PERSON " + field.name()));
        return all;
    }

    private static String text(CohortDefinition definition, Locale language) {
        return String.join("\n", CohortExplainer.explain(definition, language).lines()) + "\n";
    }

    /** The explanation of what is written beside the ten concept sets, without these. */
    private static String body(String yaml, Locale language) {
        String text = text(CohortSpecification.define(yaml), language);
        int sets = text.indexOf("  5. ");
        return sets < 0 ? text : text.substring(0, sets);
    }
}
