package org.vauban.app.server;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.web.util.ContentCachingResponseWrapper;
import org.vauban.reply.Reply;

/** An answer on its way into the book of answers, and out of it again. */
final class KeptAnswer {
    private static final String LOCATION = "Location";

    private KeptAnswer() {}

    /** What was just answered. */
    static Reply of(ContentCachingResponseWrapper answered, String typeDefault) {
        return new Reply(
                answered.getStatus(),
                Optional.ofNullable(answered.getContentType()).orElse(typeDefault),
                Optional.ofNullable(answered.getHeader(LOCATION)),
                new String(answered.getContentAsByteArray(), StandardCharsets.UTF_8));
    }

    /** Gives it once more. */
    static void write(Reply reply, HttpServletResponse response) throws IOException {
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        response.setStatus(reply.status());
        response.setContentType(reply.type());
        reply.location().ifPresent(location -> response.setHeader(LOCATION, location));
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
