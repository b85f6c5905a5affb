package org.vauban.people;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.vauban.control.ControlPlane;
import org.vauban.control.RandomName;
import org.vauban.journal.Entry;
import org.vauban.journal.Journal;
import org.vauban.people.Journeys.Errand;
import org.vauban.people.Journeys.Journey;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;
import org.vauban.provider.Asked;
import org.vauban.provider.Flaw;
import org.vauban.provider.OpenIdProvider;
import org.vauban.provider.Returned;
import org.vauban.provider.SignedOut;
import org.vauban.provider.Vouched;

/**
 * The door for people for whom a provider of identities vouches. The provider says who somebody is; whether they have an account here,
 * and what it may do, is said here and nowhere else. Whoever is refused is told one sentence, whatever the flaw was, and each refusal is
 * entered with it.
 */
public final class ProviderDoor {
    /** What must not be stopped because somebody else failed often is never counted by its address; only its entries are. */
    private static final String DEPARTURES = "departures";

    private static final String BEARERS = "bearers";
    private static final String NOTICES = "notices";

    private final OpenIdProvider provider;
    private final ControlPlane control;
    private final Journal journal;
    private final Clock clock;
    private final Function<String, String> mac;
    private final Doorstep doorstep;
    private final Sessions sessions;
    private final Invitations invitations;
    private final Journeys journeys;

    ProviderDoor(
            OpenIdProvider provider,
            ControlPlane control,
            Journal journal,
            Clock clock,
            Function<String, String> mac,
            Doorstep doorstep,
            Sessions sessions,
            Invitations invitations) {
        this.provider = provider;
        this.control = control;
        this.journal = journal;
        this.clock = clock;
        this.mac = mac;
        this.doorstep = doorstep;
        this.sessions = sessions;
        this.invitations = invitations;
        this.journeys = new Journeys(clock);
    }

    /**
     * A browser that goes to the provider.
     *
     * @param secret what it shows when it comes back
     */
    public record Departure(URI address, String secret) {
        @Override
        public String toString() {
            return "Departure[" + address.getHost() + "]";
        }
    }

    /**
     * A browser that has come back.
     *
     * @param to where in the office it wanted to go
     * @param session its new session; none when it had one and only proved who is there
     */
    public record Arrival(String to, Optional<People.Session> session) {}

    /** The provider's name, for people to recognise: the host of its address. */
    public String name() {
        return URI.create(provider.settings().issuer()).getHost();
    }

    /** Where browsers find this hub, if the operator said so. */
    public Optional<URI> address() {
        return provider.settings().address();
    }

    /** Sends somebody to the provider to come in. */
    public Departure signIn(URI back, String to, Optional<Visitor> before) {
        return depart(new Errand.SignIn(before), provider.ask(back, false), to);
    }

    /** Sends somebody to the provider who was invited. Whether the invitation is one shows when they come back. */
    public Departure claim(URI back, String to, String oneTimeToken) {
        return depart(new Errand.Claim(oneTimeToken), provider.ask(back, false), to);
    }

    /** Sends somebody to the provider who is to show once more who they are. */
    public Departure prove(URI back, String to, Visitor visitor) {
        return depart(new Errand.Prove(visitor), provider.ask(back, true), to);
    }

    private Departure depart(Errand errand, Asked asked, String to) {
        String secret = RandomName.secret();
        URI address = enteredSoOften(DEPARTURES, who(errand), () -> provider.address(asked));
        journeys.begin(new Journey(errand, asked, to), secret);
        return new Departure(address, secret);
    }

    /**
     * Takes what a browser brings back.
     *
     * @param secret what the browser was given at its departure
     * @param address where the request comes from; it is counted, and written nowhere
     */
    public Arrival arrive(String secret, Returned returned, String address) {
        doorstep.cross(address, Doorstep.NOBODY);
        Optional<Journey> found = journeys.end(returned.state(), secret);
        String who = found.map(journey -> who(journey.errand())).orElse(Doorstep.NOBODY);
        Arrival arrival = entered(who, () -> {
            Journey journey = found.orElseThrow(Flaw.STATE::refusal);
            return arrive(journey, provider.redeem(journey.asked(), returned));
        });
        doorstep.crossed(address);
        return arrival;
    }

    private Arrival arrive(Journey journey, Vouched vouched) {
        return switch (journey.errand()) {
            case Errand.SignIn(Optional<Visitor> before) -> {
                AccountId account = account(vouched).orElseThrow(Flaw.NO_ACCOUNT::refusal);
                People.Session session = open(account, vouched);
                before.ifPresent(visitor -> sessions.end(visitor.actor()));
                yield new Arrival(journey.to(), Optional.of(session));
            }
            case Errand.Claim(String oneTimeToken) -> {
                AccountId account = invitations.account(oneTimeToken).orElseThrow(Flaw.NO_INVITATION::refusal);
                if (isBound(vouched)) {
                    throw Flaw.OTHER_PERSON.refusal();
                }
                invitations.take(oneTimeToken, account, identity(vouched), Optional.empty());
                yield new Arrival(journey.to(), Optional.of(open(account, vouched)));
            }
            case Errand.Prove(Visitor visitor) -> {
                if (account(vouched).filter(visitor.actor().account()::equals).isEmpty()) {
                    throw Flaw.OTHER_PERSON.refusal();
                }
                sessions.proved(visitor.actor(), "identity-proved", proved(vouched));
                yield new Arrival(journey.to(), Optional.empty());
            }
        };
    }

    private People.Session open(AccountId account, Vouched vouched) {
        return sessions.open(
                account,
                new Sessions.Opening(
                        Sessions.Door.BROWSER,
                        RandomName.secret(),
                        clock.instant().plus(Sessions.LONGEST),
                        proved(vouched),
                        ofProvider(vouched)));
    }

    /** Whoever was let through because the provider remembered them has proved nothing since then. */
    private Instant proved(Vouched vouched) {
        Instant now = clock.instant();
        return vouched.authenticated()
                .map(time -> time.isAfter(now) ? now : time)
                .orElse(Instant.EPOCH);
    }

    /** True for what may be a token of the provider: three parts, which no secret of the hub's has. */
    boolean mayKnow(String token) {
        return provider.opensTheApi()
                && token.chars().filter(letter -> letter == '.').count() == 2;
    }

    /**
     * Opens a session for an access token of the provider, with the token as its credential. From then on it is a session like any other: it
     * ends with the token, with the account, and when the provider says so.
     */
    synchronized void admit(String accessToken) {
        if (sessions.knows(accessToken)) {
            return;
        }
        enteredSoOften(BEARERS, Doorstep.NOBODY, () -> {
            Vouched vouched = provider.bearer(accessToken);
            AccountId account = account(vouched).orElseThrow(Flaw.NO_ACCOUNT::refusal);
            if (signedOut(account)
                    .filter(moment -> !vouched.issued().isAfter(moment))
                    .isPresent()) {
                throw Flaw.SIGNED_OUT.refusal();
            }
            Instant longest = clock.instant().plus(Sessions.LONGEST);
            Instant ends = vouched.ends().isBefore(longest) ? vouched.ends() : longest;
            return sessions.open(
                    account,
                    new Sessions.Opening(Sessions.Door.TOKEN, accessToken, ends, Instant.EPOCH, ofProvider(vouched)));
        });
    }

    /** The provider itself says that somebody is signed out: their sessions end, whatever door they are of. */
    public void signedOut(String logoutToken) {
        end(enteredSoOften(NOTICES, Doorstep.NOBODY, () -> provider.signedOut(logoutToken)));
    }

    /** The provider has a browser say that somebody is signed out, naming a session that only it and the hub know. */
    public void signedOutInFront(String issuer, String session) {
        if (issuer.equals(provider.settings().issuer()) && !session.isBlank()) {
            end(new SignedOut(issuer, Optional.empty(), Optional.of(session)));
        }
    }

    private void end(SignedOut notice) {
        List<AccountId> accounts = notice.subject()
                .map(subject -> accounts("login_mac", identity(notice.issuer(), subject)))
                .orElseGet(() -> List.of());
        List<AccountId> bySession = notice.session()
                .map(session -> accounts("provider_session", session(notice.issuer(), session)))
                .orElseGet(() -> List.of());
        (accounts.isEmpty() ? bySession : accounts).forEach(this::end);
    }

    private void end(AccountId account) {
        String now = clock.instant().toString();
        journal.enter(Entry.of("logout-by-provider", account.value(), account.value()), (sql, _) -> {
            sql.sql("update account set signed_out = :now where id = :id")
                    .param("now", now)
                    .param("id", account.value())
                    .update();
            return sql.sql("update session set ends = :now where account = :id and ends > :now")
                    .param("now", now)
                    .param("id", account.value())
                    .update();
        });
    }

    private List<AccountId> accounts(String column, String mac) {
        String question = column.equals("login_mac")
                ? "select id from account where login_mac = :mac"
                : "select distinct account as id from session where provider_session = :mac";
        return control
                .read(sql ->
                        sql.sql(question).param("mac", mac).query(String.class).list())
                .stream()
                .map(AccountId::new)
                .toList();
    }

    private Optional<AccountId> account(Vouched vouched) {
        return control.read(sql -> sql.sql("select a.id from account a join journal_entry j on j.id = a.entry"
                                + " where a.login_mac = :mac and a.state = 'active' and j.log_index is not null")
                        .param("mac", identity(vouched))
                        .query(String.class)
                        .optional())
                .map(AccountId::new);
    }

    /** True when an account, closed ones included, is this person's. */
    private boolean isBound(Vouched vouched) {
        return !accounts("login_mac", identity(vouched)).isEmpty();
    }

    private Optional<Instant> signedOut(AccountId account) {
        return control.read(sql -> sql.sql("select coalesce(signed_out, '') from account where id = :id")
                        .param("id", account.value())
                        .query(String.class)
                        .optional())
                .filter(moment -> !moment.isEmpty())
                .map(Instant::parse);
    }

    private String identity(Vouched vouched) {
        return identity(vouched.issuer(), vouched.subject());
    }

    /** No login has such a form, so that no password opens an account of the provider's. */
    private String identity(String issuer, String subject) {
        return mac.apply("identity\n" + issuer + "\n" + subject);
    }

    private Optional<String> ofProvider(Vouched vouched) {
        return vouched.session().map(session -> session(vouched.issuer(), session));
    }

    private String session(String issuer, String session) {
        return mac.apply("session\n" + issuer + "\n" + session);
    }

    /** Does it; a refusal is entered before it is passed on. */
    private <T> T entered(String who, Supplier<T> work) {
        try {
            return work.get();
        } catch (ProblemException refused) {
            if (refused.code() == ProblemCode.PROVIDER_REFUSED) {
                doorstep.refused(who, refused.code(), flaw(refused));
            }
            throw refused;
        }
    }

    /** The same where anybody can be refused as often as they like: so many entries in a while, and no more. */
    private <T> T enteredSoOften(String where, String who, Supplier<T> work) {
        try {
            return work.get();
        } catch (ProblemException refused) {
            if (refused.code() == ProblemCode.PROVIDER_REFUSED) {
                doorstep.enter(where, who, refused.code(), flaw(refused));
            }
            throw refused;
        }
    }

    private static String flaw(ProblemException refused) {
        return refused.problem().arguments().getOrDefault("found", "");
    }

    private static String who(Errand errand) {
        return errand instanceof Errand.Prove(Visitor visitor)
                ? visitor.actor().account().value()
                : Doorstep.NOBODY;
    }
}
