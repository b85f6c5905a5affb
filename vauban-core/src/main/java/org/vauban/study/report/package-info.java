/**
 * What the open laboratory writes: exact numbers, because the data are the caller's own.
 *
 * <p>{@link org.vauban.study.report.LaboratoryReport} writes {@code summarised_result.csv}, {@code estimates.csv},
 * {@code report.html} and {@code provenance.json}. The page opens without a network, in French or English, and shows each figure
 * beside its table. Nothing here may be used for the hub's outputs: those are printed from released content elsewhere. May use
 * {@code study}, {@code output} and {@code plot}.
 */
@NullMarked
package org.vauban.study.report;

import org.jspecify.annotations.NullMarked;
