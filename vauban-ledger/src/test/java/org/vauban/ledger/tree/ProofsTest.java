package org.vauban.ledger.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Proofs over trees of several tiles and levels, against the definition of RFC 6962 written down word by word. */
class ProofsTest {

    private static final long SEED = 6962;
    private static final int LARGEST = 70_000;

    private static final Map<TilePath, List<Hash>> FULL_TILES = new HashMap<>();
    private static final Map<TilePath, Hash> FULL_TILE_ROOTS = new HashMap<>();
    private static final List<Hash> LEAVES = new ArrayList<>();

    static {
        RightEdge edge = new RightEdge();
        for (int index = 0; index < LARGEST; index++) {
            Hash leaf =
                    Hash.leaf(ByteBuffer.allocate(Integer.BYTES).putInt(index).array());
            LEAVES.add(leaf);
            edge.append(leaf, (path, hashes) -> {
                FULL_TILES.put(path, hashes);
                FULL_TILE_ROOTS.put(path, Hash.root(hashes));
            });
        }
    }

    @Test
    void theEdgeHasTheRootOfTheDefinitionAtEverySize() {
        RightEdge edge = new RightEdge();

        for (int size = 1; size <= 1_300; size++) {
            edge.append(LEAVES.get(size - 1), (path, hashes) -> {});

            assertThat(edge.root()).as("root of %d", size).isEqualTo(treeHash(0, size));
        }
    }

    @Test
    void aTreeOfSeventyThousandHasTheTilesOfTheSpecification() {
        RightEdge edge = edgeAt(LARGEST);

        assertThat(FULL_TILES.keySet().stream().filter(path -> path.level() == 0))
                .hasSize(273);
        assertThat(FULL_TILES.keySet().stream().filter(path -> path.level() == 1))
                .hasSize(1);
        assertThat(edge.partialTile(0)).hasSize(112);
        assertThat(edge.partialTile(1)).hasSize(17);
        assertThat(edge.partialTile(2)).hasSize(1);
        assertThat(edge.root()).isEqualTo(treeHash(0, LARGEST));
    }

    @Test
    void randomInclusionProofsProveTheirEntryAndNoOther() {
        Random random = new Random(SEED);
        for (int round = 0; round < 300; round++) {
            int size = 1 + random.nextInt(round % 2 == 0 ? 600 : LARGEST);
            int index = random.nextInt(size);
            Hash root = edgeAt(size).root();

            InclusionProof proof = prover(size).inclusion(index);

            assertThat(proof.proves(LEAVES.get(index), root))
                    .as("%d of %d", index, size)
                    .isTrue();
            assertThat(proof.proves(LEAVES.get((index + 1) % LARGEST), root)).isFalse();
            assertThat(proof.proves(LEAVES.get(index), LEAVES.get(index)) && size > 1)
                    .isFalse();
            int other = random.nextInt(size);
            if (other != index) {
                assertThat(new InclusionProof(other, size, proof.path()).proves(LEAVES.get(index), root))
                        .isFalse();
            }
            for (List<Hash> damaged : damagedForms(proof.path(), random)) {
                assertThat(new InclusionProof(index, size, damaged).proves(LEAVES.get(index), root))
                        .isFalse();
            }
        }
    }

    @Test
    void randomConsistencyProofsProveGrowthAndNothingElse() {
        Random random = new Random(SEED + 1);
        for (int round = 0; round < 300; round++) {
            int newSize = 1 + random.nextInt(round % 2 == 0 ? 600 : LARGEST);
            int oldSize = random.nextInt(newSize + 1);
            Hash oldRoot = edgeAt(oldSize).root();
            Hash newRoot = edgeAt(newSize).root();

            ConsistencyProof proof = prover(newSize).consistency(oldSize);

            assertThat(proof.proves(oldRoot, newRoot))
                    .as("%d to %d", oldSize, newSize)
                    .isTrue();
            assertThat(proof.proves(LEAVES.getLast(), newRoot)).isFalse();
            if (oldSize > 0) {
                assertThat(proof.proves(oldRoot, LEAVES.getLast())).isFalse();
            }
            for (List<Hash> damaged : damagedForms(proof.path(), random)) {
                assertThat(new ConsistencyProof(oldSize, newSize, damaged).proves(oldRoot, newRoot))
                        .isFalse();
            }
        }
    }

    @Test
    void everyPairOfSmallSizesIsConsistent() {
        for (int newSize = 0; newSize <= 40; newSize++) {
            for (int oldSize = 0; oldSize <= newSize; oldSize++) {
                ConsistencyProof proof = prover(newSize).consistency(oldSize);

                assertThat(proof.proves(treeHash(0, oldSize), treeHash(0, newSize)))
                        .isTrue();
            }
        }
    }

    @Test
    void nothingIsProvenAboutEntriesOrSizesThatAreNotThere() {
        assertThatThrownBy(() -> prover(10).inclusion(10)).hasMessageContaining("no entry 10");
        assertThatThrownBy(() -> prover(10).inclusion(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> prover(10).consistency(11)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new InclusionProof(3, 3, List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    /** MTH of RFC 6962, section 2.1. */
    private static Hash treeHash(int start, int end) {
        if (start == end) {
            return Hash.EMPTY_TREE;
        }
        if (end - start == 1) {
            return LEAVES.get(start);
        }
        int middle = start + 1;
        while ((middle - start) * 2 < end - start) {
            middle = start + (middle - start) * 2;
        }
        return Hash.node(treeHash(start, middle), treeHash(middle, end));
    }

    private static Prover prover(int size) {
        RightEdge edge = edgeAt(size);
        return new Prover(size, path -> {
            if (path.isPartial()) {
                return edge.partialTile(path.level());
            }
            return fullTile(path);
        });
    }

    /** The edge at a size, put together from the full tiles below it. */
    private static RightEdge edgeAt(int size) {
        List<List<Hash>> levels = new ArrayList<>();
        for (int level = 0; size >= TilePath.entriesPerHash(level); level++) {
            List<Hash> below = new ArrayList<>();
            int hashes = (int) (size / TilePath.entriesPerHash(level));
            for (int position = hashes - hashes % TilePath.FULL; position < hashes; position++) {
                below.add(level == 0 ? LEAVES.get(position) : rootOf(new TilePath(level - 1, position, 256)));
            }
            levels.add(below);
        }
        return new RightEdge(size, levels);
    }

    private static Hash rootOf(TilePath path) {
        return Objects.requireNonNull(FULL_TILE_ROOTS.get(path), () -> "no full tile at " + path);
    }

    private static List<Hash> fullTile(TilePath path) {
        return Objects.requireNonNull(FULL_TILES.get(path), () -> "no full tile at " + path);
    }

    private static List<List<Hash>> damagedForms(List<Hash> path, Random random) {
        List<List<Hash>> damaged = new ArrayList<>();
        List<Hash> longer = new ArrayList<>(path);
        longer.add(random.nextInt(path.size() + 1), Hash.EMPTY_TREE);
        damaged.add(longer);
        if (!path.isEmpty()) {
            int place = random.nextInt(path.size());
            List<Hash> shorter = new ArrayList<>(path);
            shorter.remove(place);
            damaged.add(shorter);
            List<Hash> changed = new ArrayList<>(path);
            byte[] bytes = path.get(place).bytes();
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            changed.set(place, Hash.of(bytes));
            damaged.add(changed);
        }
        return damaged;
    }
}
