package org.vauban.output;

import java.util.List;

/**
 * Who remains after each step of a design, for each arm. A step's loss is a cell as well: "5,204 → 5,201 excluded: psychiatric
 * stay" says that three people had one.
 */
public record AttritionFlow(String name, List<Arm> arms) implements RawOutput {
    public AttritionFlow {
        OutputName.name(name);
        arms = List.copyOf(arms);
    }

    /** One arm with its steps in order; each step's persons are among those of the step before. */
    public record Arm(String label, List<Step> steps) {
        public Arm {
            OutputName.label(label);
            steps = List.copyOf(steps);
            for (int index = 1; index < steps.size(); index++) {
                PersonSet before = steps.get(index - 1).remaining();
                PersonSet after = steps.get(index).remaining();
                if (after.minus(before).size() != 0) {
                    throw new IllegalArgumentException("A step only takes persons away");
                }
            }
        }
    }

    /**
     * One step.
     *
     * @param label what was asked of the persons, such as {@code 183 days of observation before}
     * @param remaining the persons who fulfil it
     */
    public record Step(String label, PersonSet remaining) {
        public Step {
            OutputName.label(label);
        }

        @Override
        public String toString() {
            return "Step[" + label + "]";
        }
    }

    @Override
    public String toString() {
        return "AttritionFlow[" + name + ", " + arms.size() + " arms]";
    }
}
