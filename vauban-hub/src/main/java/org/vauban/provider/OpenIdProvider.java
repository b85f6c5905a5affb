package org.vauban.provider;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.vauban.problem.ProblemException;
import tools.jackson.databind.JsonNode;

/**
 * A provider of identities (OpenID Connect Core 1.0, authorization code with PKCE). Its word is taken after all checks of the standards
 * and none of them is left to the provider's good will: signature, issuer, audience, party, times, nonce, hash of the access token.
 */
public final class OpenIdProvider {
    /** How long what the provider says of itself is believed. */
    private static final Duration KEPT = Duration.ofHours(1);
    /** An identity is redeemed at once; a notice that somebody was signed out is sent at once. */
    private static final Duration FRESH = Duration.ofMinutes(5);

    private static final String LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout";
    private static final int SECRET_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ProviderSettings settings;
    private final Clock clock;
    private final Line line;
    private final Signatures signatures;
    private final Once notices;
    private Optional<Described> described = Optional.empty();

    public OpenIdProvider(ProviderSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.line = new Line(settings.issuer());
        this.signatures = new Signatures(() -> document(metadata().keys()), clock);
        this.notices = new Once(FRESH.plus(Token.SKEW), clock);
    }

    private record Described(Metadata metadata, Instant since) {}

    public ProviderSettings settings() {
        return settings;
    }

    /** Asks the provider what it says of itself, as a sign-in does; refuses when it does not answer or speaks for another. */
    public void describe() {
        metadata();
    }

    /** A new question. */
    public Asked ask(URI back, boolean afresh) {
        return new Asked(secret(), secret(), secret(), back, afresh, clock.instant());
    }

    /** Where the browser is led with a question. */
    public URI address(Asked asked) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("response_type", "code");
        query.put("client_id", settings.client());
        query.put("redirect_uri", asked.back().toString());
        query.put("scope", "openid");
        query.put("state", asked.state());
        query.put("nonce", asked.nonce());
        query.put("code_challenge", challenge(asked.verifier()));
        query.put("code_challenge_method", "S256");
        if (asked.afresh()) {
            query.put("prompt", "login");
            query.put("max_age", "0");
        }
        URI endpoint = metadata().authorization();
        return URI.create(endpoint + (endpoint.getRawQuery() == null ? "?" : "&") + encoded(query));
    }

    /** Exchanges what a browser brought for the identity, and checks it. */
    public Vouched redeem(Asked asked, Returned returned) {
        Metadata metadata = metadata();
        boolean named = returned.issuer().isPresent() || !metadata.namesItselfInAnswers();
        if (!named
                || returned.issuer()
                        .filter(name -> !name.equals(settings.issuer()))
                        .isPresent()) {
            throw Flaw.ISSUER.refusal();
        }
        String code = returned.code().filter(_ -> returned.error().isEmpty()).orElseThrow(Flaw.REFUSED::refusal);
        Line.Answer answer = line.post(exchange(metadata, asked, code));
        if (!answer.isGood()) {
            throw Flaw.REFUSED.refusal();
        }
        return identity(
                answer.document().path("id_token").asString(""),
                answer.document().path("access_token").asString(""),
                asked);
    }

    private Vouched identity(String idToken, String accessToken, Asked asked) {
        Instant now = clock.instant();
        Token token = signatures
                .of(idToken, Kind.IDENTITY)
                .requireIssuer(settings.issuer())
                .requireAudience(settings.client())
                .requireParty(settings.client())
                .requireLive(now);
        token.require(
                        token.text("nonce")
                                .filter(nonce -> same(nonce, asked.nonce()))
                                .isPresent(),
                        Flaw.NONCE)
                .require(!token.issued().isBefore(now.minus(FRESH)), Flaw.EXPIRED)
                .require(
                        token.text("at_hash")
                                .filter(hash -> !same(hash, token.halfHash(accessToken)))
                                .isEmpty(),
                        Flaw.ACCESS_TOKEN);
        Optional<Instant> authenticated = token.time("auth_time");
        boolean recent = authenticated
                .filter(time -> !time.isBefore(asked.since().minus(Token.SKEW)))
                .isPresent();
        boolean yetToCome =
                authenticated.filter(time -> time.isAfter(now.plus(Token.SKEW))).isPresent();
        token.require((recent || !asked.afresh()) && !yetToCome, Flaw.AUTHENTICATION_TIME);
        return vouched(token, authenticated);
    }

    /** True when the API takes this provider's tokens. */
    public boolean opensTheApi() {
        return settings.audience().isPresent();
    }

    /** The person behind an access token (RFC 9068, and what providers made before it). */
    public Vouched bearer(String accessToken) {
        String audience = settings.audience().orElseThrow(Flaw.AUDIENCE::refusal);
        Token token = signatures
                .of(accessToken, Kind.ACCESS)
                .requireIssuer(settings.issuer())
                .requireAudience(audience)
                .requireLive(clock.instant());
        token.require(!token.has("nonce") && !token.has("events") && !token.has("at_hash"), Flaw.KIND)
                .require(!token.has("cnf"), Flaw.BOUND_TO_A_KEY);
        return vouched(token, Optional.empty());
    }

    /** Whom the provider has signed out (OpenID Connect Back-Channel Logout 1.0). Each notice counts once. */
    public SignedOut signedOut(String logoutToken) {
        Instant now = clock.instant();
        Token token = signatures
                .of(logoutToken, Kind.LOGOUT)
                .requireIssuer(settings.issuer())
                .requireAudience(settings.client());
        boolean live = !token.issued().isAfter(now.plus(Token.SKEW))
                && !token.issued().isBefore(now.minus(FRESH))
                && (token.claims().getExpirationTime() == null
                        || now.isBefore(token.ends().plus(Token.SKEW)));
        boolean notice = token.claims().getClaim("events") instanceof Map<?, ?> events
                && events.get(LOGOUT_EVENT) instanceof Map<?, ?>
                && !token.has("nonce");
        Optional<String> subject = Optional.ofNullable(token.claims().getSubject());
        Optional<String> session = token.text("sid");
        token.require(live, Flaw.EXPIRED)
                .require(notice && (subject.isPresent() || session.isPresent()), Flaw.KIND)
                .require(notices.isNew(token.text("jti").orElseThrow(Flaw.MALFORMED::refusal)), Flaw.REPLAYED);
        return new SignedOut(settings.issuer(), subject, session);
    }

    private Vouched vouched(Token token, Optional<Instant> authenticated) {
        return new Vouched(
                settings.issuer(), token.subject(), token.text("sid"), authenticated, token.issued(), token.ends());
    }

    private HttpRequest.Builder exchange(Metadata metadata, Asked asked, String code) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", asked.back().toString());
        form.put("code_verifier", asked.verifier());
        HttpRequest.Builder request =
                HttpRequest.newBuilder(metadata.token()).header("Content-Type", "application/x-www-form-urlencoded");
        boolean basic =
                settings.secret().isPresent() && metadata.authentications().contains("client_secret_basic");
        if (basic) {
            String pair =
                    encoded(settings.client()) + ":" + encoded(settings.secret().orElseThrow());
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII)));
        } else {
            form.put("client_id", settings.client());
            settings.secret().ifPresent(secret -> form.put("client_secret", secret));
        }
        return request.POST(HttpRequest.BodyPublishers.ofString(encoded(form)));
    }

    /** What the provider says of itself; asked again after a while, so that it may move. */
    private synchronized Metadata metadata() {
        Instant now = clock.instant();
        Described current = described
                .filter(each -> now.isBefore(each.since().plus(KEPT)))
                .orElseGet(() -> new Described(
                        Metadata.of(
                                document(URI.create(withoutSlash(settings.issuer()) + Metadata.PATH)),
                                settings.issuer()),
                        now));
        described = Optional.of(current);
        return current.metadata();
    }

    private JsonNode document(URI address) {
        Line.Answer answer = line.get(address);
        if (!answer.isGood()) {
            throw unreachable(answer);
        }
        return answer.document();
    }

    private ProblemException unreachable(Line.Answer answer) {
        return line.unreachable(answer.status());
    }

    private static String withoutSlash(String address) {
        return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    }

    private static String secret() {
        byte[] secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }

    private static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException(absent);
        }
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
