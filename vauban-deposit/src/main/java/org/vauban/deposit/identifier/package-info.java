/**
 * Finds what would tell who somebody is, where only health data should be: numbers of social security, names and hospital numbers of
 * the deposit's own persons, addresses of e-mail, telephone numbers.
 *
 * <p>A finding says what was found and its shape, never the value. The rules would rather stop a file too many than let a name
 * pass, except where a code system's own words are read: there a surname that is also a word is no finding by itself.
 *
 * <p>May use the JDK alone. Start at {@link org.vauban.deposit.identifier.Detector}.
 */
@NullMarked
package org.vauban.deposit.identifier;

import org.jspecify.annotations.NullMarked;
