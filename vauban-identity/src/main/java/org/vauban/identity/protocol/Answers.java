package org.vauban.identity.protocol;

/** The first byte of every answer. */
final class Answers {

    private static final int REASON_BYTES_MAX = 65_536;

    private Answers() {}

    /** The rest of an answer that says all is well, or the failure that it tells. */
    static MessageReader done(byte[] answer) {
        var reader = new MessageReader(answer);
        int status = reader.octet();
        if (status != Operation.DONE) {
            throw new IdentityException(IdentityException.Kind.of(status), reader.text(REASON_BYTES_MAX), null);
        }
        return reader;
    }
}
