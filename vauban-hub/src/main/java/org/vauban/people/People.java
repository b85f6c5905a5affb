package org.vauban.people;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.vauban.body.Bodies;
import org.vauban.control.ControlPlane;
import org.vauban.custody.Keys;
import org.vauban.journal.Entry;
import org.vauban.journal.Journal;
import org.vauban.problem.Phrase;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.provider.OpenIdProvider;

/** Accounts: of people who have a password here, and of people for whom a provider of identities vouches. Roles are given here alone. */
public final class People {
    static final int PASSWORD_LETTERS_MIN = 12;

    /** Who invites the first administrator: whoever holds the hub. */
    private static final String FIRST = "first";

    private static final Pattern LOGIN = Pattern.compile("[a-z0-9][a-z0-9._@-]{1,63}");

    private final ControlPlane control;
    private final Journal journal;
    private final Bodies bodies;
    private final Keys keys;
    private final Clock clock;
    private final Credentials credentials;
    private final Sessions sessions;
    private final Browsers browsers;
    private final Invitations invitations;
    private final Reviews reviews;
    private final Optional<ProviderDoor> provider;

    /**
     * The people of a hub.
     *
     * @param provider who vouches for people, if anybody does
     */
    public People(
            ControlPlane control,
            Journal journal,
            Bodies bodies,
            Keys keys,
            Clock clock,
            Optional<OpenIdProvider> provider) {
        this.control = control;
        this.journal = journal;
        this.bodies = bodies;
        this.keys = keys;
        this.clock = clock;
        this.credentials = new Credentials(control, journal, clock);
        this.sessions = new Sessions(control, journal, clock);
        var doorstep = new Doorstep(journal, clock);
        this.browsers = new Browsers(sessions, credentials, doorstep, clock, this::mac);
        this.invitations = new Invitations(control, journal, bodies, clock);
        this.reviews = new Reviews(control, journal, clock);
        this.provider = provider.map(spoken ->
                new ProviderDoor(spoken, control, journal, clock, this::mac, doorstep, sessions, invitations));
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
                : Optional.of(invitations.make(FIRST, "First administrator", EnumSet.of(Role.ADMINISTRATOR)));
    }

    /**
     * The same for whoever holds the hub's folder, when nobody is left who could review an account: all who may are overdue or gone, and
     * nobody may review their own. An invitation that still holds is somebody.
     */
    public Optional<Invitation> administratorWhenNobodyIsLeft() {
        LocalDate today = reviews.today();
        boolean anybody = accounts().stream()
                .filter(account -> account.state().equals("active")
                        || account.state().equals("invited")
                                && account.created().plus(Invitations.HOLDS).isAfter(clock.instant()))
                .filter(account -> !account.validity().isOver(today))
                .anyMatch(account -> account.roles().stream().anyMatch(Role::reviewsAccounts));
        return anybody
                ? Optional.empty()
                : Optional.of(invitations.make(FIRST, "Administrator", EnumSet.of(Role.ADMINISTRATOR)));
    }

    /** Invites a person. Roles that exclude each other are refused. */
    public Invitation invite(Actor administrator, String displayName, Set<Role> roles) {
        administrator.require(Role.ADMINISTRATOR);
        return invitations.make(administrator.account().value(), displayName, roles);
    }

    /** Takes up an invitation: the person chooses login and password. */
    public AccountId claim(String oneTimeToken, String login, char[] password) {
        if (!LOGIN.matcher(login).matches()) {
            throw Problem.of(ProblemCode.FIELD_WRONG_VALUE)
                    .with("field", "login")
                    .expected(Phrase.A_LOGIN)
                    .found(Phrase.CHARACTERS.with(login.length()))
                    .exception();
        }
        if (password.length < PASSWORD_LETTERS_MIN) {
            throw Problem.of(ProblemCode.PASSWORD_TOO_WEAK)
                    .expected(Phrase.CHARACTERS_AT_LEAST.with(PASSWORD_LETTERS_MIN))
                    .found(password.length)
                    .exception();
        }
        AccountId account = invitations
                .account(oneTimeToken)
                .orElseThrow(() -> Problem.of(ProblemCode.LOGIN_WRONG).exception());
        String loginMac = mac(login);
        if (control.read(sql -> sql.sql("select count(*) from account where login_mac = :login")
                        .param("login", loginMac)
                        .query(Long.class)
                        .single()
                > 0)) {
            throw Problem.of(ProblemCode.LOGIN_TAKEN).exception();
        }
        invitations.take(oneTimeToken, account, loginMac, Optional.of(credentials.encoded(password)));
        return account;
    }

    /** Opens a session of the command line or the API. Failures are entered; five in a row lock the account for a quarter of an hour. */
    public Session login(String login, char[] password) {
        return sessions.openByPassword(credentials.ofLogin(mac(login), password), Sessions.Door.TOKEN);
    }

    /** Ends a session. */
    public void logout(Actor actor) {
        sessions.end(actor);
    }

    /** Those who come by browser. */
    public Browsers browsers() {
        return browsers;
    }

    /** The door for people for whom a provider vouches, where the hub has one. */
    public Optional<ProviderDoor> provider() {
        return provider;
    }

    /** The yearly look at accounts. */
    public Reviews reviews() {
        return reviews;
    }

    /** Closes an account and ends its sessions at once. Who is vouched for may be invited again; a login is nobody's any more. */
    public void close(Actor administrator, AccountId account) {
        administrator.require(Role.ADMINISTRATOR);
        journal.enter(Entry.of("account-closed", administrator.account().value(), account.value()), (sql, _) -> {
            sql.sql("update session set ends = :now where account = :id and ends > :now")
                    .param("now", clock.instant().toString())
                    .param("id", account.value())
                    .update();
            int closed = sql.sql("update account set state = 'closed', login_mac = case when password_hash is null"
                            + " then 'closed:' || id else login_mac end where id = :id")
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

    /**
     * The person behind a session token, or a token of the provider; refuses when there is none, when the session has ended, and when the
     * account's review or training is overdue.
     */
    public Actor actor(String token) {
        return person(token).requireInDate();
    }

    /** The same for what whoever is overdue may still do: read where they stand, and log out. */
    public Actor person(String token) {
        provider.filter(door -> door.mayKnow(token)).ifPresent(door -> door.admit(token));
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

    /** All accounts, for whoever administrates, reviews or audits. */
    public List<Account> list(Actor actor) {
        if (!actor.roles().contains(Role.AUDITOR) && !Reviews.mayReview(actor)) {
            actor.require(Role.ADMINISTRATOR);
        }
        return accounts();
    }

    private List<Account> accounts() {
        record Row(
                String id,
                String roles,
                String body,
                String state,
                String created,
                Validity validity,
                boolean byProvider) {}
        return control
                .read(sql -> sql.sql("select a.id, a.roles, a.body, a.state, a.created, a.password_hash, "
                                + Reviews.YOUNGEST + " from account a order by a.created, a.id")
                        .query((row, _) -> new Row(
                                row.getString("id"),
                                row.getString("roles"),
                                row.getString("body"),
                                row.getString("state"),
                                row.getString("created"),
                                Reviews.validity(row),
                                row.getString("password_hash") == null))
                        .list())
                .stream()
                .map(row -> new Account(
                        new AccountId(row.id()),
                        bodies.open("person", row.body(), Person.class).displayName(),
                        Sessions.roles(row.roles()),
                        row.state(),
                        Instant.parse(row.created()),
                        row.validity(),
                        row.byProvider() && !row.state().equals("invited")))
                .toList();
    }

    /** Finds the account of a login, or of its own id: people who come by the provider have no login. For permits that name persons. */
    public Optional<AccountId> find(String loginOrAccount) {
        return active("id", loginOrAccount).or(() -> active("login_mac", mac(loginOrAccount)));
    }

    private Optional<AccountId> active(String column, String value) {
        return control.read(sql -> sql.sql("select id from account where " + column + " = :value and state = 'active'")
                        .param("value", value)
                        .query(String.class)
                        .optional())
                .map(AccountId::new);
    }

    private String mac(String name) {
        return HexFormat.of().formatHex(keys.mac(Keys.PEOPLE, name.getBytes(StandardCharsets.UTF_8)));
    }
}
