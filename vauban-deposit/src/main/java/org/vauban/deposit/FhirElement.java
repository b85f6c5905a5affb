package org.vauban.deposit;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An element that passes, and what passes under it. Elements that repeat are written as those that do not: JSON tells them apart.
 *
 * @param leaf what happens to its value, if it is one
 * @param target the resource type of an id, or the one that a pointer means when it names none
 * @param under the elements inside it that pass
 */
record FhirElement(Leaf leaf, String target, Map<String, FhirElement> under) {
    /** What happens to a value. */
    enum Leaf {
        NONE,
        ID,
        REFERENCE,
        CODE,
        TERM,
        TEXT,
        DEPARTMENT
    }

    static FhirElement leaf(Leaf leaf) {
        return new FhirElement(leaf, "", Map.of());
    }

    @Nullable
    FhirElement find(String name) {
        return under.get(name);
    }

    /** The table {@code fhir-elements.txt}: resource types and their elements. */
    static Map<String, FhirElement> table() {
        Map<String, FhirElement> resources = new LinkedHashMap<>();
        String resource = "";
        for (String line : TableRules.lines("fhir-elements.txt")) {
            if (!line.startsWith(" ")) {
                resource = line.strip();
                var resourceType = new LinkedHashMap<String, FhirElement>();
                resourceType.put("resourceType", leaf(Leaf.CODE));
                resources.put(resource, new FhirElement(Leaf.NONE, resource, resourceType));
            } else {
                String[] words = line.strip().split("\\s+");
                put(resources.get(resource), words[0].split("\\."), type(words, resource));
            }
        }
        return Map.copyOf(resources);
    }

    private static void put(@Nullable FhirElement root, String[] path, FhirElement element) {
        FhirElement at = java.util.Objects.requireNonNull(root);
        for (int index = 0; index < path.length - 1; index++) {
            at = at.under.computeIfAbsent(path[index], _ -> new FhirElement(Leaf.NONE, "", new LinkedHashMap<>()));
        }
        at.under.put(path[path.length - 1], element);
    }

    private static FhirElement type(String[] words, String resource) {
        return switch (words[1]) {
            case "id" -> new FhirElement(Leaf.ID, resource, Map.of());
            case "reference" -> of(Map.of("reference", new FhirElement(Leaf.REFERENCE, words[2], Map.of())));
            case "department" -> leaf(Leaf.DEPARTMENT);
            case "code" -> leaf(Leaf.CODE);
            case "text" -> leaf(Leaf.TEXT);
            case "coding" -> coding();
            case "concept" -> of(Map.of("coding", coding()));
            case "quantity" -> quantity();
            case "period" -> of(Map.of("start", leaf(Leaf.CODE), "end", leaf(Leaf.CODE)));
            case "range" -> of(Map.of("low", quantity(), "high", quantity()));
            case "ratio" -> of(Map.of("numerator", quantity(), "denominator", quantity()));
            default -> throw new IllegalStateException("fhir-elements.txt: " + words[1]);
        };
    }

    private static FhirElement coding() {
        return of(Map.of("system", leaf(Leaf.CODE), "code", leaf(Leaf.CODE), "display", leaf(Leaf.TERM)));
    }

    private static FhirElement quantity() {
        return of(Map.of(
                "value", leaf(Leaf.CODE),
                "comparator", leaf(Leaf.CODE),
                "unit", leaf(Leaf.CODE),
                "system", leaf(Leaf.CODE),
                "code", leaf(Leaf.CODE)));
    }

    private static FhirElement of(Map<String, FhirElement> under) {
        return new FhirElement(Leaf.NONE, "", under);
    }
}
