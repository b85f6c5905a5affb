package org.vauban.study.selfcontrolled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vauban.study.Agreement;
import org.vauban.study.ReferenceCase;
import org.vauban.study.SharedReference;
import org.vauban.study.selfcontrolled.CaseSeries.Series;
import org.vauban.study.selfcontrolled.CaseSeries.Stretch;
import org.vauban.study.selfcontrolled.CaseSeries.Window;
import org.vauban.study.survival.CoxFit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Self-controlled case series give the numbers of R and of the publications. */
class CaseSeriesReferenceTest {
    private static final Agreement AGREEMENT = new Agreement("sccs");

    static Stream<ReferenceCase> cases() {
        return ReferenceCase.of(SharedReference.folder("oracles/epi"), "sccs");
    }

    @AfterAll
    static void tell() {
        System.out.println(AGREEMENT.report());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void givesTheNumbersOfR(ReferenceCase reference) {
        ReferenceCase.Table rows = reference.table("intervals.csv");
        List<String> persons = rows.texts("indiv");
        double[] start = rows.numbers("start");
        double[] end = rows.numbers("end");
        double[] event = rows.numbers("event");
        double[] exposure = rows.numbers("exposure");
        double[] age = rows.columns().containsKey("age") ? rows.numbers("age") : new double[rows.rows()];
        Map<String, List<Stretch>> series = new LinkedHashMap<>();
        for (int row = 0; row < rows.rows(); row++) {
            series.computeIfAbsent(persons.get(row), _ -> new ArrayList<>())
                    .add(new Stretch(
                            (int) start[row],
                            (int) end[row],
                            (int) event[row],
                            (int) exposure[row],
                            (int) age[row],
                            0));
        }

        CaseSeries.Fit fit = CaseSeries.fitStretches(List.copyOf(series.values()));

        CoxFit model = fit.model().orThrow();
        Agreement.Case figures = AGREEMENT.of(reference);
        figures.number("n_events", fit.events(), 0)
                .number("loglik_conditional", model.logLikelihood(), 1e-8)
                .number("loglik_null", model.logLikelihoodNull(), 1e-8);
        for (int term = 0; term < fit.names().size(); term++) {
            CoxFit.Interval interval = model.waldInterval(term, 0.95);
            figures.number("log_irr/" + term, model.coefficient(term), 1e-8)
                    .number("se/" + term, model.standardError(term), 1e-7)
                    .number("irr/" + term, model.hazardRatio(term), 1e-8)
                    .number("lower/" + term, Math.exp(interval.lower()), 1e-7)
                    .number("upper/" + term, Math.exp(interval.upper()), 1e-7)
                    // The same by a Poisson regression that stops earlier.
                    .number("poisson_check_log_irr/" + term, model.coefficient(term), 1e-6)
                    .number("poisson_check_se/" + term, model.standardError(term), 1e-6);
        }
        // A publication's digits are few.
        figures.number("published/irr", model.hazardRatio(0), 5e-3)
                .number("published/lower", Math.exp(model.waldInterval(0, 0.95).lower()), 5e-3)
                .number("published/upper", Math.exp(model.waldInterval(0, 0.95).upper()), 5e-3)
                .check();
    }

    @Test
    void purpuraAfterVaccinationIsCutAndFittedAsInTheReference() throws IOException {
        List<String> lines = Files.readAllLines(SharedReference.folder("data/drug-safety/itpdat.txt"));
        Path answers = SharedReference.folder("data/drug-safety/sccs-reference.json");
        JsonNode reference = JsonMapper.shared().readTree(answers.toFile());
        Map<String, int[][]> windows = Map.of(
                "itp_mmr_0_42_no_age", new int[][] {{0, 42}},
                "itp_mmr_0_42_age", new int[][] {{0, 42}},
                "itp_mmr_0_14_15_28_29_42_age", new int[][] {{0, 14}, {15, 28}, {29, 42}});
        int compared = 0;
        for (Map.Entry<String, int[][]> each : windows.entrySet()) {
            CaseSeries model = each.getKey().endsWith("_no_age")
                    ? CaseSeries.withAge()
                    : CaseSeries.withAge(426, 487, 548, 609, 670);
            CaseSeries.Fit fit = model.fit(series(lines, each.getValue()));
            CoxFit found = fit.model().orThrow();
            JsonNode answer = reference.get(each.getKey());
            for (int term = 0; term < fit.names().size(); term++) {
                // Theirs are mmr1 and age2; ours are named from the group that is compared with, 0.
                String[] name = fit.names().get(term).split(" ", -1);
                int group = Integer.parseInt(name[1]);
                JsonNode figure = answer.get(name[0].equals("age") ? "age" + (group + 1) : "mmr" + group);
                double value = figure.get("log_rr").asDouble();
                assertThat(found.coefficient(term))
                        .as(each.getKey() + " " + fit.names().get(term))
                        .isCloseTo(value, within(1e-6 * Math.abs(value)));
                assertThat(found.standardError(term))
                        .isCloseTo(
                                figure.get("se").asDouble(),
                                within(1e-6 * figure.get("se").asDouble()));
                compared++;
            }
        }
        assertThat(compared).isEqualTo(1 + 6 + 8);
    }

    private static List<Series> series(List<String> lines, int[][] windows) {
        List<String> names = List.of(lines.getFirst().split("\t", -1));
        return lines.stream()
                .skip(1)
                .filter(line -> !line.isBlank())
                .map(line -> {
                    String[] cells = line.split("\t", -1);
                    int vaccination = number(cells[names.indexOf("mmr")]);
                    List<Window> risk = new ArrayList<>();
                    for (int level = 0; level < windows.length && vaccination > 0; level++) {
                        risk.add(new Window(
                                vaccination + windows[level][0], vaccination + windows[level][1], level + 1));
                    }
                    return new Series(
                            number(cells[names.indexOf("sta")]),
                            number(cells[names.indexOf("end")]),
                            List.of(number(cells[names.indexOf("itp")])),
                            risk);
                })
                .toList();
    }

    private static int number(String cell) {
        return cell.equals("NA") || cell.isEmpty() ? -1 : (int) Double.parseDouble(cell);
    }
}
