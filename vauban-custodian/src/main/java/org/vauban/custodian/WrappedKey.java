package org.vauban.custodian;

/**
 * A wrapped data key and what it was bound to.
 *
 * @param wrapped what {@link Custodian#wrap} gave
 * @param associatedData the same bytes as at wrapping
 */
@SuppressWarnings("ArrayRecordComponent") // A pair of arguments, compared by nobody.
public record WrappedKey(byte[] wrapped, byte[] associatedData) {

    public WrappedKey {
        if (wrapped.length > Wrapping.WRAPPED_BYTES_MAX) {
            throw new IllegalArgumentException("A wrapped key has at most " + Wrapping.WRAPPED_BYTES_MAX
                    + " bytes; found " + wrapped.length + ".");
        }
        if (associatedData.length > DataKey.ASSOCIATED_BYTES_MAX) {
            throw new IllegalArgumentException("Associated data has at most " + DataKey.ASSOCIATED_BYTES_MAX
                    + " bytes; found " + associatedData.length + ".");
        }
    }

    @Override
    public String toString() {
        return "WrappedKey[" + wrapped.length + " bytes]";
    }
}
