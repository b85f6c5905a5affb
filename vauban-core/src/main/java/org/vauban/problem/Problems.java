package org.vauban.problem;

import java.util.ArrayList;
import java.util.List;

/** Collects the problems of one document, folder or configuration, so that they are reported together. */
public final class Problems {
    /** More than this many of one document help nobody. */
    private static final int REPORTED_MAX = 100;

    private final List<Problem> found = new ArrayList<>();

    public void add(Problem problem) {
        if (found.size() < REPORTED_MAX) {
            found.add(problem);
        }
    }

    /** Adds those of a part that was read on its own. */
    public void addAll(List<Problem> problems) {
        problems.forEach(this::add);
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    public List<Problem> all() {
        return List.copyOf(found);
    }

    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new ProblemException(found, null);
        }
    }
}
