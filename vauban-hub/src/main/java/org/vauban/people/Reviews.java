package org.vauban.people;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import org.vauban.control.ControlPlane;
import org.vauban.journal.Entry;
import org.vauban.journal.Journal;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;

/**
 * The yearly look at accounts: whether each is still needed, and when its person was trained. Administrators and the data protection
 * officer look, and nobody at their own.
 */
public final class Reviews {
    /** The youngest review and training of an account {@code a}, in a list of columns; {@link #validity} reads them. */
    static final String YOUNGEST = "(select max(c.day) from account_check_seen c where c.account = a.id and"
            + " c.kind = 'review') as reviewed, (select max(c.day) from account_check_seen c where c.account = a.id"
            + " and c.kind = 'training') as trained";

    static final String REVIEW = "review";
    static final String TRAINING = "training";

    private final ControlPlane control;
    private final Journal journal;
    private final Clock clock;

    Reviews(ControlPlane control, Journal journal, Clock clock) {
        this.control = control;
        this.journal = journal;
        this.clock = clock;
    }

    /** The account is still needed as it is. */
    public void review(Actor reviewer, AccountId account) {
        enter(reviewer, account, "account-reviewed", REVIEW, today());
    }

    /** The person was trained on this day. */
    public void trained(Actor reviewer, AccountId account, LocalDate day) {
        if (day.isAfter(today())) {
            throw Problem.of(ProblemCode.FIELD_WRONG_VALUE)
                    .with("field", "trained")
                    .expected(today())
                    .found(day)
                    .exception();
        }
        enter(reviewer, account, "account-trained", TRAINING, day);
    }

    /** True for whoever may look at other people's accounts each year. */
    public static boolean mayReview(Actor actor) {
        return actor.roles().stream().anyMatch(Role::reviewsAccounts);
    }

    /** The day by which validities are counted. */
    public LocalDate today() {
        return Validity.day(clock.instant());
    }

    private void enter(Actor reviewer, AccountId account, String act, String kind, LocalDate day) {
        if (!mayReview(reviewer)) {
            reviewer.require(Role.ADMINISTRATOR);
        }
        Entry entry = Entry.of(act, reviewer.account().value(), account.value()).body("day", day.toString());
        if (reviewer.account().equals(account)) {
            journal.enter(entry.result(ProblemCode.ACCOUNT_OWN.name()), (_, _) -> true);
            throw Problem.of(ProblemCode.ACCOUNT_OWN).exception();
        }
        requireThere(account);
        journal.enter(
                entry,
                (sql, number) -> sql.sql("insert into account_check (account, kind, day, given_by, entry)"
                                + " values (:account, :kind, :day, :by, :entry)")
                        .param("account", account.value())
                        .param("kind", kind)
                        .param("day", day.toString())
                        .param("by", reviewer.account().value())
                        .param("entry", number)
                        .update());
    }

    private void requireThere(AccountId account) {
        Set<String> states = Set.copyOf(control.read(sql -> sql.sql("select state from account where id = :id")
                .param("id", account.value())
                .query(String.class)
                .list()));
        if (!states.contains("active") && !states.contains("invited")) {
            throw Problem.of(ProblemCode.NOT_FOUND)
                    .with("what", "account")
                    .found(account)
                    .exception();
        }
    }

    /** Reads a validity out of a row with {@link #YOUNGEST} and {@code created}. */
    static Validity validity(ResultSet row) throws SQLException {
        LocalDate invited = Validity.day(Instant.parse(row.getString("created")));
        return new Validity(
                Optional.ofNullable(row.getString("reviewed"))
                        .map(LocalDate::parse)
                        .orElse(invited),
                Optional.ofNullable(row.getString("trained"))
                        .map(LocalDate::parse)
                        .orElse(invited));
    }
}
