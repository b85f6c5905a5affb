/**
 * The disk as those see it who promise that something survives a power cut: the vault, and the shelves of deposits.
 *
 * <p>Start at {@link org.vauban.disk.Disk}. Promises that a sync which failed is never tried again: from then on {@link
 * org.vauban.disk.LocalDisk} changes nothing until the program is started again. May use nothing of the house.
 */
@NullMarked
package org.vauban.disk;

import org.jspecify.annotations.NullMarked;
