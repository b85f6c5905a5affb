package org.vauban.study.report;

import java.util.LinkedHashMap;
import java.util.Map;
import org.vauban.document.Fields;
import org.vauban.omop.CdmColumn;
import org.vauban.output.AttritionFlow;
import org.vauban.study.Analysis;
import org.vauban.study.PropensityModel;
import org.vauban.study.StudyCohort;
import org.vauban.study.StudyDefinition;
import org.vauban.study.StudyPlan;
import org.vauban.study.StudyResults;
import org.vauban.study.propensity.Adjustment;
import org.vauban.study.propensity.LargeScaleScores;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code provenance.json}: what was asked, on what, by which program, and how many persons each step left. */
final class ProvenanceFile {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private ProvenanceFile() {}

    static String of(StudyPlan plan, StudyResults results, RunFacts facts) {
        StudyDefinition study = plan.definition();
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("study", study.name());
        document.put("title", study.title());
        document.put("study_hash", study.hashes().study());
        document.put("study_file_sha256", study.hashes().studyFile());
        document.put(
                "cohorts",
                study.cohorts().stream().map(cohort -> cohort(study, cohort)).toList());
        document.put("data", facts.data());
        document.put(
                "columns",
                plan.needs().columns().stream()
                        .sorted()
                        .map(CdmColumn::qualifiedName)
                        .toList());
        document.put(
                "period",
                Map.of(
                        "from",
                        plan.period().from().toString(),
                        "to",
                        plan.period().to().toString()));
        results.commonPeriod()
                .ifPresent(period -> document.put(
                        "common_calendar_period",
                        Map.of(
                                "from",
                                period.from().toString(),
                                "to",
                                period.to().toString())));
        document.put(
                "attrition",
                results.attrition().arms().stream().map(ProvenanceFile::arm).toList());
        document.put(
                "follow_up",
                results.followUp().stream().map(ProvenanceFile::followUp).toList());
        document.put(
                "not_estimated",
                results.notEstimated().stream()
                        .map(each -> Map.of("analysis", each.analysis(), "reason", Fields.word(each.reason())))
                        .toList());
        document.put("engine", facts.engine());
        document.put("buckets", results.buckets());
        document.put("version", facts.version());
        document.put("seed", null);
        Map<String, Object> seeds = seeds(study);
        if (!seeds.isEmpty()) {
            document.put("seeds", seeds);
        }
        document.put("started", facts.started().toString());
        document.put("finished", facts.finished().toString());
        return JSON.writeValueAsString(document).replace("\r\n", "\n") + "\n";
    }

    /** What random choices of scores and matchings were fixed by. */
    private static Map<String, Object> seeds(StudyDefinition study) {
        Map<String, Object> seeds = new LinkedHashMap<>();
        for (PropensityModel score : study.comparison().scores()) {
            if (score instanceof PropensityModel.LargeScale large
                    && large.cost() instanceof LargeScaleScores.Cost.CrossValidated validated) {
                seeds.put("score " + score.name(), validated.seed());
            }
        }
        for (Analysis analysis : study.analyses()) {
            if (analysis instanceof Analysis.Comparison comparison
                    && comparison.adjustment() instanceof Adjustment.Matching matching) {
                seeds.put("matching " + analysis.name(), matching.seed());
            }
        }
        return seeds;
    }

    private static Map<String, Object> cohort(StudyDefinition study, StudyCohort cohort) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", cohort.name());
        entry.put("file", cohort.file());
        entry.put("entries", Fields.word(cohort.entries()));
        entry.put("sha256", study.hashes().cohortFiles().getOrDefault(cohort.name(), ""));
        return entry;
    }

    private static Map<String, Object> arm(AttritionFlow.Arm arm) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("arm", arm.label());
        entry.put(
                "steps",
                arm.steps().stream()
                        .map(step -> {
                            Map<String, Object> one = new LinkedHashMap<>();
                            one.put("step", step.label());
                            one.put("persons", step.remaining().size());
                            return one;
                        })
                        .toList());
        return entry;
    }

    private static Map<String, Object> followUp(StudyResults.FollowUp arm) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("arm", arm.label());
        entry.put("persons", arm.persons());
        entry.put("person_days", arm.days());
        entry.put("events", arm.events());
        return entry;
    }
}
