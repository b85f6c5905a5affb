package org.vauban.synth;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The second thread of a generation: it compresses what the first one has written. Pieces come out in the order in which
 * they went in, so that the bytes do not depend on which thread is quicker, and only so many wait that memory stays small.
 */
final class Compression implements Closeable {
    private static final int PIECES_WAITING = 64;

    private final BlockingQueue<Piece> waiting = new ArrayBlockingQueue<>(PIECES_WAITING);
    private final Thread thread;
    private volatile @Nullable IOException failure;

    Compression() {
        this.thread = Thread.ofPlatform().name("synth-compression").daemon().start(this::compress);
    }

    /** A piece of a file; its bytes belong to the compression from now on. */
    private record Piece(@Nullable OutputStream out, byte[] bytes, int length, boolean last) {
        private static final Piece END = new Piece(null, new byte[0], 0, true);
    }

    /**
     * Hands over a piece.
     *
     * @param bytes not to be touched by the caller again
     * @param last whether the file is to be closed behind it
     */
    void add(OutputStream out, byte[] bytes, int length, boolean last) throws IOException {
        answerFailure();
        put(new Piece(out, bytes, length, last));
    }

    private void compress() {
        try {
            for (Piece piece = waiting.take(); piece.out() != null; piece = waiting.take()) {
                compress(piece, piece.out());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** After a failure the rest is only taken away, so that the first thread is never left waiting. */
    private void compress(Piece piece, OutputStream out) {
        try {
            if (failure == null) {
                out.write(piece.bytes(), 0, piece.length());
            }
            if (piece.last()) {
                out.close();
            }
        } catch (IOException e) {
            if (failure == null) {
                failure = e;
            }
        }
    }

    private void put(Piece piece) throws IOException {
        try {
            waiting.put(piece);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("writing was interrupted", e);
        }
    }

    private void answerFailure() throws IOException {
        IOException found = failure;
        if (found != null) {
            throw new IOException("a generated file could not be written", found);
        }
    }

    /** Waits until everything handed over is in its file. */
    @Override
    public void close() throws IOException {
        put(Piece.END);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("writing was interrupted", e);
        }
        answerFailure();
    }
}
