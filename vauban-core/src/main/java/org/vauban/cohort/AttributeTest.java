package org.vauban.cohort;

import java.util.List;
import java.util.OptionalInt;

/** A condition on one attribute. {@code field} is its name in Circe JSON, for messages and for writing it back. */
public sealed interface AttributeTest {
    String field();

    Subject subject();

    /** A number in a range; no value, no match. */
    record NumberTest(String field, Subject subject, NumberRange range) implements AttributeTest {}

    /** A day in a range. */
    record DayTest(String field, Subject.Day subject, DayRange range) implements AttributeTest {}

    /** A concept in, or not in, a list; no value, no match either way. */
    record ConceptTest(String field, Subject subject, List<ListedConcept> listed, boolean isExcluded)
            implements AttributeTest {
        public ConceptTest {
            listed = List.copyOf(listed);
        }

        /** The concepts that are listed. */
        public List<Integer> concepts() {
            return listed.stream().map(ListedConcept::id).toList();
        }
    }

    /** A concept of a list, with its name as the author saw it. */
    record ListedConcept(int id, String name) {}

    /**
     * A concept in, or not in, a concept set. Without a set: has a value, or (excluded) has none. Nothing is in an empty set, so
     * everything, a missing value too, is outside it.
     */
    record ConceptSetTest(String field, Subject subject, OptionalInt conceptSet, boolean isExcluded)
            implements AttributeTest {}

    /** Text of a pattern. */
    record TextTest(String field, Subject subject, TextPattern pattern) implements AttributeTest {}

    /** A measured value outside its own reference range, or said to be high (4155142) or low (4155143). */
    record AbnormalTest(String field, Subject subject) implements AttributeTest {}
}
