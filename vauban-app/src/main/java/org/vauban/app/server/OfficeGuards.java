package org.vauban.app.server;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.web.filter.OncePerRequestFilter;
import org.vauban.hub.Hub;
import org.vauban.people.Visitor;

/**
 * Who may come into the office: people with a browser's session, and nobody else; the sign-in page is all that others see of it. The
 * office knows no token of the API, and the API no cookie of the office.
 */
@Configuration(proxyBeanMethods = false)
class OfficeGuards {
    static final String SIGN_IN = "/office/sign-in";
    private static final String CLAIM = "/office/claim";
    private static final String VALIDITY = "/office/validity";
    /** What is shown in the place of a form that was refused. */
    private static final String STALE = "/office/stale";

    private static final String CONTENT_POLICY =
            "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self';"
                    + " frame-ancestors 'none'; base-uri 'none'";

    @Bean
    @Order(1)
    SecurityFilterChain office(HttpSecurity http, Hub hub) throws Exception {
        return http.securityMatcher("/office", "/office/**")
                .authorizeHttpRequests(routes -> routes.requestMatchers(
                                SIGN_IN, SIGN_IN + "/provider", SIGN_IN + "/back", CLAIM, STALE)
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(csrf -> csrf.csrfTokenRepository(new FormTokens()))
                .requestCache(cache -> cache.disable())
                .logout(logout -> logout.disable())
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER)))
                .exceptionHandling(refusals -> refusals.authenticationEntryPoint(
                                (request, response, _) -> toSignIn(request, response))
                        .accessDeniedHandler((request, response, _) -> refuse(request, response)))
                .addFilterBefore(new LoopbackOnly(), CsrfFilter.class)
                .addFilterBefore(new SameSiteOnly(), CsrfFilter.class)
                .addFilterBefore(new BrowserFilter(hub), CsrfFilter.class)
                .addFilterAfter(new InDateOnly(), CsrfFilter.class)
                .addFilterAfter(new FormsOnce(hub), AuthorizationFilter.class)
                .build();
    }

    /** A form without its token: to somebody whose session has ended it is the session that is told. */
    private static void refuse(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        boolean nobody = SecurityContextHolder.getContext().getAuthentication() == null;
        if (nobody && !request.getRequestURI().equals(SIGN_IN)) {
            toSignIn(request, response);
        } else {
            request.getRequestDispatcher(STALE).forward(request, response);
        }
    }

    /** And back again afterwards. */
    private static void toSignIn(HttpServletRequest request, HttpServletResponse response) {
        String wanted = URLEncoder.encode(request.getRequestURI(), StandardCharsets.UTF_8);
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", SIGN_IN + "?to=" + wanted);
    }

    /** Somebody whose review is overdue reads where they stand, signs out, and finds nothing else. */
    private static final class InDateOnly extends OncePerRequestFilter {
        private static final Set<String> LEFT = Set.of(VALIDITY, "/office/sign-out", SIGN_IN, STALE);

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain rest)
                throws ServletException, IOException {
            Authentication caller = SecurityContextHolder.getContext().getAuthentication();
            boolean overdue = caller != null
                    && caller.getPrincipal() instanceof Visitor visitor
                    && visitor.actor().isOverdue();
            if (overdue && !LEFT.contains(request.getRequestURI())) {
                response.setStatus(HttpServletResponse.SC_SEE_OTHER);
                response.setHeader("Location", VALIDITY);
                return;
            }
            rest.doFilter(request, response);
        }
    }

    /** A form that another site sends is refused before anybody looks at its token, where the browser says whose it is. */
    private static final class SameSiteOnly extends OncePerRequestFilter {
        private static final Set<String> OURS = Set.of("same-origin", "none");

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain rest)
                throws ServletException, IOException {
            String site = request.getHeader("Sec-Fetch-Site");
            if (request.getMethod().equals("POST") && site != null && !OURS.contains(site)) {
                request.getRequestDispatcher(STALE).forward(request, response);
                return;
            }
            rest.doFilter(request, response);
        }
    }
}
