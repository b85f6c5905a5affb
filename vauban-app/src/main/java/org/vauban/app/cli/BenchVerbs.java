package org.vauban.app.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.vauban.app.laboratory.CohortBench;
import org.vauban.app.laboratory.Launched;
import org.vauban.app.laboratory.LedgerBench;
import org.vauban.app.laboratory.OpenLaboratory;
import org.vauban.app.laboratory.StatisticsBench;
import org.vauban.app.laboratory.TableBench;
import org.vauban.app.laboratory.WideBench;
import org.vauban.cohort.CohortDefinition;
import org.vauban.problem.Phrase;
import org.vauban.problem.Place;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bench}: what things cost, beside what a named peer took and what we set ourselves as a limit. */
final class BenchVerbs {
    private BenchVerbs() {}

    static List<Branch> benches() {
        return List.of(
                Branch.verb("cohorts", () -> new Cohorts()),
                Branch.verb("wide-cohort", () -> new WideCohort()),
                Branch.verb("studies", () -> new Studies()),
                Branch.verb("tables", () -> new Tables()),
                Branch.verb("ledger", () -> new Ledger()));
    }

    /** The log on the disk of a folder: durable entries a second, a bulk of them, and their verification. */
    static final class Ledger extends LocalVerb {
        private static final double ENTRIES_PER_SECOND_MIN = 3_000;
        private static final long ENTRIES_DEFAULT = 1_000_000;

        @Option(names = "--dir", paramLabel = "DIR", required = true)
        Path folder = Path.of("");

        @Option(names = "--entries", paramLabel = "N")
        long entries = ENTRIES_DEFAULT;

        @Override
        protected Answer act(Call call) {
            Path log = call.resolve(folder);
            if (Files.exists(log)) {
                throw Problem.of(ProblemCode.OUTPUT_EXISTS)
                        .expected(call.words().say("bench.ledger.new-folder"))
                        .found(log)
                        .at(Place.file(log.toString()))
                        .exception();
            }
            LedgerBench bench;
            try {
                bench = LedgerBench.in(log, entries);
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
            Words words = call.words();
            return Answer.of(
                    Answer.document(
                            "entries", bench.entries(),
                            "durable_entries_per_second", bench.batchesPerSecond(),
                            "limit", ENTRIES_PER_SECOND_MIN,
                            "bulk_seconds", bench.writing(),
                            "verify_seconds", bench.verifying()),
                    List.of(
                            words.say(
                                    "bench.ledger-batches",
                                    Math.round(bench.batchesPerSecond()),
                                    LedgerBench.BATCH,
                                    Math.round(ENTRIES_PER_SECOND_MIN)),
                            words.say("bench.ledger-bulk", bench.entries(), seconds(bench.writing())),
                            words.say("bench.ledger-verified", seconds(bench.verifying()))));
        }

        private static String seconds(double seconds) {
            return String.format(Locale.ROOT, "%.1f", seconds);
        }
    }

    /** A figure beside another: what a peer took, or a limit. */
    private record Line(String name, double figure, double against) {
        private static final double SMALL = 0.001;

        Map<String, @Nullable Object> document() {
            return Answer.document("name", name, "figure", figure, "against", against, "ratio", figure / against);
        }

        String text(Words words) {
            return Columns.line(
                    words.say("bench." + name),
                    number(figure),
                    number(against),
                    String.format(Locale.ROOT, "%.2f", figure / against));
        }

        private static String number(double value) {
            return String.format(Locale.ROOT, value < SMALL ? "%.1e" : "%.3f", value);
        }
    }

    /** One cohort that half of all exposures can enter, on many persons who are made for it. */
    static final class WideCohort extends LocalVerb {
        /** The limit for 600,000 persons; it goes with their number. */
        private static final double SECONDS_MAX = 0.5;

        private static final int PERSONS_DEFAULT = 600_000;

        @Option(names = "--persons", paramLabel = "N")
        int persons = PERSONS_DEFAULT;

        @Override
        protected Answer act(Call call) {
            WideBench bench = WideBench.of(persons);
            var line = new Line(
                    "wide-cohort-cpu-seconds", bench.seconds(), SECONDS_MAX * bench.persons() / PERSONS_DEFAULT);
            return Answer.of(
                    Answer.document(
                            "persons", bench.persons(),
                            "events", bench.events(),
                            "entries", bench.entries(),
                            "lines", List.of(line.document())),
                    List.of(
                            call.words().say("bench.wide-cohort", bench.persons(), bench.events(), bench.entries()),
                            line.text(call.words())));
        }
    }

    /** Two regressions on made rows beside R's, and studies as their users run them. */
    static final class Studies extends LocalVerb {
        private static final double DIFFERENCE_MAX = 1e-6;
        private static final double OBJECTIVE_ABOVE_MAX = 1e-8;
        private static final double STUDIES_SECONDS_MAX = 60;
        private static final int ROWS_MIN = 1_000;
        private static final int COLUMNS_MIN = 50;
        private static final int CELLS_OF_A_COLUMN = 500;
        private static final int LAMBDAS = 20;

        @Parameters(arity = "0..*", paramLabel = "STUDY.yaml", descriptionKey = "STUDIES")
        List<Path> files = List.of();

        @Option(names = "--cdm", paramLabel = "DIR")
        Optional<Path> cdm = Optional.empty();

        @Option(names = "--rows", paramLabel = "N")
        int rows = 1_000_000;

        @Option(names = "--lasso-rows", paramLabel = "N")
        int lassoRows = 100_000;

        @Option(names = "--lasso-columns", paramLabel = "N")
        int lassoColumns = 20_000;

        @Override
        protected Answer act(Call call) {
            atLeast(ROWS_MIN, rows, call);
            atLeast(ROWS_MIN, lassoRows, call);
            atLeast(COLUMNS_MIN, lassoColumns, call);
            cdm.ifPresent(folder -> OpenLaboratory.expectStudies(
                    call.resolve(folder), files.stream().map(call::resolve).toList()));
            List<Line> lines = new ArrayList<>();
            List<String> notRun = new ArrayList<>();
            studies(call)
                    .ifPresentOrElse(
                            seconds -> lines.add(new Line("studies-seconds", seconds, STUDIES_SECONDS_MAX)),
                            () -> notRun.add("studies"));
            var cox = StatisticsBench.cox(rows, StatisticsBench.COVARIATES);
            cox.peer()
                    .ifPresentOrElse(
                            peer -> {
                                lines.add(new Line("cox-over-r", cox.seconds(), peer.seconds()));
                                lines.add(new Line("cox-difference", peer.difference(), DIFFERENCE_MAX));
                            },
                            () -> notRun.add("cox"));
            var lasso = StatisticsBench.lasso(lassoRows, lassoColumns, CELLS_OF_A_COLUMN, LAMBDAS);
            lines.add(new Line("lasso-residual", lasso.residual(), OBJECTIVE_ABOVE_MAX));
            lasso.peer()
                    .ifPresentOrElse(
                            peer -> lines.add(new Line("lasso-over-r", lasso.seconds(), peer.seconds())),
                            () -> notRun.add("lasso"));
            lasso.exactPeer().ifPresent(peer -> {
                lines.add(new Line("lasso-over-exact-r", lasso.seconds(), peer.seconds()));
                lines.add(new Line("lasso-objective", Math.abs(peer.objectiveAbove()), OBJECTIVE_ABOVE_MAX));
                lines.add(new Line("lasso-difference", peer.difference(), DIFFERENCE_MAX));
            });
            return Answer.of(
                    Answer.document(
                            "cox",
                                    Answer.document(
                                            "rows",
                                            cox.rows(),
                                            "covariates",
                                            cox.covariates(),
                                            "seconds",
                                            cox.seconds()),
                            "lasso",
                                    Answer.document(
                                            "rows", lasso.rows(),
                                            "columns", lasso.columns(),
                                            "cells", lasso.cells(),
                                            "lambdas", lasso.lambdas(),
                                            "chosen", lasso.chosen(),
                                            "seconds", lasso.seconds()),
                            "lines", lines.stream().map(Line::document).toList(),
                            "not_run", notRun),
                    Stream.of(
                                    Stream.of(
                                            call.words()
                                                    .say(
                                                            "bench.cox",
                                                            cox.rows(),
                                                            cox.covariates(),
                                                            seconds(cox.seconds())),
                                            call.words()
                                                    .say(
                                                            "bench.lasso",
                                                            lasso.rows(),
                                                            lasso.columns(),
                                                            lasso.cells(),
                                                            lasso.lambdas(),
                                                            lasso.chosen(),
                                                            seconds(lasso.seconds()))),
                                    lines.stream().map(line -> line.text(call.words())),
                                    notRun.stream().map(what -> call.words().say("bench.not-run." + what)))
                            .flatMap(each -> each)
                            .toList());
        }

        /** Fewer made rows may have no estimate. */
        private static void atLeast(int least, int given, Call call) {
            if (given < least) {
                throw Problem.of(ProblemCode.USAGE)
                        .expected(call.words().say("bench.at-least", least))
                        .found(given)
                        .exception();
            }
        }

        /** All of the studies, one command after the other; empty where none was given, or no launcher is known. */
        private Optional<Double> studies(Call call) {
            return cdm.flatMap(folder -> files.stream()
                    .map(file -> Launched.once(results -> List.of(
                                    "study",
                                    "run",
                                    call.resolve(file).toString(),
                                    "--cdm",
                                    call.resolve(folder).toString(),
                                    "--out",
                                    results.resolve("results").toString(),
                                    "--quiet"))
                            .map(Launched::seconds))
                    .reduce((some, more) -> some.flatMap(sum -> more.map(each -> sum + each)))
                    .flatMap(seconds -> seconds));
        }

        private static String seconds(double seconds) {
            return String.format(Locale.ROOT, "%.2f", seconds);
        }
    }

    /** The verdict on tables of 500 cells, in two and in three dimensions. */
    static final class Tables extends LocalVerb {
        private static final double SECONDS_MAX = 1;

        @Override
        protected Answer act(Call call) {
            TableBench two = TableBench.of(19, 24);
            TableBench three = TableBench.of(4, 9, 9);
            List<Line> lines = List.of(
                    new Line("verdict-two-dimensions-seconds", two.median(), SECONDS_MAX),
                    new Line("verdict-two-dimensions-slowest-seconds", two.largest(), SECONDS_MAX),
                    new Line("verdict-three-dimensions-seconds", three.median(), SECONDS_MAX),
                    new Line("verdict-three-dimensions-slowest-seconds", three.largest(), SECONDS_MAX));
            List<String> told = new ArrayList<>(List.of(call.words().say("bench.tables", two.cells(), three.cells())));
            lines.forEach(line -> told.add(line.text(call.words())));
            return Answer.of(
                    Answer.document(
                            "cells", two.cells(),
                            "lines", lines.stream().map(Line::document).toList()),
                    told);
        }
    }

    /** Many definitions on one folder: the cold command, one pass in memory, all against one alone, and a larger folder. */
    static final class Cohorts extends LocalVerb {
        /** Limits for the phenotype library on 20,000 persons. */
        private static final double COLD_SECONDS_MAX = 3.0;

        private static final double WARM_SECONDS_MAX = 0.72;
        private static final double ALL_OVER_ONE_MAX = 20;
        private static final double MEMORY_MB_MAX = 1024;
        private static final double GROWTH_MAX = 1;

        private static final int RUNS = 3;
        private static final int ROUNDS = 7;
        private static final int ONES = 21;

        @Parameters(arity = "1..*", paramLabel = "FILE", descriptionKey = "DEFINITIONS")
        List<Path> files = List.of();

        @Option(names = "--cdm", paramLabel = "DIR", required = true)
        Path cdm = Path.of("");

        @Option(names = "--larger", paramLabel = "DIR")
        Optional<Path> larger = Optional.empty();

        @Option(names = "--peer", paramLabel = "FILE")
        Optional<Path> peer = Optional.empty();

        @Override
        protected Answer act(Call call) {
            List<Path> given = files.stream().map(call::resolve).toList();
            List<CohortVerbs.Numbered> definitions = CohortVerbs.read(given);
            Optional<Peer> recorded = peer.map(call::resolve).flatMap(file -> Peer.read(file, ids(definitions)));
            var bench = CohortBench.on(call.resolve(cdm), definitions(definitions), ROUNDS, ONES);
            Optional<Launched> cold = Launched.median(RUNS, folder -> {
                List<String> command = new ArrayList<>(List.of("cohort", "run"));
                given.forEach(each -> command.add(each.toString()));
                command.addAll(List.of("--cdm", call.resolve(cdm).toString()));
                command.addAll(List.of("--out", folder.resolve("rows.csv").toString(), "--quiet"));
                return command;
            });

            List<Line> lines = new ArrayList<>();
            cold.ifPresent(each -> {
                lines.add(new Line("cold-command-seconds", each.seconds(), COLD_SECONDS_MAX));
                lines.add(new Line("cold-command-memory-mb", each.memoryMb(), MEMORY_MB_MAX));
            });
            lines.add(new Line("one-pass-in-memory-cpu-seconds", bench.warm(), WARM_SECONDS_MAX));
            lines.add(new Line("all-over-median-one", bench.all() / bench.medianOne(), ALL_OVER_ONE_MAX));
            recorded.ifPresent(took -> {
                cold.ifPresent(each -> lines.add(new Line("cold-command-over-peer", each.seconds(), took.total())));
                lines.add(new Line("one-pass-over-peer-execution", bench.warm(), took.execute()));
            });
            larger.map(call::resolve).ifPresent(folder -> {
                double growth = CohortBench.growth(call.resolve(cdm), folder, definitions(definitions), ROUNDS);
                lines.add(new Line("growth-per-person", growth, GROWTH_MAX));
            });
            List<String> notRun = new ArrayList<>();
            if (cold.isEmpty()) {
                notRun.add("cold-command");
            }
            if (peer.isPresent() && recorded.isEmpty()) {
                notRun.add("peer");
            }
            return Answer.of(
                    Answer.document(
                            "definitions", bench.definitions(),
                            "persons", bench.persons(),
                            "lines", lines.stream().map(Line::document).toList(),
                            "not_run", notRun),
                    Stream.concat(
                                    lines.stream().map(line -> line.text(call.words())),
                                    notRun.stream().map(what -> call.words().say("bench.not-run." + what)))
                            .toList());
        }

        private static List<CohortDefinition> definitions(List<CohortVerbs.Numbered> numbered) {
            return numbered.stream().map(CohortVerbs.Numbered::definition).toList();
        }

        private static Set<Long> ids(List<CohortVerbs.Numbered> numbered) {
            return numbered.stream().map(CohortVerbs.Numbered::id).collect(Collectors.toSet());
        }

        /** What a peer took for the same definitions: a CSV with the columns cohort_id, seconds_total and seconds_execute. */
        private record Peer(double total, double execute) {
            /** Empty when the file does not have all of the definitions: then nothing is compared. */
            static Optional<Peer> read(Path file, Set<Long> ids) {
                List<String> lines = lines(file);
                List<String> header = Arrays.asList(lines.isEmpty() ? new String[0] : split(lines.getFirst()));
                int id = column(file, header, "cohort_id");
                int total = column(file, header, "seconds_total");
                int execute = column(file, header, "seconds_execute");
                double totals = 0;
                double executes = 0;
                int found = 0;
                for (int line = 1; line < lines.size(); line++) {
                    String[] fields = split(lines.get(line));
                    if (ids.contains((long) number(file, line, header, fields, id))) {
                        totals += number(file, line, header, fields, total);
                        executes += number(file, line, header, fields, execute);
                        found++;
                    }
                }
                return found == ids.size() ? Optional.of(new Peer(totals, executes)) : Optional.empty();
            }

            private static List<String> lines(Path file) {
                try {
                    return Files.readAllLines(file);
                } catch (IOException unreadable) {
                    throw Problem.of(ProblemCode.INPUT_FILE_UNREADABLE)
                            .expected(Phrase.A_READABLE_FILE)
                            .found(unreadable.getClass().getSimpleName())
                            .at(Place.file(file.toString()))
                            .exception(unreadable);
                }
            }

            private static String[] split(String line) {
                return line.split(",", -1);
            }

            private static int column(Path file, List<String> header, String name) {
                int column = header.indexOf(name);
                if (column < 0) {
                    throw Problem.of(ProblemCode.INPUT_COLUMN_MISSING)
                            .expected(name)
                            .found(String.join(",", header))
                            .at(Place.file(file.toString()))
                            .exception();
                }
                return column;
            }

            private static double number(Path file, int line, List<String> header, String[] fields, int column) {
                String value = column < fields.length ? fields[column] : "";
                try {
                    return Double.parseDouble(value);
                } catch (NumberFormatException wrong) {
                    throw Problem.of(ProblemCode.INPUT_VALUE_WRONG_TYPE)
                            .with("column", header.get(column))
                            .expected("1.25")
                            .found(value.isEmpty() ? "\"\"" : value)
                            .at(Place.line(file.toString(), line + 1, column + 1))
                            .exception(wrong);
                }
            }
        }
    }
}
