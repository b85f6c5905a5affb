package org.vauban.ledger.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vauban.ledger.SampleEntries;
import org.vauban.ledger.note.Checkpoint;
import org.vauban.ledger.note.Cosigner;
import org.vauban.ledger.note.InMemorySigner;
import org.vauban.ledger.note.SignedCheckpoint;
import org.vauban.ledger.tree.Hash;

/** The policy files of C2SP tlog-policy. */
class PolicyTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private static final SignedCheckpoint CHECKPOINT =
            SignedCheckpoint.sign(new Checkpoint(SampleEntries.ORIGIN, 0, Hash.EMPTY_TREE), SampleEntries.SIGNER);

    /** The example of the specification, with keys. */
    private static final String TWO_LEVELS =
            """
            # Two organisations, and both must have seen it.
            log %s

            witness X1 %s
            witness X2 %s https://x2.example/
            witness\tX3   %s
            group X-witnesses 2 X1 X2 X3

            witness Y1 %s
            witness Y2 %s
            witness Y3 %s
            group Y-witnesses any Y1 Y2 Y3

            group X-and-Y all X-witnesses Y-witnesses
            quorum X-and-Y
            """.formatted(SampleEntries.KEY, key(1), key(2), key(3), key(4), key(5), key(6));

    private static final String PREFIX = "witness A %s\nwitness B %s\n".formatted(key(1), key(2));

    @Test
    void aGroupOfGroupsIsMetWhenEachOfThemIs() {
        Policy policy = parse(TWO_LEVELS);

        assertThat(policy.isMetBy(cosignedBy(1, 2, 5))).isTrue();
        assertThat(policy.isMetBy(cosignedBy(1, 2))).isFalse();
        assertThat(policy.isMetBy(cosignedBy(1, 4, 5, 6))).isFalse();
        assertThat(policy.cosigners(cosignedBy(1, 2, 5, 9))).containsExactlyInAnyOrder("X1", "X2", "Y2");
        assertThat(policy).hasToString("2 of (2 of 3, 1 of 3)");
        assertThat(policy.log(SampleEntries.ORIGIN)).contains(SampleEntries.KEY);
        assertThat(policy.log("another.example/log")).isEmpty();
        assertThat(policy.witnesses())
                .filteredOn(witness -> witness.name().equals("X2"))
                .extracting(KnownWitness::address)
                .containsExactly(Optional.of(URI.create("https://x2.example/")));
    }

    @Test
    void twoOfThreeAreMetByTwoAndThreeAndNotByOne() {
        Policy policy = parse(PREFIX + "witness C %s\ngroup G 2 A B C\nquorum G\n".formatted(key(3)));

        assertThat(policy).hasToString("2 of 3");
        assertThat(policy.isMetBy(CHECKPOINT)).isFalse();
        assertThat(policy.isMetBy(cosignedBy(2))).isFalse();
        assertThat(policy.isMetBy(cosignedBy(2, 3))).isTrue();
        assertThat(policy.isMetBy(cosignedBy(1, 2, 3))).isTrue();
    }

    @Test
    void whereNobodyIsAskedNothingIsMissing() {
        Policy policy = parse("quorum none\n");

        assertThat(policy.asksNobody()).isTrue();
        assertThat(policy.isMetBy(CHECKPOINT)).isTrue();
        assertThat(policy).hasToString("0 of 0");
    }

    @Test
    void halfOfTheWitnessesOrFewerLetTwoHistoriesThrough() {
        String four = PREFIX + "witness C %s\nwitness D %s\n".formatted(key(3), key(4));

        assertThat(parse(four + "group G 2 A B C D\nquorum G\n").canBeMetTwice())
                .isTrue();
        assertThat(parse(four + "group G 3 A B C D\nquorum G\n").canBeMetTwice())
                .isFalse();
        assertThat(parse(PREFIX + "group G any A B\nquorum G\n").canBeMetTwice())
                .isTrue();
        assertThat(parse(PREFIX + "quorum A\n").canBeMetTwice()).isFalse();
        assertThat(parse("quorum none\n").canBeMetTwice()).isFalse();
    }

    @Test
    void namesAreComparedAsBytesAndShownAsText() {
        Policy policy = parse("witness témoin %s\nquorum témoin\n".formatted(key(1)));

        assertThat(policy.cosigners(cosignedBy(1))).containsExactly("témoin");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "quorum A\n",
                "quorum none\nquorum none\n",
                "quorum none",
                "quorum\n",
                "# quorum none\n",
                "quorum none more\n",
                "permit A\nquorum none\n",
                "witness A\nquorum none\n",
                "witness A nokey\nquorum none\n",
                "witness none KEY1\nquorum none\n",
                "witness A KEY1\nwitness A KEY2\nquorum A\n",
                "witness A KEY1\nwitness B KEY1\nquorum A\n",
                "witness A LOG\nquorum A\n",
                "log KEY1\nquorum none\n",
                "log LOG\nlog LOG\nquorum none\n",
                "witness A KEY1\ngroup G 0 A\nquorum G\n",
                "witness A KEY1\ngroup G 2 A\nquorum G\n",
                "witness A KEY1\ngroup G 01 A\nquorum G\n",
                "witness A KEY1\ngroup G all\nquorum G\n",
                "witness A KEY1\ngroup G all A A\nquorum G\n",
                "witness A KEY1\ngroup G all A\ngroup H all A\nquorum G\n",
                "witness A KEY1\ngroup G all none\nquorum G\n",
                "group G all G\nquorum G\n",
                "witness A KEY1\nquorum A\r\n",
                "witness A KEY1 ht tp\nquorum A\n",
                "witness A KEY1 http://[\nquorum A\n",
            })
    void whatIsNoPolicyIsRefused(String text) {
        String file = text.replace("KEY1", key(1)).replace("KEY2", key(2)).replace("LOG", SampleEntries.KEY.toString());

        assertThatThrownBy(() -> parse(file)).isInstanceOf(MalformedPolicyException.class);
    }

    @Test
    void theWrongLineIsNamed() {
        assertThatThrownBy(() -> parse("# one\n\nquorum none\nquorum none\n"))
                .isInstanceOfSatisfying(
                        MalformedPolicyException.class,
                        wrong -> assertThat(wrong.line()).isEqualTo(4));
    }

    private static Policy parse(String text) {
        return Policy.parse(text.getBytes(UTF_8));
    }

    private static SignedCheckpoint cosignedBy(int... witnesses) {
        SignedCheckpoint cosigned = CHECKPOINT;
        for (int witness : witnesses) {
            cosigned = cosigned.with(
                    cosigner(witness).cosign(CHECKPOINT.checkpoint().text(), NOON));
        }
        return cosigned;
    }

    private static String key(int witness) {
        return cosigner(witness).key().toString();
    }

    private static Cosigner cosigner(int witness) {
        return new Cosigner(InMemorySigner.ofSeed(
                "witness.example/w" + witness,
                Hash.leaf(List.of(witness).toString().getBytes(UTF_8)).bytes()));
    }
}
