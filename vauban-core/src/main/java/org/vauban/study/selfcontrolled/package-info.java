/**
 * Self-controlled case series: persons who had the event are compared with themselves, exposed days against others (Farrington 1995).
 *
 * <p>What does not change within a person cannot confound; age and season are in the model. Start at
 * {@link org.vauban.study.selfcontrolled.CaseSeries}.
 */
@NullMarked
package org.vauban.study.selfcontrolled;

import org.jspecify.annotations.NullMarked;
