/**
 * The store of sealed objects: what the host keeps, and cannot read.
 *
 * <p>Every object is encrypted under a data key of its own, the data key is wrapped by the custodian, and the object is named by the
 * SHA-256 of its ciphertext. Promises: an object is never changed once named; what {@link org.vauban.vault.Vault#sealAll} returned
 * survives a power cut; a changed, swapped or foreign object is {@code SEAL_BROKEN} before its content is used; names, sizes and
 * paths tell nothing of the content; plaintext never touches a disk. The bytes are described at {@code Envelope}.
 *
 * <p>A {@link org.vauban.vault.Shelf} holds the few small public documents (an edition's stub) that are switched atomically.
 *
 * <p>May use {@code problem}, {@code custodian} and Tink. Start at {@link org.vauban.vault.Vault}.
 */
@NullMarked
package org.vauban.vault;

import org.jspecify.annotations.NullMarked;
