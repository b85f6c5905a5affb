package org.vauban.hub;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.vauban.ledger.policy.Policy;
import org.vauban.ledger.witness.WitnessMain;
import org.vauban.ledger.witness.WitnessServer;

/** A real witness behind a door that a test opens and shuts, so that it goes away and comes back at one address. */
public final class TestWitness implements AutoCloseable {
    private static final String PASSPHRASE = "a witness never forgets";

    private final WitnessServer witness;
    private final HttpServer door;
    private final HttpClient http = HttpClient.newHttpClient();
    private final String key;
    private final AtomicInteger asked = new AtomicInteger();
    private volatile boolean open = true;

    private TestWitness(WitnessServer witness, String key) throws IOException {
        this.witness = witness;
        this.key = key;
        this.door = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        door.createContext("/", this::relay);
        door.start();
    }

    /** A witness that knows this log. */
    public static TestWitness start(Path folder, String name, String logKey) {
        String key = run("init", "--dir", folder.toString(), "--name", name).strip();
        run("add-log", "--dir", folder.toString(), logKey);
        try {
            return new TestWitness(
                    WitnessServer.start(folder, PASSPHRASE.toCharArray(), 0, Clock.systemUTC(), _ -> {}), key);
        } catch (IOException unstarted) {
            throw new UncheckedIOException(unstarted);
        }
    }

    /** The policy that asks for so many of these. */
    public static Policy policy(int needed, List<TestWitness> witnesses) {
        var lines = new StringBuilder();
        List<String> names = new ArrayList<>();
        for (TestWitness each : witnesses) {
            String name = "w" + (names.size() + 1);
            names.add(name);
            lines.append("witness %s %s http://127.0.0.1:%d/%n"
                    .formatted(name, each.key, each.door.getAddress().getPort()));
        }
        lines.append("group G %d %s%nquorum G%n".formatted(needed, String.join(" ", names)));
        return Policy.parse(lines.toString().getBytes(UTF_8));
    }

    public void goAway() {
        open = false;
    }

    public void comeBack() {
        open = true;
    }

    /** How often somebody knocked. */
    public int asked() {
        return asked.get();
    }

    private void relay(HttpExchange exchange) throws IOException {
        asked.incrementAndGet();
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (!open) {
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            HttpResponse<byte[]> answer = http.send(
                    HttpRequest.newBuilder(witness.address().resolve("add-checkpoint"))
                            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static String run(String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int status = WitnessMain.run(
                List.of(arguments),
                Locale.ENGLISH,
                new ByteArrayInputStream(PASSPHRASE.getBytes(UTF_8)),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8));
        if (status != 0) {
            throw new IllegalStateException(err.toString(UTF_8));
        }
        return out.toString(UTF_8);
    }

    @Override
    public void close() {
        door.stop(0);
        http.close();
        witness.close();
    }
}
