package org.vauban.ingest;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;

/** Tells when the file is to blame and not its rows. */
final class FileFaults {
    /** When more than nine in ten of a column's values are wrong, the column is wrong and not its rows. */
    private static final double WRONG_SHARE_OF_A_FAULTY_FILE = 0.9;

    private final long[] present;
    private final long[] wrong;
    private final @Nullable Problem[] first;
    private @Nullable Problem firstShort;
    private long shortRows;

    FileFaults(int fields) {
        present = new long[fields];
        wrong = new long[fields];
        first = new @Nullable Problem[fields];
    }

    void count(RowIntake intake, Optional<RowIntake.Fault> fault, long line) {
        if (fault.isPresent() && fault.get().reason() == RowIntake.Reason.WRONG_NUMBER_OF_FIELDS) {
            shortRows++;
            if (firstShort == null) {
                firstShort = told(ProblemCode.INPUT_FILE_UNREADABLE, fault.get(), line);
            }
            return;
        }
        for (int field = 0; field < present.length; field++) {
            FieldParser parser = intake.parserOfField(field);
            if (parser != null && parser.present) {
                present[field]++;
            }
        }
        if (fault.isPresent() && fault.get().reason() == RowIntake.Reason.WRONG_TYPE) {
            int field = fault.get().field() - 1;
            wrong[field]++;
            if (first[field] == null) {
                first[field] = told(ProblemCode.INPUT_VALUE_WRONG_TYPE, fault.get(), line);
            }
        }
    }

    private static Problem told(ProblemCode code, RowIntake.Fault fault, long line) {
        return Problem.of(code)
                .with("column", fault.column())
                .with("line", line)
                .with("field", fault.field())
                .expected(fault.expected())
                .found(fault.found());
    }

    Optional<Problem> tell(CdmFile file, long rows) {
        if (firstShort != null && shortRows > WRONG_SHARE_OF_A_FAULTY_FILE * rows) {
            return Optional.of(placed(file, firstShort));
        }
        for (int field = 0; field < present.length; field++) {
            Problem problem = first[field];
            if (problem != null && wrong[field] > WRONG_SHARE_OF_A_FAULTY_FILE * present[field]) {
                return Optional.of(placed(file, problem));
            }
        }
        return Optional.empty();
    }

    private static Problem placed(CdmFile file, Problem problem) {
        return problem.at(file.place(
                Long.parseLong(problem.arguments().getOrDefault("line", "1")),
                Integer.parseInt(problem.arguments().getOrDefault("field", "0"))));
    }
}
