package org.vauban.permit;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.vauban.document.Documents;
import org.vauban.document.Node;

/** A population's cohort that lies in a file of its own, beside PERMIT.yaml. */
final class PopulationFile {
    private static final String POPULATION = "population";
    private static final String FILE = "file";

    private PopulationFile() {}

    /** The document with the cohort in the place of its file's name. */
    static Node broughtIn(Node document, Path permit) {
        if (document instanceof Node.Mapping(var place, var entries)
                && entries.get(POPULATION) instanceof Node.Mapping(var there, var population)
                && population.get(FILE) instanceof Node.Scalar(var _, var name)
                && name instanceof String file) {
            Map<String, Node> withCohort = new LinkedHashMap<>(population);
            withCohort.remove(FILE);
            withCohort.put("cohort", Documents.read(permit.resolveSibling(file)));
            Map<String, Node> whole = new LinkedHashMap<>(entries);
            whole.put(POPULATION, new Node.Mapping(there, withCohort));
            return new Node.Mapping(place, whole);
        }
        return document;
    }
}
