package org.vauban.desk;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.vauban.control.ControlPlane;
import org.vauban.control.RandomName;
import org.vauban.custodian.KeyName;
import org.vauban.custody.Keys;
import org.vauban.deposit.envelope.DepositId;
import org.vauban.deposit.envelope.Manifest;
import org.vauban.deposit.envelope.RecipientKey;
import org.vauban.journal.Act;
import org.vauban.journal.Entry;
import org.vauban.journal.Journal;
import org.vauban.people.Actor;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;

/**
 * The keys that producers seal to, one for each delivery. Whoever takes a delivery back has its key destroyed: its parts then open nowhere,
 * in no copy of them either, and no edition can be made of them.
 */
final class Deliveries {
    private final ControlPlane control;
    private final Journal journal;
    private final Keys keys;
    private final Clock clock;

    Deliveries(ControlPlane control, Journal journal, Keys keys, Clock clock) {
        this.control = control;
        this.journal = journal;
        this.keys = keys;
        this.clock = clock;
    }

    /** A delivery, and the deposit that came with it if it has come. */
    private record Delivery(
            String id, String producer, @Nullable String deposit) {
        KeyName key() {
            return Keys.ofDelivery(id);
        }

        boolean isFor(Manifest manifest) {
            return producer.equals(manifest.producer())
                    && (deposit == null || deposit.equals(manifest.deposit().value()));
        }
    }

    /** The public key of the producer's next delivery: the one that waits for a deposit, or a new one. */
    byte[] publicKey(Actor manager, String producer) {
        KeyName waiting = list("producer = :value and deposit is null and destroyed is null", producer).stream()
                .findFirst()
                .map(Delivery::key)
                .orElseGet(() -> begin(manager, producer));
        return keys.publicKey(waiting);
    }

    private KeyName begin(Actor manager, String producer) {
        String id = RandomName.id('d');
        KeyName key = Keys.ofDelivery(id);
        Act act = journal.begin(Entry.of("delivery-key", manager.account().value(), "producer/" + producer)
                .body(Map.of("key", key.text())));
        try {
            keys.createOfDelivery(id);
        } catch (ProblemException failed) {
            journal.conclude(act, failed.code().name(), Map.of(), (_, _) -> true);
            throw failed;
        }
        String fingerprint = RecipientKey.fingerprint(keys.publicKey(key));
        journal.conclude(
                act,
                act.subject(),
                (sql, entry) -> sql.sql("insert into delivery (id, producer, fingerprint, opened, entry)"
                                + " values (:id, :producer, :fingerprint, :now, :entry)")
                        .param("id", id)
                        .param("producer", producer)
                        .param("fingerprint", fingerprint)
                        .param("now", clock.instant().toString())
                        .param("entry", entry)
                        .update());
        return key;
    }

    /** Refuses an envelope that is sealed with a key of another producer, of another deposit, or of nobody. */
    void requireOwnKey(Manifest manifest) {
        boolean isOurs = list("fingerprint = :value and destroyed is null", manifest.key()).stream()
                .anyMatch(delivery -> delivery.isFor(manifest));
        if (!isOurs) {
            throw wrongKey(manifest);
        }
    }

    private static ProblemException wrongKey(Manifest manifest) {
        return Problem.of(ProblemCode.DEPOSIT_KEY)
                .expected(manifest.producer())
                .found(manifest.key().substring(0, 12) + "…")
                .exception();
    }

    /** Says which deposit came with a key, in the transaction that takes the deposit; a key serves one. */
    static void take(JdbcClient sql, Manifest manifest) {
        int taken = sql.sql(
                        "update delivery set deposit = :deposit where fingerprint = :fingerprint and destroyed is null"
                                + " and (deposit is null or deposit = :deposit)")
                .param("deposit", manifest.deposit().value())
                .param("fingerprint", manifest.key())
                .update();
        if (taken != 1) {
            throw wrongKey(manifest);
        }
    }

    /** The key that opens a deposit; one that came before deliveries had keys was sealed to the hub's. */
    KeyName keyOf(DepositId deposit) {
        return list("deposit = :value", deposit.value()).stream()
                .findFirst()
                .map(Delivery::key)
                .orElse(Keys.DEPOSIT);
    }

    /**
     * Destroys the keys of what was taken back: of deposits that never came into an edition, and of all that a producer has withdrawn. Those
     * that an interrupted call destroyed stay so. While the custodian is absent they wait for the next call.
     */
    void destroyTakenBack() {
        List<String> takenBack =
                control.read(sql -> sql.sql("select v.id from delivery v left join deposit d on d.id = v.deposit"
                                + " where v.destroyed is null and (d.state = 'withdrawn'"
                                + " or exists (select 1 from deposit_taken_back t where t.deposit = v.deposit)"
                                + " or exists (select 1 from withdrawal_seen w where w.deposit is null and w.producer = v.producer))"
                                + " order by v.id")
                        .query(String.class)
                        .list());
        try {
            takenBack.forEach(this::destroy);
        } catch (ProblemException gone) {
            if (gone.code() != ProblemCode.KEYS_ABSENT) {
                throw gone;
            }
        }
    }

    private void destroy(String id) {
        keys.destroyOfDelivery(id);
        control.change(sql -> sql.sql("update delivery set destroyed = :now where id = :id and destroyed is null")
                .param("now", clock.instant().toString())
                .param("id", id)
                .update());
    }

    private List<Delivery> list(String condition, String value) {
        return control.read(sql -> sql.sql("select v.id, v.producer, v.deposit from delivery v"
                        + " join journal_entry j on j.id = v.entry where j.log_index is not null and " + condition
                        + " order by v.opened, v.id")
                .param("value", value)
                .query(Delivery.class)
                .list());
    }
}
