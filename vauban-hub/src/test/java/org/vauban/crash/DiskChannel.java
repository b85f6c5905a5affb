package org.vauban.crash;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/** An open file or folder of a {@link DiskInMemory}. */
final class DiskChannel extends FileChannel {
    private final DiskInMemory disk;
    private final Path path;
    private final DiskInMemory.Node node;
    private int position;
    private boolean locked;

    DiskChannel(DiskInMemory disk, Path path, DiskInMemory.Node node) {
        this.disk = disk;
        this.path = path;
        this.node = node;
    }

    @Override
    public int read(ByteBuffer into) {
        int read = read(into, position);
        position += Math.max(read, 0);
        return read;
    }

    @Override
    public int read(ByteBuffer into, long at) {
        byte[] bytes = node.bytes;
        if (at >= bytes.length) {
            return -1;
        }
        int length = Math.min(into.remaining(), bytes.length - (int) at);
        into.put(bytes, (int) at, length);
        return length;
    }

    @Override
    public long read(ByteBuffer[] into, int from, int length) {
        return read(into[from]);
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        int written = write(from, position);
        position += written;
        return written;
    }

    @Override
    public int write(ByteBuffer from, long at) throws IOException {
        byte[] bytes = new byte[from.remaining()];
        from.get(bytes);
        disk.write(node, (int) at, bytes);
        return bytes.length;
    }

    @Override
    public long write(ByteBuffer[] from, int first, int length) throws IOException {
        return write(from[first]);
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public FileChannel position(long at) {
        position = (int) at;
        return this;
    }

    @Override
    public long size() {
        return node.bytes.length;
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        disk.cut(node, (int) size);
        return this;
    }

    @Override
    public void force(boolean metadata) throws IOException {
        disk.sync(path, node);
    }

    @Override
    public FileLock lock(long at, long size, boolean shared) {
        return tryLock(at, size, shared);
    }

    @Override
    public FileLock tryLock(long at, long size, boolean shared) {
        if (!disk.lock(path)) {
            throw new OverlappingFileLockException();
        }
        locked = true;
        return new FileLock(this, at, size, shared) {
            @Override
            public boolean isValid() {
                return locked;
            }

            @Override
            public void release() {
                implCloseChannel();
            }
        };
    }

    @Override
    protected void implCloseChannel() {
        if (locked) {
            locked = false;
            disk.unlock(path);
        }
    }

    @Override
    public long transferTo(long at, long count, WritableByteChannel target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long at, long count) {
        throw new UnsupportedOperationException();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long at, long size) {
        throw new UnsupportedOperationException();
    }
}
