package org.vauban.pseudonym;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.vauban.identity.protocol.AnswersClient;
import org.vauban.identity.protocol.IdentityException;
import org.vauban.journal.Act;
import org.vauban.journal.Entry;
import org.vauban.journal.Journal;
import org.vauban.ledger.entry.Inputs;
import org.vauban.ledger.tree.Hash;
import org.vauban.people.Actor;
import org.vauban.people.Role;
import org.vauban.problem.Phrase;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;

/** Asks the identity zone who is who among the records of some deposits. */
public final class Linkages {

    /** In the place of a batch's name: the question is for the lists alone. */
    public static final String NO_BATCH = "";

    private final Journal journal;

    public Linkages(Journal journal) {
        this.journal = journal;
    }

    /**
     * What the zone answered.
     *
     * @param persons the hub's numbers for the persons behind the records
     * @param batch the linkage's name, in the log and in the zone
     * @param report the zone's own account of its quality: a JSON document of counts
     */
    public record Linked(RecordPersons persons, String batch, String report) {}

    /**
     * Has the records of some deposits linked.
     *
     * @param zone the socket at which the identity zone answers the hub
     * @param batch a name that was not used before
     * @param deposits ids of deposits whose identities the zone has
     * @throws ProblemException {@code IDENTITY_ZONE_ABSENT}, {@code IDENTITY_ZONE_REFUSED}, {@code PSEUDONYM_COLLISION}
     */
    public Linked link(Actor manager, Path zone, String batch, List<String> deposits) {
        manager.require(Role.DATA_MANAGER);
        Act act = journal.begin(Entry.of("linkage", manager.account().value(), "linkage/" + batch)
                .body(Map.of("deposits", String.join(" ", deposits))));
        try (AnswersClient client = AnswersClient.connect(zone)) {
            AnswersClient.Linked answer = client.link(batch, deposits);
            RecordPersons persons = RecordPersons.of(answer.deposits());
            journal.conclude(
                    act,
                    act.subject()
                            .over(inputs(answer))
                            .body(Map.of(
                                    "records", String.valueOf(persons.records()),
                                    "persons", String.valueOf(persons.persons()))),
                    (_, _) -> true);
            return new Linked(persons, batch, answer.report());
        } catch (IdentityException no) {
            ProblemException problem = problem(zone, no);
            abandon(act, problem.code().name());
            throw problem;
        } catch (ProblemException failed) {
            abandon(act, failed.code().name());
            throw failed;
        } catch (RuntimeException failed) {
            abandon(act, failed.getClass().getSimpleName());
            throw failed;
        }
    }

    /** The name of the batch of some deposits: the same deposits are linked once. */
    public static String batch(Collection<String> deposits) {
        String all = deposits.stream().sorted().collect(Collectors.joining(" "));
        return "b-" + Hash.leaf(all.getBytes(StandardCharsets.US_ASCII)).hex().substring(0, 24);
    }

    /**
     * Who of a batch is on a list of objections that the zone has. Part of the act of whoever asks, which is begun.
     *
     * @param batch one that was linked, or {@link #NO_BATCH}
     * @param accepted lists that take the place of the earlier ones of whoever gave them
     * @throws ProblemException {@code IDENTITY_ZONE_ABSENT}, {@code IDENTITY_ZONE_REFUSED}
     */
    public Objectors objectors(Path zone, String batch, List<String> accepted) {
        try (AnswersClient client = AnswersClient.connect(zone)) {
            AnswersClient.Objecting answer = client.objecting(batch, accepted);
            return new Objectors(
                    answer.lists().stream()
                            .map(list -> new Objectors.ObjectionList(list.id(), list.taker()))
                            .toList(),
                    answer.records(),
                    answer.pseudonyms().stream().mapToLong(RecordPersons::number));
        } catch (IdentityException no) {
            throw problem(zone, no);
        }
    }

    private void abandon(Act act, String reason) {
        journal.conclude(act, "failed", Map.of("reason", reason), (_, _) -> true);
    }

    /** A commitment to all pairs: a million of them are one entry, and each could still be shown to have been among them. */
    private static Inputs inputs(AnswersClient.Linked answer) {
        return Inputs.of(answer.deposits().stream()
                .flatMap(deposit -> deposit.persons().stream()
                        .map(pair -> (deposit.deposit() + ' ' + pair.record() + ' ' + pair.pseudonym())
                                .getBytes(StandardCharsets.US_ASCII)))
                .toList());
    }

    private static ProblemException problem(Path zone, IdentityException no) {
        return switch (no.kind()) {
            case ABSENT ->
                Problem.of(ProblemCode.IDENTITY_ZONE_ABSENT).found(zone).exception(no);
            case REFUSED ->
                Problem.of(ProblemCode.IDENTITY_ZONE_REFUSED)
                        .found(String.valueOf(no.getMessage()))
                        .exception(no);
            case BROKEN ->
                Problem.of(ProblemCode.SEAL_BROKEN)
                        .found(Phrase.AN_IDENTITY_PART_IN_THE_ZONE)
                        .exception(no);
            case PROTOCOL, FAILED ->
                Problem.of(ProblemCode.INTERNAL_FAULT)
                        .found(Phrase.THE_IDENTITY_ZONE.with(no.kind()))
                        .exception(no);
        };
    }
}
