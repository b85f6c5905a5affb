package org.vauban.cohort;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.vauban.omop.CdmColumn;
import org.vauban.trajectory.Domain;
import org.vauban.vocabulary.ConceptSet;

/**
 * Every definition that differs from a given one in a single component, found by walking its records. Left out is what means nothing where
 * it stands, such as the second bound of a comparison that has one.
 */
final class Changes {
    /** A changed definition, and the component that was changed. */
    record Change(String component, CohortDefinition definition) {}

    private final List<Change> found = new ArrayList<>();

    static List<Change> of(CohortDefinition definition) {
        var changes = new Changes();
        changes.record(
                definition,
                definition,
                "",
                (component, changed) -> changes.found.add(new Change(component, (CohortDefinition) changed)));
        return List.copyOf(changes.found);
    }

    /** Takes a value that stands for the one that was given. */
    private interface Sink {
        void take(String component, Object changed);
    }

    private void record(Record record, Object parent, String path, Sink sink) {
        RecordComponent[] components = record.getClass().getRecordComponents();
        for (int index = 0; index < components.length; index++) {
            RecordComponent component = components[index];
            if (meansNothing(record, parent, component.getName())) {
                continue;
            }
            int place = index;
            String name = path + "/" + record.getClass().getSimpleName() + "." + component.getName();
            value(get(record, component), record, name, (changedName, value) -> {
                Object[] values =
                        Arrays.stream(components).map(each -> get(record, each)).toArray();
                values[place] = value;
                sink.take(changedName, make(record, components, values));
            });
        }
    }

    @SuppressWarnings("unchecked")
    private void value(Object value, Record of, String name, Sink sink) {
        Consumer<Object> change = changed -> sink.take(name, changed);
        switch (value) {
            case Boolean truth -> change.accept(!truth);
            case Integer number -> change.accept(number(name, number));
            case Double number -> change.accept(number + 7);
            case String text -> change.accept(text + "x");
            case Domain _, CdmColumn _ -> {}
            case Enum<?> chosen ->
                Arrays.stream(chosen.getDeclaringClass().getEnumConstants())
                        .filter(other -> other != chosen)
                        .forEach(change);
            case OptionalInt number
            when number.isPresent() -> {
                change.accept(OptionalInt.empty());
                change.accept(OptionalInt.of(number(name, number.getAsInt())));
            }
            case OptionalInt _ -> change.accept(OptionalInt.of(3));
            case Optional<?> some
            when some.isPresent() -> {
                change.accept(Optional.empty());
                value(some.get(), of, name, (inside, changed) -> sink.take(inside, Optional.of(changed)));
            }
            case Optional<?> _ -> {}
            case List<?> list -> list((List<Object>) list, of, name, sink);
            case Record inner -> record(inner, of, name, sink);
            default -> throw new IllegalArgumentException(name + " " + value.getClass());
        }
    }

    private void list(List<Object> list, Record of, String name, Sink sink) {
        for (int index = 0; index < list.size(); index++) {
            int place = index;
            List<Object> shorter = new ArrayList<>(list);
            shorter.remove(place);
            boolean isEmptyGroup = list.get(place) instanceof CriteriaGroup group && group.isEmpty();
            if (!isEmptyGroup && !(list.get(place) instanceof ConceptSet)) {
                sink.take(name + " removed", shorter);
            }
            value(list.get(place), of, name, (inside, changed) -> {
                List<Object> other = new ArrayList<>(list);
                other.set(place, changed);
                sink.take(inside, other);
            });
        }
    }

    /** Another number; that of a concept set stays one of those that there are. */
    private static int number(String name, int number) {
        return name.endsWith("onceptSet") ? (number + 1) % 5 : number + 7;
    }

    private static boolean meansNothing(Record record, Object parent, String component) {
        return switch (record) {
            case CohortDefinition definition ->
                component.equals("qualifiedLimit") && definition.additional().isEmpty();
            case ConceptSet _ -> component.equals("id");
            case CriteriaGroup group ->
                (component.equals("count") && (group.isEmpty() || !counts(group.kind())))
                        || (component.equals("kind") && group.size() < 2);
            case NumberRange range ->
                component.equals("extent") && !range.comparison().isRange();
            case DayRange range ->
                component.equals("extent") && !range.comparison().isRange();
            case EventWindow window ->
                component.equals("fromIndexEnd")
                        && window.start().days().isEmpty()
                        && window.end().days().isEmpty();
            case EventWindow.Bound bound ->
                component.equals("before") && bound.days().orElse(0) == 0;
            case Occurrence occurrence -> component.equals("kind") && occurrence.count() == 0;
            case DateAdjustment _ ->
                parent instanceof Criterion criterion
                        && criterion.domain() == Domain.DEATH
                        && (component.equals("start") || component.equals("end"));
            // The field says what is looked at.
            case AttributeTest _ -> component.equals("field") || component.equals("subject");
            default -> false;
        };
    }

    private static boolean counts(CriteriaGroup.Kind kind) {
        return kind == CriteriaGroup.Kind.AT_LEAST || kind == CriteriaGroup.Kind.AT_MOST;
    }

    private static Object get(Record record, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private static Object make(Record record, RecordComponent[] components, Object[] values) {
        try {
            var constructor = record.getClass()
                    .getDeclaredConstructor(Arrays.stream(components)
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
