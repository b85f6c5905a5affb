package org.vauban.worker.launch;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** What a worker is started from: one jar of classes and the engine's library, in a folder of this process, readable by its user alone. */
final class WorkerKit implements AutoCloseable {
    private static final String JAR = "worker.jar";
    private static final String LIBRARY = "libduckdb_java.so";
    /** The engine's library for this machine, as its jar names it: it lies in the jar, or beside it. */
    private static final String LIBRARY_IN_JAR = LIBRARY + "_linux_amd64";

    private final Path folder;

    private WorkerKit(Path folder) {
        this.folder = folder;
    }

    /** @param one a class of each jar, or folder of classes, that the worker consists of */
    static WorkerKit make(List<Class<?>> one) throws IOException {
        Path folder = Files.createTempDirectory(
                "vauban-worker", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        var kit = new WorkerKit(folder);
        try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(kit.jar()));
                var jar = new ZipOutputStream(file)) {
            jar.setLevel(Deflater.NO_COMPRESSION);
            for (Class<?> each : one) {
                kit.add(place(each), jar);
            }
        } catch (IOException | RuntimeException failed) {
            kit.close();
            throw failed;
        }
        return kit;
    }

    Path jar() {
        return folder.resolve(JAR);
    }

    /** Where the library is. */
    Path folder() {
        return folder;
    }

    private void add(Path place, ZipOutputStream jar) throws IOException {
        if (Files.isDirectory(place)) {
            addFolder(place, jar);
        } else {
            addJar(place, jar);
        }
    }

    private static void addFolder(Path place, ZipOutputStream jar) throws IOException {
        try (Stream<Path> files = Files.walk(place)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                add(place.relativize(file).toString(), Files.newInputStream(file), jar);
            }
        }
    }

    private void addJar(Path place, ZipOutputStream jar) throws IOException {
        Path library = folder.resolve(LIBRARY);
        Path beside = place.resolveSibling(LIBRARY_IN_JAR);
        if (Files.exists(beside) && Files.notExists(library)) {
            Files.copy(beside, library);
        }
        try (var zip = new ZipFile(place.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                if (entry.getName().equals(LIBRARY_IN_JAR)) {
                    Files.copy(zip.getInputStream(entry), library);
                } else if (entry.getName().endsWith(".class")) {
                    add(entry.getName(), zip.getInputStream(entry), jar);
                }
            }
        }
    }

    private static void add(String name, InputStream content, ZipOutputStream jar) throws IOException {
        try (content) {
            var entry = new ZipEntry(name);
            entry.setTime(0);
            jar.putNextEntry(entry);
            content.transferTo(jar);
            jar.closeEntry();
        }
    }

    private static Path place(Class<?> type) {
        URL place = Optional.ofNullable(type.getProtectionDomain())
                .map(ProtectionDomain::getCodeSource)
                .map(CodeSource::getLocation)
                .orElseThrow(() -> new IllegalStateException("A class of nowhere: " + type.getName()));
        try {
            return Path.of(place.toURI());
        } catch (URISyntaxException wrong) {
            throw new IllegalStateException(wrong);
        }
    }

    @Override
    public void close() {
        for (String name : List.of(JAR, LIBRARY, "")) {
            try {
                Files.deleteIfExists(folder.resolve(name));
            } catch (IOException stays) {
                // It holds nothing but software; the system clears such folders.
            }
        }
    }

    @Override
    public String toString() {
        return "WorkerKit[" + folder + "]";
    }
}
