/**
 * The OMOP Common Data Model as data: its tables, columns and what each column is for.
 *
 * <p>Reading producers' files, sealing column groups, compiling permits and building trajectories all ask the same model.
 * Version 5.4 is the model inside; 5.3 is translated at the door. Start at {@link org.vauban.omop.CdmTable}. Uses the JDK alone.
 */
@NullMarked
package org.vauban.omop;

import org.jspecify.annotations.NullMarked;
