/**
 * Reads the YAML and JSON that people write (studies, permits, cohort definitions, settings) so that every complaint can name
 * file, line, column and path.
 *
 * <p>A {@link org.vauban.document.Node} is what the file says; {@link org.vauban.document.Fields} asks it for what is expected and collects every problem before any
 * is thrown. A field that nobody asked for is a problem too. Start at {@link org.vauban.document.Documents}. May use {@code problem} only.
 */
@NullMarked
package org.vauban.document;

import org.jspecify.annotations.NullMarked;
