/**
 * The process that runs one statement of a researcher and ends.
 *
 * <p>It confines itself before it reads a byte: from then on it can open no file, make no socket, start no program and no process, and
 * use no more memory and time than it was given. It is told so by trying, and tells the hub. Then it gets tables through its standard
 * input, keeps them in memory, locks the engine, runs one SELECT, answers through its standard output, and ends. A fault of the engine
 * (it is a large native library, and whoever writes the statement may be hostile) is a fault of a process that holds nothing but what its
 * author was granted.
 *
 * <p>May use {@code worker.pipe}, DuckDB and the JDK. Start at {@link org.vauban.worker.Worker}; the walls begin at
 * {@link org.vauban.worker.KernelConfinement}.
 */
@NullMarked
package org.vauban.worker;

import org.jspecify.annotations.NullMarked;
