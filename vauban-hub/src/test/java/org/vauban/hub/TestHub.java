package org.vauban.hub;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.vauban.control.ControlPlane;
import org.vauban.custodian.CustodianAddress;
import org.vauban.custodian.CustodianServer;
import org.vauban.ledger.policy.Policy;
import org.vauban.people.Account;
import org.vauban.people.Actor;
import org.vauban.people.People;
import org.vauban.people.Role;

/** A whole hub in a temporary folder with a real custodian beside it. */
public final class TestHub implements AutoCloseable {
    public static final String PASSWORD = "a long enough password";

    static {
        QuickPasswords.install();
    }

    private final Path folder;
    private final Path home;
    private final Function<Path, ControlPlane> database;
    private CustodianServer custodian;
    private final MutableClock clock = new MutableClock(Instant.parse("2026-03-01T08:00:00Z"));
    private Hub hub;
    private int people;
    private Optional<Actor> administrator = Optional.empty();
    private Policy witnesses = Policy.NOBODY;

    public TestHub(Path folder) {
        this(folder, folder.resolve("home"), file -> ControlPlane.open(TestDatabases.of(file)));
    }

    /** The same with its home on another disk, and with a control plane of the test's. */
    public TestHub(Path folder, Path home, Function<Path, ControlPlane> database) {
        this.folder = folder;
        this.home = home;
        this.database = database;
        this.custodian = startedCustodian();
        this.hub = Hub.open(home, configuration(), database);
    }

    public Path home() {
        return home;
    }

    public CustodianAddress custodianAddress() {
        return CustodianAddress.parse("unix:" + folder.resolve("keys").resolve("custodian.sock"));
    }

    public HubConfiguration configuration() {
        return new HubConfiguration(custodianAddress(), Optional.empty(), OptionalLong.empty(), witnesses, clock);
    }

    /** Closes the hub and opens it again with witnesses to ask. */
    public Hub reopen(Policy asked) {
        witnesses = asked;
        return reopen();
    }

    public Hub hub() {
        return hub;
    }

    public MutableClock clock() {
        return clock;
    }

    /** Closes the hub and opens it again, as after a restart. */
    public Hub reopen() {
        hub.close();
        hub = Hub.open(home, configuration(), database);
        return hub;
    }

    /** A hub in any home, as the next process finds it. */
    public static Hub open(Path home, HubConfiguration configuration, Function<Path, ControlPlane> database) {
        return Hub.open(home, configuration, database);
    }

    /** What lies here keeps the log from taking the next entry, once the change that it tells of is committed. */
    public Path placeOfTheNextTile() {
        return hub().ledgerFolder()
                .resolve("tile/0/000.p/" + (hub().journal().tiles().size() + 1));
    }

    public void stopCustodian() {
        custodian.close();
    }

    public void startCustodian() {
        custodian = startedCustodian();
    }

    private CustodianServer startedCustodian() {
        try {
            return CustodianServer.start(folder.resolve("keys"), "correct horse battery".toCharArray(), clock);
        } catch (IOException unstarted) {
            throw new java.io.UncheckedIOException(unstarted);
        }
    }

    /** Somebody with these roles and a session; the first one asked for must be an administrator. */
    public Actor person(String login, Role... roles) {
        People.Invitation invitation = people++ == 0
                ? hub.firstAdministrator().orElseThrow()
                : hub.people().invite(administrator(), "Person " + login, Set.copyOf(EnumSet.of(roles[0], roles)));
        hub.people().claim(invitation.oneTimeToken(), login, PASSWORD.toCharArray());
        return login(login);
    }

    public Actor login(String login) {
        return hub.people().actor(token(login));
    }

    /** A session's token, which outlives the hub's process. */
    public String token(String login) {
        return hub.people().login(login, PASSWORD.toCharArray()).token();
    }

    /** Logged in once: passwords are slow on purpose, and nothing here asks whether a session has ended. */
    private Actor administrator() {
        if (administrator.isEmpty()) {
            administrator = Optional.of(login("administrator"));
        }
        return administrator.get();
    }

    /** So much later, when all accounts have been reviewed again by an administrator who was let in for it. */
    public void later(Duration time) {
        clock.advance(time);
        People people = hub.people();
        people.administratorWhenNobodyIsLeft().ifPresent(invitation -> {
            people.claim(invitation.oneTimeToken(), "administrator.later", PASSWORD.toCharArray());
            Actor reviewer = login("administrator.later");
            administrator = Optional.of(reviewer);
            for (Account account : people.list(reviewer)) {
                if (!account.id().equals(reviewer.account())) {
                    people.reviews().review(reviewer, account.id());
                    people.reviews()
                            .trained(reviewer, account.id(), people.reviews().today());
                }
            }
        });
    }

    /** Leaves the database as a crash between append and index does. */
    public void forgetLastIndex() {
        change("update journal_entry set state = 'pending', log_index = null"
                + " where log_index = (select max(log_index) from journal_entry)");
    }

    /** Leaves the database as a crash between commit and append does: one more entry, pending. */
    public void addPendingEntry() {
        change("insert into journal_entry (id, act, phase, entry, body, state)"
                + " select id + 1, act, phase, replace(entry, 'thing/1', 'thing/2'), body, 'pending' from journal_entry"
                + " where id = (select max(id) from journal_entry)");
    }

    private void change(String sql) {
        try (var connection = TestDatabases.beside(home().resolve("control.sqlite"));
                var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        } catch (java.sql.SQLException unchanged) {
            throw new IllegalStateException(unchanged);
        }
    }

    @Override
    public void close() {
        hub.close();
        custodian.close();
    }
}
