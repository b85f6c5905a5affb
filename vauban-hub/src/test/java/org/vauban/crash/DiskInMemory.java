package org.vauban.crash;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A file system in memory that remembers every change in its order. One story of a hub is played on it once; what a crash at any of its
 * steps would have left is then computed from what it remembers ({@link Crash}). It can also fail one call, as a bad or full disk does.
 *
 * <p>It stands below everything that asks Java for files, so the real vault, log, desk and home run on it unchanged.
 */
final class DiskInMemory extends FileSystem {
    /** How a call fails. */
    enum Failure {
        NO_SPACE("No space left on device"),
        INPUT_OUTPUT("Input/output error");

        private final String message;

        Failure(String message) {
            this.message = message;
        }
    }

    /** What lies under a name. */
    static final class Node {
        final int number;
        final boolean folder;
        byte[] bytes = new byte[0];

        Node(int number, boolean folder) {
            this.number = number;
            this.folder = folder;
        }
    }

    private final TreeMap<Path, Node> names = new TreeMap<>();
    private final List<Step> steps = new ArrayList<>();
    private final Set<Path> locked = new HashSet<>();
    private final DiskProvider provider = new DiskProvider(this);
    private int nodes;
    private int calls;
    private int failsAt = -1;
    private Failure failure = Failure.NO_SPACE;
    private boolean failed;
    private Optional<Path> failedSync = Optional.empty();

    /** A disk as it is found: everything on it is durable. */
    static DiskInMemory holding(Map<Path, byte[]> files, Set<Path> folders) {
        var disk = new DiskInMemory();
        folders.forEach(folder -> disk.names.put(folder, new Node(disk.nodes++, true)));
        files.forEach((path, bytes) -> {
            var node = new Node(disk.nodes++, false);
            node.bytes = bytes.clone();
            disk.names.put(path, node);
        });
        disk.names.forEach((path, node) -> {
            disk.steps.add(node.folder ? new Step.NewFolder(path, node.number) : new Step.NewFile(path, node.number));
            if (!node.folder) {
                disk.steps.add(new Step.Write(node.number, 0, node.bytes.clone()));
                disk.steps.add(new Step.SyncContent(node.number));
            }
        });
        folders.forEach(folder -> disk.steps.add(new Step.SyncNames(folder)));
        return disk;
    }

    Path path(Path path) {
        return new DiskPath(this, path);
    }

    synchronized List<Step> steps() {
        return List.copyOf(steps);
    }

    synchronized void remember(Step step) {
        steps.add(step);
    }

    /** Fails one call, once. */
    synchronized DiskInMemory failing(int call, Failure how) {
        failsAt = call;
        failure = how;
        calls = 0;
        return this;
    }

    /** Calls that can fail since {@link #failing}. */
    synchronized int calls() {
        return calls;
    }

    synchronized boolean hasFailed() {
        return failed;
    }

    /** What could not be synced, if the call that failed was a sync. */
    synchronized Optional<Path> failedSync() {
        return failedSync;
    }

    private boolean fails() {
        boolean now = calls++ == failsAt;
        failed |= now;
        return now;
    }

    private void call() throws IOException {
        if (fails()) {
            throw new IOException(failure.message);
        }
    }

    // What programs do.

    synchronized @Nullable Node find(Path path) {
        return names.get(path);
    }

    synchronized Node require(Path path) throws NoSuchFileException {
        Node node = names.get(path);
        if (node == null) {
            throw new NoSuchFileException(path.toString());
        }
        return node;
    }

    synchronized List<Path> list(Path folder) throws IOException {
        require(folder);
        return names.tailMap(folder, false).keySet().stream()
                .takeWhile(path -> path.startsWith(folder))
                .filter(path -> folder.equals(path.getParent()))
                .toList();
    }

    synchronized void createFolder(Path path) throws IOException {
        call();
        add(path, true);
    }

    synchronized Node createFile(Path path) throws IOException {
        call();
        return add(path, false);
    }

    private Node add(Path path, boolean folder) throws IOException {
        if (names.containsKey(path)) {
            throw new FileAlreadyExistsException(path.toString());
        }
        Path parent = path.getParent();
        if (parent != null && !require(parent).folder) {
            throw new NoSuchFileException(parent.toString());
        }
        var node = new Node(nodes++, folder);
        names.put(path, node);
        steps.add(folder ? new Step.NewFolder(path, node.number) : new Step.NewFile(path, node.number));
        return node;
    }

    synchronized void write(Node node, int at, byte[] bytes) throws IOException {
        if (fails()) {
            // A full disk takes a part before it says so.
            put(node, at, Arrays.copyOf(bytes, bytes.length / 2));
            throw new IOException(failure.message);
        }
        put(node, at, bytes);
    }

    private void put(Node node, int at, byte[] bytes) {
        if (node.bytes.length < at + bytes.length) {
            node.bytes = Arrays.copyOf(node.bytes, at + bytes.length);
        }
        System.arraycopy(bytes, 0, node.bytes, at, bytes.length);
        steps.add(new Step.Write(node.number, at, bytes));
    }

    synchronized void cut(Node node, int size) throws IOException {
        call();
        if (size < node.bytes.length) {
            node.bytes = Arrays.copyOf(node.bytes, size);
            steps.add(new Step.Cut(node.number, size));
        }
    }

    synchronized void rename(Path from, Path to) throws IOException {
        call();
        Node node = require(from);
        names.remove(from);
        names.put(to, node);
        steps.add(new Step.Rename(from, to));
    }

    synchronized void delete(Path path) throws IOException {
        call();
        if (require(path).folder && !list(path).isEmpty()) {
            throw new DirectoryNotEmptyException(path.toString());
        }
        remove(path);
    }

    private void remove(Path path) {
        names.remove(path);
        steps.add(new Step.Delete(path));
    }

    synchronized void sync(Path path, Node node) throws IOException {
        if (fails()) {
            failedSync = Optional.of(path);
            steps.add(node.folder ? new Step.LoseNames(path) : new Step.LoseContent(node.number));
            throw new IOException(failure.message);
        }
        steps.add(node.folder ? new Step.SyncNames(path) : new Step.SyncContent(node.number));
    }

    synchronized boolean lock(Path path) {
        return locked.add(path);
    }

    synchronized void unlock(Path path) {
        locked.remove(path);
    }

    // What a file system has to say of itself.

    @Override
    public FileSystemProvider provider() {
        return provider;
    }

    @Override
    public void close() {}

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public String getSeparator() {
        return "/";
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        return List.of(path(Path.of("/")));
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        return List.of();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return Set.of("basic");
    }

    @Override
    public Path getPath(String first, String... more) {
        return path(Path.of(first, more));
    }

    @Override
    public PathMatcher getPathMatcher(String pattern) {
        throw new UnsupportedOperationException();
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        throw new UnsupportedOperationException();
    }

    @Override
    public WatchService newWatchService() {
        throw new UnsupportedOperationException();
    }
}
