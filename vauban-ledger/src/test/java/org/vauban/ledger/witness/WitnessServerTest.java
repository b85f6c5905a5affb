package org.vauban.ledger.witness;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vauban.ledger.SampleEntries.KEY;
import static org.vauban.ledger.SampleEntries.ORIGIN;
import static org.vauban.ledger.SampleEntries.SIGNER;
import static org.vauban.ledger.witness.WitnessFixture.submission;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.ledger.History;
import org.vauban.ledger.note.InMemorySigner;
import org.vauban.ledger.note.Note;
import org.vauban.ledger.note.SignedCheckpoint;
import org.vauban.ledger.note.VerifierKey;
import org.vauban.ledger.policy.KnownWitness;
import org.vauban.ledger.witness.WitnessClient.Outcome;

/** A witness over HTTP, asked by hand and by the hub's client. */
class WitnessServerTest {

    @TempDir
    private Path folder;

    private final History history = History.random(SIGNER, new Random(7), 600);
    private final List<String> complaints = new ArrayList<>();
    private final HttpClient http = WitnessClient.newHttpClient();
    private WitnessServer server;
    private VerifierKey key;

    @BeforeEach
    void start() throws IOException {
        WitnessFixture.create(folder, "witness.example/w1", KEY).close();
        server = WitnessServer.start(folder, WitnessFixture.passphrase(), 0, WitnessFixture.NOON, complaints::add);
        key = WitnessFolder.keyOf(folder);
    }

    @AfterEach
    void stop() {
        http.close();
        server.close();
    }

    @Test
    void eachAnswerHasTheStatusOfTheSpecification() throws Exception {
        HttpResponse<byte[]> cosigned = post(submission(history, 0, 300));
        HttpResponse<byte[]> conflict = post(submission(history, 0, 400));
        History other = new History(InMemorySigner.ofSeed("other.example", new byte[32]), history.leaves());
        History stranger = new History(InMemorySigner.ofSeed(ORIGIN, new byte[32]), history.leaves());
        History fork = history.continued(100, 600, new Random(1));

        assertThat(cosigned.statusCode()).isEqualTo(200);
        assertThat(new String(cosigned.body(), UTF_8))
                .startsWith("\u2014 witness.example/w1 ")
                .endsWith("\n");
        assertThat(conflict.statusCode()).isEqualTo(409);
        assertThat(new String(conflict.body(), US_ASCII)).isEqualTo("300\n");
        assertThat(conflict.headers().firstValue("Content-Type")).hasValue("text/x.tlog.size");
        assertThat(post("old -1\n\n".getBytes(UTF_8)).statusCode()).isEqualTo(400);
        assertThat(post(submission(stranger, 0, 10)).statusCode()).isEqualTo(403);
        assertThat(post(submission(other, 0, 10)).statusCode()).isEqualTo(404);
        assertThat(complaints).isEmpty();
        assertThat(post(submission(fork, 300, 400)).statusCode()).isEqualTo(422);
        assertThat(complaints).hasSize(1);
        assertThat(get("add-checkpoint").statusCode()).isEqualTo(405);
        assertThat(get("elsewhere").statusCode()).isEqualTo(404);
        assertThat(post(new byte[Submission.LONGEST + 1]).statusCode()).isEqualTo(413);
    }

    @Test
    void monitorsGetTheLastCheckpointWithBothSignatures() throws Exception {
        String place = KnownLog.nameOf(ORIGIN) + "/checkpoint";
        assertThat(get(place).statusCode()).isEqualTo(404);

        post(submission(history, 0, 300));
        HttpResponse<byte[]> latest = get(place);

        assertThat(latest.statusCode()).isEqualTo(200);
        Note note = Note.parse(latest.body());
        assertThat(note.text()).isEqualTo(history.checkpoint(300).note().text());
        assertThat(note.isSignedBy(KEY)).isTrue();
        assertThat(note.isSignedBy(key)).isTrue();
        assertThat(get("0".repeat(64) + "/checkpoint").statusCode()).isEqualTo(404);
    }

    @Test
    void aFailureIsAnsweredWithoutItsInside() throws Exception {
        Path inTheWay = folder.resolve("logs").resolve(KnownLog.nameOf(ORIGIN)).resolve("checkpoint.new/something");
        Files.createDirectories(inTheWay);

        HttpResponse<byte[]> failed = post(submission(history, 0, 300));

        assertThat(failed.statusCode()).isEqualTo(500);
        assertThat(new String(failed.body(), UTF_8)).isEqualTo("The witness failed; nothing was cosigned.\n");
        assertThat(complaints).hasSize(1);
    }

    @Test
    void itListensOnThisMachineAlone() {
        assertThat(server.address().getHost()).isIn("127.0.0.1", "[0:0:0:0:0:0:0:1]");
        assertThatThrownBy(() -> WitnessServer.start(
                        folder, WitnessFixture.passphrase(), 0, WitnessFixture.NOON, complaints::add))
                .isInstanceOf(WitnessException.class);
    }

    @Test
    void theClientLearnsHowFarTheWitnessIs() {
        WitnessClient client = client(key);

        assertThat(cosigned(client, 300)).isTrue();
        assertThat(cosigned(client, 300)).isTrue();
        assertThat(cosigned(client(key), 600)).isTrue();
        assertThat(submit(client, 300)).isEqualTo(new Outcome.Ahead(600));
        assertThat(submit(client(key), 599)).isEqualTo(new Outcome.Ahead(600));
        assertThat(cosigned(client, 600)).isTrue();
    }

    @Test
    void theClientBelievesTheKeyOfThePolicyAndNoOther() {
        VerifierKey another = new VerifierKey("witness.example/w1", VerifierKey.Kind.COSIGNATURE, SIGNER.publicKey());

        assertThat(submit(client(another), 300)).isInstanceOf(Outcome.Away.class);
    }

    @Test
    void aWitnessThatRefusesOrIsAwayIsSaidToBe() {
        WitnessClient client = client(key);
        cosigned(client, 300);
        History fork = history.continued(100, 600, new Random(1));

        assertThat(client.submit(fork.checkpoint(400), from -> fork.proof(from, 400)))
                .isEqualTo(new Outcome.Refused(422));
        server.close();
        assertThat(submit(client, 400)).isInstanceOf(Outcome.Away.class);
    }

    @Test
    void aWitnessIsAskedOverTlsOrOnThisMachine() {
        assertThat(List.of("https://w.example/", "http://127.0.0.1:8090/", "http://localhost:1"))
                .allMatch(address -> WitnessClient.isReachable(URI.create(address)));
        assertThat(List.of("http://w.example/", "ftp://w.example/", "https:///", "mailto:w", "https://w.example/?a"))
                .noneMatch(address -> WitnessClient.isReachable(URI.create(address)));
        assertThatThrownBy(() -> new WitnessClient(
                        http, new KnownWitness("w", key, Optional.of(URI.create("http://w.example/")))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRequestThatIsNoHttpEndsQuietly() throws IOException {
        try (var socket =
                new Socket(server.address().getHost(), server.address().getPort())) {
            socket.getOutputStream().write("\0\0\0nothing\r\n\r\n".getBytes(US_ASCII));
            socket.shutdownOutput();
            try (InputStream answer = socket.getInputStream()) {
                assertThat(new String(answer.readAllBytes(), UTF_8)).doesNotContain("at org.vauban");
            }
        }
        assertThat(cosigned(client(key), 300)).isTrue();
    }

    private WitnessClient client(VerifierKey trusted) {
        return new WitnessClient(http, new KnownWitness("w1", trusted, Optional.of(server.address())));
    }

    private Outcome submit(WitnessClient client, int size) {
        return client.submit(history.checkpoint(size), from -> history.proof(from, size));
    }

    private boolean cosigned(WitnessClient client, int size) {
        SignedCheckpoint checkpoint = history.checkpoint(size);
        return submit(client, size) instanceof Outcome.Cosigned(var signature)
                && checkpoint.with(signature).note().isSignedBy(key);
    }

    private HttpResponse<byte[]> post(byte[] body) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(server.address().resolve("add-checkpoint"))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(server.address().resolve(path)).build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }
}
