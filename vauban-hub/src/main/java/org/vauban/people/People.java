package org.vauban.people;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
    static final Duration INVITATION = Duration.ofDays(7);

    private static final Pattern LOGIN = Pattern.compile("[a-z0-9][a-z0-9._@-]{1,63}");

    private final ControlPlane control;
    private final Journal journal;
    private final Bodies bodies;
    private final Keys keys;
    private final Clock clock;
    private final Credentials credentials;
    private final Sessions sessions;
    private final Browsers browsers;

    public People(ControlPlane control, Journal journal, Bodies bodies, Keys keys, Clock clock) {
        this.control = control;
        this.journal = journal;
        this.bodies = bodies;
        this.keys = keys;
        this.clock = clock;
        this.credentials = new Credentials(control, journal, clock);
        this.sessions = new Sessions(control, journal, clock);
        this.browsers = new Browsers(sessions, credentials, journal, clock, this::loginMac);
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
                            .param("hash", Sessions.hash(token))
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
                        .param("hash", Sessions.hash(oneTimeToken))
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
        String encoded = credentials.encoded(password);
        journal.enter(Entry.of("account-claimed", account, account), (sql, _) -> {
            int used = sql.sql("update invitation set used = :now where token_hash = :hash and used is null")
                    .param("now", clock.instant().toString())
                    .param("hash", Sessions.hash(oneTimeToken))
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

    /** Opens a session of the command line or the API. Failures are entered; five in a row lock the account for a quarter of an hour. */
    public Session login(String login, char[] password) {
        return sessions.open(credentials.ofLogin(loginMac(login), password), Sessions.Door.TOKEN);
    }

    /** Ends a session. */
    public void logout(Actor actor) {
        sessions.end(actor);
    }

    /** Those who come by browser. */
    public Browsers browsers() {
        return browsers;
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
        return sessions.live(token, Sessions.Door.TOKEN).actor();
    }

    /** What somebody is called, for that person's own eyes. */
    public String nameOf(Actor actor) {
        String body = control.read(sql -> sql.sql("select body from account where id = :id")
                .param("id", actor.account().value())
                .query(String.class)
                .single());
        return bodies.open("person", body, Person.class).displayName();
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
                        Sessions.roles(row.roles()),
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
}
