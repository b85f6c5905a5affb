package org.vauban.permit;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.EditionId;
import org.vauban.procedure.Label;
import org.vauban.trajectory.Period;

/** Terms for tests: a university's research on one edition by one researcher, for all days and until the end of 2026, unless a test says otherwise. */
public final class TestTerms {
    private static final Presentation PRESENTATION =
            new Presentation(new Label("Un titre", "A title"), new Label("Pourquoi", "Why"), "A university");

    private final Extent extent;
    private String person = "researcher";
    private LocalDate end = LocalDate.of(2026, 12, 31);
    private Optional<Integer> threshold = Optional.empty();
    private boolean explores;
    private Dossier dossier = Dossier.toTheCommittee();

    private TestTerms(Extent extent) {
        this.extent = extent;
    }

    public static TestTerms of(EditionId edition, Set<CdmColumn> columns) {
        return of(edition, columns, Period.ALWAYS);
    }

    public static TestTerms of(EditionId edition, Set<CdmColumn> columns, Period period) {
        return new TestTerms(new Extent(List.of(edition), columns, period, Optional.empty(), Map.of(), Map.of()));
    }

    public static TestTerms of(Extent extent) {
        return new TestTerms(extent);
    }

    public TestTerms naming(String login) {
        person = login;
        return this;
    }

    public TestTerms until(LocalDate last) {
        end = last;
        return this;
    }

    public TestTerms threshold(Optional<Integer> raised) {
        threshold = raised;
        return this;
    }

    public TestTerms exploring(boolean does) {
        explores = does;
        return this;
    }

    public TestTerms with(Dossier file) {
        dossier = file;
        return this;
    }

    public PermitTerms terms() {
        return new PermitTerms(
                PRESENTATION, Purpose.RESEARCH, List.of(person), extent, end, threshold, explores, dossier);
    }
}
