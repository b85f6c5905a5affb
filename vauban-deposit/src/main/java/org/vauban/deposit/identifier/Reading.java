package org.vauban.deposit.identifier;

/** How a value is to be read: the freer its words, the more is looked for. */
public enum Reading {
    /** A technical number or date whose column is known: only a complete, keyed number of social security, or one of this deposit. */
    NUMBER,
    /** A code: the whole value is a name or a number of social security. */
    CODE,
    /** Words out of a code system, the same for every person: names are looked for as first name beside surname. */
    TERM,
    /** Words that somebody wrote, or a column nobody described. */
    TEXT
}
