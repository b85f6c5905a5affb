package org.vauban.attack.home;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secrets in a custodian's key file, read as its format says ({@code docs/formats/custodian.md}), for whoever has the passphrase: to
 * know which bytes must be nowhere else.
 */
public final class KeyFileContent {
    private static final int HEAD_BYTES = 72;

    private KeyFileContent() {}

    /** Each key's secret, by its name. */
    public static Map<String, byte[]> read(Path keyFile, String passphrase) {
        try {
            byte[] file = Files.readAllBytes(keyFile);
            var in = new DataInputStream(new ByteArrayInputStream(file));
            in.skipNBytes(8);
            int iterations = in.readInt();
            byte[] salt = in.readNBytes(32);
            byte[] nonce = Arrays.copyOfRange(file, 60, HEAD_BYTES);
            byte[] fromPassphrase = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(passphrase.toCharArray(), salt, iterations, 256))
                    .getEncoded();
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(fromPassphrase, "HmacSHA256"));
            mac.update("vauban custodian key file: sealing key\u0001".getBytes(StandardCharsets.US_ASCII));
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(mac.doFinal(), "AES"), new GCMParameterSpec(128, nonce));
            cipher.updateAAD(file, 0, HEAD_BYTES);
            return secrets(cipher.doFinal(file, HEAD_BYTES, file.length - HEAD_BYTES));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (GeneralSecurityException closed) {
            throw new IllegalStateException("The key file does not open with this passphrase", closed);
        }
    }

    private static Map<String, byte[]> secrets(byte[] content) throws IOException {
        var in = new DataInputStream(new ByteArrayInputStream(content));
        field(in);
        Map<String, byte[]> secrets = new TreeMap<>();
        int count = in.readInt();
        for (int index = 0; index < count; index++) {
            String name = new String(field(in), StandardCharsets.UTF_8);
            // Kind, version, creation, whether and when it was destroyed.
            in.skipNBytes(1 + Integer.BYTES + Long.BYTES + 1 + Long.BYTES);
            byte[] secret = field(in);
            field(in);
            if (secret.length > 0) {
                secrets.put(name, secret);
            }
        }
        return secrets;
    }

    private static byte[] field(DataInputStream in) throws IOException {
        return in.readNBytes(in.readInt());
    }
}
