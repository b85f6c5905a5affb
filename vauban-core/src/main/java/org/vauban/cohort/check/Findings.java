package org.vauban.cohort.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vauban.document.Node;
import org.vauban.problem.Place;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;

/** Collects what is found, each with its place in the document. */
final class Findings {
    private final Node document;
    private final Map<String, Node> nodes = new HashMap<>();
    private final List<Problem> found = new ArrayList<>();

    Findings(Node document) {
        this.document = document;
        index(document);
    }

    /** Adds a finding; names and values in turn fill its sentence. */
    void add(ProblemCode code, String path, Object... namesAndValues) {
        Problem problem = Problem.of(code);
        for (int index = 0; index < namesAndValues.length; index += 2) {
            problem = problem.with(String.valueOf(namesAndValues[index]), namesAndValues[index + 1]);
        }
        found.add(problem.at(place(path)));
    }

    Optional<Node> node(String path) {
        return Optional.ofNullable(nodes.get(path));
    }

    Iterable<Node> nodes() {
        return nodes.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .toList();
    }

    List<Problem> all() {
        return List.copyOf(found);
    }

    /** The place of a path; what is not written lies where its parent is. */
    private Place place(String path) {
        for (String near = path; !near.isEmpty(); near = near.substring(0, Math.max(0, near.lastIndexOf('.')))) {
            Node node = nodes.get(near);
            if (node != null) {
                return node.place().withPath(path);
            }
        }
        return document.place().withPath(path);
    }

    private void index(Node node) {
        node.place().path().ifPresent(path -> nodes.put(path, node));
        switch (node) {
            case Node.Mapping mapping -> mapping.entries().values().forEach(this::index);
            case Node.Sequence sequence -> sequence.items().forEach(this::index);
            case Node.Scalar _ -> {}
        }
    }
}
