package org.vauban.disclosure;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vauban.document.Documents;
import org.vauban.document.Fields;
import org.vauban.document.Node;
import org.vauban.problem.Phrase;
import org.vauban.problem.Problems;

/**
 * What a data set or a permit asks of outputs. Every default is the strict one.
 *
 * @param threshold the fewest persons a count may show, from 3 to 100; a permit may only raise it
 * @param rounding how shown counts are written
 * @param sensitive the variables whose zeros and complements are hidden; empty means every variable
 * @param structuralZeros combinations in which nobody can be, such as men and pregnancy; their zeros are shown
 * @param binDays the narrowest time bin of a survival curve in its first year, at least 7
 * @param binDaysAfterFirstYear the narrowest time bin after that, at least 30
 * @param degreesOfFreedom the fewest persons beyond the number of a model's parameters
 * @param personsPerParameter the fewest persons per parameter of a model
 * @param dominance when a few persons make up too much of a sum
 */
public record DisclosureRules(
        int threshold,
        Rounding rounding,
        Optional<Set<String>> sensitive,
        List<StructuralZero> structuralZeros,
        int binDays,
        int binDaysAfterFirstYear,
        int degreesOfFreedom,
        int personsPerParameter,
        Dominance dominance) {
    public static final int THRESHOLD_LEAST = 3;
    public static final int THRESHOLD_MOST = 100;
    public static final int THRESHOLD_DEFAULT = 11;

    private static final int BIN_DAYS_LEAST = 7;
    private static final int BIN_DAYS_AFTER_FIRST_YEAR_LEAST = 30;
    private static final int DEGREES_OF_FREEDOM_LEAST = 10;
    private static final int PERSONS_PER_PARAMETER_LEAST = 10;

    public DisclosureRules {
        sensitive = sensitive.map(Set::copyOf);
        structuralZeros = List.copyOf(structuralZeros);
        between("threshold", threshold, THRESHOLD_LEAST, THRESHOLD_MOST);
        between("bin_days", binDays, BIN_DAYS_LEAST, Integer.MAX_VALUE);
        between("bin_days_after_first_year", binDaysAfterFirstYear, BIN_DAYS_AFTER_FIRST_YEAR_LEAST, Integer.MAX_VALUE);
        between("degrees_of_freedom", degreesOfFreedom, DEGREES_OF_FREEDOM_LEAST, Integer.MAX_VALUE);
        between("persons_per_parameter", personsPerParameter, PERSONS_PER_PARAMETER_LEAST, Integer.MAX_VALUE);
    }

    /**
     * A combination of levels in which nobody can be.
     *
     * @param levels level by dimension; dimensions that are not named may have any level but the total
     */
    public record StructuralZero(Map<String, String> levels) {
        public StructuralZero {
            levels = Map.copyOf(levels);
            if (levels.isEmpty()) {
                throw new IllegalArgumentException("A structural zero names at least one level");
            }
        }

        boolean covers(List<String> dimensions, List<String> cell) {
            return levels.entrySet().stream().allMatch(level -> {
                int at = dimensions.indexOf(level.getKey());
                return at >= 0 && cell.get(at).equals(level.getValue());
            });
        }
    }

    /** The rules of an output that asks to leave: threshold 11, midpoint-10, every variable sensitive. */
    public static DisclosureRules standard() {
        return new DisclosureRules(
                THRESHOLD_DEFAULT,
                Rounding.MIDPOINT_10,
                Optional.empty(),
                List.of(),
                BIN_DAYS_LEAST,
                BIN_DAYS_AFTER_FIRST_YEAR_LEAST,
                DEGREES_OF_FREEDOM_LEAST,
                PERSONS_PER_PARAMETER_LEAST,
                Dominance.STANDARD);
    }

    public DisclosureRules withThreshold(int other) {
        return new DisclosureRules(
                other,
                rounding,
                sensitive,
                structuralZeros,
                binDays,
                binDaysAfterFirstYear,
                degreesOfFreedom,
                personsPerParameter,
                dominance);
    }

    /** The same with a permit's threshold, if that is higher: a permit may only raise it. */
    public DisclosureRules raisedTo(int permitted) {
        return withThreshold(Math.max(threshold, permitted));
    }

    public DisclosureRules withRounding(Rounding other) {
        return new DisclosureRules(
                threshold,
                other,
                sensitive,
                structuralZeros,
                binDays,
                binDaysAfterFirstYear,
                degreesOfFreedom,
                personsPerParameter,
                dominance);
    }

    public DisclosureRules withSensitive(Set<String> variables) {
        return new DisclosureRules(
                threshold,
                rounding,
                Optional.of(variables),
                structuralZeros,
                binDays,
                binDaysAfterFirstYear,
                degreesOfFreedom,
                personsPerParameter,
                dominance);
    }

    /** Reads a rules file; what it does not say is as in {@link #standard()}. */
    public static DisclosureRules read(Path file) {
        return read(file, standard());
    }

    /** Reads a rules file; what it does not say is as in {@code otherwise}. */
    public static DisclosureRules read(Path file, DisclosureRules otherwise) {
        var problems = new Problems();
        DisclosureRules rules = read(Fields.of(Documents.read(file), problems), otherwise);
        problems.throwIfAny();
        return rules;
    }

    /** Reads the rules as a part of another document, such as a permit. Call {@code throwIfAny} of the problems after it. */
    public static DisclosureRules read(Fields fields, DisclosureRules otherwise) {
        var rules = new DisclosureRules(
                fields.whole("threshold", THRESHOLD_LEAST, THRESHOLD_MOST, otherwise.threshold),
                fields.choice("rounding", Rounding.class, otherwise.rounding),
                fields.has("sensitive") ? Optional.of(Set.copyOf(fields.texts("sensitive"))) : otherwise.sensitive,
                fields.has("structural_zeros") ? structuralZeros(fields) : otherwise.structuralZeros,
                fields.whole("bin_days", BIN_DAYS_LEAST, 3650, otherwise.binDays),
                fields.whole(
                        "bin_days_after_first_year",
                        BIN_DAYS_AFTER_FIRST_YEAR_LEAST,
                        3650,
                        otherwise.binDaysAfterFirstYear),
                fields.whole("degrees_of_freedom", DEGREES_OF_FREEDOM_LEAST, 1000, otherwise.degreesOfFreedom),
                fields.whole("persons_per_parameter", PERSONS_PER_PARAMETER_LEAST, 1000, otherwise.personsPerParameter),
                new Dominance(
                        fields.whole(
                                "dominance_percent",
                                Dominance.PERCENT_LEAST,
                                Dominance.PERCENT_MOST,
                                otherwise.dominance.percent()),
                        fields.whole(
                                "dominance_contributors",
                                1,
                                Dominance.CONTRIBUTORS_MOST,
                                otherwise.dominance.contributors()),
                        fields.whole(
                                "dominance_share",
                                Dominance.SHARE_LEAST,
                                Dominance.SHARE_MOST,
                                otherwise.dominance.share())));
        fields.noOthers();
        return rules;
    }

    private static List<StructuralZero> structuralZeros(Fields fields) {
        return fields.list("structural_zeros").stream()
                .flatMap(item -> {
                    Fields combination = Fields.of(item, fields.problems());
                    Map<String, String> levels = new LinkedHashMap<>();
                    for (String dimension : combination.names()) {
                        // A level such as 2026 or true is meant as it is written, whatever YAML takes it for.
                        combination.node(dimension).ifPresent(level -> {
                            if (level instanceof Node.Scalar scalar) {
                                levels.put(dimension, String.valueOf(scalar.value()));
                            } else {
                                combination.wrongValue(dimension, "a level", level.kind());
                            }
                        });
                    }
                    if (levels.isEmpty()) {
                        fields.wrongValue("structural_zeros", Phrase.A_LEVEL_BY_DIMENSION, Phrase.NOTHING);
                        return java.util.stream.Stream.empty();
                    }
                    return java.util.stream.Stream.of(new StructuralZero(levels));
                })
                .toList();
    }

    /** Whether a variable's zeros and complements are hidden. */
    boolean isSensitive(String variable) {
        return sensitive.map(named -> named.contains(variable)).orElse(true);
    }

    /** Whether a count may be shown as far as its own size goes. */
    boolean isLargeEnough(long count) {
        return count >= threshold;
    }

    /** Whether a count is too small to show: somebody, but too few. */
    boolean isSmall(long count) {
        return count > 0 && count < threshold;
    }

    long shown(long count) {
        return rounding.shown(count, threshold);
    }

    private static void between(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " is from " + least + " to " + most);
        }
    }
}
