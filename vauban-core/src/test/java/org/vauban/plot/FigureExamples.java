package org.vauban.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Figures with made-up numbers, in both languages. */
final class FigureExamples {
    private FigureExamples() {}

    static List<Figure> all() {
        return List.of(
                survival("kaplan-meier", Locale.ENGLISH),
                survival("kaplan-meier-fr", Locale.FRENCH),
                deep("kaplan-meier-deep"),
                forest("forest", Locale.ENGLISH),
                forest("forest-fr", Locale.FRENCH),
                attrition("attrition", Locale.ENGLISH),
                attrition("attrition-fr", Locale.FRENCH));
    }

    static KaplanMeierFigure survival(String id, Locale language) {
        boolean french = language.equals(Locale.FRENCH);
        List<Double> ticks = KaplanMeierFigure.dayTicks(31);
        return new KaplanMeierFigure(
                id,
                new FigureWords(
                        french ? "Survie sans hémorragie" : "Survival without bleeding",
                        french ? "Deux courbes de 0 à 31 jours." : "Two curves from 0 to 31 days.",
                        language),
                french ? "Jours depuis la première délivrance" : "Days since first dispensing",
                french ? "Probabilité sans événement" : "Probability without event",
                french ? "Nombre à risque" : "Number at risk",
                french ? "L’axe vertical commence à {0}." : "The vertical axis begins at {0}.",
                ticks,
                List.of(
                        arm("Celecoxib", 1797, 0.0021, 31, ticks, language),
                        arm("Diclofenac", 830, 0.0018, 31, ticks, language)));
    }

    static KaplanMeierFigure deep(String id) {
        List<Double> ticks = KaplanMeierFigure.dayTicks(1000);
        return new KaplanMeierFigure(
                id,
                new FigureWords("Survival by treatment", "Three curves & what <they> \"say\".", Locale.ENGLISH),
                "Days since randomisation",
                "Probability without event",
                "Number at risk",
                "The vertical axis begins at {0}.",
                ticks,
                List.of(
                        arm("Observation", 315, 0.0021, 1000, ticks, Locale.ENGLISH),
                        arm("Levamisole", 310, 0.0017, 1000, ticks, Locale.ENGLISH),
                        arm("Levamisole + 5-FU", 304, 0.0009, 1000, ticks, Locale.ENGLISH)));
    }

    static ForestFigure forest(String id, Locale language) {
        boolean french = language.equals(Locale.FRENCH);
        return new ForestFigure(
                id,
                new FigureWords(
                        french ? "Rapports de risques instantanés" : "Hazard ratios",
                        french ? "Quatre estimations." : "Four estimates.",
                        language),
                french ? "Rapport de risques (échelle logarithmique)" : "Hazard ratio (logarithmic scale)",
                french ? "moins avec célécoxib" : "less with celecoxib",
                french ? "plus avec célécoxib" : "more with celecoxib",
                french ? List.of("Célécoxib", "Diclofénac") : List.of("Celecoxib", "Diclofenac"),
                french ? "RR (IC 95 %)" : "HR (95% CI)",
                List.of(
                        new ForestFigure.Row(
                                french ? "Cox, brut" : "Cox, crude",
                                List.of("113 / 1,797", "46 / 830"),
                                1.134,
                                0.811,
                                1.613),
                        new ForestFigure.Row(
                                french ? "Cox, ajusté sur l’âge et le sexe" : "Cox, adjusted for age and sex",
                                List.of("113 / 1,797", "46 / 830"),
                                1.09,
                                0.77,
                                1.54),
                        new ForestFigure.Row(
                                french ? "Femmes" : "Women", List.of("60 / 900", "21 / 400"), 0.62, 0.31, 1.24),
                        new ForestFigure.Row(
                                french ? "80 ans et plus" : "80 years and over",
                                List.of("2 / 41", "1 / 17"),
                                1.9,
                                0.2,
                                Double.POSITIVE_INFINITY)));
    }

    static AttritionFigure attrition(String id, Locale language) {
        boolean french = language.equals(Locale.FRENCH);
        return new AttritionFigure(
                id,
                new FigureWords(
                        french ? "Qui reste après chaque étape" : "Who remains after each step",
                        french ? "Deux bras, quatre étapes." : "Two arms, four steps.",
                        language),
                french ? List.of("Célécoxib", "Diclofénac") : List.of("Celecoxib", "Diclofenac"),
                List.of(
                        step(french ? "Cohorte d’origine" : "Original cohort", language, 1844, 0, 850, 0),
                        step(
                                french ? "183 jours d’observation auparavant" : "183 days of observation before",
                                language,
                                1800,
                                44,
                                830,
                                20),
                        step(
                                french
                                        ? "Période calendaire commune aux deux bras, du premier au dernier début de traitement"
                                        : "Calendar period common to both arms, from first to last start of treatment",
                                language,
                                1797,
                                3,
                                830,
                                0),
                        step(french ? "Sans événement antérieur" : "No outcome before", language, 1797, 0, 830, 0)));
    }

    private static AttritionFigure.Step step(
            String label, Locale language, long target, long targetLost, long comparator, long comparatorLost) {
        return new AttritionFigure.Step(
                label, List.of(cell(language, target, targetLost), cell(language, comparator, comparatorLost)));
    }

    private static AttritionFigure.Cell cell(Locale language, long remaining, long lost) {
        return new AttritionFigure.Cell(
                FigureNumbers.whole(remaining, language), lost == 0 ? "" : FigureNumbers.whole(-lost, language));
    }

    private static KaplanMeierFigure.Arm arm(
            String label, int persons, double hazard, int end, List<Double> ticks, Locale language) {
        List<KaplanMeierFigure.Step> steps = new ArrayList<>();
        double events = 0;
        for (int day = 3; day < end; day += Math.max(1, end / 40)) {
            double survival = Math.exp(-hazard * day);
            events = Math.max(1, persons * (1 - survival));
            double error = Math.sqrt(1 / events) * 1.96;
            steps.add(new KaplanMeierFigure.Step(
                    day, survival, Math.pow(survival, Math.exp(error)), Math.pow(survival, Math.exp(-error))));
        }
        List<String> atRisk = ticks.stream()
                .map(day -> FigureNumbers.whole(Math.round(persons * Math.exp(-hazard * 2 * day)), language))
                .toList();
        return new KaplanMeierFigure.Arm(label, steps, end, atRisk);
    }
}
