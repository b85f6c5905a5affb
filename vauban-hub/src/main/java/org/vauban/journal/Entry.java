package org.vauban.journal;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.vauban.ledger.entry.Inputs;

/**
 * What will be written about an act. The header part names things by their ids; the body, which may hold words of people, is
 * sealed outside the log and can be erased one day.
 *
 * @param act what was done, such as {@code permit-granted}
 * @param actor the account, or {@code hub} for what the hub does by itself
 * @param object the thing it was done to
 * @param permit the permit under which, if any
 * @param purpose the permit's purpose, if any
 * @param result a code: {@code done}, {@code cleared}, {@code refused} or a problem's code
 * @param inputs what a batch worked on, or what an edition consists of: a count and a Merkle root
 * @param body more about it, sealed
 */
public record Entry(
        String act,
        String actor,
        String object,
        Optional<String> permit,
        Optional<String> purpose,
        String result,
        Optional<Inputs> inputs,
        Map<String, String> body) {

    public Entry {
        body = Map.copyOf(body);
    }

    public static Entry of(String act, String actor, String object) {
        return new Entry(act, actor, object, Optional.empty(), Optional.empty(), "done", Optional.empty(), Map.of());
    }

    public Entry under(String permit, String purpose) {
        return new Entry(act, actor, object, Optional.of(permit), Optional.of(purpose), result, inputs, body);
    }

    public Entry result(String code) {
        return new Entry(act, actor, object, permit, purpose, code, inputs, body);
    }

    /** The same about another thing: a conclusion may name what the act made. */
    public Entry on(String other) {
        return new Entry(act, actor, other, permit, purpose, result, inputs, body);
    }

    public Entry over(Inputs more) {
        return new Entry(act, actor, object, permit, purpose, result, Optional.of(more), body);
    }

    public Entry body(Map<String, String> more) {
        var all = new TreeMap<>(body);
        all.putAll(more);
        return new Entry(act, actor, object, permit, purpose, result, inputs, all);
    }

    public Entry body(String name, String value) {
        return body(Map.of(name, value));
    }
}
