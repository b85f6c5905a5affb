package org.vauban.edition;

import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vauban.cohort.EvaluationProgress;
import org.vauban.cohort.compiled.CompiledEvaluator;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.CdmTable;
import org.vauban.permit.Grant;
import org.vauban.trajectory.Needs;
import org.vauban.trajectory.Period;
import org.vauban.trajectory.TrajectorySource;
import org.vauban.trajectory.VisibleRows;
import org.vauban.vault.Loan;

/** A restriction that is left out, to see whether anybody notices. There is no such switch in the program. */
public enum Leak {
    NONE,
    COLUMNS,
    PERSONS,
    OBJECTIONS,
    CONCEPTS,
    DAYS,
    MONTHS;

    /** What a grant lets be read, less the restriction. */
    public TrajectorySource read(Edition edition, Grant grant, LongPredicate objecting) {
        Needs granted = this == COLUMNS
                ? new Needs(Stream.of(CdmTable.values())
                        .flatMap(table -> table.columns().stream())
                        .collect(Collectors.<CdmColumn>toSet()))
                : grant.needs();
        LongPredicate absent = this == OBJECTIONS ? _ -> false : objecting;
        return edition.read(grant.permit().value(), granted, absent, Loan.OF_THE_HUB, everything -> {
            Sight sight = Sight.of(grant.reach(), everything, new CompiledEvaluator(), EvaluationProgress.SILENT);
            return bucket -> without(sight.rows(bucket));
        });
    }

    private VisibleRows without(VisibleRows rows) {
        return new VisibleRows(
                this == DAYS ? Period.ALWAYS : rows.period(),
                this == PERSONS ? _ -> true : rows.persons(),
                this == CONCEPTS ? Map.of() : rows.concepts(),
                this == MONTHS ? Set.of() : rows.byMonth());
    }
}
