package org.vauban.vault;

import java.io.OutputStream;

/**
 * An object to open.
 *
 * @param id its name
 * @param context where the reader believes that it belongs
 * @param sink takes the content; when opening fails, what it took is not to be used
 */
public record Opening(ObjectId id, SealContext context, OutputStream sink) {}
