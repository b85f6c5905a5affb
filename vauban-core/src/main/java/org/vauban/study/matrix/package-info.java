/**
 * The little linear algebra that estimators share: a positive definite matrix, solved with, inverted and measured with.
 *
 * <p>Matrices are arrays of rows. A matrix that is not positive definite is answered with nothing, never with a large number. May
 * use EJML. Start at {@link org.vauban.study.matrix.PositiveMatrix}.
 */
@NullMarked
package org.vauban.study.matrix;

import org.jspecify.annotations.NullMarked;
