package org.vauban.ledger.witness;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.regex.Pattern;
import org.vauban.ledger.note.MalformedNoteException;
import org.vauban.ledger.note.Note;
import org.vauban.ledger.note.NoteSignature;
import org.vauban.ledger.note.SignedCheckpoint;
import org.vauban.ledger.policy.KnownWitness;
import org.vauban.ledger.tree.ConsistencyProof;

/**
 * Asks one witness for its cosignature. Remembers how far the witness is, and asks it when it is told better; believes nothing but
 * signatures by the key that the policy names. For one thread at a time.
 */
public final class WitnessClient {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int LONGEST_ANSWER = 1 << 16;
    private static final Pattern SIZE = Pattern.compile("(0|[1-9][0-9]{0,17})\n");
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");

    private static final int OK = 200;
    private static final int CONFLICT = 409;

    private final HttpClient http;
    private final KnownWitness witness;
    private final URI place;
    private long knownSize;

    /** What came of it. */
    public sealed interface Outcome {

        /** The witness's own key signed. */
        record Cosigned(NoteSignature signature) implements Outcome {}

        /** The witness answered and did not cosign. A 422 says that it has seen another history. */
        record Refused(int status) implements Outcome {}

        /** The witness has cosigned more of this log than there is: the log was rolled back, or somebody else asked too. */
        record Ahead(long size) implements Outcome {}

        /** The witness did not answer, or with something that is no answer. */
        record Away(String why) implements Outcome {}
    }

    /** Refuses a witness without an address, or with one over which anybody between could answer. */
    public WitnessClient(HttpClient http, KnownWitness witness) {
        this.http = http;
        this.witness = witness;
        URI address = witness.address()
                .filter(WitnessClient::isReachable)
                .orElseThrow(() -> new IllegalArgumentException(
                        "A witness is asked at an https address, or at an http address on this machine."));
        this.place = URI.create(address.toString().replaceAll("/+$", "") + "/add-checkpoint");
    }

    /** Whether a witness may be asked at this address: over TLS, or on this very machine. */
    public static boolean isReachable(URI address) {
        String host = address.getHost();
        return host != null
                && address.getRawQuery() == null
                && address.getRawFragment() == null
                && ("https".equals(address.getScheme())
                        || ("http".equals(address.getScheme()) && LOOPBACK.contains(host)));
    }

    /** A client whose connections are given up soon, so that a witness that is away delays nobody for long. */
    public static HttpClient newHttpClient() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(2))
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    public KnownWitness witness() {
        return witness;
    }

    /**
     * Submits a checkpoint.
     *
     * @param proofs gives the proof that the log of this checkpoint grew from a size
     */
    public Outcome submit(SignedCheckpoint checkpoint, LongFunction<ConsistencyProof> proofs) {
        try {
            long size = checkpoint.checkpoint().size();
            HttpResponse<byte[]> answer = post(checkpoint, proofs, Math.min(knownSize, size));
            if (answer.statusCode() == CONFLICT) {
                knownSize = sizeIn(answer.body());
                if (knownSize > size) {
                    return new Outcome.Ahead(knownSize);
                }
                answer = post(checkpoint, proofs, knownSize);
            }
            if (answer.statusCode() != OK) {
                return new Outcome.Refused(answer.statusCode());
            }
            Outcome outcome = cosignature(checkpoint, answer.body());
            if (outcome instanceof Outcome.Cosigned) {
                knownSize = size;
            }
            return outcome;
        } catch (IOException | MalformedNoteException unanswered) {
            return new Outcome.Away(unanswered.getClass().getSimpleName());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Outcome.Away("interrupted");
        }
    }

    private HttpResponse<byte[]> post(SignedCheckpoint checkpoint, LongFunction<ConsistencyProof> proofs, long from)
            throws IOException, InterruptedException {
        var submission = new Submission(from, proofs.apply(from).path(), checkpoint.note());
        HttpRequest request = HttpRequest.newBuilder(place)
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.ofByteArray(submission.encode()))
                .build();
        return http.send(
                request, HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), LONGEST_ANSWER));
    }

    private static long sizeIn(byte[] body) throws IOException {
        var size = SIZE.matcher(new String(body, US_ASCII));
        if (!size.matches()) {
            throw new IOException("A size was expected.");
        }
        return Long.parseLong(size.group(1));
    }

    /** Lines by other keys are ignored, as the specification asks. */
    private Outcome cosignature(SignedCheckpoint checkpoint, byte[] lines) {
        var note = new ByteArrayOutputStream();
        note.writeBytes(checkpoint.encode());
        note.writeBytes(lines);
        return Note.parse(note.toByteArray())
                .signatureBy(witness.key())
                .<Outcome>map(Outcome.Cosigned::new)
                .orElseGet(() -> new Outcome.Away("no signature by its key"));
    }
}
