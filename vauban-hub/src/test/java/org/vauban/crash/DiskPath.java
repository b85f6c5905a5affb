package org.vauban.crash;

import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;

/** A path of this machine, seen through a {@link DiskInMemory}. */
final class DiskPath implements Path {
    private final DiskInMemory disk;
    private final Path path;

    DiskPath(DiskInMemory disk, Path path) {
        this.disk = disk;
        this.path = path;
    }

    /** The same path of the machine's own file system. */
    Path path() {
        return path.toAbsolutePath().normalize();
    }

    private DiskPath of(Path other) {
        return new DiskPath(disk, other);
    }

    private static Path plain(Path other) {
        return other instanceof DiskPath seen ? seen.path : other;
    }

    @Override
    public FileSystem getFileSystem() {
        return disk;
    }

    @Override
    public boolean isAbsolute() {
        return path.isAbsolute();
    }

    @Override
    @SuppressWarnings("NullAway") // As the interface has it.
    public Path getRoot() {
        return path.getRoot() == null ? null : of(path.getRoot());
    }

    @Override
    @SuppressWarnings("NullAway")
    public Path getFileName() {
        return path.getFileName() == null ? null : of(path.getFileName());
    }

    @Override
    @SuppressWarnings("NullAway")
    public Path getParent() {
        return path.getParent() == null ? null : of(path.getParent());
    }

    @Override
    public int getNameCount() {
        return path.getNameCount();
    }

    @Override
    public Path getName(int index) {
        return of(path.getName(index));
    }

    @Override
    public Path subpath(int from, int to) {
        return of(path.subpath(from, to));
    }

    @Override
    public boolean startsWith(Path other) {
        return path.startsWith(plain(other));
    }

    @Override
    public boolean endsWith(Path other) {
        return path.endsWith(plain(other));
    }

    @Override
    public Path normalize() {
        return of(path.normalize());
    }

    @Override
    public Path resolve(Path other) {
        return of(path.resolve(plain(other)));
    }

    @Override
    public Path relativize(Path other) {
        return of(path.relativize(plain(other)));
    }

    @Override
    public URI toUri() {
        return path.toUri();
    }

    @Override
    public Path toAbsolutePath() {
        return of(path.toAbsolutePath());
    }

    @Override
    public Path toRealPath(LinkOption... options) {
        return of(path());
    }

    @Override
    public WatchKey register(WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int compareTo(Path other) {
        return path.compareTo(plain(other));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DiskPath seen && seen.disk == disk && seen.path.equals(path);
    }

    @Override
    public int hashCode() {
        return path.hashCode();
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
