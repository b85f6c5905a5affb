package org.vauban.app.server;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.web.filter.OncePerRequestFilter;
import org.vauban.app.api.ProblemDocuments;
import org.vauban.hub.Hub;
import org.vauban.people.Actor;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;

/** Who may come in: everybody to the public routes, a session's token to all others, and nobody from another machine. The office has {@link OfficeGuards}. */
@Configuration(proxyBeanMethods = false)
class Guards {
    /** The public routes. All others ask for a token, so that a new one cannot be forgotten. */
    static final List<String> PUBLIC = List.of(
            "/",
            "/register",
            "/register/**",
            "/catalogue",
            "/demo",
            "/audit",
            "/audit/checkpoint",
            "/audit/tile/**",
            "/health",
            ProviderNotices.ADDRESS,
            "/assets/**",
            "/favicon.ico",
            "/error");

    private static final String CONTENT_POLICY =
            "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'none';"
                    + " frame-ancestors 'none'; base-uri 'none'";

    @Bean
    @Order(2)
    SecurityFilterChain chain(HttpSecurity http, Hub hub, ProblemDocuments problems) throws Exception {
        return http.authorizeHttpRequests(
                        routes -> routes.requestMatchers(HttpMethod.GET, PUBLIC.toArray(String[]::new))
                                .permitAll()
                                .requestMatchers(HttpMethod.HEAD, PUBLIC.toArray(String[]::new))
                                .permitAll()
                                .requestMatchers(HttpMethod.POST, ProviderNotices.ADDRESS)
                                .permitAll()
                                .anyRequest()
                                .authenticated())
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                // No cookie carries a right here, so that no other site can use one; the office has its own chain.
                .csrf(csrf -> csrf.disable())
                .requestCache(cache -> cache.disable())
                .logout(logout -> logout.disable())
                .anonymous(anonymous -> {})
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER)))
                .exceptionHandling(refusals -> refusals.authenticationEntryPoint((request, response, _) ->
                        problems.write(request, response, 401, Problem.of(ProblemCode.LOGIN_REQUIRED))))
                .addFilterBefore(new LoopbackOnly(), BasicAuthenticationFilter.class)
                .addFilterBefore(new TokenFilter(hub, problems), BasicAuthenticationFilter.class)
                .addFilterAfter(new IdempotentWrites(hub, problems), AuthorizationFilter.class)
                .build();
    }

    /** Passwords are the hub's to check; this keeps Spring from inventing a user. */
    @Bean
    AuthenticationManager nobody() {
        return authentication -> {
            throw new org.springframework.security.authentication.BadCredentialsException(
                    "Sessions are opened by vauban login and on the sign-in page");
        };
    }

    /** Turns a session's token, or a token of the provider, into an actor. A wrong token is answered at once, with the same words as the command line. */
    private static final class TokenFilter extends OncePerRequestFilter {
        /** The name of a scheme is written in any case (RFC 9110). */
        private static final Pattern BEARER = Pattern.compile("(?i:Bearer) +(\\S+)");

        private final Hub hub;
        private final ProblemDocuments problems;

        TokenFilter(Hub hub, ProblemDocuments problems) {
            this.hub = hub;
            this.problems = problems;
        }

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain rest)
                throws ServletException, IOException {
            Matcher header = BEARER.matcher(
                    Optional.ofNullable(request.getHeader("Authorization")).orElse(""));
            if (header.matches()) {
                hub.settle();
                try {
                    Actor actor = hub.people().actor(header.group(1));
                    SecurityContextHolder.getContext()
                            .setAuthentication(UsernamePasswordAuthenticationToken.authenticated(
                                    actor,
                                    null,
                                    actor.roles().stream()
                                            .map(role -> new SimpleGrantedAuthority(role.word()))
                                            .toList()));
                } catch (ProblemException refused) {
                    refuse(refused, request, response);
                    return;
                }
            }
            rest.doFilter(request, response);
        }

        /** Told as RFC 6750 has it; a token that nobody could look at is not called a wrong one. */
        private void refuse(ProblemException refused, HttpServletRequest request, HttpServletResponse response)
                throws IOException {
            int status = switch (refused.code()) {
                case ACCOUNT_OVERDUE -> HttpServletResponse.SC_FORBIDDEN;
                case PROVIDER_UNREACHABLE -> HttpServletResponse.SC_SERVICE_UNAVAILABLE;
                default -> HttpServletResponse.SC_UNAUTHORIZED;
            };
            if (status == HttpServletResponse.SC_UNAUTHORIZED) {
                response.setHeader("WWW-Authenticate", "Bearer error=\"invalid_token\"");
            }
            problems.write(request, response, status, refused.problem());
        }
    }
}
