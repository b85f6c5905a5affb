package org.vauban.reply;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import org.vauban.body.Bodies;
import org.vauban.control.ControlPlane;
import org.vauban.people.Actor;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;

/**
 * Answers by the key that a caller chose. A key is noted before the work begins: whoever asks again with it gets the answer, or is told
 * that nobody knows how the work ended; the work is never done twice.
 */
public final class Replies {
    private static final String BODY = "reply";
    /** How long an answer is kept. */
    private static final Duration KEPT = Duration.ofDays(1);

    private final ControlPlane control;
    private final Bodies bodies;
    private final Clock clock;

    public Replies(ControlPlane control, Bodies bodies, Clock clock) {
        this.control = control;
        this.bodies = bodies;
        this.clock = clock;
    }

    /**
     * Notes that a request begins.
     *
     * @param request all that makes it this request and no other
     * @return the answer, if it was given before
     * @throws org.vauban.problem.ProblemException {@code KEY_REUSED} for another request, {@code KEY_UNFINISHED} while the answer is not known
     */
    public Optional<Reply> begin(Actor actor, String key, String request) {
        record Row(String request, Optional<String> body) {}
        String now = clock.instant().toString();
        String forgotten = clock.instant().minus(KEPT).toString();
        Optional<Row> before = control.change(sql -> {
            sql.sql("delete from reply where at < :forgotten")
                    .param("forgotten", forgotten)
                    .update();
            Optional<Row> found = sql.sql(
                            "select request_hash, body from reply where account = :account and key_hash = :key")
                    .param("account", actor.account().value())
                    .param("key", hash(key))
                    .query((row, _) ->
                            new Row(row.getString("request_hash"), Optional.ofNullable(row.getString("body"))))
                    .optional();
            if (found.isEmpty()) {
                sql.sql(
                                "insert into reply (account, key_hash, request_hash, at) values (:account, :key, :request, :now)")
                        .param("account", actor.account().value())
                        .param("key", hash(key))
                        .param("request", hash(request))
                        .param("now", now)
                        .update();
            }
            return found;
        });
        if (before.isEmpty()) {
            return Optional.empty();
        }
        if (!before.get().request().equals(hash(request))) {
            throw Problem.of(ProblemCode.KEY_REUSED).exception();
        }
        return Optional.of(bodies.open(
                BODY,
                before.get()
                        .body()
                        .orElseThrow(
                                () -> Problem.of(ProblemCode.KEY_UNFINISHED).exception()),
                Reply.class));
    }

    /** Keeps the answer. */
    public void end(Actor actor, String key, Reply reply) {
        String body = bodies.seal(BODY, reply);
        control.change(sql -> sql.sql("update reply set body = :body where account = :account and key_hash = :key")
                .param("body", body)
                .param("account", actor.account().value())
                .param("key", hash(key))
                .update());
    }

    /** Forgets a key whose request was refused: nothing was done, and the same may be asked again. */
    public void forget(Actor actor, String key) {
        control.change(sql -> sql.sql("delete from reply where account = :account and key_hash = :key and body is null")
                .param("account", actor.account().value())
                .param("key", hash(key))
                .update());
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
