/**
 * Random permits, random requests, and an oracle that knows the files which were ingested and nothing of the program: what reaches a reader is
 * exactly what the permit says.
 */
@NullMarked
package org.vauban.policy;

import org.jspecify.annotations.NullMarked;
