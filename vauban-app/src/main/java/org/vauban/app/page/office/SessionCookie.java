package org.vauban.app.page.office;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The cookie of a session, and the one that the sign-in form has before there is a session. Both are opaque, are read by no script and
 * sent by no other site, and are gone when the browser is closed.
 */
public final class SessionCookie {
    private static final String SESSION = "vauban-session";
    private static final String BEFORE = "vauban-sign-in";
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
        var cookie = new Cookie(name, value);
        cookie.setPath("/");
        cookie.setHttpOnly(true);
        cookie.setSecure(request.isSecure());
        cookie.setAttribute("SameSite", "Strict");
        cookie.setMaxAge(value.isEmpty() ? 0 : -1);
        response.addCookie(cookie);
    }
}
