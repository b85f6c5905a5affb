package org.vauban.ledger.witness;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Carries questions to a witness over HTTP, as C2SP tlog-witness has it: {@code POST /add-checkpoint} and {@code GET
 * /<SHA-256 of the origin>/checkpoint}. Listens on loopback; TLS to the outside is the operator's. Whatever comes in is answered with a
 * status and one line, and what comes in is bounded.
 */
public final class WitnessServer implements AutoCloseable {

    private static final Pattern CHECKPOINT = Pattern.compile("/([0-9a-f]{64})/checkpoint");
    private static final String PLAIN = "text/plain; charset=utf-8";

    private final HttpServer http;
    private final ExecutorService threads;
    private final Witness witness;
    private final Consumer<String> complaints;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** What goes back. */
    private record Reply(int status, String type, byte[] body) {
        static Reply of(int status, String line) {
            return new Reply(status, PLAIN, (line + "\n").getBytes(UTF_8));
        }
    }

    private WitnessServer(HttpServer http, Witness witness, Consumer<String> complaints) {
        this.http = http;
        this.witness = witness;
        this.complaints = complaints;
        this.threads = Executors.newVirtualThreadPerTaskExecutor();
        http.createContext("/", this::handle);
        http.setExecutor(threads);
        http.start();
    }

    /**
     * Starts the witness in this folder.
     *
     * @param port the port on loopback; 0 takes any free one
     * @param complaints told in one line what went wrong on this side
     */
    public static WitnessServer start(
            Path folder, char[] passphrase, int port, Clock clock, Consumer<String> complaints) {
        Witness witness = Witness.open(folder, passphrase, clock);
        boolean started = false;
        try {
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            started = true;
            return new WitnessServer(http, witness, complaints);
        } catch (BindException taken) {
            throw new WitnessException(WitnessException.Code.WITNESS_PORT, port, taken);
        } catch (IOException failed) {
            throw new WitnessException(WitnessException.Code.WITNESS_DISK, failed, failed);
        } finally {
            if (!started) {
                witness.close();
            }
        }
    }

    /** Where the witness listens: its submission and monitoring prefix. */
    public URI address() {
        return URI.create("http://" + http.getAddress().getAddress().getHostAddress() + ":"
                + http.getAddress().getPort() + "/");
    }

    /** Returns when the witness was closed. */
    void awaitStop() throws InterruptedException {
        closed.await();
    }

    @Override
    public void close() {
        http.stop(0);
        threads.close();
        witness.close();
        closed.countDown();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Reply reply = replyTo(exchange);
            exchange.getResponseHeaders().set("Content-Type", reply.type());
            exchange.sendResponseHeaders(reply.status(), reply.body().length);
            exchange.getResponseBody().write(reply.body());
        }
    }

    private Reply replyTo(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String method = exchange.getRequestMethod();
        if (path.equals("/add-checkpoint")) {
            return method.equals("POST") ? addCheckpoint(exchange) : Reply.of(405, "POST is expected.");
        }
        Matcher checkpoint = CHECKPOINT.matcher(path);
        if (!checkpoint.matches()) {
            return Reply.of(404, "There is nothing here.");
        }
        if (!method.equals("GET")) {
            return Reply.of(405, "GET is expected.");
        }
        return witness.latest(checkpoint.group(1))
                .map(note -> new Reply(200, PLAIN, note.encode()))
                .orElseGet(() -> Reply.of(404, "No checkpoint of such a log was cosigned here."));
    }

    private Reply addCheckpoint(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(Submission.LONGEST + 1);
        if (body.length > Submission.LONGEST) {
            return Reply.of(413, "A submission has at most " + Submission.LONGEST + " bytes.");
        }
        try {
            return switch (witness.answer(body)) {
                case Answer.Cosigned(var signature) ->
                    new Reply(200, PLAIN, signature.line().getBytes(UTF_8));
                case Answer.Malformed(String why) -> Reply.of(400, why);
                case Answer.NotSigned() -> Reply.of(403, "The log's key did not sign this checkpoint.");
                case Answer.UnknownLog() -> Reply.of(404, "This witness does not know the log.");
                case Answer.OtherSize(long size) ->
                    new Reply(409, "text/x.tlog.size", (size + "\n").getBytes(US_ASCII));
                case Answer.Inconsistent() -> {
                    complaints.accept("A checkpoint that its log signed does not follow from the one before it.");
                    yield Reply.of(422, "The proof does not show that the log only grew.");
                }
            };
        } catch (RuntimeException failed) {
            complaints.accept("Nothing was cosigned: " + failed);
            return Reply.of(500, "The witness failed; nothing was cosigned.");
        }
    }
}
