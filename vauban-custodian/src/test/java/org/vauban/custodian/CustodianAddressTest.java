package org.vauban.custodian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The small values that callers write down. */
class CustodianAddressTest {

    @Test
    void aUnixAddressIsPrintedAsItIsRead() {
        assertThat(CustodianAddress.parse("unix:/var/lib/custodian/custodian.sock"))
                .hasToString("unix:/var/lib/custodian/custodian.sock");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"pkcs11:token=hub;pin-value=1234", "https://custodian.example", "/a/path", "unix:", "unix:/", ""
            })
    void anythingElseIsRefusedWithWhatIsSupported(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CustodianAddress.parse(text))
                .withMessageContaining("custodian address")
                .withMessageNotContaining("1234");
    }

    @ParameterizedTest
    @ValueSource(strings = {"edition", "ledger", "project/12", "a", "project/12/pseudonym-2"})
    void aKeyNameSaysWhatTheKeyIsFor(String text) {
        assertThat(KeyName.of(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Edition", "a b", "a\n", "../a", "a//b", "a/", "/a", "1a", "é"})
    void aKeyNameWithAnythingElseIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> KeyName.of(text));
    }

    @Test
    void aKeyNameHasAtMost64Characters() {
        assertThat(KeyName.of("a".repeat(64)).text()).hasSize(64);
        assertThatIllegalArgumentException().isThrownBy(() -> KeyName.of("a".repeat(65)));
    }
}
