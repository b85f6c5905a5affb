package org.vauban.identity.zone;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.vauban.custodian.Custodian;
import org.vauban.custodian.KeyInfo;
import org.vauban.custodian.KeyKind;
import org.vauban.custodian.KeyName;
import org.vauban.custodian.WrappedKey;
import org.vauban.identity.envelope.PartHeader;

/** The zone's keys, which its custodian holds: one that opens deposits, two that make pseudonyms, one that seals results. */
final class ZoneKeys {

    private static final KeyName DEPOSIT = KeyName.of("deposit");
    private static final KeyName LEVEL_1 = KeyName.of("level-1/v1");
    private static final KeyName LEVEL_2 = KeyName.of("level-2/v1");
    private static final KeyName RESULTS = KeyName.of("results");
    private static final Map<KeyName, KeyKind> KINDS = Map.of(
            DEPOSIT, KeyKind.HPKE_X25519,
            LEVEL_1, KeyKind.HMAC_SHA_256,
            LEVEL_2, KeyKind.HMAC_SHA_256,
            RESULTS, KeyKind.AES_256);
    /** Names both keys' version, so that a pseudonym says how it was made. */
    private static final String VERSION = "v1:";

    private static final int DATA_KEY_BYTES = 32;

    private final Custodian custodian;
    private final SecureRandom random = new SecureRandom();
    private final byte[] publicKey;

    /** Creates the keys that are not there yet. */
    ZoneKeys(Custodian custodian) {
        this.custodian = custodian;
        Set<KeyName> held = new HashSet<>();
        for (KeyInfo key : custodian.keys()) {
            held.add(key.name());
        }
        KINDS.forEach((name, kind) -> {
            if (!held.contains(name)) {
                custodian.createKey(name, kind);
            }
        });
        this.publicKey = custodian.publicKey(DEPOSIT);
    }

    byte[] publicKey() {
        return publicKey.clone();
    }

    String publicKeyHash() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(publicKey));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    /** The data keys of parts, in their order; the caller zeroes them. */
    List<byte[]> dataKeys(List<PartHeader> parts) {
        return custodian.unwrapAll(
                DEPOSIT,
                parts.stream()
                        .map(part -> new WrappedKey(part.sealedKey(), part.keyInfo()))
                        .toList());
    }

    /** The pseudonym of each canonical identity, in their order: keyed hash of keyed hash. */
    List<String> pseudonyms(List<String> identities) {
        List<byte[]> messages = new ArrayList<>(identities.size());
        identities.forEach(identity -> messages.add(identity.getBytes(StandardCharsets.UTF_8)));
        Base64.Encoder text = Base64.getUrlEncoder().withoutPadding();
        return custodian.macAll(LEVEL_2, custodian.macAll(LEVEL_1, messages)).stream()
                .map(mac -> VERSION + text.encodeToString(mac))
                .toList();
    }

    SecureRandom random() {
        return random;
    }

    byte[] freshDataKey() {
        byte[] dataKey = new byte[DATA_KEY_BYTES];
        random.nextBytes(dataKey);
        return dataKey;
    }

    byte[] wrap(byte[] dataKey, byte[] place) {
        return custodian.wrap(RESULTS, dataKey, place);
    }

    byte[] unwrap(byte[] wrapped, byte[] place) {
        return custodian.unwrap(RESULTS, wrapped, place);
    }
}
