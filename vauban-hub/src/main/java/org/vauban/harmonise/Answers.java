package org.vauban.harmonise;

import java.util.OptionalLong;

/** What the identity zone answered: who is behind a record number. */
@FunctionalInterface
public interface Answers {
    /**
     * The person behind a record.
     *
     * @param deposit the deposit in which the record number was drawn
     * @param record the record number as text
     * @return the hub's number of the person, or nothing when the zone knows no such record
     */
    OptionalLong person(String deposit, String record);

    /** Whether a person objects to being in an edition; who does is left out with all rows. */
    default boolean objects(long person) {
        return false;
    }
}
