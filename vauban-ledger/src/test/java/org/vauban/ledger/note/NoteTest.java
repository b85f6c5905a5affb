package org.vauban.ledger.note;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The vectors of the reference implementation of signed notes, and what must not be taken for a note. */
class NoteTest {

    private static final String PETER_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    private static final String PETER_SEED = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    private static final String ENOCH_KEY = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop";
    private static final String TEXT = """
            If you think cryptography is the answer to your problem,
            then you don't know what your problem is.
            """;
    private static final String PETER_LINE =
            "\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    private static final String ENOCH_LINE =
            "\u2014 EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n";

    @Test
    void signingGivesTheReferenceNoteByteForByte() {
        Note note = Note.sign(TEXT, peter());

        assertThat(new String(note.encode(), UTF_8)).isEqualTo(TEXT + "\n" + PETER_LINE);
        assertThat(VerifierKey.of(peter())).hasToString(PETER_KEY);
    }

    @Test
    void eachOfSeveralSignaturesIsVerifiedByItsOwnKey() {
        Note note = parse(TEXT + "\n" + PETER_LINE + ENOCH_LINE);

        assertThat(note.isSignedBy(VerifierKey.parse(PETER_KEY))).isTrue();
        assertThat(note.isSignedBy(VerifierKey.parse(ENOCH_KEY))).isTrue();
        assertThat(new String(note.encode(), UTF_8)).isEqualTo(TEXT + "\n" + PETER_LINE + ENOCH_LINE);
    }

    @Test
    void aSignatureByAnUnknownKeyIsKeptAndProvesNothing() {
        Note note = parse(TEXT + "\n" + PETER_LINE);

        assertThat(note.isSignedBy(VerifierKey.parse(ENOCH_KEY))).isFalse();
        assertThat(note.with(parse(TEXT + "\n" + ENOCH_LINE).signatures().getFirst())
                        .isSignedBy(VerifierKey.parse(ENOCH_KEY)))
                .isTrue();
    }

    @Test
    void aTextThatWasChangedIsNotSigned() {
        Note note = parse(TEXT.replace("answer", "problem") + "\n" + PETER_LINE);

        assertThat(note.isSignedBy(VerifierKey.parse(PETER_KEY))).isFalse();
    }

    @Test
    void aFalseSignatureUnderAKnownKeySpoilsTheTrueOne() {
        byte[] line = Base64.getDecoder()
                .decode(PETER_LINE.substring(PETER_LINE.lastIndexOf(' ') + 1).strip());
        line[40] ^= 1;
        Note note = parse(TEXT + "\n" + PETER_LINE)
                .with(new NoteSignature("PeterNeumann", Base64.getEncoder().encodeToString(line)));

        assertThat(note.isSignedBy(VerifierKey.parse(PETER_KEY))).isFalse();
    }

    @Test
    void aWitnessSignsTheTimeAndTheText() {
        InMemorySigner witness = InMemorySigner.ofSeed("witness.example/w1", new byte[32]);
        VerifierKey key = new VerifierKey(witness.name(), VerifierKey.Kind.COSIGNATURE, witness.publicKey());
        long time = 1_679_315_147;
        byte[] signature = witness.sign(("cosignature/v1\ntime " + time + "\n" + TEXT).getBytes(UTF_8));

        Note cosigned = Note.sign(TEXT, peter()).with(cosignature(key, time, signature));
        Note atAnotherTime = Note.sign(TEXT, peter()).with(cosignature(key, time + 1, signature));

        assertThat(cosigned.isSignedBy(key)).isTrue();
        assertThat(atAnotherTime.isSignedBy(key)).isFalse();
        assertThat(cosigned.isSignedBy(VerifierKey.of(witness))).isFalse();
        assertThat(parse(new String(cosigned.encode(), UTF_8))).isEqualTo(cosigned);
    }

    @Test
    void bytesThatAreNoNoteAreRefused() {
        String good = TEXT + "\n" + PETER_LINE;
        List<String> bad = List.of(
                "",
                TEXT,
                TEXT + "\n",
                good.substring(0, good.length() - 1),
                "\u0001" + good,
                good + "Unexpected line.\n",
                good + "\n",
                TEXT + "\n" + PETER_LINE.replace("PeterNeumann", "Peter Neumann"),
                TEXT + "\n" + PETER_LINE.replace("PeterNeumann", "Peter+Neumann"),
                TEXT + "\n" + PETER_LINE.replace("AM=", "AN="),
                TEXT + "\n" + PETER_LINE.replace("AM=", "AM"),
                TEXT + "\n" + PETER_LINE.replace("\u2014", "-"),
                TEXT + "\n" + PETER_LINE.strip() + "\r" + ENOCH_LINE,
                TEXT + "\n" + PETER_LINE.strip() + "\r\n",
                TEXT + "\n" + PETER_LINE.repeat(101));

        for (String bytes : bad) {
            assertThatThrownBy(() -> parse(bytes)).isInstanceOf(MalformedNoteException.class);
        }
        byte[] notUtf8 = ("\u00ff" + good).getBytes(ISO_8859_1);
        assertThatThrownBy(() -> Note.parse(notUtf8)).isInstanceOf(MalformedNoteException.class);
        assertThatThrownBy(() -> Note.parse(new byte[Note.LONGEST + 1])).isInstanceOf(MalformedNoteException.class);
    }

    @Test
    void everyPieceAndEveryMisprintOfAVerifierKeyIsRefused() {
        assertThat(VerifierKey.parse(PETER_KEY)).hasToString(PETER_KEY);
        for (int start = 0; start < PETER_KEY.length(); start++) {
            for (int end = start; end <= PETER_KEY.length(); end++) {
                String piece = PETER_KEY.substring(start, end);
                if (!piece.equals(PETER_KEY)) {
                    assertThatThrownBy(() -> VerifierKey.parse(piece)).isInstanceOf(MalformedNoteException.class);
                }
            }
        }
        for (int place = 0; place < PETER_KEY.length(); place++) {
            StringBuilder misprint = new StringBuilder(PETER_KEY);
            misprint.setCharAt(place, (char) (PETER_KEY.charAt(place) + 1));
            assertThatThrownBy(() -> VerifierKey.parse(misprint.toString())).isInstanceOf(MalformedNoteException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
                "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
            })
    void aKeyOfAWrongLengthOrAnUnknownKindIsRefused(String key) {
        assertThatThrownBy(() -> VerifierKey.parse(key)).isInstanceOf(MalformedNoteException.class);
    }

    @Test
    void aSignerThatReturnsAWrongSignatureIsFoundOutBeforeAnybodySeesIt() {
        Signer lying = new Signer() {
            @Override
            public String name() {
                return "liar";
            }

            @Override
            public byte[] publicKey() {
                return peter().publicKey();
            }

            @Override
            public byte[] sign(byte[] message) {
                return new byte[64];
            }
        };

        assertThatThrownBy(() -> Note.sign(TEXT, lying)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theKeyPairOfASeedIsTheOneOfRfc8032() {
        InMemorySigner signer = InMemorySigner.ofSeed(
                "rfc8032", HexFormat.of().parseHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));

        assertThat(HexFormat.of().formatHex(signer.publicKey()))
                .isEqualTo("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
        assertThat(HexFormat.of().formatHex(signer.sign(new byte[0])))
                .startsWith("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155");
    }

    private static InMemorySigner peter() {
        byte[] kindAndSeed = Base64.getDecoder().decode(PETER_SEED);
        return InMemorySigner.ofSeed("PeterNeumann", Arrays.copyOfRange(kindAndSeed, 1, kindAndSeed.length));
    }

    private static NoteSignature cosignature(VerifierKey key, long time, byte[] signature) {
        return NoteSignature.of(
                key,
                ByteBuffer.allocate(Long.BYTES + signature.length)
                        .putLong(time)
                        .put(signature)
                        .array());
    }

    private static Note parse(String note) {
        return Note.parse(note.getBytes(UTF_8));
    }
}
