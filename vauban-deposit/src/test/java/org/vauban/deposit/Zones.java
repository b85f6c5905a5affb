package org.vauban.deposit;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.HybridDecrypt;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.hybrid.HpkeParameters;
import com.google.crypto.tink.hybrid.HpkePrivateKey;
import com.google.crypto.tink.hybrid.HpkePublicKey;
import com.google.crypto.tink.hybrid.subtle.HpkeDecrypt;
import com.google.crypto.tink.subtle.X25519;
import com.google.crypto.tink.util.Bytes;
import com.google.crypto.tink.util.SecretBytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.vauban.deposit.envelope.Manifest;
import org.vauban.deposit.envelope.RecipientKey;
import org.vauban.deposit.envelope.SealedPart;
import org.vauban.deposit.envelope.TableLine;
import org.vauban.deposit.envelope.Zone;

/** One zone with its private key, as the custodian has it: opens what was sealed for it. */
final class Zones {
    private final RecipientKey key;
    private final HybridDecrypt opening;

    private Zones(RecipientKey key, HybridDecrypt opening) {
        this.key = key;
        this.opening = opening;
    }

    @AccessesPartialKey
    @SuppressWarnings("RestrictedApi") // The other half of RecipientKey.
    static Zones of(Zone zone) {
        try {
            byte[] secret = X25519.generatePrivateKey();
            byte[] open = X25519.publicFromPrivate(secret);
            var suite = HpkeParameters.builder()
                    .setKemId(HpkeParameters.KemId.DHKEM_X25519_HKDF_SHA256)
                    .setKdfId(HpkeParameters.KdfId.HKDF_SHA256)
                    .setAeadId(HpkeParameters.AeadId.AES_256_GCM)
                    .setVariant(HpkeParameters.Variant.NO_PREFIX)
                    .build();
            var pair = HpkePrivateKey.create(
                    HpkePublicKey.create(suite, Bytes.copyFrom(open), null),
                    SecretBytes.copyFrom(secret, InsecureSecretKeyAccess.get()));
            return new Zones(RecipientKey.of(zone, open), HpkeDecrypt.create(pair));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    RecipientKey key() {
        return key;
    }

    byte[] dataKey(SealedPart part) {
        try {
            return opening.decrypt(part.sealedKey(), part.info());
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** A part in the clear. */
    record Clear(TableLine table, String content) {}

    List<Clear> open(Path spool) {
        Path folder = spool.resolve(key.zone().word());
        try {
            Manifest manifest = Manifest.read(Files.readAllBytes(folder.resolve(Manifest.FILE)));
            List<Clear> clear = new ArrayList<>();
            for (Manifest.Part each : manifest.parts()) {
                SealedPart part = SealedPart.of(folder, manifest, each);
                SealedPart.Opened opened = part.open(dataKey(part));
                try (InputStream content = opened.content()) {
                    clear.add(new Clear(opened.table(), new String(content.readAllBytes(), StandardCharsets.UTF_8)));
                }
            }
            return clear;
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    /** The contents of all parts of a table, one behind the other. */
    String table(Path spool, String name) {
        return open(spool).stream()
                .filter(part -> part.table().table().equals(name))
                .map(Clear::content)
                .collect(Collectors.joining());
    }

    String everything(Path spool) {
        return open(spool).stream().map(Clear::content).collect(Collectors.joining());
    }
}
