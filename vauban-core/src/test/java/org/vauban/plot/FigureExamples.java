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
                attrition("attrition-fr", Locale.FRENCH),
                balance("balance", Locale.ENGLISH),
                balance("balance-fr", Locale.FRENCH),
                overlap("overlap"),
                controls("controls"),
                incidence("incidence", Locale.ENGLISH),
                incidence("incidence-fr", Locale.FRENCH),
                differences("differences", Locale.ENGLISH),
                differences("differences-fr", Locale.FRENCH),
                pathways("pathways", Locale.ENGLISH),
                pathways("pathways-fr", Locale.FRENCH));
    }

    static SankeyFigure pathways(String id, Locale language) {
        boolean french = language.equals(Locale.FRENCH);
        String naproxen = french ? "Naproxène" : "Naproxen";
        String aspirin = french ? "Aspirine" : "Aspirin";
        String both = naproxen + " + " + aspirin;
        return new SankeyFigure(
                id,
                new FigureWords(
                        french ? "Arthrose : traitements successifs" : "Osteoarthritis: treatments one after the other",
                        french ? "Huit parcours de 1 280 personnes." : "Eight paths of 1,280 persons.",
                        language),
                french ? "Étape" : "Step",
                List.of(
                        new SankeyFigure.Path(List.of(naproxen), 410, false),
                        new SankeyFigure.Path(List.of(naproxen, aspirin), 230, false),
                        new SankeyFigure.Path(List.of(aspirin, naproxen, "Ibuprofen"), 180, false),
                        new SankeyFigure.Path(List.of(both, naproxen), 120, false),
                        new SankeyFigure.Path(List.of(naproxen, both, aspirin, "Celecoxib", naproxen), 95, false),
                        new SankeyFigure.Path(List.of("Celecoxib"), 45, false),
                        new SankeyFigure.Path(List.of(french ? "Sans traitement" : "No treatment"), 160, true),
                        new SankeyFigure.Path(
                                List.of(french ? "Tous les autres parcours" : "All other paths"), 40, true)));
    }

    static BalanceFigure balance(String id, Locale language) {
        boolean french = language.equals(Locale.FRENCH);
        return new BalanceFigure(
                id,
                new FigureWords(
                        french ? "Équilibre des covariables" : "Balance of the covariates",
                        french ? "Trois covariables avant et après." : "Three covariates before and after.",
                        language),
                french ? "Différence standardisée, sans son signe" : "Standardised difference, without its sign",
                french ? "avant" : "before",
                french ? "après" : "after",
                0.1,
                List.of(
                        new BalanceFigure.Row("Concept 4266809 Diverticular disease", 0.336, 0.114),
                        new BalanceFigure.Row(
                                "Concept 4285898 Polyp of colon (condition_era, days -365 to 0)", 0.292, 0.02),
                        new BalanceFigure.Row("Sex: Female", 0.042, 0.051)));
    }

    static OverlapFigure overlap(String id) {
        return new OverlapFigure(
                id,
                new FigureWords("Preference scores", "One arm above, the other below.", Locale.ENGLISH),
                "Preference score",
                "Celecoxib",
                "Diclofenac",
                List.of(
                        new OverlapFigure.Bin(0, 0.05),
                        new OverlapFigure.Bin(0.1, 0.25),
                        new OverlapFigure.Bin(0.5, 0.5),
                        new OverlapFigure.Bin(0.3, 0.2),
                        new OverlapFigure.Bin(0.1, 0)));
    }

    static ControlsFigure controls(String id) {
        return new ControlsFigure(
                id,
                new FigureWords("What the design finds", "Negative controls by ratio and error.", Locale.ENGLISH),
                "Ratio",
                "Standard error of the logarithm",
                "negative control",
                "the outcome of the study",
                0.15,
                0.1,
                List.of(
                        new ControlsFigure.Point(0.1, 0.2),
                        new ControlsFigure.Point(-0.2, 0.3),
                        new ControlsFigure.Point(0.4, 0.15),
                        new ControlsFigure.Point(0.3, 0.4),
                        new ControlsFigure.Point(0, 0.1)),
                new ControlsFigure.Point(0.6, 0.18));
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

    /** A gap where a year is hidden, and limits that are wide where there are few. */
    static OccurrenceFigure incidence(String id, Locale language) {
        boolean french = language.equals(Locale.FRENCH);
        List<String> years = List.of("2015", "2016", "2017", "2018", "2019", "2020");
        List<OccurrenceFigure.Group> groups = new ArrayList<>();
        for (String group : french ? List.of("Ensemble", "Femmes", "Hommes") : List.of("All", "Women", "Men")) {
            List<OccurrenceFigure.Point> points = new ArrayList<>();
            for (int year = 0; year < years.size(); year++) {
                if (groups.isEmpty() || year != 3) {
                    double rate = 400 + 60 * year - 90 * groups.size();
                    double width = 40 + 70 * groups.size();
                    points.add(new OccurrenceFigure.Point(year, rate, rate - width, rate + 1.3 * width));
                }
            }
            groups.add(new OccurrenceFigure.Group(group, points));
        }
        return new OccurrenceFigure(
                id,
                new FigureWords(
                        french ? "Incidence des hémorragies" : "Incidence of bleeding",
                        french ? "Trois séries de six ans." : "Three series of six years.",
                        language),
                french ? "Événements pour 100 000 personnes-années" : "Events per 100,000 person-years",
                false,
                years,
                groups);
    }

    static DifferenceFigure differences(String id, Locale language) {
        boolean french = language.equals(Locale.FRENCH);
        return new DifferenceFigure(
                id,
                new FigureWords(
                        french ? "Différences standardisées" : "Standardised differences",
                        french ? "Quatre différences." : "Four differences.",
                        language),
                french ? "Différence standardisée" : "Standardised difference",
                french ? "plus souvent dans Diclofénac" : "more often in Diclofenac",
                french ? "plus souvent dans Célécoxib" : "more often in Celecoxib",
                0.1,
                List.of(
                        new DifferenceFigure.Row("Osteoarthritis of knee, −365 to −31", 0.412),
                        new DifferenceFigure.Row(
                                "Gastro-oesophageal reflux disease with oesophagitis, −30 to −1", -0.23),
                        new DifferenceFigure.Row("Aspirin, 0", 0.08),
                        new DifferenceFigure.Row("Fracture of forearm, 1 to 30", -0.004)));
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
