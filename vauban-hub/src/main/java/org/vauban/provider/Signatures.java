package org.vauban.provider;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * Who signed a token. The provider's public keys are kept for a while; a key that is not among them is looked for once more, because
 * providers change their keys, but not at every stranger's asking.
 */
final class Signatures {
    /** Signatures with a private key that only the provider has. None, and those with a shared secret, are no signatures here. */
    static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    static final Duration KEPT = Duration.ofHours(1);
    static final Duration ASKED_AGAIN = Duration.ofSeconds(30);

    private static final int RSA_BITS_MIN = 2048;
    private static final int TOKEN_MAX = 16_384;

    private final Supplier<JsonNode> published;
    private final Clock clock;
    private Optional<Keys> known = Optional.empty();

    /**
     * Signatures of one provider.
     *
     * @param published asks the provider for its keys
     */
    Signatures(Supplier<JsonNode> published, Clock clock) {
        this.published = published;
        this.clock = clock;
    }

    private record Keys(JWKSet set, Instant since) {}

    /** What a token says, if the provider signed it and it is of this kind. Nothing of what it says has been looked at. */
    Token of(String text, Kind kind) {
        SignedJWT token = parsed(text);
        if (!ALGORITHMS.contains(token.getHeader().getAlgorithm())) {
            throw Flaw.ALGORITHM.refusal();
        }
        if (!kind.takes(token.getHeader().getType())) {
            throw Flaw.KIND.refusal();
        }
        try {
            JWTClaimsSet claims = processor(keysFor(token.getHeader())).process(token, null);
            return new Token(token.getHeader().getAlgorithm(), claims);
        } catch (BadJOSEException | JOSEException wrong) {
            throw Flaw.SIGNATURE.refusal(wrong);
        }
    }

    private static SignedJWT parsed(String text) {
        if (text.length() > TOKEN_MAX) {
            throw Flaw.MALFORMED.refusal();
        }
        try {
            return SignedJWT.parse(text);
        } catch (ParseException | IllegalArgumentException notSigned) {
            throw Flaw.ALGORITHM.refusal(notSigned);
        }
    }

    private static DefaultJWTProcessor<SecurityContext> processor(JWKSet keys) {
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, new ImmutableJWKSet<>(keys)));
        // The kind was looked at; what is claimed is looked at by who needs it, on the hub's own clock.
        processor.setJWSTypeVerifier((_, _) -> {});
        processor.setJWTClaimsSetVerifier((_, _) -> {});
        return processor;
    }

    private synchronized JWKSet keysFor(JWSHeader header) {
        Instant now = clock.instant();
        Optional<Keys> kept = known.filter(keys -> now.isBefore(keys.since().plus(KEPT)));
        boolean mayAsk = kept.filter(keys -> now.isBefore(keys.since().plus(ASKED_AGAIN)))
                .isEmpty();
        Keys keys = kept.filter(all -> has(all.set(), header) || !mayAsk)
                .orElseGet(() -> new Keys(usable(published.get()), now));
        known = Optional.of(keys);
        return keys.set();
    }

    private static boolean has(JWKSet keys, JWSHeader header) {
        return !new JWKSelector(JWKMatcher.forJWSHeader(header)).select(keys).isEmpty();
    }

    private static JWKSet usable(JsonNode document) {
        try {
            List<JWK> all = JWKSet.parse(document.toString()).getKeys();
            return new JWKSet(all.stream().filter(Signatures::isUsable).toList());
        } catch (ParseException unreadable) {
            throw Flaw.MALFORMED.refusal(unreadable);
        }
    }

    private static boolean isUsable(JWK key) {
        return key.getKeyType().equals(KeyType.EC)
                || key.getKeyType().equals(KeyType.RSA) && key.size() >= RSA_BITS_MIN;
    }
}
