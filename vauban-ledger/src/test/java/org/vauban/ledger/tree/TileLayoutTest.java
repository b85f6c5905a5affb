package org.vauban.ledger.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TileLayoutTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0, 256, tile/0/000",
        "0, 273, 112, tile/0/273.p/112",
        "0, 1234067, 256, tile/0/x001/x234/067",
        "2, 0, 1, tile/2/000.p/1",
        "-1, 1000, 256, tile/entries/x001/000",
        "-1, 999, 255, tile/entries/999.p/255",
    })
    void aPlaceIsWrittenInGroupsOfThreeDigitsAndReadBack(int level, long index, int width, String text) {
        TilePath path = new TilePath(level, index, width);

        assertThat(path).hasToString(text);
        assertThat(TilePath.parse(text)).contains(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tile/0/00",
                "tile/0/0000",
                "tile/0/x000/001",
                "tile/8/000",
                "tile/00/000",
                "tile/0/000.p/0",
                "tile/0/000.p/256",
                "tile/0/000.p/07",
                "tile/0/001/234",
                "tile/entries/../0/000",
                "tile/0/000 ",
                "tile/data/000",
                "checkpoint",
            })
    void anyOtherSpellingIsNoPlace(String text) {
        assertThat(TilePath.parse(text)).isEmpty();
    }

    @Test
    void widthsFollowFromTheSizeOfTheTree() {
        assertThat(TilePath.widthIn(70_000, 0, 272)).isEqualTo(256);
        assertThat(TilePath.widthIn(70_000, 0, 273)).isEqualTo(112);
        assertThat(TilePath.widthIn(70_000, 0, 274)).isZero();
        assertThat(TilePath.widthIn(70_000, 1, 1)).isEqualTo(17);
        assertThat(TilePath.widthIn(70_000, 2, 0)).isEqualTo(1);
        assertThat(TilePath.widthIn(256, 1, 0)).isEqualTo(1);
        assertThat(new TilePath(1, 1, 17).entryAt(2)).isEqualTo((256 + 2) * 256);
    }

    @Test
    void aBundleIsEntriesWithTheirLengthsBeforeThem() {
        List<byte[]> entries = List.of(new byte[0], new byte[] {0x61}, new byte[EntryBundle.LONGEST_ENTRY]);

        byte[] bundle = EntryBundle.encode(entries);

        assertThat(HexFormat.of().formatHex(bundle, 0, 7)).isEqualTo("0000000161ffff");
        assertThat(EntryBundle.decode(bundle).entries())
                .usingElementComparator(Arrays::compare)
                .containsExactlyElementsOf(entries);
        assertThat(EntryBundle.decode(bundle).strayBytes()).isZero();
    }

    @Test
    void anEntryOf65536BytesHasNoPlaceInABundle() {
        List<byte[]> tooLong = List.of(new byte[EntryBundle.LONGEST_ENTRY + 1]);

        assertThatThrownBy(() -> EntryBundle.encode(tooLong)).hasMessageContaining("65535");
    }

    @Test
    void bytesThatMakeNoWholeEntryAreCounted() {
        assertThat(EntryBundle.decode(HexFormat.of().parseHex("000161" + "000262"))
                        .strayBytes())
                .isEqualTo(3);
        assertThat(EntryBundle.decode(HexFormat.of().parseHex("000161" + "00")).strayBytes())
                .isEqualTo(1);
    }

    @Test
    void anEdgeThatDoesNotFitItsSizeIsRefused() {
        assertThatThrownBy(() -> new RightEdge(2, List.of(List.of(Hash.EMPTY_TREE))))
                .hasMessageContaining("1 entries");
    }
}
