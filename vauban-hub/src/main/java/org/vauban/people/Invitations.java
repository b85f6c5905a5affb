package org.vauban.people;

import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.vauban.body.Bodies;
import org.vauban.control.ControlPlane;
import org.vauban.control.RandomName;
import org.vauban.journal.Entry;
import org.vauban.journal.Journal;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;

/** How people come by an account: somebody invites them, and they take the invitation up once. */
final class Invitations {
    static final Duration HOLDS = Duration.ofDays(7);

    private final ControlPlane control;
    private final Journal journal;
    private final Bodies bodies;
    private final Clock clock;

    Invitations(ControlPlane control, Journal journal, Bodies bodies, Clock clock) {
        this.control = control;
        this.journal = journal;
        this.bodies = bodies;
        this.clock = clock;
    }

    /** Makes an account that waits for its person. Roles that exclude each other are refused. */
    People.Invitation make(String invitedBy, String displayName, Set<Role> roles) {
        for (Role one : roles) {
            for (Role other : roles) {
                if (one.excludes(other)) {
                    throw Problem.of(ProblemCode.ROLES_EXCLUDE)
                            .found(one.word() + ", " + other.word())
                            .exception();
                }
            }
        }
        var account = new AccountId(RandomName.id('a'));
        String token = RandomName.secret();
        Instant ends = clock.instant().plus(HOLDS);
        String body = bodies.seal("person", new People.Person(displayName));
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
        return new People.Invitation(account, token, ends);
    }

    /** The account that a token invites to, while it does. */
    Optional<AccountId> account(String oneTimeToken) {
        return control.read(sql -> sql.sql(
                                "select i.account, i.ends from invitation i join account a on a.id = i.account"
                                        + " where i.token_hash = :hash and i.used is null and a.state = 'invited'")
                        .param("hash", Sessions.hash(oneTimeToken))
                        .query((row, _) -> Instant.parse(row.getString("ends")).isAfter(clock.instant())
                                ? row.getString("account")
                                : "")
                        .optional())
                .filter(found -> !found.isEmpty())
                .map(AccountId::new);
    }

    /**
     * Binds the account to its person, who has either a login with a password or somebody who vouches for them.
     *
     * @param mac the keyed hash of the login, or of who the provider says it is
     * @param passwordHash the password's; none for whoever comes by the provider
     */
    void take(String oneTimeToken, AccountId account, String mac, Optional<String> passwordHash) {
        journal.enter(Entry.of("account-claimed", account.value(), account.value()), (sql, _) -> {
            int used = sql.sql("update invitation set used = :now where token_hash = :hash and used is null")
                    .param("now", clock.instant().toString())
                    .param("hash", Sessions.hash(oneTimeToken))
                    .update();
            if (used != 1) {
                throw Problem.of(ProblemCode.LOGIN_WRONG).exception();
            }
            return sql.sql("update account set login_mac = :login, password_hash = :password, state = 'active'"
                            + " where id = :id")
                    .param("login", mac)
                    .param("password", passwordHash.orElse(null), Types.VARCHAR)
                    .param("id", account.value())
                    .update();
        });
    }
}
