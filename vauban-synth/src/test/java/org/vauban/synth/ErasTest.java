package org.vauban.synth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.vauban.synth.Eras.Era;
import org.vauban.synth.Eras.Span;

class ErasTest {
    @Test
    void aGapOfThirtyDaysIsBridgedAndOneOfThirtyOneIsNot() {
        assertThat(Eras.join(Stream.of(new Span(1, 0, 9), new Span(1, 39, 50))))
                .containsExactly(new Era(1, 0, 50, 2, 29));
        assertThat(Eras.join(Stream.of(new Span(1, 0, 9), new Span(1, 40, 50))))
                .containsExactly(new Era(1, 0, 9, 1, 0), new Era(1, 40, 50, 1, 0));
    }

    @Test
    void aShorterSpanInsideALongerOneDoesNotCutTheEra() {
        assertThat(Eras.join(Stream.of(new Span(1, 0, 100), new Span(1, 5, 10), new Span(1, 120, 130))))
                .containsExactly(new Era(1, 0, 130, 3, 19));
    }

    @Test
    void codesAreJoinedApart() {
        assertThat(Eras.join(Stream.of(new Span(2, 3, 9), new Span(1, 0, 9))))
                .containsExactly(new Era(1, 0, 9, 1, 0), new Era(2, 3, 9, 1, 0));
    }
}
