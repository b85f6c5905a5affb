package org.vauban.worker.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PipeTest {
    private static final List<Message> ONE_OF_EACH = List.of(
            new Message.Table(
                    "person",
                    List.of(
                            new Message.Table.Column("person_id", ColumnType.BIGINT),
                            new Message.Table.Column("first name", ColumnType.TEXT))),
            new Message.Rows(List.of(
                    new Values.Ints(new int[] {1, Values.Ints.ABSENT}),
                    new Values.Longs(new long[] {2, Values.Longs.ABSENT}),
                    new Values.Doubles(new double[] {2.5, Double.NaN}),
                    new Values.Texts(new String[] {"é", null}))),
            new Message.Statement("SELECT 1", 10, 1_000),
            new Message.Ready(Map.of(Guard.FILES, true, Guard.LANDLOCK, false)),
            new Message.Header(List.of(new Message.Header.Column("n", "BIGINT"))),
            new Message.Lines(List.of(Arrays.asList("a", null), List.of())),
            new Message.End(Cut.ROWS),
            new Message.Failed(Failure.MEMORY, -1));

    @Test
    void everyMessageArrivesAsItWasSent() throws IOException {
        var pipe = new Pipe(new ByteArrayInputStream(bytes(ONE_OF_EACH)), OutputStream.nullOutputStream());

        List<Message> received = new ArrayList<>();
        for (Message sent : ONE_OF_EACH) {
            received.add(pipe.receive().orElseThrow());
            assertThat(received.getLast()).hasSameClassAs(sent);
        }

        assertThat(pipe.receive()).isEmpty();
        assertThat(bytes(received)).isEqualTo(bytes(ONE_OF_EACH));
    }

    @Test
    void whatIsNoFrameIsRefusedAndNeverBelieved() throws IOException {
        byte[] good = bytes(ONE_OF_EACH);
        long seed = 20_261_122;
        var random = new Random(seed);

        for (int round = 0; round < 5_000; round++) {
            byte[] wrong = good.clone();
            for (int change = 0; change <= round % 3; change++) {
                wrong[random.nextInt(wrong.length)] = (byte) random.nextInt();
            }
            byte[] cut = Arrays.copyOf(wrong, random.nextInt(wrong.length + 1));
            // Either messages or an IOException: any other exception, or memory without end, fails the test.
            readAll(cut);
        }
    }

    @Test
    void aFrameThatIsTooLongIsNeitherSentNorRead() {
        byte[] endless = {0x7f, 0, 0, 0, 1};
        var pipe = new Pipe(new ByteArrayInputStream(endless), OutputStream.nullOutputStream());

        assertThatThrownBy(pipe::receive).isInstanceOf(IOException.class).hasMessageContaining("length");
        assertThatThrownBy(() -> pipe.send(new Message.Statement("x".repeat(Pipe.FRAME_BYTES_MAX + 1), 1, 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] bytes(List<Message> messages) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var pipe = new Pipe(new ByteArrayInputStream(new byte[0]), bytes);
        for (Message message : messages) {
            pipe.send(message);
        }
        return bytes.toByteArray();
    }

    private static void readAll(byte[] bytes) {
        var pipe = new Pipe(new ByteArrayInputStream(bytes), OutputStream.nullOutputStream());
        try {
            while (pipe.receive().isPresent()) {
                // The next one.
            }
        } catch (IOException refused) {
            assertThat(refused).hasMessageNotContaining("SELECT");
        }
    }
}
