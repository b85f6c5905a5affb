package org.vauban.attack.canary;

/**
 * One way in which a value may stand in a file.
 *
 * @param value the name of the value, such as {@code family name}
 * @param encoding the name of the way, such as {@code base64, offset 1}
 * @param bytes what to look for
 * @param weak too short to prove anything alone: four bytes meet any four of a large file by chance
 */
@SuppressWarnings("ArrayRecordComponent") // Made once, read once, never compared.
record Form(String value, String encoding, byte[] bytes, boolean weak) {
    static Form of(String value, String encoding, byte[] bytes) {
        return new Form(value, encoding, bytes, false);
    }
}
