package org.vauban.project;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.vauban.control.ControlPlane;
import org.vauban.custodian.KeyInfo;
import org.vauban.custody.Keys;
import org.vauban.journal.Entry;
import org.vauban.journal.Journal;
import org.vauban.people.AccountId;
import org.vauban.people.Actor;
import org.vauban.people.Role;
import org.vauban.permit.PermitId;
import org.vauban.permit.PermitState;
import org.vauban.permit.ProjectId;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;

/**
 * The ends of project spaces. A space must be destroyed within six months after its last permit has ended (Regulation (EU) 2025/327,
 * article 68); two people decide it, the custodian destroys the keys, and a signed certificate says so. Every copy of the space, a
 * backup's too, is unreadable from then on. What the warehouse keeps to compare later outputs with released ones is not the project's.
 */
public final class Endings {
    /** How long a space may outlive its permit. */
    static final Period KEPT_AT_MOST = Period.ofMonths(6);

    private static final HexFormat HEX = HexFormat.of();

    private final ControlPlane control;
    private final Journal journal;
    private final Keys keys;
    private final Clock clock;

    public Endings(ControlPlane control, Journal journal, Keys keys, Clock clock) {
        this.control = control;
        this.journal = journal;
        this.keys = keys;
        this.clock = clock;
    }

    /** The projects that have ended, the one that must be destroyed first at the head; the destroyed ones behind them. */
    public List<Ending> list(Actor actor) {
        if (actor.roles().stream().noneMatch(role -> role == Role.AUDITOR || role == Role.DATA_MANAGER)) {
            actor.require(Role.COMMITTEE_MEMBER);
        }
        return list();
    }

    /** Spaces that are still there after their last day. Asks no key. */
    public List<Ending> overdue() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return list().stream().filter(ending -> ending.isOverdue(today)).toList();
    }

    /**
     * Asks for the destruction of an ended project's space; when somebody else has asked, decides it and carries it out. Data managers and
     * members of the committee may ask, members decide.
     *
     * @throws org.vauban.problem.ProblemException {@code PROJECT_NOT_ENDED}, or {@code DESTRUCTION_TWO_PEOPLE} for the second call of
     *     whoever asked
     */
    public Ending destroy(Actor actor, ProjectId project) {
        if (!actor.roles().contains(Role.DATA_MANAGER)) {
            actor.require(Role.COMMITTEE_MEMBER);
        }
        Ending ending = find(project)
                .orElseThrow(() ->
                        Problem.of(ProblemCode.PROJECT_NOT_ENDED).found(project).exception());
        switch (ending.state()) {
            case ENDED -> ask(actor, project);
            case ASKED -> {
                actor.require(Role.COMMITTEE_MEMBER);
                if (ending.askedBy().filter(actor.account()::equals).isPresent()) {
                    throw Problem.of(ProblemCode.DESTRUCTION_TWO_PEOPLE)
                            .found(project)
                            .exception();
                }
                decide(actor, project);
                carryOut(project);
            }
            case DECIDED -> carryOut(project);
            case DESTROYED -> {}
        }
        return find(project).orElseThrow();
    }

    /** The certificate of a destroyed space. It names no person, and everybody may have it. */
    public DestructionCertificate certificate(ProjectId project) {
        return control.read(sql -> sql.sql("select certificate from destruction_seen where project = :project"
                                + " and certificate is not null")
                        .param("project", project.value())
                        .query(String.class)
                        .optional())
                .map(Endings::certificate)
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND)
                        .with("what", "certificate of destruction of")
                        .found(project)
                        .exception());
    }

    /** Carries out what two people had decided before the hub stopped. */
    public void recover() {
        list().stream()
                .filter(ending -> ending.state() == Ending.State.DECIDED)
                .forEach(ending -> carryOut(ending.project()));
    }

    private void ask(Actor actor, ProjectId project) {
        journal.enter(
                Entry.of("destruction-asked", actor.account().value(), project.value()),
                (sql, entry) -> sql.sql("insert into destruction (project, asked, asked_by, asked_entry)"
                                + " values (:project, :now, :actor, :entry)")
                        .param("project", project.value())
                        .param("now", clock.instant().toString())
                        .param("actor", actor.account().value())
                        .param("entry", entry)
                        .update());
    }

    private void decide(Actor actor, ProjectId project) {
        journal.enter(Entry.of("destruction-decided", actor.account().value(), project.value()), (sql, entry) -> {
            int decided = sql.sql("update destruction set decided = :now, decided_by = :actor,"
                            + " decided_entry = :entry where project = :project and decided is null")
                    .param("project", project.value())
                    .param("now", clock.instant().toString())
                    .param("actor", actor.account().value())
                    .param("entry", entry)
                    .update();
            if (decided != 1) {
                throw Problem.of(ProblemCode.PROJECT_NOT_ENDED).found(project).exception();
            }
            return decided;
        });
    }

    /**
     * May be done again after a crash: a destroyed key stays destroyed, and the moment in the certificate is the custodian's. One at a time,
     * so that there is one certificate and one entry.
     */
    private synchronized void carryOut(ProjectId project) {
        Ending ending = find(project).orElseThrow();
        if (ending.state() == Ending.State.DESTROYED) {
            return;
        }
        List<KeyInfo> destroyed = keys.destroyOfProject(project.value());
        String text = text(ending, destroyed);
        String signature = HEX.formatHex(keys.sign(Keys.MANIFEST, text.getBytes(StandardCharsets.UTF_8)));
        String signed = signature + ' ' + HEX.formatHex(keys.publicKey(Keys.MANIFEST)) + '\n' + text;
        journal.enter(
                Entry.of("project-destroyed", "hub", project.value()).body(Map.of("certificate-sha-256", sha256(text))),
                (sql, entry) -> {
                    sql.sql(
                                    "update destruction set destroyed = :now, certificate = :certificate, destroyed_entry = :entry"
                                            + " where project = :project and destroyed is null")
                            .param("now", clock.instant().toString())
                            .param("certificate", signed)
                            .param("entry", entry)
                            .param("project", project.value())
                            .update();
                    forgetResults(sql, project);
                    return true;
                });
    }

    /** The name of the results goes; what the warehouse keeps of each analysis stays. */
    private static void forgetResults(JdbcClient sql, ProjectId project) {
        record Kept(String id, String content) {}
        sql.sql("select id, content from analysis where project = :project and content is not null")
                .param("project", project.value())
                .query(Kept.class)
                .list()
                .forEach(analysis -> sql.sql("update analysis set content = :content where id = :id")
                        .param(
                                "content",
                                analysis.content().substring(analysis.content().indexOf(' ')))
                        .param("id", analysis.id())
                        .update());
    }

    private String text(Ending ending, List<KeyInfo> destroyed) {
        long decided =
                control.read(sql -> sql.sql("select decided_index from destruction_seen where project = :project")
                        .param("project", ending.project().value())
                        .query(Long.class)
                        .single());
        return "certificate: destruction of a project space\n"
                + "hub: " + keys.hubId() + '\n'
                + "project: " + ending.project() + '\n'
                + "permits: " + ending.permits().stream().map(PermitId::value).collect(Collectors.joining(", ")) + '\n'
                + "ended: " + ending.ended() + '\n'
                + "due: " + ending.due() + '\n'
                + "decided by two people, entry of the log: " + decided + '\n'
                + destroyed.stream()
                        .sorted(Comparator.comparing(key -> key.name().text()))
                        .map(key -> "key " + key.name().text() + " of " + key.created() + " destroyed: "
                                + key.destroyed().orElseThrow() + '\n')
                        .collect(Collectors.joining());
    }

    private static DestructionCertificate certificate(String signed) {
        int line = signed.indexOf('\n');
        int space = signed.indexOf(' ');
        return new DestructionCertificate(
                signed.substring(line + 1), signed.substring(0, space), signed.substring(space + 1, line));
    }

    private static String sha256(String text) {
        try {
            return HEX.formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException(absent);
        }
    }

    // Which projects have ended.

    private Optional<Ending> find(ProjectId project) {
        return list().stream()
                .filter(ending -> ending.project().equals(project))
                .findFirst();
    }

    /** A permit that once opened its project's space, or asks to. */
    private record Row(String id, String project, PermitState state, Instant ends, Optional<Instant> decided) {
        /** When it stopped granting, or nothing while it grants. */
        Optional<Instant> ended(Instant now) {
            return switch (state) {
                case WITHDRAWN ->
                    decided.filter(moment -> moment.isBefore(ends)).or(() -> Optional.of(ends));
                case GRANTED, REPLACED -> Optional.of(ends).filter(moment -> !moment.isAfter(now));
                case REQUESTED, REFUSED, RETRACTED -> Optional.empty();
            };
        }
    }

    private record Destruction(
            String project,
            String askedBy,
            @Nullable String decided,
            @Nullable String destroyed) {
        Ending.State state() {
            if (destroyed != null) {
                return Ending.State.DESTROYED;
            }
            return decided != null ? Ending.State.DECIDED : Ending.State.ASKED;
        }
    }

    private List<Ending> list() {
        Map<String, List<Row>> projects = control
                .read(sql -> sql.sql("select s.id, s.project, s.state, p.ends, p.decided from permit_seen s"
                                + " join permit p on p.id = s.id where s.state in ('granted', 'withdrawn', 'replaced')"
                                + " order by s.requested, s.id")
                        .query((row, _) -> new Row(
                                row.getString("id"),
                                row.getString("project"),
                                PermitState.of(row.getString("state")),
                                Instant.parse(row.getString("ends")),
                                Optional.ofNullable(row.getString("decided")).map(Instant::parse)))
                        .list())
                .stream()
                .collect(Collectors.groupingBy(Row::project));
        Map<String, Destruction> destructions = control
                .read(sql -> sql.sql("select project, asked_by, decided, destroyed from destruction_seen")
                        .query(Destruction.class)
                        .list())
                .stream()
                .collect(Collectors.toMap(Destruction::project, Function.identity()));
        return projects.entrySet().stream()
                .flatMap(each ->
                        ending(each.getKey(), each.getValue(), Optional.ofNullable(destructions.get(each.getKey())))
                                .stream())
                .sorted(Comparator.comparing((Ending ending) -> ending.state() == Ending.State.DESTROYED)
                        .thenComparing(Ending::due)
                        .thenComparing(ending -> ending.project().value()))
                .toList();
    }

    /** The end of a project is that of the last permit in force: one that was replaced ended when its successor began. */
    private Optional<Ending> ending(String project, List<Row> permits, Optional<Destruction> destruction) {
        Instant now = clock.instant();
        List<Row> last = permits.stream()
                .filter(permit -> permit.state() != PermitState.REPLACED)
                .toList();
        if (last.isEmpty() || last.stream().anyMatch(permit -> permit.ended(now).isEmpty())) {
            return Optional.empty();
        }
        Instant ended = last.stream()
                .flatMap(permit -> permit.ended(now).stream())
                .max(Comparator.naturalOrder())
                .orElseThrow();
        return Optional.of(new Ending(
                new ProjectId(project),
                permits.stream().map(permit -> new PermitId(permit.id())).toList(),
                ended,
                LocalDate.ofInstant(ended, ZoneOffset.UTC).plus(KEPT_AT_MOST),
                destruction.map(Destruction::state).orElse(Ending.State.ENDED),
                destruction.map(found -> new AccountId(found.askedBy()))));
    }
}
