package org.vauban.custodian;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.vauban.custodian.CustodianFixture.EDITION;
import static org.vauban.custodian.CustodianFixture.bytes;
import static org.vauban.custodian.CustodianFixture.failureOf;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vauban.custodian.CustodianException.Kind;

/** The folder, the socket and the bounds of a custodian. */
class CustodianServerTest {

    @TempDir
    private Path temporary;

    @Test
    void aClientMakesMoreKeysThanTheCustodianServesClients() throws Exception {
        try (var fixture = CustodianFixture.startedIn(temporary.resolve("keys"))) {
            for (int key = 0; key < 70; key++) {
                fixture.client().createKey(KeyName.of("project/" + key), KeyKind.HMAC_SHA_256);
            }

            assertThat(fixture.client().keys()).hasSize(70);
        }
    }

    @Test
    void folderAndFilesAreForTheOwnerAlone() throws Exception {
        Path folder = temporary.resolve("keys");

        try (var _ = CustodianFixture.start(folder)) {
            assertThat(mode(folder)).isEqualTo("rwx------");
            assertThat(mode(folder.resolve("custodian.sock"))).isEqualTo("rw-------");
            assertThat(mode(folder.resolve("custodian.keys"))).isEqualTo("rw-------");
            assertThat(mode(folder.resolve("access.log"))).isEqualTo("rw-------");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxr-----", "rwx-w----", "rwx--x---", "rwx---r--", "rwx----w-", "rwx-----x"})
    void aFolderThatOthersMayEnterIsRefused(String permissions) throws Exception {
        Path folder = Files.createDirectory(temporary.resolve("keys"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(permissions));

        var failure = failureOf(() -> CustodianFixture.start(folder));

        assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
        assertThat(failure).hasMessageContaining("chmod 700");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aLinkToAFolderIsRefused() throws Exception {
        CustodianFixture.start(temporary.resolve("keys")).close();
        Path link = Files.createSymbolicLink(temporary.resolve("link"), temporary.resolve("keys"));

        assertThat(failureOf(() -> CustodianFixture.start(link)).kind()).isEqualTo(Kind.REFUSED);
    }

    @Test
    void aFolderOfAnotherUserIsRefused() throws Exception {
        Path folder = temporary.resolve("keys");
        CustodianFixture.start(folder).close();
        giveToAnotherUser(folder);

        var failure = failureOf(() -> CustodianFixture.start(folder));

        assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
        assertThat(failure).hasMessageContaining("another user");
    }

    @Test
    void aClientDoesNotBelieveAProcessOfAnotherUserThanTheFoldersOwner() throws Exception {
        try (var server = CustodianFixture.start(temporary.resolve("keys"))) {
            giveToAnotherUser(temporary.resolve("keys"));

            var failure = failureOf(() -> CustodianClient.connect(server.address()));

            assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
            assertThat(failure).hasMessageContaining("not the owner");
        }
    }

    @Test
    void aFolderHasOneCustodian() throws Exception {
        Path folder = temporary.resolve("keys");

        try (var first = CustodianFixture.start(folder)) {
            var failure = failureOf(() -> CustodianFixture.start(folder));

            assertThat(failure).hasMessageContaining("already running");
            CustodianClient.connect(first.address()).close();
        }
    }

    @Test
    void aSocketThatACrashLeftBehindIsReplaced() throws Exception {
        Path folder = temporary.resolve("keys");
        CustodianFixture.start(folder).close();
        try (var dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(folder.resolve("custodian.sock")));
        }
        assertThat(Files.exists(folder.resolve("custodian.sock"), LinkOption.NOFOLLOW_LINKS))
                .isTrue();

        try (var server = CustodianFixture.start(folder)) {
            CustodianClient.connect(server.address()).close();
        }
    }

    @Test
    void aStoppedCustodianLeavesNoSocket() throws Exception {
        Path folder = temporary.resolve("keys");

        CustodianFixture.start(folder).close();

        assertThat(Files.exists(folder.resolve("custodian.sock"), LinkOption.NOFOLLOW_LINKS))
                .isFalse();
        assertThat(Files.readAllLines(folder.resolve("access.log")).getLast()).endsWith(" stop - 0 asked");
    }

    @Test
    void aFolderWithALongPathIsReachedUnderItsOwnName() throws Exception {
        Path folder = temporary.resolve("a".repeat(80)).resolve("b".repeat(80)).resolve("keys");

        try (var fixture = CustodianFixture.startedIn(folder)) {
            fixture.client().createKey(EDITION, KeyKind.AES_256);
            Path elsewhere =
                    Path.of(Files.readString(folder.resolve("address")).strip().substring("unix:".length()));
            assertThat(fixture.address()).hasToString("unix:" + folder.resolve("custodian.sock"));
            assertThat(mode(elsewhere)).isEqualTo("rw-------");
            Path shelter = Objects.requireNonNull(elsewhere.getParent());
            assertThat(mode(shelter)).isEqualTo("rwx------");
            fixture.restart();
            assertThat(fixture.client().keys()).hasSize(1);
            fixture.stopServer();
            assertThat(shelter).doesNotExist();
            assertThat(folder.resolve("address")).doesNotExist();
        }
    }

    @Test
    void aLongPathWithoutCustodianIsAbsent() {
        Path socket = temporary.resolve("a".repeat(120)).resolve("custodian.sock");

        var failure = failureOf(() -> CustodianClient.connect(new CustodianAddress.Unix(socket)));

        assertThat(failure.kind()).isEqualTo(Kind.ABSENT);
    }

    @Test
    void anOversizedFrameIsRefusedBeforeItIsRead() throws Exception {
        try (var fixture = CustodianFixture.startedIn(temporary.resolve("keys"));
                var raw = raw(fixture)) {
            raw.write(ByteBuffer.allocate(4)
                    .putInt(FrameChannel.BODY_BYTES_MAX + 1)
                    .flip());

            FieldReader answer = answer(raw);

            assertThat(answer.octet()).isEqualTo(Kind.PROTOCOL.number());
            assertThat(raw.read(ByteBuffer.allocate(1)))
                    .as("the end of the connection")
                    .isEqualTo(-1);
            assertThat(fixture.client().keys()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // no operation
                "c", // an operation that does not exist
                "\u0003", // an unwrap without a key
                "\u0004\u0000\u0000\u0000\u0007edition\u007f\u00ff\u00ff\u00ff", // a message longer than the frame
                "\u0005\u0000\u0000\u0000\u0003../", // a name that is none
                "\u0009more" // a byte too many
            })
    void nonsenseIsAnsweredAndLogged(String body) throws Exception {
        try (var fixture = CustodianFixture.startedIn(temporary.resolve("keys"));
                var raw = raw(fixture)) {
            byte[] bytes = body.getBytes(ISO_8859_1);
            raw.write(ByteBuffer.allocate(4 + bytes.length)
                    .putInt(bytes.length)
                    .put(bytes)
                    .flip());

            assertThat(answer(raw).octet()).isEqualTo(Kind.PROTOCOL.number());
            assertThat(fixture.logLines()).anyMatch(line -> line.endsWith(" unreadable - 0 refused"));
        }
    }

    @Test
    void aMessageThatIsTooLongIsNotSent() throws Exception {
        try (var fixture = CustodianFixture.startedIn(temporary.resolve("keys"))) {
            byte[] message = new byte[Custodian.MESSAGE_BYTES_MAX + 1];

            assertThat(failureOf(() -> fixture.client().sign(EDITION, message)).kind())
                    .isEqualTo(Kind.PROTOCOL);
        }
    }

    @Test
    void theClientBeyondTheLastSeatIsToldSo() throws Exception {
        try (var fixture = CustodianFixture.startedIn(temporary.resolve("keys"))) {
            List<CustodianClient> clients = new ArrayList<>();
            for (int i = 1; i < CustodianServer.CLIENTS_MAX; i++) {
                clients.add(CustodianClient.connect(fixture.address()));
            }

            var failure = failureOf(() -> CustodianClient.connect(fixture.address()));

            assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
            assertThat(failure).hasMessageContaining("clients already");
            assertThat(fixture.client().keys()).isEmpty();
            clients.forEach(CustodianClient::close);
        }
    }

    @Test
    void aCustodianThatDoesNotAnswerIsAbsent() throws Exception {
        Path socket = temporary.resolve("custodian.sock");
        try (var silent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            silent.bind(UnixDomainSocketAddress.of(socket));

            var failure =
                    failureOf(() -> CustodianClient.connect(new CustodianAddress.Unix(socket), Duration.ofMillis(50)));

            assertThat(failure.kind()).isEqualTo(Kind.ABSENT);
        }
    }

    @Test
    void aLogThatCannotBeWrittenStopsEveryOperation() throws Exception {
        Path folder = Files.createDirectory(temporary.resolve("box"));
        try (var strongbox = Strongbox.open(
                folder.resolve("custodian.keys"), CustodianFixture.passphrase(), CustodianFixture.clock())) {
            AccessLog log = AccessLog.open(folder.resolve("access.log"), CustodianFixture.clock());
            log.close();
            var desk = new Desk(strongbox, log);

            try (var request = new FieldWriter()
                            .octet(Operation.CREATE_KEY.number())
                            .text("edition")
                            .octet(1);
                    var answer = desk.answer(request.copy())) {
                assertThat(answer.copy()[0]).isEqualTo((byte) Kind.REFUSED.number());
            }
            assertThat(strongbox.keys()).isEmpty();
        }
    }

    @Test
    void aLineThatACrashLeftOpenIsClosed() throws Exception {
        Path file = temporary.resolve("access.log");
        Files.writeString(file, "2026-11-21T09:00:00.000Z wrap edi", UTF_8);

        try (var log = AccessLog.open(file, CustodianFixture.clock())) {
            log.enter("keys", Optional.empty(), 0, "asked", AccessLog.Durability.PROCESS);
        }

        assertThat(Files.readAllLines(file))
                .containsExactly("2026-11-21T09:00:00.000Z wrap edi", "2026-11-21T10:00:00.000Z keys - 0 asked");
    }

    private static void giveToAnotherUser(Path folder) throws IOException {
        try {
            var users = folder.getFileSystem().getUserPrincipalLookupService();
            Files.setOwner(folder, users.lookupPrincipalByName("nobody"));
        } catch (FileSystemException | UserPrincipalNotFoundException _) {
            Assumptions.abort("not run: this user may not give a folder to another one");
        }
    }

    private static SocketChannel raw(CustodianFixture fixture) throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(fixture.folder().resolve("custodian.sock")));
    }

    private static FieldReader answer(SocketChannel raw) throws IOException {
        ByteBuffer header = fill(raw, 4);
        return new FieldReader(fill(raw, header.getInt()).array());
    }

    private static ByteBuffer fill(SocketChannel raw, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes);
        while (buffer.hasRemaining() && raw.read(buffer) >= 0) {
            // Until all is there, or the other side left.
        }
        assertThat(buffer.hasRemaining()).isFalse();
        return buffer.flip();
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
