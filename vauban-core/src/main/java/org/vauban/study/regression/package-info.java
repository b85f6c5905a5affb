/**
 * Regression of an outcome on covariates: generalised linear models with errors that trust the model or do not, conditional logistic
 * regression, and estimating equations for clustered outcomes. Held to R ({@code glm}, {@code sandwich}, {@code clogit},
 * {@code geepack}).
 *
 * <p>A maximum that does not exist (separation) or is not unique (a column that is a sum of others) is answered with the reason, never
 * with a finite number. Start at {@link org.vauban.study.regression.GeneralisedLinearModel}.
 */
@NullMarked
package org.vauban.study.regression;

import org.jspecify.annotations.NullMarked;
