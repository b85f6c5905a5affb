package org.vauban.app.server;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;
import org.vauban.app.api.ProblemDocuments;
import org.vauban.hub.Hub;
import org.vauban.people.Actor;
import org.vauban.problem.ProblemException;
import org.vauban.reply.Reply;

/** Writes may carry an Idempotency-Key: asked again with it, the answer is given once more and the thing is not done twice. */
final class IdempotentWrites extends OncePerRequestFilter {
    private static final String HEADER = "Idempotency-Key";
    /** No document of the API needs more. */
    private static final int BODY_MAX = 1 << 20;

    private static final int CONFLICT = 409;
    private static final int SERVER_FAULT = 500;

    private final Hub hub;
    private final ProblemDocuments problems;

    IdempotentWrites(Hub hub, ProblemDocuments problems) {
        this.hub = hub;
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getMethod().equals("POST") || request.getHeader(HEADER) == null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain rest)
            throws ServletException, IOException {
        Authentication caller = SecurityContextHolder.getContext().getAuthentication();
        if (caller == null || !(caller.getPrincipal() instanceof Actor actor)) {
            rest.doFilter(request, response);
            return;
        }
        byte[] body = request.getInputStream().readNBytes(BODY_MAX + 1);
        if (body.length > BODY_MAX) {
            response.sendError(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
            return;
        }
        String key = request.getHeader(HEADER);
        String asked = request.getRequestURI() + '\n' + new String(body, StandardCharsets.UTF_8);
        Optional<Reply> before;
        try {
            before = hub.replies().begin(actor, key, asked);
        } catch (ProblemException refused) {
            problems.write(request, response, CONFLICT, refused.problem());
            return;
        }
        if (before.isPresent()) {
            KeptAnswer.write(before.get(), response);
            return;
        }
        var kept = new ContentCachingResponseWrapper(response);
        rest.doFilter(new Again(request, body), kept);
        // After a fault of ours nobody knows what was done; the key stays without an answer.
        if (kept.getStatus() < SERVER_FAULT) {
            hub.replies().end(actor, key, KeptAnswer.of(kept, "application/json"));
        }
        kept.copyBodyToResponse();
    }

    /** The request with its body to be read once more. */
    private static final class Again extends HttpServletRequestWrapper {
        private final byte[] body;

        Again(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = body;
        }

        @Override
        public ServletInputStream getInputStream() {
            var bytes = new ByteArrayInputStream(body);
            return new ServletInputStream() {
                @Override
                public boolean isFinished() {
                    return bytes.available() == 0;
                }

                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public void setReadListener(ReadListener listener) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public int read() {
                    return bytes.read();
                }
            };
        }

        @Override
        public BufferedReader getReader() {
            return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
        }
    }
}
