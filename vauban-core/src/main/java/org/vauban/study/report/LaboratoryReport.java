package org.vauban.study.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.vauban.problem.Phrase;
import org.vauban.problem.Place;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.study.StudyPlan;
import org.vauban.study.StudyResults;

/** Writes the files of a study that ran on the caller's own folder. The numbers are exact. */
public final class LaboratoryReport {
    public static final String SUMMARISED_RESULT = "summarised_result.csv";
    public static final String ESTIMATES = "estimates.csv";
    public static final String REPORT = "report.html";
    public static final String PROVENANCE = "provenance.json";

    private LaboratoryReport() {}

    /**
     * Writes all four files into a folder, which is made if need be; files of the same names are replaced.
     *
     * @param language of the page; the data files are the same in every language
     * @return the files written
     */
    public static List<Path> write(Path folder, StudyPlan plan, StudyResults results, RunFacts facts, Locale language) {
        try {
            Files.createDirectories(folder);
            return List.of(
                    file(folder, SUMMARISED_RESULT, SummarisedResult.of(results, facts)),
                    file(folder, ESTIMATES, EstimatesFile.of(results)),
                    file(folder, REPORT, HtmlReport.of(plan, results, facts, language)),
                    file(folder, PROVENANCE, ProvenanceFile.of(plan, results, facts)));
        } catch (IOException unwritable) {
            throw Problem.of(ProblemCode.OUTPUT_EXISTS)
                    .expected(Phrase.A_WRITABLE_FOLDER)
                    .found(unwritable.getClass().getSimpleName())
                    .at(Place.file(folder.toString()))
                    .exception(unwritable);
        }
    }

    private static Path file(Path folder, String name, String text) throws IOException {
        return Files.write(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
    }
}
