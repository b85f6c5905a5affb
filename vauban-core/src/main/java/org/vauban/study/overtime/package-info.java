/**
 * Exposure that changes while persons are followed: who is exposed on which day, as rows of a Cox regression, and what would have happened
 * had everybody begun, or nobody.
 *
 * <p>Nothing here looks ahead: what a person is on a day follows from days up to it. {@link org.vauban.study.overtime.ExposureMeasure.Ever}
 * does, and {@link org.vauban.study.overtime.ExposureRows#immortalDays} tells what that costs. May use {@code study.regression},
 * {@code study.spline} and {@code study.survival}. Start at {@link org.vauban.study.overtime.ExposureRows}.
 */
@NullMarked
package org.vauban.study.overtime;

import org.jspecify.annotations.NullMarked;
