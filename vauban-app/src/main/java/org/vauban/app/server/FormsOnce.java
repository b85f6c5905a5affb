package org.vauban.app.server;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;
import org.vauban.app.page.office.StepUp;
import org.vauban.hub.Hub;
import org.vauban.people.Actor;
import org.vauban.people.Visitor;
import org.vauban.problem.ProblemException;
import org.vauban.reply.Reply;

/**
 * A form that is sent twice does its act once, and both are answered alike: a double click, a page that is loaded again, a connection that
 * broke before the answer came.
 *
 * <p>A form is told from others by its token, which is masked anew in each page, and by what was filled in: the same page sent with other
 * words is another form. What was refused did nothing and may be sent again. The second of two at the same time waits for the first.
 */
final class FormsOnce extends OncePerRequestFilter {
    /** They change who is signed in, which the browser's cookie tells, and nothing else. */
    private static final Set<String> OF_THE_SESSION = Set.of("/office/sign-out", "/office/prove");

    /** Where it is said that nobody knows how a form's act ended. */
    private static final String UNFINISHED = "/office/unfinished";

    private static final int REFUSED = 400;
    private static final int SERVER_FAULT = 500;
    private static final int TURNS = 64;

    private final Hub hub;
    /** Forms that share a turn wait for each other and nothing worse. */
    private final List<Lock> turns =
            Stream.<Lock>generate(ReentrantLock::new).limit(TURNS).toList();

    FormsOnce(Hub hub) {
        this.hub = hub;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getMethod().equals("POST") || OF_THE_SESSION.contains(request.getRequestURI());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain rest)
            throws ServletException, IOException {
        Authentication caller = SecurityContextHolder.getContext().getAuthentication();
        if (caller == null || !(caller.getPrincipal() instanceof Visitor visitor)) {
            rest.doFilter(request, response);
            return;
        }
        String key = key(request);
        Lock turn = turns.get(Math.floorMod(key.hashCode(), TURNS));
        turn.lock();
        try {
            once(visitor.actor(), key, request, response, rest);
        } finally {
            turn.unlock();
        }
    }

    private void once(
            Actor actor, String key, HttpServletRequest request, HttpServletResponse response, FilterChain rest)
            throws ServletException, IOException {
        Optional<Reply> before;
        try {
            before = hub.replies().begin(actor, key, key);
        } catch (ProblemException unfinished) {
            request.getRequestDispatcher(UNFINISHED).forward(request, response);
            return;
        }
        if (before.isPresent()) {
            KeptAnswer.write(before.get(), response);
            return;
        }
        var answered = new ContentCachingResponseWrapper(response);
        rest.doFilter(request, answered);
        if (answered.getStatus() < REFUSED) {
            hub.replies().end(actor, key, KeptAnswer.of(answered, "text/html;charset=UTF-8"));
        } else if (answered.getStatus() < SERVER_FAULT) {
            hub.replies().forget(actor, key);
        }
        // After a fault of ours nobody knows what was done; the form stays without an answer.
        answered.copyBodyToResponse();
    }

    /** This form of this page, filled in like this. A password is no part of it: nothing that is kept may follow from one. */
    private static String key(HttpServletRequest request) throws ServletException, IOException {
        MessageDigest digest = sha256();
        update(digest, request.getRequestURI());
        var fields = new TreeMap<>(request.getParameterMap());
        fields.remove(StepUp.FIELD);
        fields.forEach((name, values) -> {
            update(digest, name);
            for (String value : values) {
                update(digest, value);
            }
        });
        if (Optional.ofNullable(request.getContentType()).orElse("").startsWith("multipart/")) {
            for (Part part : request.getParts()) {
                if (part.getSubmittedFileName() != null) {
                    update(digest, part.getName());
                    digest.update(sha256().digest(part.getInputStream().readAllBytes()));
                }
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Each word with its length before it, so that no two lists of words are alike. */
    private static void update(MessageDigest digest, String word) {
        byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException(absent);
        }
    }
}
