package org.vauban.app.server;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import org.vauban.app.page.office.SessionCookie;
import org.vauban.hub.Hub;
import org.vauban.people.Visitor;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;

/** Turns a session's cookie into a visitor. A cookie whose session has ended is as good as none, and is taken away. */
final class BrowserFilter extends OncePerRequestFilter {
    private final Hub hub;

    BrowserFilter(Hub hub) {
        this.hub = hub;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain rest)
            throws ServletException, IOException {
        SessionCookie.of(request).ifPresent(token -> {
            hub.settle();
            try {
                Visitor visitor = hub.people().browsers().visitor(token);
                SecurityContextHolder.getContext()
                        .setAuthentication(UsernamePasswordAuthenticationToken.authenticated(visitor, null, List.of()));
            } catch (ProblemException ended) {
                if (ended.code() != ProblemCode.LOGIN_REQUIRED && ended.code() != ProblemCode.SESSION_EXPIRED) {
                    throw ended;
                }
                SessionCookie.remove(request, response);
            }
        });
        rest.doFilter(request, response);
    }
}
