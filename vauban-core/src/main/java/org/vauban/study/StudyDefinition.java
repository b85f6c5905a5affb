package org.vauban.study;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.vauban.trajectory.Period;

/**
 * A study as it is asked. {@code study.schema.json} beside this class describes the file.
 *
 * @param name short name in the letters of a file name
 * @param title what people call it
 * @param purpose the word by which a permit names why the data may be used, if stated
 * @param period the calendar days in which an exposure may start and an outcome count, if limited
 * @param cohorts the cohorts, each with its definition
 * @param records concept sets whose records count as they are, each a stay of its own
 * @param design how persons come into the study
 * @param covariates what is known of a person at the start, for adjustment and description
 * @param comparison what comparisons by propensity score share
 * @param analyses what is computed of a comparison; other designs say themselves what they compute
 * @param hashes what binds this definition to its files
 */
public record StudyDefinition(
        String name,
        String title,
        Optional<String> purpose,
        Optional<Period> period,
        List<StudyCohort> cohorts,
        List<StudyRecords> records,
        Design design,
        List<Covariate> covariates,
        ComparisonDesign comparison,
        List<Analysis> analyses,
        StudyHashes hashes) {

    public StudyDefinition {
        cohorts = List.copyOf(cohorts);
        records = List.copyOf(records);
        covariates = List.copyOf(covariates);
        analyses = List.copyOf(analyses);
        if ((design instanceof Design.NewUserActiveComparator || design instanceof Design.ExposureOverTime)
                && analyses.isEmpty()) {
            throw new IllegalArgumentException("A comparison has at least one analysis");
        }
    }

    /** Reads STUDY.yaml and the cohort files it names. All mistakes of all files are reported together. */
    public static StudyDefinition read(Path file) {
        return StudyReader.read(file);
    }

    /** The cohort of that name; a study that was read has all it refers to. */
    public StudyCohort cohort(String cohortName) {
        return cohorts.stream()
                .filter(cohort -> cohort.name().equals(cohortName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The study has no cohort " + cohortName));
    }

    /** What readers see of a cohort or of records; a study that was read has all it refers to. */
    public String label(String name) {
        return records.stream()
                .filter(each -> each.name().equals(name))
                .map(StudyRecords::label)
                .findFirst()
                .orElseGet(() -> cohort(name).label());
    }

    public Covariate covariate(String covariateName) {
        return covariates.stream()
                .filter(covariate -> covariate.name().equals(covariateName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The study has no covariate " + covariateName));
    }
}
