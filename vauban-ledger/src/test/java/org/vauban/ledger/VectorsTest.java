package org.vauban.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.vauban.ledger.SampleEntries.KEY;
import static org.vauban.ledger.SampleEntries.ORIGIN;
import static org.vauban.ledger.SampleEntries.SIGNER;
import static org.vauban.ledger.SampleEntries.entries;
import static org.vauban.ledger.SampleEntries.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.ledger.entry.Commitment;
import org.vauban.ledger.entry.LogEntry;
import org.vauban.ledger.log.TileLog;
import org.vauban.ledger.note.InMemorySigner;
import org.vauban.ledger.note.VerifierKey;
import org.vauban.ledger.tree.Hash;
import org.vauban.ledger.verify.Trust;
import org.vauban.ledger.verify.VerificationReport;
import org.vauban.ledger.verify.Verifier;

/** The vectors of {@code docs/formats/ledger.md}: the format outlives this code, so a change here is a change of the format. */
class VectorsTest {

    private static final Path VECTORS = Path.of("src/test/resources/org/vauban/ledger/vectors/log");
    private static final Path DOCUMENT = Path.of("../docs/formats/ledger.md");
    private static final List<String> FILES = List.of("checkpoint", "tile/0/000.p/3", "tile/entries/000.p/3");

    @TempDir
    private Path temporary;

    @Test
    void theKeptLogIsWhole() throws IOException {
        VerificationReport report = new Verifier(Trust.in(KEY)).verify(VECTORS);

        assertThat(report.problem()).isEmpty();
        assertThat(report.remarks()).isEmpty();
        assertThat(report.size()).isEqualTo(3);
    }

    @Test
    void theWriterStillWritesTheKeptFilesByteForByte() throws IOException {
        try (TileLog log = TileLog.open(temporary, ORIGIN, SIGNER)) {
            log.append(entries(0, 3));
        }

        for (String file : FILES) {
            assertThat(temporary.resolve(file)).hasSameBinaryContentAs(VECTORS.resolve(file));
        }
    }

    @Test
    void theDocumentSaysWhatTheFilesSay() throws IOException {
        String document = Files.readString(DOCUMENT);
        Hash root = Hash.root(entries(0, 3).stream().map(Hash::leaf).toList());

        assertThat(document)
                .contains(indented(Files.readString(VECTORS.resolve("checkpoint"))))
                .contains(indented(new String(entry(1), UTF_8)))
                .contains("    " + KEY)
                .contains("    " + root.hex());
        for (int index = 0; index < 3; index++) {
            assertThat(document)
                    .contains("    " + index + " " + Hash.leaf(entry(index)).hex());
        }
    }

    @Test
    void theDocumentsSeedAndSaltAreThoseOfTheVectors() throws IOException {
        String document = Files.readString(DOCUMENT);
        String seed = firstHexAfter(document, "Ed25519 seed");
        String salt = firstHexAfter(document, "salt      ");

        InMemorySigner signer = InMemorySigner.ofSeed(ORIGIN, HexFormat.of().parseHex(seed));

        assertThat(VerifierKey.of(signer)).isEqualTo(KEY);
        assertThat(LogEntry.parse(entry(0)).commitment())
                .isEqualTo(Commitment.of(HexFormat.of().parseHex(salt), "body 0".getBytes(UTF_8)));
    }

    private static String indented(String text) {
        return text.lines().map(line -> line.isEmpty() ? line : "    " + line).collect(Collectors.joining("\n"));
    }

    private static String firstHexAfter(String document, String words) {
        return document.substring(document.indexOf(words))
                .lines()
                .flatMap(line -> List.of(line.split(" +")).stream())
                .filter(word -> word.matches("[0-9a-f]{64}"))
                .findFirst()
                .orElseThrow();
    }
}
