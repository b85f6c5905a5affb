package org.vauban.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Counts which figures of a family's reference cases agree. Every number of {@code expected.json} and every number of the tables
 * {@code expected_*.csv} is a figure; one that no comparison touched is counted and named when the family is done.
 */
public final class Agreement {
    private final String family;
    private final Map<String, Case> cases = new TreeMap<>();

    public Agreement(String family) {
        this.family = family;
    }

    public Case of(ReferenceCase reference) {
        Case begun = new Case(reference);
        cases.put(reference.id(), begun);
        return begun;
    }

    /** One line for the family, and one for each case with figures that were not compared. */
    public String report() {
        int figures =
                cases.values().stream().mapToInt(each -> each.figures.size()).sum();
        int agreeing =
                cases.values().stream().mapToInt(each -> each.agreeing.size()).sum();
        String left = cases.values().stream()
                .filter(each -> !each.left().isEmpty())
                .map(each -> "\n  not compared: " + each.reference.id() + " " + each.left())
                .collect(Collectors.joining());
        return "%s: %d of %d figures of %d cases agree%s".formatted(family, agreeing, figures, cases.size(), left);
    }

    /** The figures of one case. */
    public static final class Case {
        private final ReferenceCase reference;
        private final Set<String> figures = new LinkedHashSet<>();
        private final Set<String> agreeing = new LinkedHashSet<>();
        private final List<String> wrong = new ArrayList<>();
        private final Map<String, ReferenceCase.Table> tables = new LinkedHashMap<>();

        private Case(ReferenceCase reference) {
            this.reference = reference;
            collect("", reference.answer());
            try (Stream<java.nio.file.Path> files = Files.list(reference.folder())) {
                files.map(file -> String.valueOf(file.getFileName()))
                        .filter(name -> name.startsWith("expected_") && name.endsWith(".csv"))
                        .sorted()
                        .forEach(this::collect);
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }

        private void collect(String path, JsonNode node) {
            if (node.isNumber()) {
                figures.add(path);
            } else if (node.isArray()) {
                for (int index = 0; index < node.size(); index++) {
                    collect(path + "/" + index, node.get(index));
                }
            } else if (node.isObject()) {
                node.properties().forEach(each -> collect(path + "/" + each.getKey(), each.getValue()));
            }
        }

        private void collect(String file) {
            ReferenceCase.Table table = reference.table(file);
            tables.put(file, table);
            for (Map.Entry<String, List<String>> column : table.columns().entrySet()) {
                for (int row = 0; row < table.rows(); row++) {
                    if (column.getValue().get(row).matches("-?[0-9.]+(e[-+]?[0-9]+)?")) {
                        figures.add(file + ":" + column.getKey() + ":" + row);
                    }
                }
            }
        }

        public boolean has(String path) {
            JsonNode node = reference.answer().at("/" + path);
            return !node.isMissingNode() && !node.isNull();
        }

        /** Compares a number of the answer; what the reference leaves out is not compared. R drops the array around a single one. */
        public Case number(String path, double found, double relative) {
            return number(path, found, relative, 1e-12);
        }

        /**
         * The same for a number that may be small against what it was computed from.
         *
         * @param floor the difference is measured against the expected number, or this if it is larger
         */
        public Case number(String path, double found, double relative, double floor) {
            String place = "/" + path;
            JsonNode node = reference.answer().at(place);
            boolean leftOut = node.isNull();
            while (!node.isNumber() && place.endsWith("/0")) {
                place = place.substring(0, place.length() - 2);
                node = reference.answer().at(place);
            }
            if (node.isArray() && node.size() == 1) {
                place += "/0";
                node = node.get(0);
            }
            if (node.isNumber()) {
                compare(place, found, node.asDouble(), relative, floor);
            } else if (leftOut && Double.isFinite(found)) {
                wrong.add(place + ": expected none, found " + found);
            }
            return this;
        }

        /** Compares a column of a table; cells that R leaves empty are not compared. */
        public Case column(String file, String column, double[] found, double relative) {
            return column(file, column, 0, found, relative, 1e-12);
        }

        /** Compares a part of a column, from a row on. */
        public Case column(String file, String column, int from, double[] found, double relative, double floor) {
            ReferenceCase.Table table = tables.get(file);
            if (table == null || !table.columns().containsKey(column)) {
                return this;
            }
            double[] expected = table.numbers(column);
            for (int row = 0; row < found.length; row++) {
                String figure = file + ":" + column + ":" + (from + row);
                if (figures.contains(figure)) {
                    compare(figure, found[row], expected[from + row], relative, floor);
                }
            }
            return this;
        }

        private void compare(String figure, double found, double expected, double relative, double floor) {
            if (Math.abs(found - expected) <= relative * Math.max(Math.abs(expected), floor)) {
                agreeing.add(figure);
            } else {
                wrong.add(figure + ": expected " + expected + ", found " + found);
            }
        }

        /** Names of figures that nothing compared, with indexes taken together. */
        private Map<String, Long> left() {
            Set<String> touched = wrong.stream()
                    .map(each -> each.substring(0, each.lastIndexOf(": expected")))
                    .collect(Collectors.toSet());
            return figures.stream()
                    .filter(each -> !agreeing.contains(each) && !touched.contains(each))
                    .collect(Collectors.groupingBy(
                            each -> each.replaceAll("([/:])[0-9]+", "").replaceFirst("^/", ""),
                            TreeMap::new,
                            Collectors.counting()));
        }

        /** Fails when a figure disagrees, or when none was compared. */
        public void check() {
            assertThat(wrong.stream().limit(12))
                    .as(reference.id() + ": " + wrong.size() + " figures disagree")
                    .isEmpty();
            assertThat(agreeing).as(reference.id() + ": figures compared").isNotEmpty();
        }
    }
}
