package org.vauban.people;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.vauban.control.ControlPlane;
import org.vauban.control.RandomName;
import org.vauban.journal.Entry;
import org.vauban.journal.Journal;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;

/** The sessions that are open. One is opened for a door, and its token opens no other. */
final class Sessions {
    static final Duration LONGEST = Duration.ofHours(8);
    static final Duration IDLE = Duration.ofMinutes(30);
    /** That somebody was seen is written no more often than this. */
    private static final Duration SEEN_EVERY = Duration.ofMinutes(1);

    private final ControlPlane control;
    private final Journal journal;
    private final Clock clock;

    Sessions(ControlPlane control, Journal journal, Clock clock) {
        this.control = control;
        this.journal = journal;
        this.clock = clock;
    }

    /** Where a session is used. */
    enum Door {
        /** The command line and the API: a token in a header. */
        TOKEN,
        /** The pages: a cookie. It ends when nobody uses it. */
        BROWSER
    }

    /** A live session. */
    record Live(Actor actor, Optional<Instant> proved, boolean byProvider) {}

    /**
     * What a new session is like.
     *
     * @param token its credential
     * @param ends when it ends at the latest
     * @param proved when the person showed who they are; only a browser's session remembers
     * @param ofProvider the keyed hash of the provider's own session, by which it may end this one
     */
    record Opening(Door door, String token, Instant ends, Instant proved, Optional<String> ofProvider) {}

    /** For somebody who gave the password at this moment. */
    People.Session openByPassword(AccountId account, Door door) {
        Instant now = clock.instant();
        return open(account, new Opening(door, RandomName.secret(), now.plus(LONGEST), now, Optional.empty()));
    }

    People.Session open(AccountId account, Opening opening) {
        Instant now = clock.instant();
        boolean ofBrowser = opening.door() == Door.BROWSER;
        var session = new People.Session(opening.token(), RandomName.id('l'), account, opening.ends());
        journal.enter(Entry.of("login", session.account().value(), session.id()), (sql, _) -> {
            sql.sql("update account set failures = 0, locked_until = null where id = :id")
                    .param("id", session.account().value())
                    .update();
            return sql.sql("insert into session (token_hash, id, account, begun, ends, seen, proved, provider_session)"
                            + " values (:hash, :id, :account, :begun, :ends, :seen, :proved, :provider)")
                    .param("hash", hash(session.token()))
                    .param("id", session.id())
                    .param("account", session.account().value())
                    .param("begun", now.toString())
                    .param("ends", session.ends().toString())
                    .param("seen", ofBrowser ? now.toString() : null, Types.VARCHAR)
                    .param("proved", ofBrowser ? opening.proved().toString() : null, Types.VARCHAR)
                    .param("provider", opening.ofProvider().orElse(null), Types.VARCHAR)
                    .update();
        });
        return session;
    }

    /** True when a session was opened with this token, whether it has ended or not. */
    boolean knows(String token) {
        return control.read(sql -> sql.sql("select count(*) from session where token_hash = :hash")
                        .param("hash", hash(token))
                        .query(Long.class)
                        .single()
                > 0);
    }

    /** The person behind a token; refuses when there is none at this door, or when the session has ended. */
    Live live(String token, Door door) {
        record Found(
                String account,
                String session,
                String roles,
                Instant ends,
                Validity validity,
                boolean byProvider,
                Optional<Instant> seen,
                Optional<Instant> proved) {}
        Found found = control.read(sql -> sql.sql(
                                "select s.account, s.id, a.roles, s.ends, s.seen, s.proved, a.created, a.password_hash, "
                                        + Reviews.YOUNGEST
                                        + " from session s join account a on a.id = s.account join journal_entry j on"
                                        + " j.id = a.entry where s.token_hash = :hash and a.state = 'active' and"
                                        + " j.log_index is not null")
                        .param("hash", hash(token))
                        .query((row, _) -> new Found(
                                row.getString("account"),
                                row.getString("id"),
                                row.getString("roles"),
                                Instant.parse(row.getString("ends")),
                                Reviews.validity(row),
                                row.getString("password_hash") == null,
                                Optional.ofNullable(row.getString("seen")).map(Instant::parse),
                                Optional.ofNullable(row.getString("proved")).map(Instant::parse)))
                        .optional())
                .filter(session -> session.seen().isPresent() == (door == Door.BROWSER))
                .orElseThrow(() -> Problem.of(ProblemCode.LOGIN_REQUIRED).exception());
        Instant now = clock.instant();
        boolean idle =
                found.seen().filter(seen -> !now.isBefore(seen.plus(IDLE))).isPresent();
        if (idle || !found.ends().isAfter(now)) {
            throw Problem.of(ProblemCode.SESSION_EXPIRED).exception();
        }
        found.seen().filter(seen -> !now.isBefore(seen.plus(SEEN_EVERY))).ifPresent(_ -> seen(found.session()));
        var actor = new Actor(
                new AccountId(found.account()),
                found.session(),
                roles(found.roles()),
                found.validity(),
                Validity.day(now));
        return new Live(actor, found.proved(), found.byProvider());
    }

    /** The person showed once more who they are. */
    void proved(Actor actor, String how, Instant when) {
        journal.enter(
                Entry.of(how, actor.account().value(), actor.session()),
                (sql, _) -> sql.sql("update session set proved = :when where id = :id")
                        .param("when", when.toString())
                        .param("id", actor.session())
                        .update());
    }

    void end(Actor actor) {
        journal.enter(
                Entry.of("logout", actor.account().value(), actor.session()),
                (sql, _) -> sql.sql("update session set ends = :now where id = :id")
                        .param("now", clock.instant().toString())
                        .param("id", actor.session())
                        .update());
    }

    private void seen(String session) {
        control.change(sql -> sql.sql("update session set seen = :now where id = :id")
                .param("now", clock.instant().toString())
                .param("id", session)
                .update());
    }

    static Set<Role> roles(String words) {
        return Arrays.stream(words.split(","))
                .flatMap(word -> Role.named(word).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Tokens have 160 random bits, so a plain hash is enough. */
    static String hash(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException(absent);
        }
    }
}
