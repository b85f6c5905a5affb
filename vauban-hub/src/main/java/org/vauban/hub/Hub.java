package org.vauban.hub;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.vauban.airlock.Airlock;
import org.vauban.body.Bodies;
import org.vauban.care.Care;
import org.vauban.care.Rooms;
import org.vauban.cohort.compiled.CompiledEvaluator;
import org.vauban.control.ControlPlane;
import org.vauban.control.Database;
import org.vauban.control.PostgresqlServer;
import org.vauban.control.SqliteFile;
import org.vauban.custody.Keys;
import org.vauban.desk.Deposits;
import org.vauban.disk.LocalDisk;
import org.vauban.edition.Editions;
import org.vauban.gate.Gate;
import org.vauban.journal.Journal;
import org.vauban.ledger.note.VerifierKey;
import org.vauban.lexicon.Lexicons;
import org.vauban.objection.Objections;
import org.vauban.people.People;
import org.vauban.permit.Permits;
import org.vauban.problem.ProblemException;
import org.vauban.producer.Producers;
import org.vauban.project.Endings;
import org.vauban.project.Projects;
import org.vauban.provider.OpenIdProvider;
import org.vauban.publication.Publications;
import org.vauban.register.Register;
import org.vauban.reply.Replies;
import org.vauban.retention.Retention;
import org.vauban.sql.AdHocSql;
import org.vauban.vault.Vault;

/**
 * A hub: one HOME, wired. The order of the lines below is the order in which an analysis meets the rooms.
 *
 * <p>Opening asks no key of the custodian unless HOME is new, so that the register and the log can be read without one; the first act
 * that touches sealed data does.
 */
public final class Hub implements AutoCloseable {
    private final Home home;
    private final Keys keys;
    private final ControlPlane control;
    private final Journal journal;
    private final People people;
    private final Permits permits;
    private final Deposits deposits;
    private final Objections objections;
    private final Publications publications;
    private final Producers producers;
    private final Projects projects;
    private final Endings endings;
    private final Retention retention;
    private final Gate gate;
    private final AdHocSql sql;
    private final Register register;
    private final Airlock airlock;
    private final Care care;
    private final Lexicons lexicons;
    private final Replies replies;
    private final Clock clock;

    private Hub(Home home, Keys keys, ControlPlane control, HubConfiguration configuration) {
        this.home = home;
        this.keys = keys;
        this.control = control;
        var clock = configuration.clock();
        // One disk for all: when a sync of one room fails, no room writes on.
        var disk = new LocalDisk();
        Vault vault = Vault.open(disk, home.vault(), keys);
        var bodies = new Bodies(vault);
        this.journal = new Journal(
                control,
                bodies,
                home.ledger(),
                keys,
                VerifierKey.parse(home.settings().ledgerKey()),
                configuration.witnesses(),
                clock);
        this.people = new People(
                control,
                journal,
                bodies,
                keys,
                clock,
                configuration.provider().map(settings -> new OpenIdProvider(settings, clock)));
        this.register = new Register(control, vault);
        this.permits = new Permits(control, journal, bodies, people, keys, clock, register::publish);
        this.deposits = new Deposits(control, journal, bodies, keys, disk, home.deposits(), clock);
        var evaluator = new CompiledEvaluator();
        var editions = new Editions(vault, keys, clock);
        this.objections = new Objections(control, journal, bodies, editions, keys, clock);
        this.publications = new Publications(
                control,
                journal,
                editions,
                keys,
                home.settings().buckets(),
                configuration.memory(),
                evaluator,
                objections,
                clock);
        this.producers = new Producers(control, journal, deposits, permits, clock);
        this.projects = new Projects(control, journal, bodies, permits, keys, clock);
        this.endings = new Endings(control, journal, keys, clock);
        this.retention = new Retention(control, journal, keys, clock);
        this.gate = new Gate(permits, journal, publications, projects, evaluator, clock);
        this.sql = new AdHocSql(permits, journal, publications, projects, clock);
        this.airlock = new Airlock(control, journal, bodies, permits, projects, register, clock);
        this.care = new Care(
                control,
                journal,
                new Rooms(home.folder(), home.ledger()),
                VerifierKey.parse(home.settings().ledgerKey()),
                disk);
        this.replies = new Replies(control, bodies, clock);
        this.clock = clock;
        this.lexicons = new Lexicons(journal, disk, home.folder(), clock);
        journal.finishBeforeTheNextAct(this::recover);
    }

    /**
     * Opens the hub in a folder, or makes one there. The folder belongs to this process until {@link #close()}.
     *
     * @throws org.vauban.problem.ProblemException {@code HOME_IN_USE} when another process owns it, {@code KEYS_ABSENT} when it is new
     *     and no custodian answers
     */
    public static Hub open(Path folder, HubConfiguration configuration) {
        return open(folder, configuration, file -> ControlPlane.open(database(folder, configuration, file)));
    }

    /** The same with a control plane that tests interrupt. */
    static Hub open(Path folder, HubConfiguration configuration, Function<Path, ControlPlane> database) {
        var keys = new Keys(configuration.custodian(), Home.settings(folder).map(Home.Settings::hubId));
        Home home = Home.own(folder, () -> settingsOfNewHub(keys, configuration));
        Deque<Runnable> opened = new ArrayDeque<>(List.of(home::close, keys::close));
        try {
            ControlPlane control = database.apply(home.database());
            opened.push(control::close);
            var hub = new Hub(home, keys, control, configuration);
            opened.clear();
            return hub;
        } finally {
            opened.forEach(Runnable::run);
        }
    }

    /** The one that is named now, else the server that the home was made with, else a file. */
    private static Database database(Path folder, HubConfiguration configuration, Path file) {
        return HubConfiguration.server(folder, configuration.database())
                .<Database>map(PostgresqlServer::new)
                .orElseGet(() -> new SqliteFile(file));
    }

    private static Home.Settings settingsOfNewHub(Keys keys, HubConfiguration configuration) {
        keys.createMissing();
        String hubId = keys.hubId();
        var ledgerKey = new VerifierKey(Journal.origin(hubId), VerifierKey.Kind.ED25519, keys.publicKey(Keys.LEDGER));
        return new Home.Settings(
                Home.FORMAT,
                hubId,
                Editions.BUCKETS_DEFAULT,
                ledgerKey.toString(),
                configuration
                        .ledger()
                        .map(path -> path.toAbsolutePath().normalize().toString()),
                configuration.custodian().toString(),
                HubConfiguration.onServer(configuration.database()));
    }

    /** Finishes what a crash interrupted. Asks keys; does nothing twice. */
    public void recover() {
        journal.recover();
        deposits.recover();
        publications.recover();
        permits.recover(register.states());
        projects.recover();
        endings.recover();
        retention.recover();
        airlock.recover();
    }

    /**
     * Finishes what the log or the custodian refused meanwhile, so that whoever asks next sees it. While they still refuse it waits, and
     * nobody sees anything of it.
     */
    public void settle() {
        try {
            journal.settle();
        } catch (ProblemException _) {
            // Every act asks the log again, and fails by itself.
        }
    }

    /** The one-time token for the first administrator, while nobody has an account. */
    public Optional<People.Invitation> firstAdministrator() {
        return people.firstAdministrator();
    }

    public Home home() {
        return home;
    }

    /** The folder of the log's tiles. */
    public Path ledgerFolder() {
        return home.ledger();
    }

    public Journal journal() {
        return journal;
    }

    public People people() {
        return people;
    }

    public Permits permits() {
        return permits;
    }

    public Deposits deposits() {
        return deposits;
    }

    public Producers producers() {
        return producers;
    }

    public Objections objections() {
        return objections;
    }

    public Publications publications() {
        return publications;
    }

    public Projects projects() {
        return projects;
    }

    public Endings endings() {
        return endings;
    }

    /** The bodies of the log and their end. */
    public Retention retention() {
        return retention;
    }

    public Gate gate() {
        return gate;
    }

    public AdHocSql sql() {
        return sql;
    }

    public Airlock airlock() {
        return airlock;
    }

    public Care care() {
        return care;
    }

    /** The vocabularies; to ask one needs no hub: {@link org.vauban.lexicon.Lexicon#ofHome}. */
    public Lexicons lexicons() {
        return lexicons;
    }

    public Replies replies() {
        return replies;
    }

    /** The clock that all rooms look at. */
    public Clock clock() {
        return clock;
    }

    public Register register() {
        return register;
    }

    @Override
    public void close() {
        sql.close();
        journal.close();
        control.close();
        keys.close();
        home.close();
    }
}
