package org.vauban.vault;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.vauban.disk.Disk;

/**
 * A folder of small public documents with names, each put in one atomic and durable step: before it nothing is there (or the old
 * one), after it the new one, whatever happens in between.
 */
public final class Shelf {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,99}");
    private static final String UNFINISHED = ".unfinished-";

    private final Disk disk;
    private final Path folder;

    Shelf(Disk disk, Path folder) {
        this.disk = disk;
        this.folder = folder;
    }

    /** Puts the document; visible and durable when it returns. */
    public void put(String name, byte[] document) {
        Path named = path(name);
        Path unfinished = folder.resolve(UNFINISHED + name);
        try {
            disk.createFolder(folder);
            disk.delete(unfinished);
            try (Disk.NewFile file = disk.create(unfinished)) {
                file.write(document);
                file.sync();
            }
            disk.rename(unfinished, named);
            disk.syncFolder(folder);
        } catch (IOException unwritable) {
            throw Vault.unwritable(unwritable);
        }
    }

    public Optional<byte[]> find(String name) {
        try {
            Path named = path(name);
            if (!disk.exists(named)) {
                return Optional.empty();
            }
            try (InputStream in = disk.read(named)) {
                return Optional.of(in.readAllBytes());
            }
        } catch (IOException unreadable) {
            throw Vault.unwritable(unreadable);
        }
    }

    /** The names of all documents, sorted. */
    public List<String> names() {
        try {
            List<String> names = new ArrayList<>();
            for (Path entry : disk.list(folder)) {
                String name = String.valueOf(entry.getFileName());
                if (NAME.matcher(name).matches()) {
                    names.add(name);
                }
            }
            return List.copyOf(names);
        } catch (IOException unreadable) {
            throw Vault.unwritable(unreadable);
        }
    }

    private Path path(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("A document's name is lower-case letters, digits and hyphens");
        }
        return folder.resolve(name);
    }
}
