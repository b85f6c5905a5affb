package org.vauban.study.report;

import java.time.Instant;

/**
 * The circumstances of a run.
 *
 * @param data what the data are called
 * @param engine which evaluator found the cohorts
 * @param version of the program
 * @param started when the run began
 * @param finished when it ended
 */
public record RunFacts(String data, String engine, String version, Instant started, Instant finished) {}
