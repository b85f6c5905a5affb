package org.vauban.desk;

import java.time.Instant;
import org.vauban.deposit.envelope.Kind;

/**
 * Somebody who may deposit.
 *
 * @param name as it stands in manifests
 * @param kind of files it may deposit
 * @param convention under which the data come
 */
public record Producer(String name, Kind kind, String convention, Instant registered) {}
