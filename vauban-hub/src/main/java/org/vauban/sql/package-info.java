/**
 * A researcher's own SQL, through two doors: <em>explore</em> shows rows inside the project space, where the permit says so;
 * <em>tabulate</em> counts distinct persons by the dimensions of a SELECT, and the table is kept like a study's output.
 *
 * <p>The statement is run by a confined worker that holds what is granted and nothing else: the granted tables that the statement names,
 * their granted columns, the rows of the granted period, under the project's own pseudonyms. Promises: permit before anything, the act
 * begun in the log before a row is read and concluded after, no word of the engine's in a message, and no statement at all where a
 * worker cannot be confined.
 *
 * <p>May use {@code gate} for its receipt, {@code permit}, {@code project}, {@code publication}, {@code journal}, the domain and the worker's
 * launcher. Start at {@link org.vauban.sql.AdHocSql}.
 */
@NullMarked
package org.vauban.sql;

import org.jspecify.annotations.NullMarked;
