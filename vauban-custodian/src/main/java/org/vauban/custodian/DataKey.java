package org.vauban.custodian;

/**
 * A data key to wrap and what it is bound to.
 *
 * @param bytes the secret, 1 to {@value #BYTES_MAX} bytes; not copied, so that whoever made it can zero it
 * @param associatedData what must be presented again to unwrap: hub, table, bucket, object
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody; copying a secret would leave one more of it behind.
public record DataKey(byte[] bytes, byte[] associatedData) {

    /** Data keys are short; whole documents are sealed under a data key instead. */
    public static final int BYTES_MAX = 4_096;

    /** Room for ids, far from the size of content. */
    public static final int ASSOCIATED_BYTES_MAX = 4_096;

    public DataKey {
        if (bytes.length == 0 || bytes.length > BYTES_MAX) {
            throw new IllegalArgumentException(
                    "A data key has 1 to " + BYTES_MAX + " bytes; found " + bytes.length + ".");
        }
        if (associatedData.length > ASSOCIATED_BYTES_MAX) {
            throw new IllegalArgumentException("Associated data has at most " + ASSOCIATED_BYTES_MAX + " bytes; found "
                    + associatedData.length + ".");
        }
    }

    @Override
    public String toString() {
        return "DataKey[" + bytes.length + " bytes]";
    }
}
