package org.vauban.people;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder;
import org.vauban.control.ControlPlane;
import org.vauban.journal.Entry;
import org.vauban.journal.Journal;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;

/** Passwords: whether one is right, and when too many wrong ones lock an account for a while. */
final class Credentials {
    static final int FAILURES_MAX = 5;
    static final Duration LOCKED = Duration.ofMinutes(15);

    private static final String NOBODY = "nobody";

    private final ControlPlane control;
    private final Journal journal;
    private final Clock clock;
    /** PBKDF2-HMAC-SHA-256, 600,000 rounds, 16 bytes of salt: OWASP's figure. */
    private final Pbkdf2PasswordEncoder passwords = new Pbkdf2PasswordEncoder(
            "", 16, 600_000, Pbkdf2PasswordEncoder.SecretKeyFactoryAlgorithm.PBKDF2WithHmacSHA256);
    /** Compared when a login is unknown, so that the answer takes as long: 16 bytes of salt and 32 of hash that no password gives. */
    private final String hashOfNobody = "00".repeat(48);

    Credentials(ControlPlane control, Journal journal, Clock clock) {
        this.control = control;
        this.journal = journal;
        this.clock = clock;
    }

    /** The form in which a password is kept. */
    String encoded(char[] password) {
        String encoded = Objects.requireNonNull(passwords.encode(new String(password)));
        Arrays.fill(password, ' ');
        return encoded;
    }

    private record Found(String id, String passwordHash, long failures, Optional<Instant> lockedUntil) {}

    /** The account of a login, if the password is its own. An unknown login, a wrong password and a lock are answered alike. */
    AccountId ofLogin(String loginMac, char[] password) {
        return right("login_mac", loginMac, password);
    }

    /** Refuses when the password is not the account's. */
    void of(AccountId account, char[] password) {
        right("id", account.value(), password);
    }

    private AccountId right(String column, String value, char[] password) {
        Instant now = clock.instant();
        Optional<Found> found = control.read(sql -> sql.sql(
                        "select id, password_hash, failures, locked_until from account where " + column
                                + " = :value and state = 'active'")
                .param("value", value)
                .query((row, _) -> new Found(
                        row.getString("id"),
                        row.getString("password_hash"),
                        row.getLong("failures"),
                        Optional.ofNullable(row.getString("locked_until")).map(Instant::parse)))
                .optional());
        // An unknown login costs as much time as a known one, and leaves an entry like it.
        boolean right = passwords.matches(
                new String(password), found.map(Found::passwordHash).orElse(hashOfNobody));
        Arrays.fill(password, ' ');
        boolean locked = found.flatMap(Found::lockedUntil)
                .filter(until -> until.isAfter(now))
                .isPresent();
        if (found.isEmpty() || locked || !right) {
            refuse(found.orElseGet(() -> new Found(NOBODY, "", 0, Optional.empty())), now);
        }
        return new AccountId(found.orElseThrow().id());
    }

    private void refuse(Found account, Instant now) {
        long failures = account.failures() + 1;
        journal.enter(
                Entry.of("login-refused", account.id(), account.id()),
                (sql, _) -> sql.sql("update account set failures = :failures, locked_until = :until where id = :id")
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
        throw Problem.of(ProblemCode.LOGIN_WRONG).exception();
    }
}
