package org.vauban.custodian;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A real custodian in a temporary folder, and one client. */
final class CustodianFixture implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    static final KeyName EDITION = KeyName.of("edition");
    static final KeyName LEDGER = KeyName.of("ledger");
    static final KeyName PSEUDONYM = KeyName.of("pseudonym/1");

    private final Path folder;
    private CustodianServer server;
    private final CustodianClient client;

    private CustodianFixture(Path folder, CustodianServer server) {
        this.folder = folder;
        this.server = server;
        this.client = CustodianClient.connect(server.address());
    }

    static CustodianFixture startedIn(Path folder) throws IOException {
        return new CustodianFixture(folder, start(folder));
    }

    static CustodianServer start(Path folder) throws IOException {
        return CustodianServer.start(folder, passphrase(), clock());
    }

    static char[] passphrase() {
        return "not a real passphrase".toCharArray();
    }

    static Clock clock() {
        return Clock.fixed(NOW, ZoneOffset.UTC);
    }

    /** Bytes that are the same for the same seed. */
    static byte[] bytes(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    static CustodianException failureOf(ThrowingCallable act) {
        return catchThrowableOfType(CustodianException.class, act);
    }

    CustodianClient client() {
        return client;
    }

    CustodianAddress address() {
        return server.address();
    }

    Path folder() {
        return folder;
    }

    void restart() throws IOException {
        stopServer();
        startServer();
    }

    void stopServer() {
        server.close();
    }

    void startServer() throws IOException {
        server = start(folder);
    }

    Stream<String> logLines() throws IOException {
        return Files.readAllLines(folder.resolve("access.log")).stream();
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
