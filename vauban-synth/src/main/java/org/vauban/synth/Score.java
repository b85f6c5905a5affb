package org.vauban.synth;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares hazard ratios that were released with the planted truth.
 *
 * <p>It reads what everybody can read, {@code estimates.csv} of a released result, and {@code truth.json}. The values are
 * compared as released, rounding included. Rows whose method says {@code crude} are held to the conditional hazard
 * ratio to show what confounding does, those that say {@code adjusted} as the answer; those that say {@code weighted} or {@code matched},
 * or whose estimand says {@code marginal}, are held to the marginal one. Beside them, where the truth has it, the same study on perfect
 * data.
 */
final class Score {
    private static final List<String> NEEDED = List.of("method", "estimate_name", "estimate", "ci_low", "ci_high");

    private final double conditionalTruth;
    private final double marginalTruth;
    private final double marginalTruthOfTargetUsers;
    private final Optional<PerfectStudy> perfect;
    private final List<Row> rows;

    private Score(Map<?, ?> truth, Optional<PerfectStudy> perfect, List<Row> rows) {
        this.conditionalTruth = number(truth, "conditional_hazard_ratio");
        Map<?, ?> population = object(truth, "population");
        this.marginalTruth = number(population, "marginal_hazard_ratio");
        this.marginalTruthOfTargetUsers = number(population, "marginal_hazard_ratio_of_target_users");
        this.perfect = perfect;
        this.rows = rows;
    }

    /**
     * Reads both sides.
     *
     * @param truth the folder {@code truth} of a generated data set
     * @param result a released folder with {@code estimates.csv}, or that file
     * @param analysis which analysis, when the file has several
     */
    static Score of(Path truth, Path result, Optional<String> analysis) throws IOException {
        Path file = truth.resolve(TruthFolder.TRUTH_FILE);
        if (!Files.isRegularFile(file)) {
            throw new WrongInput("NOT_FOUND", "there is no " + file, "il n'y a pas de " + file);
        }
        List<Row> rows = read(estimatesFile(result)).stream()
                .filter(row -> row.estimateName().equals("hr"))
                .filter(row -> analysis.isEmpty() || row.analysis().equals(analysis.get()))
                .toList();
        Path perfect = truth.resolve(FrenchTruth.PERFECT);
        return new Score(
                document(file),
                Files.isRegularFile(perfect) ? Optional.of(PerfectStudy.of(perfect)) : Optional.empty(),
                rows);
    }

    /** The comparison, ready to be written as JSON. */
    Map<String, @Nullable Object> comparison() {
        Optional<Row> crude = only("crude", rows.stream().filter(Row::isCrude).toList());
        Row adjusted = only("adjusted", rows.stream().filter(Row::isAdjusted).toList())
                .orElseThrow(() -> new WrongInput(
                        "NOT_FOUND",
                        "the result has no hazard ratio whose method says 'adjusted'",
                        "le résultat n'a pas de rapport de risque dont la méthode dit « adjusted »"));
        Optional<Row> weighted =
                only("weighted", rows.stream().filter(Row::isMarginal).toList());
        Map<String, @Nullable Object> comparison = new LinkedHashMap<>();
        comparison.put("truth", conditionalTruth);
        comparison.put("truth_marginal", marginalTruth);
        comparison.put("truth_marginal_of_target_users", marginalTruthOfTargetUsers);
        comparison.put("crude", crude.map(row -> row.against(conditionalTruth)).orElse(null));
        comparison.put("adjusted", adjusted.against(conditionalTruth));
        comparison.put(
                "weighted", weighted.map(row -> row.against(marginalTruth)).orElse(null));
        comparison.put("covered", adjusted.covers(conditionalTruth));
        perfect.ifPresent(study -> comparison.put("perfect", study.document()));
        return comparison;
    }

    /** The same in a few lines for people. */
    String text(boolean french) {
        Map<String, @Nullable Object> comparison = comparison();
        StringBuilder text = new StringBuilder();
        text.append(french ? "Vérité (rapport de risque conditionnel) : " : "Truth (conditional hazard ratio): ")
                .append(Json.number(conditionalTruth))
                .append('\n');
        for (String name : List.of("crude", "adjusted", "weighted")) {
            if (comparison.get(name) instanceof Map<?, ?> row) {
                text.append("%s%s %s [%s, %s]%n"
                        .formatted(
                                title(name, french),
                                french ? " :" : ":",
                                row.get("estimate"),
                                row.get("ci_low"),
                                row.get("ci_high")));
            }
        }
        perfect.map(PerfectStudy::adjusted)
                .map(fit -> fit.hazardRatio(0))
                .filter(Double::isFinite)
                .ifPresent(ratio -> text.append(
                                french ? "sur des données parfaites, ajusté : " : "on perfect data, adjusted: ")
                        .append(Json.number(ratio))
                        .append('\n'));
        return text.append(
                        french
                                ? "L'intervalle ajusté contient la vérité : "
                                : "The adjusted interval covers the truth: ")
                .append(answer(comparison.get("covered"), french))
                .append('\n')
                .toString();
    }

    private static String answer(@Nullable Object covered, boolean french) {
        if (covered == null) {
            return french ? "inconnu, l'intervalle n'a pas été publié" : "unknown, the interval was withheld";
        }
        return covered.equals(true) ? (french ? "oui" : "yes") : (french ? "non" : "no");
    }

    private static String title(String name, boolean french) {
        return switch (name) {
            case "crude" -> french ? "brut" : name;
            case "adjusted" -> french ? "ajusté" : name;
            default -> french ? "pondéré" : name;
        };
    }

    private static Optional<Row> only(String kind, List<Row> rows) {
        if (rows.size() > 1) {
            throw new WrongInput(
                    "USAGE",
                    "the result has " + rows.size() + " " + kind + " hazard ratios; name one with --analysis",
                    "le résultat a " + rows.size() + " rapports de risque « " + kind
                            + " » ; nommez-en un avec --analysis");
        }
        return rows.stream().findFirst();
    }

    // Reading.

    private static Path estimatesFile(Path result) throws IOException {
        if (Files.isRegularFile(result)) {
            return result;
        }
        if (Files.isDirectory(result)) {
            try (Stream<Path> found = Files.walk(result, 3)) {
                List<Path> files = found.filter(path -> path.endsWith("estimates.csv"))
                        .sorted()
                        .toList();
                if (files.size() == 1) {
                    return files.getFirst();
                }
            }
        }
        throw new WrongInput(
                "NOT_FOUND",
                "expected one estimates.csv in " + result + "; name the file itself",
                "un seul estimates.csv est attendu dans " + result + " ; nommez le fichier lui-même");
    }

    private static List<Row> read(Path file) throws IOException {
        List<List<String>> lines = CsvText.read(file);
        if (lines.isEmpty()) {
            throw new WrongInput("INPUT_FILE_UNREADABLE", file + " is empty", file + " est vide");
        }
        List<String> header = lines.getFirst().stream()
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .toList();
        for (String column : NEEDED) {
            if (!header.contains(column)) {
                throw new WrongInput(
                        "INPUT_COLUMN_MISSING",
                        file + ", line 1: expected a column " + column + ", found " + String.join(", ", header),
                        file + ", ligne 1 : colonne " + column + " attendue, trouvé " + String.join(", ", header));
            }
        }
        return lines.stream().skip(1).map(line -> Row.of(header, line)).toList();
    }

    private static Map<?, ?> document(Path file) throws IOException {
        try {
            if (Json.read(Files.readString(file)) instanceof Map<?, ?> document) {
                return document;
            }
        } catch (IllegalArgumentException e) {
            throw unreadable(file.toString(), String.valueOf(e.getMessage()));
        }
        throw unreadable(file.toString(), "expected an object");
    }

    private static Map<?, ?> object(Map<?, ?> parent, String name) {
        if (parent.get(name) instanceof Map<?, ?> child) {
            return child;
        }
        throw unreadable(TruthFolder.TRUTH_FILE, "expected an object " + name);
    }

    private static double number(Map<?, ?> parent, String name) {
        if (parent.get(name) instanceof BigDecimal value) {
            return value.doubleValue();
        }
        throw unreadable(TruthFolder.TRUTH_FILE, "expected a number " + name);
    }

    private static WrongInput unreadable(String file, String why) {
        return new WrongInput(
                "INPUT_FILE_UNREADABLE", file + " cannot be read: " + why, file + " est illisible : " + why);
    }

    /** One released estimate; a number that was withheld is absent. */
    record Row(
            String analysis,
            String method,
            String estimand,
            String estimateName,
            OptionalDouble estimate,
            OptionalDouble low,
            OptionalDouble high,
            OptionalDouble standardErrorLog) {
        private static Row of(List<String> header, List<String> values) {
            return new Row(
                    cell(header, values, "analysis"),
                    cell(header, values, "method").toLowerCase(Locale.ROOT),
                    cell(header, values, "estimand").toLowerCase(Locale.ROOT),
                    cell(header, values, "estimate_name").toLowerCase(Locale.ROOT),
                    figure(cell(header, values, "estimate")),
                    figure(cell(header, values, "ci_low")),
                    figure(cell(header, values, "ci_high")),
                    figure(cell(header, values, "se_log")));
        }

        private static String cell(List<String> header, List<String> values, String column) {
            int at = header.indexOf(column);
            return at >= 0 && at < values.size() ? values.get(at).strip() : "";
        }

        private static OptionalDouble figure(String cell) {
            try {
                double value = Double.parseDouble(cell);
                return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
            } catch (NumberFormatException _) {
                return OptionalDouble.empty();
            }
        }

        boolean isCrude() {
            return method.contains("crude") || method.contains("unadjusted");
        }

        boolean isMarginal() {
            return !isCrude()
                    && (method.contains("weighted") || method.contains("matched") || estimand.contains("marginal"));
        }

        boolean isAdjusted() {
            return !isCrude() && !isMarginal() && method.contains("adjusted");
        }

        @Nullable
        Boolean covers(double truth) {
            if (low.isEmpty() || high.isEmpty()) {
                return null;
            }
            return low.getAsDouble() <= truth && truth <= high.getAsDouble();
        }

        Map<String, @Nullable Object> against(double truth) {
            Map<String, @Nullable Object> comparison = new LinkedHashMap<>();
            comparison.put("analysis", analysis);
            comparison.put("method", method);
            comparison.put("estimate", orNull(estimate));
            comparison.put("ci_low", orNull(low));
            comparison.put("ci_high", orNull(high));
            comparison.put("se_log", orNull(standardErrorLog));
            comparison.put("truth", truth);
            comparison.put(
                    "log_error",
                    estimate.isPresent() && estimate.getAsDouble() > 0
                            ? (Double) StrictMath.log(estimate.getAsDouble() / truth)
                            : null);
            comparison.put("covered", covers(truth));
            return comparison;
        }

        private static @Nullable Double orNull(OptionalDouble value) {
            return value.isPresent() ? (Double) value.getAsDouble() : null;
        }
    }
}
