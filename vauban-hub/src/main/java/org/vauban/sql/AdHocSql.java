package org.vauban.sql;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.vauban.cohort.EvaluationProgress;
import org.vauban.custody.Lease;
import org.vauban.disclosure.Disclosure;
import org.vauban.disclosure.Verdict;
import org.vauban.gate.Receipt;
import org.vauban.journal.Act;
import org.vauban.journal.Entry;
import org.vauban.journal.Journal;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.CdmTable;
import org.vauban.output.FrequencyTable;
import org.vauban.people.Actor;
import org.vauban.people.Role;
import org.vauban.permit.Grant;
import org.vauban.permit.Permits;
import org.vauban.permit.Scope;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;
import org.vauban.project.AnalysisId;
import org.vauban.project.ProjectNames;
import org.vauban.project.Projects;
import org.vauban.publication.Publications;
import org.vauban.trajectory.Needs;
import org.vauban.worker.launch.ConfinedWorker;
import org.vauban.worker.launch.Workers;
import org.vauban.worker.launch.WorkersOffException;
import org.vauban.worker.pipe.Cut;
import org.vauban.worker.pipe.Guard;
import org.vauban.worker.pipe.Limits;
import org.vauban.worker.pipe.Message;

/** A researcher's own SQL: permit, log, confined worker, log. */
public final class AdHocSql implements AutoCloseable {
    /** What one statement may use. */
    private static final Limits LIMITS = new Limits(1L << 30, 2, 240);

    /** So many workers wait while this program stays: two people who ask at once wait for neither; each takes 130 MB. */
    private static final int WAITING = 2;

    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int ROWS_SHOWN_MAX = 1_000;
    private static final long BYTES_SHOWN_MAX = 4L << 20;
    private static final int ROWS_COUNTED_MAX = 4_000_000;
    private static final long BYTES_COUNTED_MAX = 512L << 20;

    private final Permits permits;
    private final Journal journal;
    private final Publications publications;
    private final Projects projects;
    private final Clock clock;
    private @Nullable Workers workers;
    private boolean stays;

    public AdHocSql(Permits permits, Journal journal, Publications publications, Projects projects, Clock clock) {
        this.permits = permits;
        this.journal = journal;
        this.publications = publications;
        this.projects = projects;
        this.clock = clock;
    }

    /** Says that this program stays: once somebody has asked, workers wait for the next who do, started and confined. */
    public synchronized void stay() {
        stays = true;
    }

    /**
     * Rows inside the project space, for its people, where the permit says so. They are kept nowhere.
     *
     * @throws ProblemException a refusal, which is entered in the log, or what is wrong with the statement
     */
    public Explored explore(Actor actor, SqlRequest request) {
        actor.require(Role.RESEARCHER);
        SqlText text = SqlText.read(request.file());
        Grant grant = permits.requireToExplore(actor, request.project(), scope(request, text), clock.instant());
        return run(actor, grant, text, "explore", 0, (run, begun) -> {
            WorkerRun.Answer answer =
                    run.answer(new Message.Statement(text.statement(), ROWS_SHOWN_MAX, BYTES_SHOWN_MAX));
            projects.conclude(begun.act(), begun.analysis(), grant, List.of(), List.of());
            return new Explored(
                    answer.columns().stream()
                            .map(column -> new Explored.Column(column.name(), column.type()))
                            .toList(),
                    answer.lines(),
                    answer.cut() == Cut.WHOLE,
                    begun.act().index());
        });
    }

    /**
     * Counts distinct persons by the dimensions of a SELECT, and keeps the table in the project space as an output.
     *
     * @return its name and verdict, no count
     * @throws ProblemException a refusal, which is entered in the log, or what is wrong with the statement
     */
    public Receipt tabulate(Actor actor, SqlRequest request, Tabulation tabulation) {
        actor.require(Role.RESEARCHER);
        SqlText text = SqlText.read(request.file());
        Grant grant = permits.requireForStatement(actor, request.project(), scope(request, text), clock.instant());
        return run(actor, grant, text, "tabulate", tabulation.prefix().length(), (run, begun) -> {
            WorkerRun.Answer answer = counted(run, tabulation, text);
            FrequencyTable table = tabulation.table(answer.lines(), run.rows()::person);
            Verdict verdict = Disclosure.review(table, grant.disclosureRules());
            return new Receipt(
                    begun.analysis(),
                    grant.project(),
                    grant.permit(),
                    grant.edition(),
                    text.hash(),
                    begun.act().index(),
                    projects.conclude(begun.act(), begun.analysis(), grant, List.of(table), List.of(verdict)));
        });
    }

    private static WorkerRun.Answer counted(Running run, Tabulation tabulation, SqlText text) {
        WorkerRun.Answer answer;
        try {
            answer = run.answer(
                    new Message.Statement(tabulation.sql(text.statement()), ROWS_COUNTED_MAX, BYTES_COUNTED_MAX));
        } catch (ProblemException failed) {
            boolean isAboutOurPart = failed.code() == ProblemCode.SQL_NOT_UNDERSTOOD
                    && failed.problem()
                            .where()
                            .flatMap(place -> place.line().stream().boxed().findFirst())
                            .isEmpty();
            throw isAboutOurPart
                    ? Problem.of(ProblemCode.SQL_TABULATION_COLUMNS)
                            .expected(tabulation.columns())
                            .at(text.place(-1))
                            .exception()
                    : failed;
        }
        if (answer.cut() != Cut.WHOLE) {
            throw Problem.of(ProblemCode.SQL_TOO_MANY_ROWS).exception();
        }
        return answer;
    }

    /** All granted columns of the granted tables that the statement names. */
    private Scope scope(SqlRequest request, SqlText text) {
        Set<CdmTable> tables = EnumSet.copyOf(GrantedRows.offered());
        tables.retainAll(text.tables());
        return new Scope(
                request.edition(), permits.grantedOf(request.project(), tables), Optional.empty(), Optional.empty());
    }

    /** An act under way and the analysis that it makes. */
    private record Begun(Act act, AnalysisId analysis) {}

    /** A worker at work for one grant. */
    private record Running(WorkerRun worker, GrantedRows rows, Set<CdmTable> named, Supplier<Optional<Problem>> lapse) {
        /** What the statement answered, if the permit still holds when it has. */
        WorkerRun.Answer answer(Message.Statement statement) {
            WorkerRun.Answer answer = worker.run(rows, named, statement);
            lapse.get().ifPresent(ended -> {
                throw ended.exception();
            });
            return answer;
        }
    }

    private Optional<Problem> lapse(Grant grant, Lease lease) {
        return permits.lapse(grant, clock.instant()).or(lease::lapse);
    }

    private <T> T run(
            Actor actor, Grant grant, SqlText text, String door, int before, BiFunction<Running, Begun, T> work) {
        try (ConfinedWorker worker = worker()) {
            Act act = journal.begin(entry(actor, grant, text, door));
            AnalysisId analysis = projects.begin(act, actor, grant);
            Lease lease = permits.lease(grant);
            try (ProjectNames names = projects.names(grant, lease)) {
                worker.watch(longest(grant), () -> lapse(grant, lease).isEmpty());
                var rows = new GrantedRows(
                        publications.read(grant, lease, EvaluationProgress.SILENT), grant.needs(), names);
                return work.apply(
                        new Running(
                                new WorkerRun(worker, text, before), rows, text.tables(), () -> lapse(grant, lease)),
                        new Begun(act, analysis));
            } catch (ProblemException stopped) {
                // Whoever asks is told that the permit ended, not that the worker was stopped.
                ProblemException failed =
                        lapse(grant, lease).map(Problem::exception).orElse(stopped);
                projects.abandon(act, analysis, false, failed.code().name());
                refuseWhatIsNotGranted(actor, grant, text, failed);
                throw failed;
            } catch (RuntimeException failed) {
                projects.abandon(act, analysis, false, failed.getClass().getSimpleName());
                throw failed;
            }
        }
    }

    /** A table or column that the permit does not grant is not there: the engine knows no such name, and here it is told why. */
    private void refuseWhatIsNotGranted(Actor actor, Grant grant, SqlText text, ProblemException failed) {
        if (failed.code() != ProblemCode.SQL_NOT_UNDERSTOOD && failed.code() != ProblemCode.SQL_TABULATION_COLUMNS) {
            return;
        }
        Set<CdmTable> missing = text.tables().stream()
                .filter(table -> !table.isVocabulary() && !grant.needs().reads(table))
                .collect(Collectors.toSet());
        Set<CdmColumn> refused = new TreeSet<>(
                text.named(permits.unjustifiedOf(grant.project(), text.tables()).columns()));
        missing.forEach(table -> refused.add(table.columns().getFirst()));
        if (!refused.isEmpty()) {
            permits.require(
                    actor,
                    grant.project(),
                    new Scope(grant.edition(), new Needs(refused), Optional.empty(), Optional.empty()),
                    clock.instant());
        }
    }

    private Entry entry(Actor actor, Grant grant, SqlText text, String door) {
        Map<String, String> body = new TreeMap<>(grant.described());
        body.put("sql", door);
        body.put("statement", text.text());
        body.put("statement-hash", text.hash());
        body.put("used", text.used(grant.columns()).stream().sorted().toList().toString());
        return Entry.of("analysis", actor.account().value(), grant.project().value())
                .under(grant.permit().value(), grant.purpose().word())
                .body(body);
    }

    private Duration longest(Grant grant) {
        Instant now = clock.instant();
        Duration left = Duration.between(now, grant.end());
        return left.compareTo(LONGEST) < 0 ? left : LONGEST;
    }

    private ConfinedWorker worker() {
        try {
            return workers().take();
        } catch (WorkersOffException off) {
            throw Problem.of(ProblemCode.SQL_OFF)
                    .found(
                            off.missing().isEmpty()
                                    ? "–"
                                    : off.missing().stream().map(Guard::name).collect(Collectors.joining(", ")))
                    .exception(off);
        }
    }

    private synchronized Workers workers() {
        Workers found = workers;
        if (found == null) {
            found = new Workers(LIMITS);
            workers = found;
            if (stays) {
                found.keepReady(WAITING);
            }
        }
        return found;
    }

    @Override
    public synchronized void close() {
        if (workers != null) {
            workers.close();
            workers = null;
        }
    }
}
