package org.vauban.journal;

/**
 * An act that the log says has begun. It is concluded once; one that is not is reported by every verification.
 *
 * @param entry the control plane's number of the entry
 * @param index the entry's index in the log
 * @param subject what was entered
 */
public record Act(long entry, long index, Entry subject) {}
