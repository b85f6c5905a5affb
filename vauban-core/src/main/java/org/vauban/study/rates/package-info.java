/**
 * Rates, proportions and tables of counts: intervals, ratios, standardisation and stratified tables, by their textbook formulas and
 * held to R ({@code stats}, {@code epitools}).
 *
 * <p>Persons and cohorts are unknown here; counts come in, estimates with intervals go out. An estimate that does not exist (a ratio
 * over nothing) is NaN or infinite and never made up. Start at {@link org.vauban.study.rates.Rates} and
 * {@link org.vauban.study.rates.TwoByTwo}.
 */
@NullMarked
package org.vauban.study.rates;

import org.jspecify.annotations.NullMarked;
