package org.vauban.ledger.note;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Cosignatures as C2SP tlog-cosignature has them: its example, a real one by a public witness, and ours. */
class CosignatureTest {

    private static final String TEXT =
            "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";

    /** The specification publishes no key for this line, so what can be held to it is its frame. */
    private static final String LINE =
            "\u2014 witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n";

    private static final long TIME = 1_679_315_147;

    /** A checkpoint of Google's test log for certificates, cosigned by the public witness that Geomys runs. */
    private static final String REAL_CHECKPOINT = """
            coachandhorses2026h1.staging.certificate.transparency.goog
            185550722
            YXAM0VmnrfvLaBCOOYSJhCaE5F10oGBOo+hkbDa1kng=

            \u2014 coachandhorses2026h1.staging.certificate.transparency.goog MpXgsHy8ZwxXnO+WjtVrPxAzL49Rs1gWTkNVNeEa//5peAzaocRCB3qt3EaibjzY5GILLtGgBP7dBhgcSHy+JQh0OAc=
            \u2014 witness.navigli.sunlight.geomys.org o+AP4gAAAABqb7DzNrGFRJnQ9vrJ8xpnwZytnr/ZYczDIsvwvouiSjwOjn7a72ccxBk+lKnZ7dKqkYKER1s/KxLTaVwQD7lJZTC/CQ==
            """;

    private static final String REAL_WITNESS =
            "witness.navigli.sunlight.geomys.org+a3e00fe2+BNy/co4C1Hn1p+INwJrfUlgz7W55dSZReusH/GhUhJ/G";

    @Test
    void theSignedMessageIsTheSpecifications() {
        assertThat(new String(Cosigner.message(TIME, TEXT), UTF_8)).isEqualTo("""
                cosignature/v1
                time 1679315147
                example.com/behind-the-sofa
                20852163
                CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
                """);
    }

    @Test
    void theSpecificationsLineIsAKeyIdATimeAndASignature() {
        NoteSignature line =
                Note.parse((TEXT + "\n" + LINE).getBytes(UTF_8)).signatures().getFirst();

        assertThat(line.line()).isEqualTo(LINE);
        assertThat(line.keyId()).isEqualTo(0x8d66cf3f);
        assertThat(line.signature()).hasSize(8 + 64);
        assertThat(ByteBuffer.wrap(line.signature()).getLong()).isEqualTo(TIME);
    }

    @Test
    void whatAPublicWitnessSignedIsVerified() {
        VerifierKey witness = VerifierKey.parse(REAL_WITNESS);
        SignedCheckpoint real = SignedCheckpoint.parse(REAL_CHECKPOINT.getBytes(UTF_8));
        SignedCheckpoint changed = SignedCheckpoint.parse(
                REAL_CHECKPOINT.replace("185550722", "185550723").getBytes(UTF_8));

        assertThat(witness.kind()).isEqualTo(VerifierKey.Kind.COSIGNATURE);
        assertThat(real.note().isSignedBy(witness)).isTrue();
        assertThat(changed.note().isSignedBy(witness)).isFalse();
    }

    @Test
    void ourCosignatureIsOursAtItsTimeAndOverItsTextAlone() {
        var cosigner = new Cosigner(InMemorySigner.ofSeed("witness.example/w1", new byte[32]));
        SignedCheckpoint checkpoint = SignedCheckpoint.sign(
                Checkpoint.parse(TEXT), InMemorySigner.ofSeed("example.com/behind-the-sofa", new byte[32]));

        NoteSignature cosignature = cosigner.cosign(TEXT, Instant.ofEpochSecond(TIME));

        assertThat(checkpoint.with(cosignature).note().isSignedBy(cosigner.key()))
                .isTrue();
        assertThat(checkpoint.with(cosignature).note().signatureBy(cosigner.key()))
                .contains(cosignature);
        assertThat(checkpoint.note().signatureBy(cosigner.key())).isEmpty();
        assertThat(checkpoint.with(cosignature).with(cosignature).note().signatures())
                .hasSize(2);
        assertThat(new Note(TEXT.replace("63", "64"), List.of(cosignature)).isSignedBy(cosigner.key()))
                .isFalse();
    }

    @Test
    void aTimeOfZeroMeansNoTimeAndIsNotSigned() {
        var cosigner = new Cosigner(InMemorySigner.ofSeed("witness.example/w1", new byte[32]));

        assertThatThrownBy(() -> cosigner.cosign(TEXT, Instant.EPOCH)).isInstanceOf(IllegalArgumentException.class);
    }
}
