package org.vauban.edition;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import org.vauban.custodian.Custodian;
import org.vauban.custody.Keys;

/**
 * The public face of an edition: the small document whose appearance publishes it. It says nothing but which sealed manifest the edition
 * has, and under which root; the signature is the custodian's.
 *
 * @param format the version of this form, 1
 * @param edition the edition's name
 * @param hub the hub's id
 * @param manifest the object that holds the manifest
 * @param root the manifest's root
 * @param signature Ed25519 over {@link #signed()}, in hexadecimal
 */
record Stub(int format, String edition, String hub, String manifest, String root, String signature) {
    /** RFC 8410: an Ed25519 public key in X.509 form is this prefix and the 32 raw bytes. */
    private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    static Stub sign(String edition, String hub, String manifest, String root, Custodian custodian) {
        var unsigned = new Stub(Manifest.FORMAT, edition, hub, manifest, root, "");
        return new Stub(
                Manifest.FORMAT,
                edition,
                hub,
                manifest,
                root,
                HexFormat.of().formatHex(custodian.sign(Keys.MANIFEST, unsigned.signed())));
    }

    boolean isSignedBy(Custodian custodian) {
        byte[] raw = custodian.publicKey(Keys.MANIFEST);
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(KeyFactory.getInstance("Ed25519")
                    .generatePublic(new X509EncodedKeySpec(ByteBuffer.allocate(X509_PREFIX.length + raw.length)
                            .put(X509_PREFIX)
                            .put(raw)
                            .array())));
            verifier.update(signed());
            return verifier.verify(HexFormat.of().parseHex(signature));
        } catch (GeneralSecurityException | IllegalArgumentException malformed) {
            return false;
        }
    }

    /** The lines that are signed. */
    byte[] signed() {
        return String.join("\n", "vauban edition", Integer.toString(format), edition, hub, manifest, root, "")
                .getBytes(StandardCharsets.UTF_8);
    }

    byte[] json() {
        return Manifest.JSON.writeValueAsBytes(this);
    }
}
