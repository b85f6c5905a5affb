package org.vauban.crash;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a crash leaves of a story that is interrupted after some of its steps. */
final class Crash {
    /** Who or what died. */
    enum Way {
        /** The process: the system still has everything that was written. */
        PROCESS,
        /** The machine: what was not synced is there, torn, or gone, in any combination. */
        MACHINE,
        /** The machine, at the worst: nothing that was not synced is there. */
        MACHINE_AT_WORST
    }

    private static final int SECTOR_BYTES = 512;

    private final Map<Path, Integer> seen = new TreeMap<>();
    private final Map<Path, Integer> durable = new TreeMap<>();
    private final Map<Path, List<Renaming>> unsyncedNames = new HashMap<>();
    private final Map<Integer, Content> contents = new HashMap<>();
    private final Set<Integer> folders = new TreeSet<>();
    private final Map<String, Fact> acknowledged = new LinkedHashMap<>();
    private DatabaseFiles database = DatabaseFiles.NONE;

    /** A file's bytes that are on the disk, what programs see, and the changes between the two. */
    private static final class Content {
        byte[] durable = new byte[0];
        byte[] seen = new byte[0];
        final List<Step> unsynced = new ArrayList<>();
    }

    /** A change of names in one folder. */
    private record Renaming(Map<Path, Integer> added, List<Path> removed) {
        void apply(Map<Path, Integer> names) {
            removed.forEach(names::remove);
            names.putAll(added);
        }
    }

    private Crash() {}

    /** The story up to a step, that step not included. */
    static Crash before(List<Step> steps, int end) {
        var crash = new Crash();
        steps.subList(0, end).forEach(crash::play);
        return crash;
    }

    /** What the hub had said was done; of each thing the last that it said. */
    List<Fact> acknowledged() {
        return List.copyOf(acknowledged.values());
    }

    DatabaseFiles database() {
        return database;
    }

    /** Goes on by one step. */
    void play(Step step) {
        switch (step) {
            case Step.NewFolder(Path path, int node) -> {
                folders.add(node);
                add(path, node);
            }
            case Step.NewFile(Path path, int node) -> {
                contents.put(node, new Content());
                add(path, node);
            }
            case Step.Write write -> change(write.node(), step);
            case Step.Cut cut -> change(cut.node(), step);
            case Step.Rename(Path from, Path to) -> rename(from, to);
            case Step.Delete(Path path) -> {
                seen.remove(path);
                note(path, new Renaming(Map.of(), List.of(path)));
            }
            case Step.SyncContent(int node) -> {
                Content content = content(node);
                content.unsynced.forEach(each -> content.durable = applied(content.durable, each));
                content.unsynced.clear();
            }
            case Step.SyncNames(Path folder) -> {
                unsynced(folder).forEach(each -> each.apply(durable));
                unsynced(folder).clear();
            }
            case Step.LoseContent(int node) -> content(node).unsynced.clear();
            case Step.LoseNames(Path folder) -> unsynced(folder).clear();
            case Step.Commit commit -> database = commit.after();
            case Step.Acknowledged(Fact fact) -> acknowledged.put(fact.about(), fact);
        }
    }

    private void add(Path path, int node) {
        seen.put(path, node);
        note(path, new Renaming(Map.of(path, node), List.of()));
    }

    private void rename(Path from, Path to) {
        Integer node = java.util.Objects.requireNonNull(seen.remove(from));
        seen.put(to, node);
        if (java.util.Objects.equals(from.getParent(), to.getParent())) {
            note(to, new Renaming(Map.of(to, node), List.of(from)));
        } else {
            note(to, new Renaming(Map.of(to, node), List.of()));
            note(from, new Renaming(Map.of(), List.of(from)));
        }
    }

    private void note(Path path, Renaming renaming) {
        unsynced(path.getParent() == null ? path : path.getParent()).add(renaming);
    }

    private List<Renaming> unsynced(Path folder) {
        return unsyncedNames.computeIfAbsent(folder, _ -> new ArrayList<>());
    }

    private Content content(int node) {
        return java.util.Objects.requireNonNull(contents.get(node));
    }

    private void change(int node, Step step) {
        Content content = content(node);
        content.seen = applied(content.seen, step);
        content.unsynced.add(step);
    }

    private static byte[] applied(byte[] bytes, Step step) {
        return switch (step) {
            case Step.Write write -> {
                int end = write.at() + write.bytes().length;
                byte[] changed = Arrays.copyOf(bytes, Math.max(bytes.length, end));
                System.arraycopy(write.bytes(), 0, changed, write.at(), write.bytes().length);
                yield changed;
            }
            case Step.Cut cut -> Arrays.copyOf(bytes, Math.min(cut.size(), bytes.length));
            default -> bytes;
        };
    }

    /** The disk as it is found afterwards. */
    DiskInMemory found(Way way, Random chance) {
        Map<Path, Integer> names = new TreeMap<>(seen);
        if (way != Way.PROCESS) {
            names = new TreeMap<>(durable);
            for (List<Renaming> renamings : unsyncedNames.values()) {
                for (Renaming renaming : survivors(renamings, way, chance)) {
                    renaming.apply(names);
                }
            }
        }
        Map<Path, byte[]> files = new TreeMap<>();
        Set<Path> found = new TreeSet<>();
        names.forEach((path, node) -> {
            // What lies in a folder that is lost is lost with it; a path sorts after its folder.
            if (path.getParent() != null && !found.contains(path.getParent())) {
                return;
            }
            if (folders.contains(node)) {
                found.add(path);
            } else {
                files.put(path, bytes(content(node), way, chance));
            }
        });
        return DiskInMemory.holding(files, found);
    }

    private static byte[] bytes(Content content, Way way, Random chance) {
        if (way == Way.PROCESS) {
            return content.seen;
        }
        byte[] bytes = content.durable;
        for (Step step : survivors(content.unsynced, way, chance)) {
            bytes = applied(bytes, torn(step, chance));
        }
        return bytes;
    }

    /** All, none, those up to some moment, or any: a disk may bring them down in any order. */
    private static <T> List<T> survivors(List<T> changes, Way way, Random chance) {
        if (changes.isEmpty() || way == Way.MACHINE_AT_WORST) {
            return List.of();
        }
        return switch (chance.nextInt(4)) {
            case 0 -> List.of();
            case 1 -> changes;
            case 2 -> changes.subList(0, chance.nextInt(changes.size() + 1));
            default -> changes.stream().filter(_ -> chance.nextBoolean()).toList();
        };
    }

    private static Step torn(Step step, Random chance) {
        if (!(step instanceof Step.Write(int node, int at, byte[] bytes)) || chance.nextInt(3) > 0) {
            return step;
        }
        if (chance.nextBoolean()) {
            return new Step.Write(node, at, Arrays.copyOf(bytes, chance.nextInt(bytes.length + 1)));
        }
        byte[] holes = bytes.clone();
        for (int sector = 0; sector < bytes.length; sector += SECTOR_BYTES) {
            if (chance.nextBoolean()) {
                Arrays.fill(holes, sector, Math.min(sector + SECTOR_BYTES, bytes.length), (byte) 0);
            }
        }
        return new Step.Write(node, at, holes);
    }
}
