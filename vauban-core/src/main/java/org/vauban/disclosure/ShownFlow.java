package org.vauban.disclosure;

import java.util.List;

/** An attrition flow as it may be seen: steps that would have told about few persons are merged. */
public final class ShownFlow implements Shown {
    private final String name;
    private final List<Arm> arms;

    ShownFlow(String name, List<Arm> arms) {
        this.name = name;
        this.arms = List.copyOf(arms);
    }

    @Override
    public String name() {
        return name;
    }

    public List<Arm> arms() {
        return arms;
    }

    /** One arm with its steps in the order of the design. */
    public record Arm(String label, List<Step> steps) {
        public Arm {
            steps = List.copyOf(steps);
        }
    }

    /**
     * One step.
     *
     * @param labels the conditions that were asked; several when steps were merged
     * @param remaining persons who fulfil them, rounded if the rules say so
     * @param lost persons who did not; 0 for the first step
     */
    public record Step(List<String> labels, long remaining, long lost) {
        public Step {
            labels = List.copyOf(labels);
        }
    }
}
