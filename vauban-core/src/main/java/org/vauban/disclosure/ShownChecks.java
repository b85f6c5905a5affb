package org.vauban.disclosure;

import java.util.List;
import java.util.Optional;
import org.vauban.output.DesignChecks;

/** The checks of a design as they may be seen. */
public final class ShownChecks implements Shown {
    private final String name;
    private final String outcome;
    private final List<Check> checks;

    ShownChecks(String name, String outcome, List<Check> checks) {
        this.name = name;
        this.outcome = outcome;
        this.checks = List.copyOf(checks);
    }

    @Override
    public String name() {
        return name;
    }

    public String outcome() {
        return outcome;
    }

    public List<Check> checks() {
        return checks;
    }

    /** Whether a limit that was decided before is crossed. */
    public boolean mustNotBeRead() {
        return checks.stream().anyMatch(check -> check.answer() == DesignChecks.Answer.CROSSED);
    }

    /**
     * One question; words as in {@link DesignChecks.Check}.
     *
     * @param answer from all persons, whether the figure is shown or not
     * @param found with two decimals; nothing when the check could not run, or when the figure is of few persons
     */
    public record Check(
            DesignChecks.Question question,
            String about,
            DesignChecks.Answer answer,
            Optional<DesignChecks.Found> found,
            double limit) {}
}
