/**
 * The open laboratory: definitions and studies on the caller's own plain OMOP folder. No hub, no permit, no key.
 *
 * <p>This is the only place of the program, besides the hub's gate, that holds an evaluator, and it can reach no edition. Uses
 * {@code ingest} for the folder, {@code cohort} and {@code study}. Start at {@link org.vauban.app.laboratory.OpenLaboratory}.
 */
@NullMarked
package org.vauban.app.laboratory;

import org.jspecify.annotations.NullMarked;
