/**
 * The printed forms of protected content: CSV, HTML table and figure, in two languages, and its digest.
 *
 * <p>It takes {@link org.vauban.disclosure.Shown} only: what disclosure control lets be seen. Order and digits are disclosure control's, words are
 * ours, so nothing of an author’s file survives. May use {@code disclosure}, {@code plot} and the words of {@code study.report}. Start at {@link org.vauban.print.Printed}.
 */
@NullMarked
package org.vauban.print;

import org.jspecify.annotations.NullMarked;
