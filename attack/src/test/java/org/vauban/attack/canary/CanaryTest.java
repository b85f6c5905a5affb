package org.vauban.attack.canary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.attack.home.KeyFileContent;

/**
 * The canary experiment: planted people go through the whole path, everything is stopped, and whatever is left is searched for them. The
 * control is the same on a build that seals nothing, and must find them; a search that cannot find is no evidence.
 *
 * <p>Small in every test run. {@code tools/canaries} runs it at full size ({@code -Dvauban.canaries=10000}).
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CanaryTest {
    private static final int CANARIES = Integer.getInteger("vauban.canaries", 60);
    private static final int FULL_SIZE = 10_000;

    /** Enough others for the study to have something to say; at full size so many that their rows do not fit into a publication's memory. */
    private static final int OTHERS =
            Integer.getInteger("vauban.canaries.others", CANARIES >= FULL_SIZE ? 20_000 : 400);

    private static final double CONTROL_SHARE_MIN = 0.999;
    private static final List<Canary> PEOPLE = Canary.people(CANARIES, 1);

    private static final String RANDOM_NAME = "[a-z0-9]{12}";
    private static final List<Traces.Shape> HOME_SHAPES = List.of(
            Traces.Shape.sealed("sealed object", "vault/objects/[0-9a-f]{2}/[0-9a-f]{64}"),
            Traces.Shape.sealed(
                    "sealed object that a crash left unfinished", "vault/objects/\\.unfinished-[0-9a-f]{24}"),
            Traces.Shape.open("stub of an edition, signed", "vault/editions/e-" + RANDOM_NAME),
            Traces.Shape.open("granted permit, public", "vault/register-permits/p-" + RANDOM_NAME),
            Traces.Shape.open("released output, public", "vault/register-outputs/o-" + RANDOM_NAME),
            Traces.Shape.open(
                    "log, public", "ledger/(checkpoint|pending|lock|tile/[0-9/x.p]+|tile/entries/[0-9/x.p]+)"),
            Traces.Shape.open("ids, states, times", "control\\.sqlite(-wal|-shm)?"),
            Traces.Shape.open("the hub's own settings", "home\\.json"),
            Traces.Shape.open("lock, address of the socket", "(lock|serve\\.sock(\\.address)?)"),
            Traces.Shape.open("manifest of a deposit that waits", "deposits/[0-9a-f]{32}/manifest\\.json"),
            Traces.Shape.sealed("part of a deposit that waits", "deposits/[0-9a-f]{32}/part-[0-9]{5}\\.env(\\.new)?"));
    private static final List<Traces.Shape> ZONE_SHAPES = List.of(
            Traces.Shape.open("lock, sockets", "(zone\\.lock|(door|answers)\\.sock(\\.address)?)"),
            Traces.Shape.open("manifest of a deposit", "deposits/[0-9a-f]{32}/manifest\\.json"),
            Traces.Shape.sealed("part of a deposit", "deposits/[0-9a-f]{32}/part-[0-9]{5}\\.env"),
            Traces.Shape.sealed("answer to the hub", "batches/b-[0-9a-f]{24}\\.sealed"));

    @TempDir(cleanup = CleanupMode.ALWAYS)
    static Path folder = Path.of("");

    private static final List<InstalledProgram> PROGRAMS = new ArrayList<>();
    private static Journey hub;

    /** Each is made when it is first needed: at full size it is some hundred megabytes. */
    private static final Supplier<Wanted> EVERYTHING = once(CanaryTest::everything);

    private static final Supplier<Wanted> HEALTH = once(() -> of(Wanted::health));
    private static final Supplier<Wanted> IDENTITY = once(() -> of(Wanted::identity));

    @BeforeAll
    static void leadEverybodyThroughTheWholePath() throws IOException {
        hub = new Journey(
                Files.createDirectory(work().resolve("hub")),
                installed(InstalledProgram.in(work().resolve("program"))),
                CANARIES >= FULL_SIZE);
        timed("the whole path, sealed", () -> {
            hub.lead(PEOPLE, OTHERS);
            return CANARIES + " canaries among " + OTHERS + " generated persons";
        });
    }

    @AfterAll
    static void removeTheLinksToJars() throws IOException {
        for (InstalledProgram program : PROGRAMS) {
            program.removeLinks();
        }
    }

    private static InstalledProgram installed(InstalledProgram program) {
        PROGRAMS.add(program);
        return program;
    }

    /** A campaign is given a folder, and keeps what it made. */
    private static Path work() {
        String given = System.getProperty("vauban.canaries.work", "");
        return given.isEmpty() ? folder : Path.of(given);
    }

    @Test
    @Order(1)
    void aServerWasKilledInTheMiddleOfAPublication() {
        assertThat(hub.killedWhilePublishing()).isEqualTo(1);
        System.out.printf(Locale.ROOT, "rows waited on disk in %d files when the server was killed%n", hub.spilled());
        if (CANARIES >= FULL_SIZE) {
            assertThat(hub.spilled()).isPositive();
        }
    }

    @Test
    @Order(2)
    void nobodyIsFoundInWhatTheHubAndEveryProcessLeft() {
        Wanted wanted = EVERYTHING.get();

        Found found = timed(
                "HOME, logs, temporary and crash files",
                () -> Search.in(wanted, hub.home(), hub.run(), hub.temporary()));

        System.out.printf(
                Locale.ROOT, "%d encodings, %d owners%n", wanted.encodings().size(), wanted.owners());
        assertClean(found);
    }

    @Test
    @Order(3)
    void nobodyIsFoundInTheIdentityZoneNorAtTheCustodians() {
        Found found = timed(
                "identity zone, both custodians",
                () -> Search.in(EVERYTHING.get(), hub.identityZone(), hub.custodian(), hub.identityCustodian()));

        assertClean(found);
    }

    @Test
    @Order(4)
    void withTheCustodiansTheSameFilesShowEverybody() {
        List<byte[]> keys = new ArrayList<>();

        Found inHome = timed("HOME with its custodian", () -> {
            List<byte[]> contents = new ArrayList<>();
            try (var opened = new WithTheKeys(hub.custodian())) {
                opened.editions(hub.home(), contents::add);
                keys.addAll(opened.dataKeys());
            }
            return Search.in(HEALTH.get(), contents);
        });
        Found inZone = timed("identity zone with its custodian", () -> {
            List<byte[]> contents = new ArrayList<>();
            try (var opened = new WithTheKeys(hub.identityCustodian())) {
                opened.identities(hub.identityZone(), contents::add);
                keys.addAll(opened.dataKeys());
            }
            return Search.in(IDENTITY.get(), contents);
        });

        assertThat(inHome.count()).isGreaterThanOrEqualTo(enough());
        assertThat(inZone.count()).isGreaterThanOrEqualTo(enough());
        var dataKeys = new Wanted();
        keys.forEach(key -> dataKeys.key("of an object", key));
        Found found = timed(
                keys.size() + " data keys in everything",
                () -> Search.in(
                        dataKeys,
                        hub.home(),
                        hub.run(),
                        hub.temporary(),
                        hub.identityZone(),
                        hub.custodian(),
                        hub.identityCustodian()));
        assertThat(found.places()).isEmpty();
    }

    @Test
    @Order(5)
    void namesAndSizesTellNothing() {
        Traces home = Traces.in(hub.home(), HOME_SHAPES);
        Traces zone = Traces.in(hub.identityZone(), ZONE_SHAPES);

        System.out.printf(
                Locale.ROOT,
                "%d sealed objects of %d sizes; files of HOME by shape: %s%n",
                home.objects(),
                home.sizes(),
                home.byShape());
        assertThat(home.unknown()).isEmpty();
        assertThat(home.regular()).isEmpty();
        assertThat(home.unrounded()).isEmpty();
        assertThat(home.objects()).isGreaterThan(50);
        assertThat(zone.unknown()).isEmpty();
        assertThat(zone.regular()).isEmpty();
        assertThat(zone.byShape()).containsKeys("part of a deposit", "answer to the hub");
    }

    @Test
    @Order(6)
    void aCrashAndTheEndOfMemoryLeaveNoDumpAndNoErrorFile() throws IOException {
        assertThat(hub.starvedLog()).content().contains("OutOfMemoryError");
        try (Stream<Path> left = Files.walk(hub.run())) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.startsWith("core") || name.startsWith("hs_err") || name.endsWith(".hprof"));
        }
    }

    @Test
    @Order(7)
    void whereNothingIsSealedTheSameSearchFindsThem() throws IOException {
        var control = new Journey(
                Files.createDirectory(work().resolve("control")),
                installed(InstalledProgram.unsealedIn(work().resolve("control-program"))),
                CANARIES >= FULL_SIZE);
        timed("the whole path, not sealed", () -> {
            control.lead(PEOPLE, OTHERS);
            return "";
        });

        Found inHome = timed("control: HOME", () -> Search.in(HEALTH.get(), control.home()));
        Found inZone = timed("control: identity zone", () -> Search.in(IDENTITY.get(), control.identityZone()));

        for (Found found : List.of(inHome, inZone)) {
            System.out.println("  by value " + found.byValue() + ", by encoding " + found.byEncoding());
        }
        assertThat(inHome.count()).isGreaterThanOrEqualTo(enough());
        assertThat(inZone.count()).isGreaterThanOrEqualTo(enough());
        assertThat(Traces.in(control.home(), HOME_SHAPES).regular()).isNotEmpty();
    }

    private static Wanted of(BiConsumer<Wanted, Canary> values) {
        var wanted = new Wanted();
        PEOPLE.forEach(person -> values.accept(wanted, person));
        return wanted;
    }

    private static Supplier<Wanted> once(Supplier<Wanted> maker) {
        var made = new SoftReference<?>[] {new SoftReference<>(null)};
        return () -> {
            var wanted = (Wanted) made[0].get();
            if (wanted == null) {
                wanted = maker.get();
                made[0] = new SoftReference<>(wanted);
            }
            return wanted;
        };
    }

    /** Everybody, and every secret that both custodians hold. */
    private static Wanted everything() {
        var wanted = new Wanted();
        PEOPLE.forEach(wanted::person);
        for (Path custodian : List.of(hub.custodian(), hub.identityCustodian())) {
            KeyFileContent.read(custodian.resolve("custodian.keys"), WithTheKeys.passphrase(custodian))
                    .forEach(wanted::key);
        }
        return wanted;
    }

    private static void assertClean(Found found) {
        assertThat(found.places()).isEmpty();
        assertThat(found.count()).isZero();
        assertThat(found.schedules()).isEmpty();
        assertThat(found.notSearched()).isEmpty();
        assertThat(found.files()).isGreaterThan(5);
        assertThat(found.bytes()).isPositive();
    }

    private static int enough() {
        return (int) Math.ceil(CANARIES * CONTROL_SHARE_MIN);
    }

    /** Something that takes a while. */
    @FunctionalInterface
    private interface Step<T> {
        T done();
    }

    private static <T> T timed(String what, Step<T> step) {
        long started = System.nanoTime();
        T result = step.done();
        String figures = result instanceof Found found
                ? String.format(
                        Locale.ROOT,
                        "found %d; %d files, %.1f MiB read, %d packed stretches",
                        found.count(),
                        found.files(),
                        found.bytes() / 1048576.0,
                        found.layers())
                : String.valueOf(result);
        System.out.printf(Locale.ROOT, "%-40s %s; %.1f s%n", what, figures, (System.nanoTime() - started) / 1e9);
        return result;
    }
}
