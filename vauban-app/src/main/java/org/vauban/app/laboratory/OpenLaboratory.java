package org.vauban.app.laboratory;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.vauban.cohort.CohortDefinition;
import org.vauban.cohort.CohortEvaluator;
import org.vauban.cohort.CohortResults;
import org.vauban.cohort.EvaluationProgress;
import org.vauban.cohort.compiled.CompiledEvaluator;
import org.vauban.cohort.reference.ReferenceEvaluator;
import org.vauban.ingest.CdmFolder;
import org.vauban.study.StudyCohort;
import org.vauban.study.StudyDefinition;
import org.vauban.study.StudyPlan;
import org.vauban.study.StudyPlanner;
import org.vauban.study.StudyResults;
import org.vauban.study.StudyRunner;
import org.vauban.study.report.LaboratoryReport;
import org.vauban.study.report.RunFacts;
import org.vauban.trajectory.Period;

/** Evaluates on a folder that the caller holds in plain. */
public final class OpenLaboratory {
    private OpenLaboratory() {}

    /** To be called as soon as it is certain that a folder will be read. */
    public static void expect() {
        CdmFolder.expect();
    }

    /** Which evaluator. */
    public enum Engine {
        /** Quick: one pass for all definitions. */
        LOCAL,
        /** Plain and slow; says who is right. */
        REFERENCE
    }

    /** Results, and the vocabulary by which they came to be. */
    public record Evaluated(CohortResults results, VocabularyUse vocabulary) {}

    /**
     * Evaluates definitions.
     *
     * @param home whose vocabulary is used for a folder that has none
     */
    public static Evaluated cohorts(
            Path folder, Path home, List<CohortDefinition> definitions, Engine engine, EvaluationProgress progress) {
        CdmFolder cdm = CdmFolder.open(folder);
        try (var source = VocabularyUse.source(cdm, home, definitions, Period.ALWAYS)) {
            CohortResults results = evaluator(engine).evaluate(definitions, source, progress);
            return new Evaluated(results, VocabularyUse.of(cdm, home, source.vocabulary(), definitions));
        }
    }

    /** The vocabulary that an evaluation on the folder would use. */
    public static VocabularyUse vocabulary(Path folder, Path home, List<CohortDefinition> definitions) {
        CdmFolder cdm = CdmFolder.open(folder);
        try (var source = VocabularyUse.source(cdm, home, definitions, Period.ALWAYS)) {
            return VocabularyUse.of(cdm, home, source.vocabulary(), definitions);
        }
    }

    /** Refuses a study that cannot be read or planned, and a folder without tables, before anything is run. */
    public static void expectStudies(Path folder, List<Path> studies) {
        CdmFolder.open(folder);
        studies.forEach(study -> StudyPlanner.plan(StudyDefinition.read(study)));
    }

    /**
     * The files of a study's exact results, and the vocabulary by which they came to be.
     *
     * @param cohorts the names of the study's cohorts, in the order of {@code vocabulary}
     */
    public record Studied(List<Path> files, VocabularyUse vocabulary, List<String> cohorts) {
        public Studied {
            files = List.copyOf(files);
            cohorts = List.copyOf(cohorts);
        }
    }

    /**
     * Runs a study and writes its exact results: they are the caller's own.
     *
     * @param home whose vocabulary is used for a folder that has none
     */
    public static Studied study(
            Path folder,
            Path home,
            Path study,
            Path out,
            Locale language,
            String version,
            Clock clock,
            EvaluationProgress progress) {
        StudyPlan plan = StudyPlanner.plan(StudyDefinition.read(study));
        List<CohortDefinition> definitions = plan.definition().cohorts().stream()
                .map(StudyCohort::definition)
                .toList();
        Instant started = clock.instant();
        CdmFolder cdm = CdmFolder.open(folder);
        StudyResults results;
        VocabularyUse vocabulary;
        try (var source = VocabularyUse.source(cdm, home, definitions, plan.period())) {
            results = StudyRunner.run(plan, source, new CompiledEvaluator(), progress);
            vocabulary = VocabularyUse.of(cdm, home, source.vocabulary(), definitions);
        }
        var facts = new RunFacts(String.valueOf(folder.getFileName()), "local", version, started, clock.instant());
        return new Studied(
                LaboratoryReport.write(out, plan, results, facts, language),
                vocabulary,
                plan.definition().cohorts().stream().map(StudyCohort::name).toList());
    }

    private static CohortEvaluator evaluator(Engine engine) {
        return switch (engine) {
            case LOCAL -> new CompiledEvaluator();
            case REFERENCE -> new ReferenceEvaluator();
        };
    }
}
