/**
 * Streams under authenticated encryption: reads the parts that producers seal, and reads and writes what the zone keeps.
 *
 * <p>The bytes are those of Tink's AesGcmHkdfStreaming (AES-256-GCM in segments, a key per stream by HKDF), made with the
 * platform's own ciphers, so that the zone runs on the JDK alone.
 *
 * <p>Promises: not a byte is given out before its segment's tag was checked; a stream that is cut, joined, reordered or
 * belongs to another place ends in {@link org.vauban.identity.envelope.BrokenSeal}.
 *
 * <p>May use the JDK alone. Start at {@link org.vauban.identity.envelope.SealedInput}; the bytes are in
 * docs/formats/identity.md.
 */
@NullMarked
package org.vauban.identity.envelope;

import org.jspecify.annotations.NullMarked;
