package org.vauban.trajectory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ConceptCodesTest {
    @Test
    void codesGiveTheColumnBackWithMoreConceptsThanSixteenBitsCount() {
        var chance = new Random(5);
        int[] column = chance.ints(400_000, 0, 150_000).toArray();
        column[17] = Absent.INT;
        column[18] = Integer.MAX_VALUE;

        ConceptCodes codes = ConceptCodes.of(column);

        assertThat(codes.concepts()).hasSizeGreaterThan(1 << 16).doesNotHaveDuplicates();
        for (int row = 0; row < column.length; row++) {
            assertThat(codes.concepts()[codes.codes()[row]]).isEqualTo(column[row]);
        }
    }

    @Test
    void nothingHasNoCodes() {
        assertThat(ConceptCodes.of(new int[0]).concepts()).isEmpty();
    }
}
