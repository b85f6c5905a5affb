package org.vauban.ledger.note;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vauban.ledger.tree.Hash;

class CheckpointTest {

    private static final String ROOT = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";
    private static final String EXAMPLE = "example.com/behind-the-sofa\n20852163\n" + ROOT + "\n";
    private static final String LOG_LINE =
            "\u2014 example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n";
    private static final String WITNESS_LINE =
            "\u2014 witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n";

    @Test
    void theExampleOfTheSpecificationIsReadAndWrittenBackWithItsWitness() {
        String example = EXAMPLE + "\n" + LOG_LINE + WITNESS_LINE;

        SignedCheckpoint signed = SignedCheckpoint.parse(example.getBytes(UTF_8));

        assertThat(signed.checkpoint().origin()).isEqualTo("example.com/behind-the-sofa");
        assertThat(signed.checkpoint().size()).isEqualTo(20_852_163);
        assertThat(signed.checkpoint().root().base64()).isEqualTo(ROOT);
        assertThat(signed.note().signatures()).hasSize(2);
        assertThat(new String(signed.encode(), UTF_8)).isEqualTo(example);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "log\n1\n" + ROOT,
                "log\n01\n" + ROOT + "\n",
                "log\n-1\n" + ROOT + "\n",
                "log\n+1\n" + ROOT + "\n",
                "log\n1 \n" + ROOT + "\n",
                "log\n9999999999999999999\n" + ROOT + "\n",
                "\n1\n" + ROOT + "\n",
                "a log\n1\n" + ROOT + "\n",
                "log\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n",
                "log\n1\nCsUYapGGPo4dkMgIAUqomw==\n",
                "log\n0\n" + ROOT + "\n",
                "log\n1\n" + ROOT + "\nextension\n",
                "log\n1\n" + ROOT + "\n\n",
            })
    void anyOtherFormIsNoCheckpoint(String text) {
        assertThatThrownBy(() -> Checkpoint.parse(text)).isInstanceOf(MalformedNoteException.class);
    }

    @Test
    void aKeySpeaksOnlyForTheLogThatBearsItsName() {
        InMemorySigner signer = InMemorySigner.ofSeed("log-one", new byte[32]);
        SignedCheckpoint own = SignedCheckpoint.sign(new Checkpoint("log-one", 0, Hash.EMPTY_TREE), signer);
        SignedCheckpoint foreign = SignedCheckpoint.sign(new Checkpoint("log-two", 0, Hash.EMPTY_TREE), signer);

        assertThat(own.isFrom(VerifierKey.of(signer))).isTrue();
        assertThat(foreign.isFrom(VerifierKey.of(signer))).isFalse();
    }
}
