package org.vauban.document;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.vauban.problem.Phrase;
import org.vauban.problem.Place;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.Problems;

/**
 * Asks one object of a document for its fields. A wrong field is added to the problems and answered with a harmless value, so
 * that one reading finds all of them; call {@link Problems#throwIfAny()} before using what was read.
 */
public final class Fields {
    private final Node node;
    private final Problems problems;
    private final Set<String> asked = new HashSet<>();

    private Fields(Node node, Problems problems) {
        this.node = node;
        this.problems = problems;
    }

    public static Fields of(Node node, Problems problems) {
        if (!(node instanceof Node.Mapping)) {
            wrongType(problems, node, Phrase.OBJECT);
        }
        return new Fields(node, problems);
    }

    public Place place() {
        return node.place();
    }

    public Problems problems() {
        return problems;
    }

    /** The place of a field, or of its object when the field is absent. */
    public Place place(String name) {
        return node(name).map(Node::place).orElse(node.place());
    }

    public boolean has(String name) {
        return node(name).isPresent();
    }

    /** The field as it stands; null counts as absent. */
    public Optional<Node> node(String name) {
        asked.add(name);
        if (node instanceof Node.Mapping mapping) {
            Node found = mapping.entries().get(name);
            return found instanceof Node.Scalar scalar && scalar.value() == null
                    ? Optional.empty()
                    : Optional.ofNullable(found);
        }
        return Optional.empty();
    }

    /** Fields that may be there and say nothing new. */
    public void passOver(Collection<String> names) {
        asked.addAll(names);
    }

    public Optional<String> optionalText(String name) {
        return node(name).flatMap(found -> scalar(found, Phrase.TEXT, String.class));
    }

    public String text(String name) {
        return required(name, optionalText(name), "");
    }

    public OptionalLong optionalWhole(String name) {
        return node(name)
                .flatMap(found -> scalar(found, Phrase.WHOLE_NUMBER, Long.class))
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    public long whole(String name) {
        return required(name, node(name).flatMap(found -> scalar(found, Phrase.WHOLE_NUMBER, Long.class)), 0L);
    }

    /** A whole number between two bounds, both allowed. */
    public int whole(String name, int least, int most, int otherwise) {
        OptionalLong found = optionalWhole(name);
        if (found.isEmpty()) {
            return otherwise;
        }
        long value = found.getAsLong();
        if (value < least || value > most) {
            wrongValue(name, Phrase.FROM_TO.with(least, most), String.valueOf(value));
            return otherwise;
        }
        return (int) value;
    }

    public OptionalDouble optionalNumber(String name) {
        return node(name)
                .flatMap(found -> scalar(found, Phrase.NUMBER, Number.class))
                .map(number -> OptionalDouble.of(number.doubleValue()))
                .orElse(OptionalDouble.empty());
    }

    public boolean truth(String name, boolean otherwise) {
        return node(name)
                .flatMap(found -> scalar(found, Phrase.TRUE_OR_FALSE, Boolean.class))
                .orElse(otherwise);
    }

    public Optional<LocalDate> optionalDate(String name) {
        return optionalText(name).flatMap(text -> {
            try {
                return Optional.of(LocalDate.parse(text));
            } catch (DateTimeParseException wrong) {
                wrongValue(name, Phrase.A_DATE, text);
                return Optional.empty();
            }
        });
    }

    public LocalDate date(String name) {
        return required(name, optionalDate(name), LocalDate.EPOCH);
    }

    /** A word out of an enum, written in lower case with hyphens. */
    public <E extends Enum<E>> E choice(String name, Class<E> type, @Nullable E otherwise) {
        List<E> all = Arrays.asList(type.getEnumConstants());
        Optional<String> text = optionalText(name);
        if (text.isEmpty()) {
            return otherwise != null ? otherwise : required(name, Optional.<E>empty(), all.getFirst());
        }
        return one(name, all, text.get()).orElse(all.getFirst());
    }

    /** The same word where all else depends on it: what is wrong is answered with nothing, so that nobody goes on with another one. */
    public <E extends Enum<E>> Optional<E> decidingChoice(String name, Class<E> type) {
        String text = text(name);
        return text.isEmpty() ? Optional.empty() : one(name, Arrays.asList(type.getEnumConstants()), text);
    }

    private <E extends Enum<E>> Optional<E> one(String name, List<E> all, String text) {
        Optional<E> found = all.stream().filter(each -> word(each).equals(text)).findFirst();
        if (found.isEmpty()) {
            wrongValue(name, all.stream().map(Fields::word).collect(Collectors.joining(", ")), text);
        }
        return found;
    }

    public static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The object under a name. */
    public Optional<Fields> optionalObject(String name) {
        return node(name).map(found -> of(found, problems));
    }

    public Fields object(String name) {
        return optionalObject(name).orElseGet(() -> {
            missing(name);
            // That its own fields are missing as well goes without saying.
            return new Fields(new Node.Mapping(node.spot(), java.util.Map.of()), new Problems());
        });
    }

    /** The items of a list; an absent list is empty. */
    public List<Node> list(String name) {
        Optional<Node> found = node(name);
        if (found.isEmpty()) {
            return List.of();
        }
        if (found.get() instanceof Node.Sequence sequence) {
            return sequence.items();
        }
        wrongType(problems, found.get(), Phrase.LIST);
        return List.of();
    }

    public List<Fields> objects(String name) {
        return list(name).stream().map(item -> of(item, problems)).toList();
    }

    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (Node item : list(name)) {
            scalar(item, Phrase.TEXT, String.class).ifPresent(texts::add);
        }
        return List.copyOf(texts);
    }

    public List<Long> wholes(String name) {
        List<Long> numbers = new ArrayList<>();
        for (Node item : list(name)) {
            scalar(item, Phrase.WHOLE_NUMBER, Long.class).ifPresent(numbers::add);
        }
        return List.copyOf(numbers);
    }

    /** Names this object has, in the file's order. */
    public List<String> names() {
        return node instanceof Node.Mapping mapping
                ? List.copyOf(mapping.entries().keySet())
                : List.of();
    }

    /** Every field that nobody asked for is a mistake: a misspelt option must not be silently ignored. */
    public void noOthers() {
        if (node instanceof Node.Mapping mapping) {
            mapping.entries().forEach((name, value) -> {
                if (!asked.contains(name)) {
                    problems.add(Problem.of(ProblemCode.FIELD_UNKNOWN)
                            .with("field", name)
                            .expected(asked.stream().sorted().collect(Collectors.joining(", ")))
                            .found(name)
                            .at(value.place()));
                }
            });
        }
    }

    /** Expected and found are names, numbers or {@linkplain Phrase phrases}. */
    public void wrongValue(String name, Object expected, Object found) {
        problems.add(Problem.of(ProblemCode.FIELD_WRONG_VALUE)
                .with("field", name)
                .expected(expected)
                .found(found)
                .at(place(name)));
    }

    /** A name, or a phrase such as {@link Phrase#ONE_OF}. */
    public void missing(Object name) {
        problems.add(Problem.of(ProblemCode.FIELD_MISSING)
                .with("field", name)
                .expected(name)
                .at(node.place()));
    }

    private <T> T required(String name, Optional<T> found, T harmless) {
        if (found.isEmpty() && !has(name)) {
            missing(name);
        }
        return found.orElse(harmless);
    }

    private <T> Optional<T> scalar(Node found, Phrase expected, Class<T> type) {
        if (found instanceof Node.Scalar scalar && type.isInstance(scalar.value())) {
            return Optional.of(type.cast(scalar.value()));
        }
        wrongType(problems, found, expected);
        return Optional.empty();
    }

    private static void wrongType(Problems problems, Node found, Phrase expected) {
        problems.add(Problem.of(ProblemCode.FIELD_WRONG_TYPE)
                .expected(expected)
                .found(found.kind())
                .at(found.place()));
    }
}
