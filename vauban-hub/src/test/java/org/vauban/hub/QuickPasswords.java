package org.vauban.hub;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.NoSuchProviderException;
import java.security.Provider;
import java.security.Security;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.SecretKeyFactorySpi;
import javax.crypto.spec.PBEKeySpec;

/**
 * Makes passwords cheap in this process: what the program derives in 600,000 rounds is derived in a thousandth of them. Hundreds of test
 * hubs ask whether a password opens, and one test ({@code PeopleTest}) whether it is slow, by the rounds that were asked for.
 */
public final class QuickPasswords extends Provider {
    private static final long serialVersionUID = 1;

    private static final String DERIVATION = "PBKDF2WithHmacSHA256";
    private static final Set<Integer> ASKED = ConcurrentHashMap.newKeySet();
    private static final int CHEAPER = 1_000;

    private QuickPasswords() {
        super("QuickPasswords", "1", "Key derivation for tests");
        putService(new Service(this, "SecretKeyFactory", DERIVATION, Cheap.class.getName(), List.of(), Map.of()) {
            @Override
            public Object newInstance(Object parameter) {
                return new Cheap();
            }
        });
    }

    /** Before the first key file and the first account; a key file of another process is not opened any more. */
    static void install() {
        if (Security.getProvider("QuickPasswords") == null) {
            Security.insertProviderAt(new QuickPasswords(), 1);
        }
    }

    /** The numbers of rounds that were asked for so far. */
    public static Set<Integer> roundsAsked() {
        return Set.copyOf(ASKED);
    }

    private static final class Cheap extends SecretKeyFactorySpi {
        @Override
        protected SecretKey engineGenerateSecret(KeySpec asked) throws InvalidKeySpecException {
            var spec = (PBEKeySpec) asked;
            ASKED.add(spec.getIterationCount());
            var cheap = new PBEKeySpec(
                    spec.getPassword(),
                    spec.getSalt(),
                    Math.max(1, spec.getIterationCount() / CHEAPER),
                    spec.getKeyLength());
            try {
                return SecretKeyFactory.getInstance(DERIVATION, "SunJCE").generateSecret(cheap);
            } catch (NoSuchAlgorithmException | NoSuchProviderException absent) {
                throw new InvalidKeySpecException(absent);
            } finally {
                cheap.clearPassword();
            }
        }

        @Override
        protected KeySpec engineGetKeySpec(SecretKey key, Class<?> kind) throws InvalidKeySpecException {
            throw new InvalidKeySpecException("Nobody asks for it");
        }

        @Override
        protected SecretKey engineTranslateKey(SecretKey key) throws InvalidKeyException {
            throw new InvalidKeyException("Nobody asks for it");
        }
    }
}
