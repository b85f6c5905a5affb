package org.vauban.objection;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.vauban.body.Bodies;
import org.vauban.control.ControlPlane;
import org.vauban.control.RandomName;
import org.vauban.custody.Keys;
import org.vauban.edition.Editions;
import org.vauban.journal.Act;
import org.vauban.journal.Entry;
import org.vauban.journal.Journal;
import org.vauban.omop.EditionId;
import org.vauban.people.Actor;
import org.vauban.people.Role;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;
import org.vauban.pseudonym.Linkages;

/**
 * The versions of the objections. {@link #apply} adds whoever is on a list that the identity zone has, and lets go of nobody; {@link #release}
 * lets go of those whom the latest lists lack, and takes two people.
 */
public final class Objections {
    private static final String BODY = "objections";

    private final ControlPlane control;
    private final Journal journal;
    private final Bodies bodies;
    private final Search search;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public Objections(ControlPlane control, Journal journal, Bodies bodies, Editions editions, Keys keys, Clock clock) {
        this.control = control;
        this.journal = journal;
        this.bodies = bodies;
        this.search = new Search(control, journal, editions, keys);
        this.clock = clock;
    }

    /** All versions, the oldest first; for those who may make them and for auditors. */
    public List<ObjectionVersion> list(Actor actor) {
        if (!actor.roles().contains(Role.AUDITOR) && !actor.roles().contains(Role.COMMITTEE_MEMBER)) {
            requireMayAsk(actor);
        }
        return list();
    }

    /** The version in force, if there is one; its counts are public. */
    public Optional<ObjectionVersion> current() {
        List<ObjectionVersion> all = list();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
    }

    /** Lists that take the place of the earlier ones of whoever gave them. */
    public List<String> accepted() {
        return control.read(sql -> sql.sql("select accepted from objection_version_seen order by version desc limit 1")
                        .query(String.class)
                        .optional())
                .map(Objections::words)
                .orElse(List.of());
    }

    /**
     * Marks whoever is on a list that the zone has. May be repeated, and makes a version each time.
     *
     * @param zone the socket at which the identity zone answers the hub
     */
    public ObjectionVersion apply(Actor actor, Path zone) {
        requireMayAsk(actor);
        return make(actor, "objections-applied", zone, Optional.empty());
    }

    /**
     * Asks that the latest list of each taker take the place of the earlier ones; when somebody else has asked, decides it and makes the
     * version without those who are let go.
     *
     * @return the new version; nothing when it was asked
     * @throws ProblemException {@code OBJECTIONS_TWO_PEOPLE} for the second call of whoever asked, or of the session that asked
     */
    public Optional<ObjectionVersion> release(Actor actor, Path zone) {
        Optional<Asked> asked = asked();
        if (asked.isEmpty()) {
            requireMayAsk(actor);
            ask(actor, zone);
            return Optional.empty();
        }
        if (!actor.roles().contains(Role.DATA_PROTECTION_OFFICER)) {
            actor.require(Role.COMMITTEE_MEMBER);
        }
        if (asked.get().isOf(actor)) {
            journal.enter(
                    Entry.of(
                                    "objections-release-refused",
                                    actor.account().value(),
                                    object(asked.get().id()))
                            .result(ProblemCode.OBJECTIONS_TWO_PEOPLE.name()),
                    (_, _) -> true);
            throw Problem.of(ProblemCode.OBJECTIONS_TWO_PEOPLE).exception();
        }
        return Optional.of(make(actor, "objections-released", zone, asked));
    }

    /**
     * Who of an edition objects, under a version that a grant names.
     *
     * @param version 0 for none
     * @throws ProblemException {@code OBJECTIONS_BEHIND} when the edition was published while the version was made, and was not looked at
     */
    public LongPredicate objecting(EditionId edition, long version) {
        if (version == 0) {
            return _ -> false;
        }
        String body = control.read(sql -> sql.sql("select body from objection_version_seen where version = :version")
                .param("version", version)
                .query(String.class)
                .single());
        Optional<int[]> marked = bodies.open(BODY, body, Marks.class).of(edition);
        if (marked.isPresent()) {
            int[] persons = marked.get();
            return person -> person == (int) person && Arrays.binarySearch(persons, (int) person) >= 0;
        }
        if (madeWithout(edition).orElse(-1) < version) {
            throw Problem.of(ProblemCode.OBJECTIONS_BEHIND).found(edition).exception();
        }
        return _ -> false;
    }

    private OptionalLong madeWithout(EditionId edition) {
        return control.read(sql -> sql.sql("select objections from edition where id = :edition")
                        .param("edition", edition.value())
                        .query(Long.class)
                        .optional())
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    /**
     * Somebody who asked.
     *
     * @param accepted the lists that were the latest then; what came later still only adds
     */
    record Asked(String id, String accepted, String askedBy, String askedSession) {
        boolean isOf(Actor actor) {
            return askedBy.equals(actor.account().value()) || askedSession.equals(actor.session());
        }
    }

    private Optional<Asked> asked() {
        return control.read(sql -> sql.sql(
                        "select id, accepted, asked_by, asked_session from objection_release_asked order by asked, id limit 1")
                .query(Asked.class)
                .optional());
    }

    private void ask(Actor actor, Path zone) {
        String id = RandomName.id('o');
        Act act = journal.begin(
                Entry.of("objections-release-asked", actor.account().value(), object(id)));
        String latest = orAbandon(act, () -> latest(zone));
        journal.conclude(
                act,
                "done",
                Map.of("lists", latest),
                (sql, entry) -> sql.sql(
                                "insert into objection_release (id, accepted, asked, asked_by, asked_session, asked_entry)"
                                        + " values (:id, :accepted, :now, :actor, :session, :entry)")
                        .param("id", id)
                        .param("accepted", latest)
                        .param("now", clock.instant().toString())
                        .param("actor", actor.account().value())
                        .param("session", actor.session())
                        .param("entry", entry)
                        .update());
    }

    /** The latest list of each taker. */
    private String latest(Path zone) {
        Map<String, String> latest = new LinkedHashMap<>();
        new Linkages(journal)
                .objectors(zone, Linkages.NO_BATCH, accepted())
                .lists()
                .forEach(list -> latest.put(list.taker(), list.id()));
        return String.join(" ", latest.values());
    }

    /** One at a time, so that versions follow each other. What was begun and not concluded has made nothing, and is done again. */
    private synchronized ObjectionVersion make(Actor actor, String word, Path zone, Optional<Asked> release) {
        long version = last() + 1;
        Act act = journal.begin(Entry.of(word, actor.account().value(), object(String.valueOf(version))));
        Made made = orAbandon(act, () -> {
            List<String> accepted =
                    release.map(asked -> words(asked.accepted())).orElseGet(this::accepted);
            return sealed(version, accepted, search.in(zone, accepted));
        });
        enter(act, made, release.map(Asked::id));
        return list().stream()
                .filter(each -> each.version() == version)
                .findFirst()
                .orElseThrow();
    }

    /** A version that was found otherwise, for this hub's own tests. */
    void enter(Actor actor, Found found) {
        long version = last() + 1;
        Act act =
                journal.begin(Entry.of("objections-applied", actor.account().value(), object(String.valueOf(version))));
        enter(act, sealed(version, accepted(), found), Optional.empty());
    }

    /** A version whose marks are sealed and which nobody can see yet. */
    record Made(long version, List<String> accepted, Found found, Marks marks, String body) {}

    private Made sealed(long version, List<String> accepted, Found found) {
        Marks marks = Marks.of(found.editions(), random);
        return new Made(version, accepted, found, marks, bodies.seal(BODY, marks));
    }

    private void enter(Act act, Made version, Optional<String> release) {
        Entry conclusion = act.subject()
                .over(version.marks().inputs())
                .body(Map.of(
                        "lists", String.valueOf(version.found().lists()),
                        "records", String.valueOf(version.found().records()),
                        "marks", String.valueOf(version.marks().size()),
                        "unreached",
                                String.join(" ", version.found().unreached().keySet())));
        journal.conclude(act, conclusion, (sql, entry) -> {
            int made = sql.sql("insert into objection_version"
                            + " (version, accepted, lists, records, marks, body, made, entry)"
                            + " values (:version, :accepted, :lists, :records, :marks, :body, :now, :entry)")
                    .param("version", version.version())
                    .param("accepted", String.join(" ", version.accepted()))
                    .param("lists", version.found().lists())
                    .param("records", version.found().records())
                    .param("marks", version.marks().size())
                    .param("body", version.body())
                    .param("now", clock.instant().toString())
                    .param("entry", entry)
                    .update();
            version.found()
                    .unreached()
                    .forEach((edition, reason) -> sql.sql("insert into objection_unreached (version, edition, reason)"
                                    + " values (:version, :edition, :reason)")
                            .param("version", version.version())
                            .param("edition", edition)
                            .param("reason", reason.name())
                            .update());
            release.ifPresent(id -> sql.sql("update objection_release set version = :version where id = :id")
                    .param("version", version.version())
                    .param("id", id)
                    .update());
            return made;
        });
    }

    private <T> T orAbandon(Act act, Supplier<T> work) {
        try {
            return work.get();
        } catch (ProblemException failed) {
            abandon(act, failed.code().name());
            throw failed;
        } catch (RuntimeException failed) {
            abandon(act, failed.getClass().getSimpleName());
            throw failed;
        }
    }

    private void abandon(Act act, String reason) {
        journal.conclude(act, "failed", Map.of("reason", reason), (_, _) -> true);
    }

    private long last() {
        return control.read(sql -> sql.sql("select coalesce(max(version), 0) from objection_version")
                .query(Long.class)
                .single());
    }

    private List<ObjectionVersion> list() {
        record Row(long version, String made, long lists, long records, long marks, long logIndex) {}
        return control
                .read(sql -> sql.sql("select version, made, lists, records, marks, log_index"
                                + " from objection_version_seen order by version")
                        .query(Row.class)
                        .list())
                .stream()
                .map(row -> new ObjectionVersion(
                        row.version(),
                        Instant.parse(row.made()),
                        row.lists(),
                        row.records(),
                        row.marks(),
                        unreached(row.version()),
                        row.logIndex()))
                .toList();
    }

    private List<ObjectionVersion.Unreached> unreached(long version) {
        record Row(String edition, String reason) {}
        return control
                .read(sql -> sql.sql(
                                "select edition, reason from objection_unreached where version = :version order by edition")
                        .param("version", version)
                        .query(Row.class)
                        .list())
                .stream()
                .map(row ->
                        new ObjectionVersion.Unreached(new EditionId(row.edition()), ProblemCode.valueOf(row.reason())))
                .toList();
    }

    private static List<String> words(String text) {
        return Stream.of(text.split(" ")).filter(word -> !word.isBlank()).toList();
    }

    private static String object(String name) {
        return "objections/" + name;
    }

    private static void requireMayAsk(Actor actor) {
        if (!actor.roles().contains(Role.DATA_PROTECTION_OFFICER)) {
            actor.require(Role.DATA_MANAGER);
        }
    }
}
