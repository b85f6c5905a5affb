package org.vauban.cohort.compiled;

/** The person whose turn it is. Compiled parts share it instead of passing the person along. */
final class Cursor {
    /** The person's place in the bucket. */
    int person;

    /** Grows with every person, so that what was worked out for another person is recognised as such. */
    int turn;

    void moveTo(int next) {
        person = next;
        turn++;
    }
}
