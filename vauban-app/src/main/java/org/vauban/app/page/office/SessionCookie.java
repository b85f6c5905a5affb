package org.vauban.app.page.office;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The cookie of a session, the one that the sign-in form has before there is a session, and the one of a journey to the provider of
 * identities. All are opaque and read by no script. The first two are sent by no other site and gone when the browser is closed; the
 * third has to come back from another site, so it goes with a link from there, opens nothing but the journey's end, and lasts no longer.
 */
public final class SessionCookie {
    private static final String SESSION = "vauban-session";
    private static final String BEFORE = "vauban-sign-in";
    private static final String JOURNEY = "vauban-journey";
    private static final String JOURNEYS_END = "/office/sign-in";
    private static final Duration JOURNEY_LONGEST = Duration.ofMinutes(10);
    private static final int SECRET_BYTES = 20;
    private static final SecureRandom RANDOM = new SecureRandom();

    private SessionCookie() {}

    /** The cookie of a session, unless it was taken away in this request. */
    public static Optional<String> of(HttpServletRequest request) {
        return request.getAttribute(SESSION) == null ? read(request, SESSION) : Optional.empty();
    }

    static void set(HttpServletRequest request, HttpServletResponse response, String token) {
        write(request, response, SESSION, token);
        write(request, response, BEFORE, "");
    }

    public static void remove(HttpServletRequest request, HttpServletResponse response) {
        request.setAttribute(SESSION, "ended");
        write(request, response, SESSION, "");
    }

    public static Optional<String> beforeSignIn(HttpServletRequest request) {
        return read(request, BEFORE);
    }

    public static void setBeforeSignIn(HttpServletRequest request, HttpServletResponse response, String secret) {
        write(request, response, BEFORE, secret);
    }

    /** The secret of a journey to the provider, taken away because it ends here. */
    static Optional<String> journey(HttpServletRequest request, HttpServletResponse response) {
        response.addCookie(journey(request, "", Duration.ZERO));
        return read(request, JOURNEY);
    }

    static void setJourney(HttpServletRequest request, HttpServletResponse response, String secret) {
        response.addCookie(journey(request, secret, JOURNEY_LONGEST));
    }

    private static Cookie journey(HttpServletRequest request, String secret, Duration lasts) {
        var cookie = cookie(request, JOURNEY, secret);
        cookie.setPath(JOURNEYS_END);
        cookie.setAttribute("SameSite", "Lax");
        cookie.setMaxAge((int) lasts.toSeconds());
        return cookie;
    }

    public static String newSecret() {
        byte[] secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        return HexFormat.of().formatHex(secret);
    }

    private static Optional<String> read(HttpServletRequest request, String name) {
        Cookie[] cookies = request.getCookies();
        return cookies == null
                ? Optional.empty()
                : Stream.of(cookies)
                        .filter(cookie -> cookie.getName().equals(name))
                        .map(Cookie::getValue)
                        .filter(value -> !value.isEmpty())
                        .findFirst();
    }

    /** An empty value takes the cookie away. */
    private static void write(HttpServletRequest request, HttpServletResponse response, String name, String value) {
        var cookie = cookie(request, name, value);
        cookie.setPath("/");
        cookie.setAttribute("SameSite", "Strict");
        cookie.setMaxAge(value.isEmpty() ? 0 : -1);
        response.addCookie(cookie);
    }

    private static Cookie cookie(HttpServletRequest request, String name, String value) {
        var cookie = new Cookie(name, value);
        cookie.setHttpOnly(true);
        cookie.setSecure(request.isSecure());
        return cookie;
    }
}
