package org.vauban.study;

import org.vauban.trajectory.Domain;
import org.vauban.vocabulary.ConceptSet;

/**
 * A concept set in a table of events. Unlike a cohort nothing is merged or asked of it: each record is a stay of its own, from its first
 * to its last day, and one without a last day, or with one before the first, takes one day.
 *
 * @param name the name by which the study refers to it
 * @param label what readers see
 * @param domain where it is recorded
 * @param concepts the concepts
 */
public record StudyRecords(String name, String label, Domain domain, ConceptSet concepts) {}
