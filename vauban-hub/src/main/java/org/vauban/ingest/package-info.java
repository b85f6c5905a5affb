/**
 * Reads folders of OMOP tables: CSV (comma, semicolon or tab; gzipped too) or Parquet, CDM 5.3 or 5.4, names in any case.
 *
 * <p>Two ways in. {@link org.vauban.ingest.CdmFolder} is the open laboratory: the caller's own folder as it is, with its own ids, no
 * hub. {@link org.vauban.ingest.OmopIngest} makes an edition of it: ids re-keyed, source values screened, notes left out, order
 * shuffled, rows checked; what cannot be used is counted and told by place and shape, never by value.
 *
 * <p>Promises: a fault of a file (cut, a required column absent, an unknown table) stops everything before one object is sealed, and
 * all faults are told together; a fault of a row puts that row into the rejects file and is counted; plaintext lives in memory only.
 *
 * <p>May use {@code duck}, {@code edition}, {@code vault}, {@code custody}, {@code problem} and the core. Start at
 * {@link org.vauban.ingest.OmopIngest}.
 */
@NullMarked
package org.vauban.ingest;

import org.jspecify.annotations.NullMarked;
