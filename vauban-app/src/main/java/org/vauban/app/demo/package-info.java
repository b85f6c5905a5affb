/**
 * The demonstration: one study, from generated people to a public result, by the same verbs a user types.
 *
 * <p>It runs verbs and reads their answers; it holds no hub, no key and no truth. The custodian, the generator and the score are
 * processes of their own. What it cannot show yet it lists as not run. Nobody imports it. Start at
 * {@link org.vauban.app.demo.Demonstration}.
 */
@NullMarked
package org.vauban.app.demo;

import org.jspecify.annotations.NullMarked;
