package org.vauban.app.server;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.DefaultCsrfToken;
import org.vauban.app.page.office.SessionCookie;

/**
 * The token in each form, so that no other site can send one. It follows from the session's secret and is kept nowhere; before there is
 * a session, from the secret of a cookie that only the sign-in form uses.
 */
final class FormTokens implements CsrfTokenRepository {
    private static final String PARAMETER = "form-token";
    private static final String HEADER = "Form-Token";

    @Override
    public @Nullable CsrfToken loadToken(HttpServletRequest request) {
        Optional<String> secret = SessionCookie.of(request).or(() -> SessionCookie.beforeSignIn(request));
        return secret.map(FormTokens::of).orElse(null);
    }

    @Override
    public CsrfToken generateToken(HttpServletRequest request) {
        String secret = SessionCookie.newSecret();
        request.setAttribute(FormTokens.class.getName(), secret);
        return of(secret);
    }

    @Override
    public void saveToken(@Nullable CsrfToken token, HttpServletRequest request, HttpServletResponse response) {
        if (token != null && request.getAttribute(FormTokens.class.getName()) instanceof String secret) {
            SessionCookie.setBeforeSignIn(request, response, secret);
        }
    }

    private static CsrfToken of(String secret) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(("form " + secret).getBytes(StandardCharsets.UTF_8));
            return new DefaultCsrfToken(HEADER, PARAMETER, HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException(absent);
        }
    }
}
