package org.vauban.ledger.note;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * Signs other people's checkpoints with a time: what a witness does (C2SP tlog-cosignature, version 1).
 *
 * <p>A cosignature says: at this time, this was the largest tree of that log that I have seen, and everything I saw before is
 * its beginning. Whoever calls {@link #cosign} has made sure of it.
 */
public final class Cosigner {

    private final Signer signer;
    private final VerifierKey key;

    public Cosigner(Signer signer) {
        this.signer = signer;
        this.key = new VerifierKey(signer.name(), VerifierKey.Kind.COSIGNATURE, signer.publicKey());
    }

    /** The public key by which others know this witness. */
    public VerifierKey key() {
        return key;
    }

    /** Signs a note's text as of a time, to the second, and checks the signature before anybody sees it. */
    public NoteSignature cosign(String text, Instant at) {
        long time = at.getEpochSecond();
        if (time <= 0) {
            throw new IllegalArgumentException("A cosignature's time is after 1970: a zero means that there is none.");
        }
        byte[] signature = signer.sign(message(time, text));
        byte[] timed = ByteBuffer.allocate(Long.BYTES + signature.length)
                .putLong(time)
                .put(signature)
                .array();
        if (!key.verifies(text, timed)) {
            throw new IllegalStateException("The signer returned a signature that its public key does not verify.");
        }
        return NoteSignature.of(key, timed);
    }

    static byte[] message(long time, String text) {
        return ("cosignature/v1\ntime " + time + "\n" + text).getBytes(UTF_8);
    }
}
