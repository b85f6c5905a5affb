package org.vauban.people;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder;
import org.vauban.body.Bodies;
import org.vauban.control.ControlPlane;
import org.vauban.control.RandomName;
import org.vauban.custody.Keys;
import org.vauban.journal.Entry;
import org.vauban.journal.Journal;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;

/** Local accounts. A site's own identity provider can take their place later; the roles stay. */
public final class People {
    static final int PASSWORD_LETTERS_MIN = 12;
    static final int FAILURES_MAX = 5;
    static final Duration LOCKED = Duration.ofMinutes(15);
    static final Duration SESSION = Duration.ofHours(8);
    static final Duration INVITATION = Duration.ofDays(7);

    private static final Pattern LOGIN = Pattern.compile("[a-z0-9][a-z0-9._@-]{1,63}");

    private final ControlPlane control;
    private final Journal journal;
    private final Bodies bodies;
    private final Keys keys;
    private final Clock clock;
    /** PBKDF2-HMAC-SHA-256, 600,000 rounds, 16 bytes of salt: OWASP's figure. */
    private final Pbkdf2PasswordEncoder passwords = new Pbkdf2PasswordEncoder(
            "", 16, 600_000, Pbkdf2PasswordEncoder.SecretKeyFactoryAlgorithm.PBKDF2WithHmacSHA256);
    /** Compared when a login is unknown, so that the answer takes as long: 16 bytes of salt and 32 of hash that no password gives. */
    private final String hashOfNobody = "00".repeat(48);

    public People(ControlPlane control, Journal journal, Bodies bodies, Keys keys, Clock clock) {
        this.control = control;
        this.journal = journal;
        this.bodies = bodies;
        this.keys = keys;
        this.clock = clock;
    }

    /** The person behind an account; sealed. */
    record Person(String displayName) {}

    /** What an administrator gives to a new person: the token is shown once and works once. */
    public record Invitation(AccountId account, String oneTimeToken, Instant ends) {}

    /** What login gives: the token is the credential of this session. */
    public record Session(String token, String id, AccountId account, Instant ends) {
        @Override
        public String toString() {
            return "Session[" + id + "]";
        }
    }

    /** The one-time token for the first administrator, or nothing when somebody already has an account. */
    public Optional<Invitation> firstAdministrator() {
        boolean anybody = control.read(
                sql -> sql.sql("select count(*) from account").query(Long.class).single() > 0);
        return anybody
                ? Optional.empty()
                : Optional.of(invite("first", "First administrator", EnumSet.of(Role.ADMINISTRATOR)));
    }

    /** Invites a person. Roles that exclude each other are refused. */
    public Invitation invite(Actor administrator, String displayName, Set<Role> roles) {
        administrator.require(Role.ADMINISTRATOR);
        for (Role one : roles) {
            for (Role other : roles) {
                if (one.excludes(other)) {
                    throw Problem.of(ProblemCode.ROLES_EXCLUDE)
                            .found(one.word() + ", " + other.word())
                            .exception();
                }
            }
        }
        return invite(administrator.account().value(), displayName, roles);
    }

    private Invitation invite(String invitedBy, String displayName, Set<Role> roles) {
        var account = new AccountId(RandomName.id('a'));
        String token = RandomName.secret();
        Instant ends = clock.instant().plus(INVITATION);
        String body = bodies.seal("person", new Person(displayName));
        String words = roles.stream().map(Role::word).sorted().collect(Collectors.joining(","));
        journal.enter(
                Entry.of("account-invited", invitedBy, account.value()).body(Map.of("roles", words)), (sql, entry) -> {
                    sql.sql("insert into account (id, login_mac, roles, body, state, failures, created, entry)"
                                    + " values (:id, :login, :roles, :body, 'invited', 0, :created, :entry)")
                            .param("id", account.value())
                            .param("login", "invited:" + account.value())
                            .param("roles", words)
                            .param("body", body)
                            .param("created", clock.instant().toString())
                            .param("entry", entry)
                            .update();
                    sql.sql("insert into invitation (token_hash, account, ends) values (:hash, :account, :ends)")
                            .param("hash", hash(token))
                            .param("account", account.value())
                            .param("ends", ends.toString())
                            .update();
                    return true;
                });
        return new Invitation(account, token, ends);
    }

    /** Takes up an invitation: the person chooses login and password. */
    public AccountId claim(String oneTimeToken, String login, char[] password) {
        if (!LOGIN.matcher(login).matches()) {
            throw Problem.of(ProblemCode.FIELD_WRONG_VALUE)
                    .with("field", "login")
                    .expected("2 to 64 lower-case letters, digits, dots, hyphens or @")
                    .found(login.length() + " characters")
                    .exception();
        }
        if (password.length < PASSWORD_LETTERS_MIN) {
            throw Problem.of(ProblemCode.PASSWORD_TOO_WEAK)
                    .expected("at least " + PASSWORD_LETTERS_MIN + " characters")
                    .found(password.length)
                    .exception();
        }
        String account = control.read(sql -> sql.sql(
                                "select account, ends from invitation where token_hash = :hash and used is null")
                        .param("hash", hash(oneTimeToken))
                        .query((row, _) -> Instant.parse(row.getString("ends")).isAfter(clock.instant())
                                ? row.getString("account")
                                : "")
                        .optional())
                .filter(found -> !found.isEmpty())
                .orElseThrow(() -> Problem.of(ProblemCode.LOGIN_WRONG).exception());
        String loginMac = loginMac(login);
        if (control.read(sql -> sql.sql("select count(*) from account where login_mac = :login")
                        .param("login", loginMac)
                        .query(Long.class)
                        .single()
                > 0)) {
            throw Problem.of(ProblemCode.LOGIN_TAKEN).exception();
        }
        String encoded = Objects.requireNonNull(passwords.encode(new String(password)));
        Arrays.fill(password, ' ');
        journal.enter(Entry.of("account-claimed", account, account), (sql, _) -> {
            int used = sql.sql("update invitation set used = :now where token_hash = :hash and used is null")
                    .param("now", clock.instant().toString())
                    .param("hash", hash(oneTimeToken))
                    .update();
            if (used != 1) {
                throw Problem.of(ProblemCode.LOGIN_WRONG).exception();
            }
            return sql.sql("update account set login_mac = :login, password_hash = :password, state = 'active'"
                            + " where id = :id")
                    .param("login", loginMac)
                    .param("password", encoded)
                    .param("id", account)
                    .update();
        });
        return new AccountId(account);
    }

    /** Opens a session. Failures are entered; five in a row lock the account for a quarter of an hour. */
    public Session login(String login, char[] password) {
        Instant now = clock.instant();
        record Found(String id, String passwordHash, long failures, Optional<Instant> lockedUntil) {}
        Optional<Found> found = control.read(sql -> sql.sql(
                        "select id, password_hash, failures, locked_until from account"
                                + " where login_mac = :login and state = 'active'")
                .param("login", loginMac(login))
                .query((row, _) -> new Found(
                        row.getString("id"),
                        row.getString("password_hash"),
                        row.getLong("failures"),
                        Optional.ofNullable(row.getString("locked_until")).map(Instant::parse)))
                .optional());
        // An unknown login costs as much time as a known one.
        boolean right = passwords.matches(
                new String(password), found.map(Found::passwordHash).orElse(hashOfNobody));
        Arrays.fill(password, ' ');
        boolean locked = found.flatMap(Found::lockedUntil)
                .filter(until -> until.isAfter(now))
                .isPresent();
        if (found.isEmpty() || locked || !right) {
            found.ifPresent(account -> {
                long failures = account.failures() + 1;
                journal.enter(
                        Entry.of("login-refused", account.id(), account.id()),
                        (sql, _) -> sql.sql(
                                        "update account set failures = :failures, locked_until = :until where id = :id")
                                .param("failures", failures % FAILURES_MAX)
                                .param(
                                        "until",
                                        failures >= FAILURES_MAX
                                                ? now.plus(LOCKED).toString()
                                                : account.lockedUntil()
                                                        .map(Instant::toString)
                                                        .orElse(null))
                                .param("id", account.id())
                                .update());
            });
            throw Problem.of(ProblemCode.LOGIN_WRONG).exception();
        }
        var session = new Session(
                RandomName.secret(),
                RandomName.id('l'),
                new AccountId(found.get().id()),
                now.plus(SESSION));
        journal.enter(Entry.of("login", session.account().value(), session.id()), (sql, _) -> {
            sql.sql("update account set failures = 0, locked_until = null where id = :id")
                    .param("id", session.account().value())
                    .update();
            return sql.sql("insert into session (token_hash, id, account, begun, ends)"
                            + " values (:hash, :id, :account, :begun, :ends)")
                    .param("hash", hash(session.token()))
                    .param("id", session.id())
                    .param("account", session.account().value())
                    .param("begun", now.toString())
                    .param("ends", session.ends().toString())
                    .update();
        });
        return session;
    }

    /** Ends a session. */
    public void logout(Actor actor) {
        journal.enter(
                Entry.of("logout", actor.account().value(), actor.session()),
                (sql, _) -> sql.sql("update session set ends = :now where id = :id")
                        .param("now", clock.instant().toString())
                        .param("id", actor.session())
                        .update());
    }

    /** Closes an account and ends its sessions at once. */
    public void close(Actor administrator, AccountId account) {
        administrator.require(Role.ADMINISTRATOR);
        journal.enter(Entry.of("account-closed", administrator.account().value(), account.value()), (sql, _) -> {
            sql.sql("update session set ends = :now where account = :id and ends > :now")
                    .param("now", clock.instant().toString())
                    .param("id", account.value())
                    .update();
            int closed = sql.sql("update account set state = 'closed' where id = :id")
                    .param("id", account.value())
                    .update();
            if (closed != 1) {
                throw Problem.of(ProblemCode.NOT_FOUND)
                        .with("what", "account")
                        .found(account)
                        .exception();
            }
            return closed;
        });
    }

    /** The person behind a session token; refuses when there is none, or when the session has ended. */
    public Actor actor(String token) {
        record Found(String account, String session, String roles, Instant ends) {}
        Found found = control.read(sql -> sql.sql("select s.account, s.id, a.roles, s.ends from session s"
                                + " join account a on a.id = s.account join journal_entry j on j.id = a.entry"
                                + " where s.token_hash = :hash and a.state = 'active' and j.log_index is not null")
                        .param("hash", hash(token))
                        .query((row, _) -> new Found(
                                row.getString("account"),
                                row.getString("id"),
                                row.getString("roles"),
                                Instant.parse(row.getString("ends"))))
                        .optional())
                .orElseThrow(() -> Problem.of(ProblemCode.LOGIN_REQUIRED).exception());
        if (!found.ends().isAfter(clock.instant())) {
            throw Problem.of(ProblemCode.SESSION_EXPIRED).exception();
        }
        return new Actor(new AccountId(found.account()), found.session(), roles(found.roles()));
    }

    /** All accounts, for administrators and auditors. */
    public List<Account> list(Actor actor) {
        if (!actor.roles().contains(Role.AUDITOR)) {
            actor.require(Role.ADMINISTRATOR);
        }
        record Row(String id, String roles, String body, String state, String created) {}
        return control
                .read(sql -> sql.sql("select id, roles, body, state, created from account order by created, id")
                        .query(Row.class)
                        .list())
                .stream()
                .map(row -> new Account(
                        new AccountId(row.id()),
                        bodies.open("person", row.body(), Person.class).displayName(),
                        roles(row.roles()),
                        row.state(),
                        Instant.parse(row.created())))
                .toList();
    }

    /** Finds the account of a login, for permits that name persons. */
    public Optional<AccountId> find(String login) {
        return control.read(sql -> sql.sql("select id from account where login_mac = :login and state = 'active'")
                        .param("login", loginMac(login))
                        .query(String.class)
                        .optional())
                .map(AccountId::new);
    }

    private String loginMac(String login) {
        return HexFormat.of().formatHex(keys.mac(Keys.PEOPLE, login.getBytes(StandardCharsets.UTF_8)));
    }

    private static Set<Role> roles(String words) {
        return Arrays.stream(words.split(","))
                .flatMap(word -> Role.named(word).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Tokens have 160 random bits, so a plain hash is enough. */
    private static String hash(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException(absent);
        }
    }
}
