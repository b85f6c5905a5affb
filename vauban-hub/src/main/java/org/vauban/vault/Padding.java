package org.vauban.vault;

/**
 * Hides how long a content is. The length is rounded up so that only its first few bits can vary (the Padmé rule of Nikitin and others,
 * "Reducing Metadata Leakage from Encrypted Files", 2019): at most 12 percent longer, and less for long contents.
 */
final class Padding {
    /** Everything shorter looks alike. */
    static final long SIZE_MIN = 1_024;

    private Padding() {}

    static long padded(long size) {
        if (size <= SIZE_MIN) {
            return SIZE_MIN;
        }
        int exponent = 63 - Long.numberOfLeadingZeros(size);
        int significantBits = 32 - Integer.numberOfLeadingZeros(exponent);
        long mask = (1L << (exponent - significantBits)) - 1;
        return (size + mask) & ~mask;
    }
}
