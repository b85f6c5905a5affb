package org.vauban.provider;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.Optional;

/** A token that the provider signed, and the checks that its kinds have in common. */
record Token(JWSAlgorithm algorithm, JWTClaimsSet claims) {
    /** Two clocks may differ so much. */
    static final Duration SKEW = Duration.ofMinutes(1);

    Token requireIssuer(String issuer) {
        return require(issuer.equals(claims.getIssuer()), Flaw.ISSUER);
    }

    Token requireAudience(String audience) {
        return require(claims.getAudience().contains(audience), Flaw.AUDIENCE);
    }

    /** Given to this client: several audiences need a word on which of them it was given to. */
    Token requireParty(String client) {
        Optional<String> party = text("azp");
        boolean named = party.isPresent() || claims.getAudience().size() == 1;
        return require(named && party.filter(name -> !name.equals(client)).isEmpty(), Flaw.PARTY);
    }

    /** Issued, and not ended. */
    Token requireLive(Instant now) {
        boolean live = now.isBefore(ends().plus(SKEW))
                && !issued().isAfter(now.plus(SKEW))
                && Optional.ofNullable(claims.getNotBeforeTime())
                        .map(Date::toInstant)
                        .filter(from -> from.isAfter(now.plus(SKEW)))
                        .isEmpty();
        return require(live, Flaw.EXPIRED);
    }

    Token require(boolean right, Flaw otherwise) {
        if (!right) {
            throw otherwise.refusal();
        }
        return this;
    }

    String subject() {
        return Optional.ofNullable(claims.getSubject())
                .filter(subject -> !subject.isBlank())
                .orElseThrow(Flaw.MALFORMED::refusal);
    }

    Instant issued() {
        return time("iat").orElseThrow(Flaw.MALFORMED::refusal);
    }

    Instant ends() {
        return Optional.ofNullable(claims.getExpirationTime())
                .map(Date::toInstant)
                .orElseThrow(Flaw.MALFORMED::refusal);
    }

    Optional<String> text(String claim) {
        try {
            return Optional.ofNullable(claims.getStringClaim(claim)).filter(value -> !value.isEmpty());
        } catch (ParseException notText) {
            throw Flaw.MALFORMED.refusal(notText);
        }
    }

    Optional<Instant> time(String claim) {
        try {
            return Optional.ofNullable(claims.getDateClaim(claim)).map(Date::toInstant);
        } catch (ParseException notATime) {
            throw Flaw.MALFORMED.refusal(notATime);
        }
    }

    boolean has(String claim) {
        return claims.getClaim(claim) != null;
    }

    /** The left half of a text's hash, by the algorithm of this token's signature, as an identity carries it of its access token. */
    String halfHash(String text) {
        try {
            String bits = algorithm.getName().substring(2);
            byte[] hash = MessageDigest.getInstance("SHA-" + bits).digest(text.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, hash.length / 2));
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException(absent);
        }
    }
}
