package org.vauban.identity.zone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.custodian.CustodianServer;
import org.vauban.identity.linkage.MadeUpPeople;
import org.vauban.identity.linkage.MadeUpPeople.Line;
import org.vauban.identity.protocol.AnswersClient;
import org.vauban.identity.protocol.AnswersClient.Linked;
import org.vauban.identity.protocol.AnswersClient.RecordPerson;
import org.vauban.identity.protocol.DoorClient;
import org.vauban.identity.protocol.IdentityException;
import org.vauban.identity.protocol.IdentityException.Kind;

/** A zone with a real custodian, real sockets, and deposits sealed by another hand. */
class ZoneTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T03:00:00Z"), ZoneOffset.UTC);
    private static final String CANARY = "BLANCHEFORTISSIME";

    @TempDir
    private Path temporary;

    private CustodianServer custodian;
    private ZoneServer zone;

    @BeforeEach
    void start() throws IOException {
        custodian = CustodianServer.start(temporary.resolve("custodian"), "not a real passphrase".toCharArray(), CLOCK);
        zone = ZoneServer.start(temporary.resolve("zone"), custodian.address(), CLOCK);
    }

    @AfterEach
    void stop() {
        zone.close();
        custodian.close();
    }

    @Test
    void depositsOfAnInsurerAndAHospitalAreLinkedAndAnswered() throws Exception {
        var made = new MadeUpPeople(21);
        List<Line> register = made.register(800);
        List<Line> hospital = made.hospital(register, 400, 0.7, 0.05);
        String insured = give(deposit("cnam", "snds", register, 1));
        String patients = give(deposit("hospital-1", "fhir", hospital, 2));

        Linked linked = link("edition-1", List.of(insured, patients));

        List<RecordPerson> ofInsurer = linked.deposits().getFirst().persons();
        List<RecordPerson> ofHospital = linked.deposits().get(1).persons();
        assertThat(ofInsurer).hasSize(800);
        assertThat(ofInsurer.get(4).record()).isEqualTo("5000");
        Map<String, Integer> personOf = new HashMap<>();
        for (int at = 0; at < 800; at++) {
            personOf.put(ofInsurer.get(at).pseudonym(), register.get(at).person());
        }
        int right = 0;
        int wrong = 0;
        int present = 0;
        Set<Integer> known = new HashSet<>(personOf.values());
        for (int at = 0; at < 400; at++) {
            Integer person = personOf.get(ofHospital.get(at).pseudonym());
            int truth = hospital.get(at).person();
            right += person != null && person == truth ? 1 : 0;
            wrong += person != null && person != truth ? 1 : 0;
            present += known.contains(truth) ? 1 : 0;
        }
        assertThat(wrong).isLessThanOrEqualTo(1);
        assertThat((double) right / present).isGreaterThan(0.97);
        assertThat(ofInsurer).allSatisfy(each -> assertThat(each.pseudonym()).matches("v1:[A-Za-z0-9_-]{43}"));
        assertThat(linked.report())
                .contains("\"records\":1200", "\"level\":\"hospital-1\"", "\"level\":\"without\"", "\"age_group\"")
                .contains("\"false_match_rate_expected\":0.0");
    }

    @Test
    void aPseudonymIsTheSameInEveryBatchForWhoeverHasANir() throws Exception {
        List<Line> register = new MadeUpPeople(22).register(60);
        String first = give(deposit("cnam", "snds", register, 1));
        String again = give(deposit("cnam", "snds", register, 2));

        List<RecordPerson> one =
                link("one", List.of(first)).deposits().getFirst().persons();
        List<RecordPerson> other =
                link("two", List.of(again)).deposits().getFirst().persons();

        assertThat(one).isEqualTo(other);
        assertThat(one.stream().map(RecordPerson::pseudonym).distinct()).hasSize(60);
    }

    @Test
    void insuredPersonsWithoutNirStayApart() throws Exception {
        // Two children under one parent's number, twins of one sex; and two nobody knows anything of.
        List<String> rows = List.of(
                "11;1800575001001;;;MARTIN;;LEO;2015-03-02;1;75001;75001;75001;;",
                "12;1800575001001;;;MARTIN;;LUC;2015-03-02;1;75001;75001;75001;;",
                "13;;;;;;;;9;;;;;",
                "14;;;;;;;;9;;;;;");
        String deposit = give(new SealedDeposit(key(), temporary.resolve("d"), "cnam", "snds", 1).seal(rows, 10));

        Linked linked = link("one", List.of(deposit));

        assertThat(linked.deposits().getFirst().persons().stream().map(RecordPerson::pseudonym))
                .doesNotHaveDuplicates();
    }

    @Test
    void aChildUnderTwoParentsAndLaterAloneIsOnePersonAndTwinsAreTwo() throws Exception {
        List<String> rows = List.of(
                "11;1800575001001;;;MARTIN;;LEO PAUL;2005-03-02;1;75101;75101;75001;;",
                "12;2820375001002;;;MARTIN;;LEO PAUL;2005-03-02;1;75101;75101;75001;;",
                "13;1050375101003;105037510100330;1;MARTIN;;LEO PAUL;2005-03-02;1;75101;75101;75001;;",
                "14;1800575001001;;;MARTIN;;LUC;2005-03-02;1;75101;75101;75001;;");
        String deposit = give(new SealedDeposit(key(), temporary.resolve("d"), "cnam", "snds", 1).seal(rows, 10));

        List<String> pseudonyms = link("one", List.of(deposit)).deposits().getFirst().persons().stream()
                .map(RecordPerson::pseudonym)
                .toList();

        assertThat(pseudonyms.subList(0, 3)).containsOnly(pseudonyms.getFirst());
        assertThat(pseudonyms.get(3)).isNotEqualTo(pseudonyms.getFirst());
    }

    @Test
    void theSameBatchHasOneAnswerAlsoAfterARestart() throws Exception {
        String deposit = give(deposit("cnam", "snds", new MadeUpPeople(23).register(40), 1));
        Linked before = link("one", List.of(deposit));
        zone.close();
        zone = ZoneServer.start(temporary.resolve("zone"), custodian.address(), CLOCK);

        assertThat(link("one", List.of(deposit))).isEqualTo(before);
        String other = give(deposit("hospital-1", "fhir", new MadeUpPeople(24).register(5), 2));
        assertThat(failureOf(() -> link("one", List.of(deposit, other))).kind()).isEqualTo(Kind.REFUSED);
    }

    @Test
    void nothingReadableRestsInTheZone() throws Exception {
        List<Line> lines = new ArrayList<>(new MadeUpPeople(25).register(50));
        Line canary = lines.getFirst();
        lines.set(
                0,
                new Line(
                        0,
                        canary.nir(),
                        CANARY,
                        "",
                        CANARY,
                        canary.birthDate(),
                        canary.sex(),
                        canary.birthPlace(),
                        canary.commune(),
                        canary.postcode(),
                        "0698765432"));
        String deposit = give(deposit("cnam", "snds", lines, 1));

        Linked linked = link("one", List.of(deposit));

        zone.close();
        int seen = 0;
        try (Stream<Path> files = Files.walk(temporary.resolve("zone"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String bytes = new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1);
                assertThat(bytes)
                        .doesNotContain(CANARY, canary.nir(), canary.nir().substring(0, 13), "0698765432");
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
                seen++;
            }
        }
        assertThat(seen).isGreaterThanOrEqualTo(3);
        assertThat(linked.report()).doesNotContain(CANARY, canary.nir());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(temporary.resolve("zone"))))
                .isEqualTo("rwx------");
    }

    @Test
    void whoIsOnAListIsToldByTheBatchsPseudonymUntilALaterListIsAccepted() throws Exception {
        List<Line> register = new MadeUpPeople(41).register(300);
        List<Line> hospital = new MadeUpPeople(41).hospital(register, 60, 0.5, 0.0);
        String insured = give(deposit("cnam", "snds", register, 1));
        String patients = give(deposit("hospital-1", "fhir", hospital, 2));
        Linked linked = link("one", List.of(insured, patients));
        List<RecordPerson> ofInsurer = linked.deposits().getFirst().persons();

        assertThat(objecting("one").lists()).isEmpty();
        // The insurer gives lists as well as data; whoever is on the list is known by the NIR, or by traits alone.
        Line byNir = onlyNir(register.get(7));
        Line byTraits = withoutNir(register.get(11));
        SealedDeposit earlier = objections("cnam", List.of(byNir, byTraits), 3);
        String first = give(earlier);

        AnswersClient.Objecting both = objecting("one");
        assertThat(both.lists()).containsExactly(new AnswersClient.ObjectionList(first, "cnam"));
        assertThat(both.records()).isEqualTo(2);
        assertThat(both.pseudonyms())
                .containsExactlyInAnyOrder(
                        ofInsurer.get(7).pseudonym(), ofInsurer.get(11).pseudonym());

        // A later list lacks the second; nobody is let go before it is accepted, and the earlier one's end may be
        // repeated.
        String second = give(objections("cnam", List.of(byNir), 4));
        give(earlier);
        assertThat(objecting("one").pseudonyms()).hasSize(2);
        assertThat(objecting("one", second).pseudonyms())
                .containsExactly(ofInsurer.get(7).pseudonym());
        assertThat(objecting("one", second).lists()).hasSize(1);

        // The list stays linked with what comes later, and nothing of a list changes who is who.
        assertThat(link("one", List.of(insured, patients))).isEqualTo(linked);
        link("two", List.of(give(deposit("cnam", "snds", register, 5)), patients));
        assertThat(objecting("two").pseudonyms()).hasSize(2);
    }

    @Test
    void aListIsNoDepositAndAnUnknownOneIsNotAccepted() throws Exception {
        List<Line> register = new MadeUpPeople(42).register(20);
        String list = give(objections("cnam", register.subList(0, 1), 1));
        String insured = give(deposit("cnam", "snds", register, 2));
        link("one", List.of(insured));

        assertThat(failureOf(() -> link("two", List.of(insured, list))).kind()).isEqualTo(Kind.REFUSED);
        assertThat(failureOf(() -> objecting("three")).kind()).isEqualTo(Kind.REFUSED);
        assertThat(failureOf(() -> objecting("one", insured)).kind()).isEqualTo(Kind.REFUSED);
        zone.close();
        zone = ZoneServer.start(temporary.resolve("zone"), custodian.address(), CLOCK);
        assertThat(objecting("one").pseudonyms()).hasSize(1);
    }

    private SealedDeposit objections(String taker, List<Line> lines, long seed) throws Exception {
        return new SealedDeposit(key(), temporary.resolve("list-" + taker + seed), taker, "objections", seed)
                .seal(SealedDeposit.rows(lines, "objections"), 100);
    }

    private AnswersClient.Objecting objecting(String batch, String... accepted) {
        try (var hub = AnswersClient.connect(zone.answers())) {
            return hub.objecting(batch, List.of(accepted));
        }
    }

    private static Line onlyNir(Line line) {
        return new Line(line.person(), line.nir(), "", "", "", line.birthDate(), line.sex(), "", "", "", "");
    }

    private static Line withoutNir(Line line) {
        return new Line(
                line.person(),
                "",
                line.birthName(),
                line.usedName(),
                line.givenNames(),
                line.birthDate(),
                line.sex(),
                line.birthPlace(),
                line.commune(),
                line.postcode(),
                line.phone());
    }

    @Test
    void clustersOfABatchCanBeMeasured() throws Exception {
        List<Line> register = new MadeUpPeople(26).register(30);
        String insured = give(deposit("cnam", "snds", register, 1));
        String patients = give(deposit("hospital-1", "fhir", register.subList(0, 10), 2));
        link("one", List.of(insured, patients));

        Path out = temporary.resolve("clusters.csv");
        int count = ZoneServer.clusters(temporary.resolve("zone"), custodian.address(), "one", out);

        List<String> lines = Files.readAllLines(out);
        assertThat(count).isEqualTo(40);
        assertThat(lines.getFirst()).isEqualTo("deposit,record,cluster");
        assertThat(lines).contains(insured + ",3000,2", patients + ",3000,2");
    }

    @Test
    void aDepositIsTakenUpWhereItStopped() throws Exception {
        SealedDeposit sealed = deposit("hospital-1", "fhir", new MadeUpPeople(27).register(90), 1);
        Path third = sealed.folder().resolve("part-00003.env");
        byte[] kept = Files.readAllBytes(third);
        byte[] changed = kept.clone();
        changed[changed.length - 1] ^= 1;
        Files.write(third, changed);
        assertThat(failureOf(() -> give(sealed)).kind()).isEqualTo(Kind.BROKEN);
        assertThat(failureOf(() -> link("one", List.of(sealed.id()))).kind()).isEqualTo(Kind.REFUSED);

        Files.write(third, kept);
        try (var door = DoorClient.connect(zone.door())) {
            assertThat(door.give(sealed.folder()).sent()).isEqualTo(1);
            assertThat(door.give(sealed.folder()).sent()).isZero();
        }

        assertThat(link("one", List.of(sealed.id())).deposits().getFirst().persons())
                .hasSize(90);
    }

    @Test
    void aDepositForAnotherZoneOrAnUnknownOneIsRefused() throws Exception {
        byte[] stranger = key();
        stranger[5] ^= 1;
        SealedDeposit sealed =
                new SealedDeposit(stranger, temporary.resolve("d"), "hospital-1", "fhir", 1).seal(List.of(), 10);
        Files.writeString(
                sealed.folder().resolve("manifest.json"),
                Files.readString(sealed.folder().resolve("manifest.json"))
                        .replace(
                                "[]",
                                "[{\"name\":\"part-00001.env\",\"bytes\":1,\"sha256\":\"" + "0".repeat(64) + "\"}]"));

        assertThat(failureOf(() -> give(sealed))).hasMessageContaining("another key");
        assertThat(failureOf(() -> link("one", List.of("0".repeat(32)))))
                .hasMessageContaining("not received")
                .extracting(IdentityException::kind)
                .isEqualTo(Kind.REFUSED);
        assertThat(failureOf(() -> link("../one", List.of("0".repeat(32)))).kind())
                .isEqualTo(Kind.PROTOCOL);
        assertThat(failureOf(() -> link("one", List.of("../../zone"))).kind()).isEqualTo(Kind.REFUSED);
    }

    @Test
    void partsThatAreNotWhatWasAgreedAreBroken() throws Exception {
        List<byte[]> contents = List.of(
                "no gzip".getBytes(UTF_8),
                SealedDeposit.gzip("no head".getBytes(UTF_8)),
                SealedDeposit.gzip("{\"format\":1,\"table\":\"ER_PRS_F\",\"media\":\"csv\",\"delimiter\":\";\"}\na;b\n"
                        .getBytes(UTF_8)),
                SealedDeposit.gzip("{\"format\":1,\"table\":\"IDENTITY\",\"media\":\"csv\",\"delimiter\":\";\"}\na;b\n"
                        .getBytes(UTF_8)),
                SealedDeposit.gzip(("{\"format\":1,\"table\":\"IDENTITY\",\"media\":\"csv\",\"delimiter\":\";\"}\n"
                                + SealedDeposit.HEADER + "\n" + CANARY + "\n")
                        .getBytes(UTF_8)));
        for (int at = 0; at < contents.size(); at++) {
            String deposit = give(new SealedDeposit(key(), temporary.resolve("d" + at), "hospital-1", "fhir", at)
                    .sealParts(List.of(contents.get(at))));
            String batch = "batch-" + at;

            IdentityException failure = failureOf(() -> link(batch, List.of(deposit)));

            assertThat(failure.kind()).isIn(Kind.BROKEN, Kind.PROTOCOL);
            assertThat(failure).message().doesNotContain(CANARY);
        }
    }

    @Test
    void hostileFramesAreAnsweredAndTheZoneLivesOn() throws Exception {
        var random = new Random(28);
        for (Path socket : List.of(zone.door(), zone.answers())) {
            for (int each = 0; each < 60; each++) {
                byte[] body = new byte[1 + random.nextInt(80)];
                random.nextBytes(body);
                body[0] = (byte) (each % 14);
                assertThat(exchange(
                                socket,
                                ByteBuffer.allocate(4 + body.length)
                                        .putInt(body.length)
                                        .put(body)
                                        .array()))
                        .isBetween(0, 4);
            }
            assertThat(exchange(socket, new byte[] {0x7F, -1, -1, -1})).isEqualTo(Kind.PROTOCOL.number());
            assertThat(exchange(socket, new byte[] {0, 0, 0, 0})).isEqualTo(Kind.PROTOCOL.number());
            assertThat(exchange(socket, new byte[] {-1, 0, 0, 0})).isEqualTo(Kind.PROTOCOL.number());
        }

        assertThat(key()).hasSize(32);
    }

    @Test
    void theDoorDoesNotLinkAndAnswersTakeNoDeposits() throws Exception {
        SealedDeposit sealed = deposit("hospital-1", "fhir", new MadeUpPeople(29).register(5), 1);
        give(sealed);

        assertThat(failureOf(() -> {
                            try (var hub = AnswersClient.connect(zone.door())) {
                                hub.link("one", List.of(sealed.id()));
                            }
                        })
                        .kind())
                .isEqualTo(Kind.PROTOCOL);
        assertThat(failureOf(() -> {
                            try (var door = DoorClient.connect(zone.answers())) {
                                door.give(sealed.folder());
                            }
                        })
                        .kind())
                .isEqualTo(Kind.PROTOCOL);
    }

    @Test
    void oneZoneHasOneProcessAndAFolderOfItsOwn() throws Exception {
        assertThat(failureOf(() -> ZoneServer.start(temporary.resolve("zone"), custodian.address(), CLOCK)))
                .hasMessageContaining("already running");
        Path open = Files.createDirectory(temporary.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-x---"));

        assertThat(failureOf(() -> ZoneServer.start(open, custodian.address(), CLOCK)))
                .hasMessageContaining("chmod 700");
    }

    @Test
    void aChangedAnswerIsNotBelieved() throws Exception {
        String deposit = give(deposit("cnam", "snds", new MadeUpPeople(30).register(10), 1));
        link("one", List.of(deposit));
        Path file = temporary.resolve("zone/batches/one.sealed");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 3] ^= 1;
        Files.write(file, bytes);

        assertThat(failureOf(() -> link("one", List.of(deposit))).kind()).isEqualTo(Kind.BROKEN);
    }

    @Test
    void theZoneLinksSoManyBatchesInADayAndNoMore() throws Exception {
        String deposit = give(deposit("cnam", "snds", new MadeUpPeople(31).register(3), 1));
        for (int each = 0; each < Zone.BATCHES_PER_DAY_MAX; each++) {
            link("batch-" + each, List.of(deposit));
        }

        assertThat(failureOf(() -> link("one-more", List.of(deposit)))).hasMessageContaining("in a day");
        assertThat(link("batch-0", List.of(deposit)).deposits()).hasSize(1);
    }

    private SealedDeposit deposit(String producer, String kind, List<Line> lines, long seed) throws Exception {
        return new SealedDeposit(key(), temporary.resolve("deposit-" + producer + seed), producer, kind, seed)
                .seal(SealedDeposit.rows(lines, kind), Math.max(1, lines.size() / 3));
    }

    private String give(SealedDeposit sealed) {
        try (var door = DoorClient.connect(zone.door())) {
            return door.give(sealed.folder()).deposit();
        }
    }

    private byte[] key() {
        try (var door = DoorClient.connect(zone.door())) {
            return door.publicKey();
        }
    }

    private Linked link(String batch, List<String> deposits) {
        try (var hub = AnswersClient.connect(zone.answers())) {
            return hub.link(batch, deposits);
        }
    }

    private static IdentityException failureOf(ThrowingCallable act) {
        return catchThrowableOfType(IdentityException.class, act);
    }

    /** Sends bytes as they are; the status of the answer. */
    private static int exchange(Path socket, byte[] bytes) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            OutputStream out = Channels.newOutputStream(channel);
            out.write(bytes);
            out.flush();
            InputStream in = Channels.newInputStream(channel);
            byte[] head = in.readNBytes(5);
            return head[4];
        }
    }
}
