package org.vauban.edition;

import org.vauban.ledger.tree.Hash;
import org.vauban.omop.EditionId;

/**
 * An edition whose objects are all durable and which nobody can see yet. Write its root to the log, then publish it.
 *
 * @param id its name
 * @param root the root that readers pin
 * @param persons number of persons
 * @param rows rows of all tables
 * @param objects number of sealed objects, the manifest included
 * @param bytes their size on disk, the manifest's included
 * @param stub the signed document that publishes it
 */
@SuppressWarnings("ArrayRecordComponent") // Carried from one step to the next, compared by nobody.
public record PreparedEdition(EditionId id, Hash root, long persons, long rows, int objects, long bytes, byte[] stub) {
    public PreparedEdition {
        stub = stub.clone();
    }

    @Override
    public byte[] stub() {
        return stub.clone();
    }

    @Override
    public String toString() {
        return "PreparedEdition[" + id + ", root " + root + "]";
    }
}
