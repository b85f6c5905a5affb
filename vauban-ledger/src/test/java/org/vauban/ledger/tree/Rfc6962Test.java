package org.vauban.ledger.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The vectors that certificate-transparency implementations share: eight leaves, their roots, and proofs about them. */
class Rfc6962Test {

    private static final List<byte[]> LEAVES = Stream.of(
                    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
            .map(HexFormat.of()::parseHex)
            .toList();

    private static final List<Hash> ROOTS = Stream.of(
                    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328")
            .map(Hash::ofHex)
            .toList();

    @Test
    void theEmptyTreeHasTheHashOfNothing() {
        assertThat(Hash.root(List.of()).hex())
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void rootsOfOneToEightLeavesAreThePublishedOnes() {
        for (int size = 1; size <= LEAVES.size(); size++) {
            assertThat(Hash.root(leaves(size))).as("root of %d leaves", size).isEqualTo(ROOTS.get(size - 1));
        }
    }

    @Test
    void aGrowingEdgeHasTheSameRoots() {
        RightEdge edge = new RightEdge();

        for (int size = 1; size <= LEAVES.size(); size++) {
            edge.append(Hash.leaf(LEAVES.get(size - 1)), (path, hashes) -> {});

            assertThat(edge.root()).as("root of %d leaves", size).isEqualTo(ROOTS.get(size - 1));
        }
    }

    @ParameterizedTest(name = "entry {0} of {1}")
    @CsvSource(delimiter = '|', textBlock = """
            0 | 1 |
            0 | 8 | 96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e 6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4
            5 | 8 | bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0 d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7
            2 | 3 | fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125
            1 | 5 | 6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b
            """)
    void inclusionProofsAreThePublishedOnes(int index, int size, String path) {
        InclusionProof published = new InclusionProof(index, size, hashes(path));

        InclusionProof made = prover(size).inclusion(index);

        assertThat(made).isEqualTo(published);
        assertThat(published.proves(Hash.leaf(LEAVES.get(index)), ROOTS.get(size - 1)))
                .isTrue();
    }

    @ParameterizedTest(name = "{0} to {1}")
    @CsvSource(delimiter = '|', textBlock = """
            1 | 1 |
            1 | 8 | 96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e 6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4
            6 | 8 | 0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0 d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7
            2 | 5 | 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b
            6 | 7 | 0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7
            """)
    void consistencyProofsAreThePublishedOnes(int oldSize, int newSize, String path) {
        ConsistencyProof published = new ConsistencyProof(oldSize, newSize, hashes(path));

        ConsistencyProof made = prover(newSize).consistency(oldSize);

        assertThat(made).isEqualTo(published);
        assertThat(published.proves(ROOTS.get(oldSize - 1), ROOTS.get(newSize - 1)))
                .isTrue();
    }

    private static Prover prover(int size) {
        return new Prover(size, path -> leaves(size));
    }

    private static List<Hash> leaves(int size) {
        return LEAVES.subList(0, size).stream().map(Hash::leaf).toList();
    }

    private static List<Hash> hashes(@Nullable String path) {
        return path == null
                ? List.of()
                : Stream.of(path.split(" ")).map(Hash::ofHex).toList();
    }
}
