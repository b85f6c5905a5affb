package org.vauban.study.survival;

import java.util.stream.IntStream;

/** Rows in blocks that threads take up side by side. What they find is put together in an order that does not depend on threads. */
final class Blocks {
    private static final int ROWS = 8_192;

    private Blocks() {}

    /** The blocks of so many rows; few rows are not worth a second thread. */
    static IntStream of(int rows) {
        IntStream blocks = IntStream.range(0, (rows + ROWS - 1) / ROWS);
        return rows > ROWS ? blocks.parallel() : blocks;
    }

    static int from(int block) {
        return block * ROWS;
    }

    static int to(int block, int rows) {
        return Math.min(rows, from(block) + ROWS);
    }
}
