/**
 * What many estimates say together, and what one estimate is worth: meta-analysis, empirical calibration by negative controls, and
 * E-values.
 *
 * <p>Estimates are logarithms of ratios with their standard errors. Start at {@link org.vauban.study.synthesis.MetaAnalysis},
 * {@link org.vauban.study.synthesis.EmpiricalCalibration} and {@link org.vauban.study.synthesis.EValue}.
 */
@NullMarked
package org.vauban.study.synthesis;

import org.jspecify.annotations.NullMarked;
