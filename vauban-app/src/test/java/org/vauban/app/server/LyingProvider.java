package org.vauban.app.server;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.vauban.provider.ProviderSettings;
import tools.jackson.databind.json.JsonMapper;

/** A provider of identities that keeps the protocol, unless it is told which lie to tell. Everybody is signed in there who is named. */
final class LyingProvider implements AutoCloseable {
    static final String CLIENT = "vauban";
    static final String SECRET = "a secret: of the hub & nobody else";
    static final String AUDIENCE = "https://hub.example/api";
    static final String ELSEWHERE = "https://elsewhere.example";

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout";
    private static final Duration LIFE = Duration.ofMinutes(5);

    private final HttpServer server;
    private final Clock clock;
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    private final List<String> called = new ArrayList<>();
    private ECKey key = generated("one");
    private Lie lie = Lie.NONE;
    private int number;
    private int padding;

    /** What is not true in an identity, or in how it is handed out; each with the flaw that the hub has to find. */
    enum Lie {
        NONE(""),
        SIGNED_BY_ANOTHER("signature"),
        SIGNED_BY_NOBODY("algorithm"),
        SIGNED_WITH_THE_PUBLIC_KEY("algorithm"),
        OTHER_ISSUER("issuer"),
        OTHER_ISSUER_IN_THE_ANSWER("issuer"),
        TOKENS_ELSEWHERE("issuer"),
        OTHER_AUDIENCE("audience"),
        SECOND_AUDIENCE("party"),
        OTHER_PARTY("party"),
        OTHER_NONCE("nonce"),
        NO_NONCE("nonce"),
        ENDED("expired"),
        ISSUED_LONG_AGO("expired"),
        ISSUED_TOMORROW("expired"),
        OTHER_ACCESS_TOKEN("access-token"),
        AUTHENTICATED_TOMORROW("authentication-time"),
        NO_SUBJECT("malformed"),
        A_LOGOUT_NOTICE("kind"),
        NOTHING("algorithm"),
        NO_CODE("refused"),
        A_REDIRECT("refused");

        private final String flaw;

        Lie(String flaw) {
            this.flaw = flaw;
        }

        String flaw() {
            return flaw;
        }
    }

    LyingProvider(Clock clock) throws IOException {
        this.clock = clock;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/realm/.well-known/openid-configuration", this::describe);
        server.createContext(
                "/realm/keys", exchange -> answer(exchange, 200, new JWKSet(key.toPublicJWK()).toString()));
        server.createContext("/realm/auth", this::authorize);
        server.createContext("/realm/token", this::token);
        server.start();
    }

    String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/realm";
    }

    ProviderSettings settings() {
        return new ProviderSettings(
                issuer(),
                CLIENT,
                java.util.Optional.of(SECRET),
                java.util.Optional.of(AUDIENCE),
                java.util.Optional.empty());
    }

    void tell(Lie next) {
        lie = next;
    }

    /** So many more bytes in what it says of itself. */
    void talk(int bytes) {
        padding = bytes;
    }

    void rotateKeys() {
        key = generated("key-" + ++number);
    }

    /** What the hub itself called, the paths alone. */
    List<String> called() {
        return List.copyOf(called);
    }

    /** A person's browser goes where the hub sent it, signs in as the subject, and is sent back to this address. */
    URI visit(String address, String subject) throws Exception {
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(URI.create(address + "&as=" + subject)).build(),
                HttpResponse.BodyHandlers.ofString());
        return URI.create(answer.headers().firstValue("Location").orElseThrow(() -> new AssertionError(answer.body())));
    }

    /** An access token for the API, as it is or changed. */
    String accessToken(String subject, UnaryOperator<JWTClaimsSet.Builder> changed) {
        Instant now = clock.instant();
        var claims = new JWTClaimsSet.Builder()
                .issuer(issuer())
                .subject(subject)
                .audience(AUDIENCE)
                .claim("client_id", "a-program")
                .jwtID("t" + ++number)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFE)))
                .claim("sid", "session-of-" + subject);
        return signed(changed.apply(claims).build(), "at+jwt", key);
    }

    String accessToken(String subject) {
        return accessToken(subject, claims -> claims);
    }

    /** A notice that somebody has signed out, as it is or changed. */
    String notice(UnaryOperator<JWTClaimsSet.Builder> changed) {
        Instant now = clock.instant();
        var claims = new JWTClaimsSet.Builder()
                .issuer(issuer())
                .audience(CLIENT)
                .jwtID("n" + ++number)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFE)))
                .claim("events", Map.of(LOGOUT_EVENT, Map.of()));
        return signed(changed.apply(claims).build(), "logout+jwt", key);
    }

    /** The same claims, signed with a key of a stranger's that has the provider's name. */
    String forged(String token) throws Exception {
        return signed(SignedJWT.parse(token).getJWTClaimsSet(), "at+jwt", generated(key.getKeyID()));
    }

    /** The same claims, in a token that says of itself that nobody signed it. */
    String unsigned(String token) throws Exception {
        return new PlainJWT(SignedJWT.parse(token).getJWTClaimsSet()).serialize();
    }

    private void describe(HttpExchange exchange) throws IOException {
        called.add(exchange.getRequestURI().getPath());
        Map<String, Object> description = new TreeMap<>();
        description.put("issuer", lie == Lie.OTHER_ISSUER ? ELSEWHERE : issuer());
        description.put("authorization_endpoint", issuer() + "/auth");
        description.put("token_endpoint", (lie == Lie.TOKENS_ELSEWHERE ? ELSEWHERE : issuer()) + "/token");
        description.put("padding", " ".repeat(padding));
        description.put("jwks_uri", issuer() + "/keys");
        description.put("token_endpoint_auth_methods_supported", List.of("client_secret_basic"));
        description.put("authorization_response_iss_parameter_supported", true);
        answer(exchange, 200, JSON.writeValueAsString(description));
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> asked = fields(exchange.getRequestURI().getRawQuery());
        boolean right = asked.getOrDefault("response_type", "").equals("code")
                && asked.getOrDefault("client_id", "").equals(CLIENT)
                && asked.getOrDefault("code_challenge_method", "").equals("S256")
                && asked.getOrDefault("scope", "").equals("openid");
        if (!right) {
            answer(exchange, 400, "{}");
            return;
        }
        String code = "code-" + ++number;
        codes.put(code, asked);
        String from = lie == Lie.OTHER_ISSUER_IN_THE_ANSWER ? ELSEWHERE : issuer();
        String back = asked.get("redirect_uri") + "?state=" + asked.get("state") + "&iss=" + from
                + (lie == Lie.NO_CODE ? "&error=access_denied" : "&code=" + code);
        exchange.getResponseHeaders().add("Location", back);
        answer(exchange, 302, "");
    }

    private void token(HttpExchange exchange) throws IOException {
        called.add(exchange.getRequestURI().getPath());
        Map<String, String> form = fields(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Map<String, String> asked = codes.remove(form.getOrDefault("code", ""));
        if (lie == Lie.A_REDIRECT) {
            exchange.getResponseHeaders().add("Location", issuer() + "/keys");
            answer(exchange, 307, "");
            return;
        }
        if (asked == null || !isClient(exchange) || !isRedeemed(asked, form)) {
            answer(exchange, 400, "{\"error\":\"invalid_grant\"}");
            return;
        }
        String access = accessToken(asked.getOrDefault("as", ""));
        answer(
                exchange,
                200,
                JSON.writeValueAsString(Map.of(
                        "id_token",
                        lie == Lie.NOTHING ? "" : identity(asked, access),
                        "access_token",
                        access,
                        "token_type",
                        "Bearer")));
    }

    private static boolean isRedeemed(Map<String, String> asked, Map<String, String> form) {
        return hash(form.getOrDefault("code_verifier", ""), 32).equals(asked.get("code_challenge"))
                && form.getOrDefault("redirect_uri", "").equals(asked.get("redirect_uri"));
    }

    private String identity(Map<String, String> asked, String access) {
        Instant now = clock.instant();
        String subject = asked.getOrDefault("as", "");
        var claims = new JWTClaimsSet.Builder()
                .issuer(lie == Lie.OTHER_ISSUER ? ELSEWHERE : issuer())
                .subject(lie == Lie.NO_SUBJECT ? null : subject)
                .audience(
                        switch (lie) {
                            case OTHER_AUDIENCE -> List.of("somebody-else");
                            case SECOND_AUDIENCE -> List.of(CLIENT, "somebody-else");
                            default -> List.of(CLIENT);
                        })
                .claim("azp", lie == Lie.OTHER_PARTY ? "somebody-else" : lie == Lie.SECOND_AUDIENCE ? null : CLIENT)
                .issueTime(Date.from(
                        switch (lie) {
                            case ISSUED_LONG_AGO -> now.minus(Duration.ofHours(1));
                            case ISSUED_TOMORROW -> now.plus(Duration.ofDays(1));
                            default -> now;
                        }))
                .expirationTime(Date.from(lie == Lie.ENDED ? now.minus(LIFE) : now.plus(Duration.ofDays(2))))
                .claim(
                        "nonce",
                        switch (lie) {
                            case OTHER_NONCE -> "another";
                            case NO_NONCE -> null;
                            default -> asked.get("nonce");
                        })
                .claim("sid", "session-of-" + subject)
                .claim("at_hash", lie == Lie.OTHER_ACCESS_TOKEN ? hash("another", 16) : hash(access, 16))
                .claim("auth_time", authenticated(asked, now))
                .build();
        return switch (lie) {
            case SIGNED_BY_ANOTHER -> signed(claims, "JWT", generated(key.getKeyID()));
            case SIGNED_BY_NOBODY -> new PlainJWT(claims).serialize();
            case SIGNED_WITH_THE_PUBLIC_KEY -> signedWithThePublicKey(claims);
            default -> signed(claims, lie == Lie.A_LOGOUT_NOTICE ? "logout+jwt" : "JWT", key);
        };
    }

    /** When the person last typed a password: now when they were asked to, this morning otherwise. */
    private long authenticated(Map<String, String> asked, Instant now) {
        boolean afresh = "login".equals(asked.get("prompt")) && "0".equals(asked.get("max_age"));
        Instant typed = lie == Lie.AUTHENTICATED_TOMORROW
                ? now.plus(Duration.ofDays(1))
                : afresh && !isLazy ? now : now.minus(Duration.ofHours(2));
        return typed.getEpochSecond();
    }

    private boolean isLazy;

    /** From now on nobody is asked for a password again, whatever the hub wants. */
    void rememberEverybody(boolean lazy) {
        isLazy = lazy;
    }

    private static boolean isClient(HttpExchange exchange) {
        String header = exchange.getRequestHeaders().getFirst("Authorization");
        if (header == null || !header.startsWith("Basic ")) {
            return false;
        }
        String[] pair =
                new String(Base64.getDecoder().decode(header.substring(6)), StandardCharsets.UTF_8).split(":", 2);
        return decoded(pair[0]).equals(CLIENT) && decoded(pair[1]).equals(SECRET);
    }

    private String signedWithThePublicKey(JWTClaimsSet claims) {
        try {
            var token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.HS256)
                            .keyID(key.getKeyID())
                            .build(),
                    claims);
            token.sign(new MACSigner(key.toECPublicKey().getEncoded()));
            return token.serialize();
        } catch (JOSEException unsigned) {
            throw new IllegalStateException(unsigned);
        }
    }

    private static String signed(JWTClaimsSet claims, String type, ECKey with) {
        try {
            var token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.ES256)
                            .keyID(with.getKeyID())
                            .type(new JOSEObjectType(type))
                            .build(),
                    claims);
            token.sign(new ECDSASigner(with));
            return token.serialize();
        } catch (JOSEException unsigned) {
            throw new IllegalStateException(unsigned);
        }
    }

    private static ECKey generated(String name) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(name).generate();
        } catch (JOSEException ungenerated) {
            throw new IllegalStateException(ungenerated);
        }
    }

    private static String hash(String text, int bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, bytes));
        } catch (java.security.NoSuchAlgorithmException absent) {
            throw new IllegalStateException(absent);
        }
    }

    private static Map<String, String> fields(String text) {
        Map<String, String> fields = new TreeMap<>();
        for (String field : text.split("&")) {
            String[] pair = field.split("=", 2);
            fields.put(pair[0], pair.length > 1 ? decoded(pair[1]) : "");
        }
        return fields;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
