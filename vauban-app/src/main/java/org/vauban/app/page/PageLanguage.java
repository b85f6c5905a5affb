package org.vauban.app.page;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.LocaleResolver;

/** The reader's language: {@code ?lang=}, which is remembered; else what was remembered; else the browser's; else English. */
@Component("localeResolver")
public final class PageLanguage implements LocaleResolver {
    static final String PARAMETER = "lang";
    private static final Duration REMEMBERED = Duration.ofDays(180);

    @Override
    public Locale resolveLocale(HttpServletRequest request) {
        return known(request.getParameter(PARAMETER))
                .or(() -> remembered(request))
                .or(() -> Collections.list(request.getLocales()).stream()
                        .flatMap(locale -> known(locale.getLanguage()).stream())
                        .findFirst())
                .orElse(Locale.ENGLISH);
    }

    /** Remembers a language that was asked for by {@code ?lang=}. The cookie says nothing but {@code fr} or {@code en}. */
    static void remember(HttpServletRequest request, HttpServletResponse response) {
        known(request.getParameter(PARAMETER)).ifPresent(language -> {
            var cookie = new Cookie(PARAMETER, language.getLanguage());
            cookie.setPath("/");
            cookie.setHttpOnly(true);
            cookie.setMaxAge((int) REMEMBERED.toSeconds());
            cookie.setAttribute("SameSite", "Lax");
            response.addCookie(cookie);
        });
    }

    private static Optional<Locale> remembered(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        return cookies == null
                ? Optional.empty()
                : Stream.of(cookies)
                        .filter(cookie -> cookie.getName().equals(PARAMETER))
                        .flatMap(cookie -> known(cookie.getValue()).stream())
                        .findFirst();
    }

    private static Optional<Locale> known(@Nullable String language) {
        return switch (language) {
            case "fr" -> Optional.of(Locale.FRENCH);
            case "en" -> Optional.of(Locale.ENGLISH);
            case null, default -> Optional.empty();
        };
    }

    @Override
    public void setLocale(HttpServletRequest request, @Nullable HttpServletResponse response, @Nullable Locale locale) {
        throw new IllegalStateException("The language comes with each request");
    }
}
