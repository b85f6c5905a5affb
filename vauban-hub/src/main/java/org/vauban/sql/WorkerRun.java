package org.vauban.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.vauban.omop.CdmTable;
import org.vauban.problem.Phrase;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.worker.launch.ConfinedWorker;
import org.vauban.worker.launch.WorkerGoneException;
import org.vauban.worker.pipe.Cut;
import org.vauban.worker.pipe.Failure;
import org.vauban.worker.pipe.Message;

/** One statement in one worker: rows in, answer out, and what goes wrong in the hub's own words. */
final class WorkerRun {
    private final ConfinedWorker worker;
    private final SqlText text;
    /** How many characters stand before the author's own. */
    private final int before;

    WorkerRun(ConfinedWorker worker, SqlText text, int before) {
        this.worker = worker;
        this.text = text;
        this.before = before;
    }

    /** What a statement answered. */
    record Answer(List<Message.Header.Column> columns, List<List<@Nullable String>> lines, Cut cut) {}

    Answer run(GrantedRows rows, Set<CdmTable> named, Message.Statement statement) {
        try {
            rows.send(worker, named);
            worker.send(statement);
            return answer();
        } catch (WorkerGoneException gone) {
            throw switch (gone.ending()) {
                case OUT_OF_TIME -> problem(ProblemCode.SQL_OUT_OF_TIME).exception(gone);
                case DIED -> problem(ProblemCode.SQL_OUT_OF_MEMORY).exception(gone);
            };
        }
    }

    private Answer answer() throws WorkerGoneException {
        List<Message.Header.Column> columns = new ArrayList<>();
        List<List<@Nullable String>> lines = new ArrayList<>();
        while (true) {
            switch (worker.receive()) {
                case Message.Header header -> columns.addAll(header.columns());
                case Message.Lines more -> lines.addAll(more.lines());
                case Message.End(Cut cut) -> {
                    return new Answer(columns, lines, cut);
                }
                case Message.Failed(Failure failure, int position) -> throw failed(failure, position - before);
                case Message.Table _, Message.Rows _, Message.Statement _, Message.Ready _ ->
                    throw problem(ProblemCode.INTERNAL_FAULT)
                            .found(Phrase.A_WORKER_THAT_SAYS_TOO_MUCH)
                            .exception();
            }
        }
    }

    private RuntimeException failed(Failure failure, int position) {
        return switch (failure) {
            case NOT_ONE_SELECT -> problem(ProblemCode.SQL_NOT_ONE_SELECT).exception();
            case NOT_UNDERSTOOD ->
                Problem.of(ProblemCode.SQL_NOT_UNDERSTOOD)
                        .found(text.wordAt(position))
                        .at(text.place(position))
                        .exception();
            case FORBIDDEN -> problem(ProblemCode.SQL_FORBIDDEN).exception();
            case FAILED -> problem(ProblemCode.SQL_FAILED).exception();
            case MEMORY -> problem(ProblemCode.SQL_OUT_OF_MEMORY).exception();
        };
    }

    private Problem problem(ProblemCode code) {
        return Problem.of(code).at(text.place(-1));
    }
}
