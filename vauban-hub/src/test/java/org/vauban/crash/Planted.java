package org.vauban.crash;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Faults that a programmer could make. Each turns a story into the one that the faulty program would have left on the disk. */
enum Planted {
    OBJECTS_ARE_NOT_SYNCED,
    NAMES_OF_OBJECTS_ARE_NOT_SYNCED,
    DEPOSITS_ARE_NOT_SYNCED,
    FOLDER_OF_DEPOSITS_IS_NOT_SYNCED,
    CHECKPOINT_IS_NOT_SYNCED,
    /** The stub of an edition is written where readers look, instead of beside it and then switched. */
    PUBLISHES_IN_PLACE,
    /** The stub is shown before the objects that it names are durable. */
    PUBLISHES_BEFORE_SYNCING;

    List<Step> in(List<Step> story) {
        if (this == PUBLISHES_BEFORE_SYNCING) {
            return switchedEarly(story);
        }
        Map<Integer, String> names = new HashMap<>();
        Map<Integer, byte[]> contents = new HashMap<>();
        List<Step> faulty = new ArrayList<>();
        for (Step step : story) {
            switch (step) {
                case Step.NewFile(Path path, int node) -> names.put(node, path.toString());
                case Step.Write write -> contents.put(write.node(), write.bytes());
                default -> {}
            }
            if (this == PUBLISHES_IN_PLACE && step instanceof Step.Rename(Path from, Path to) && isEdition(to)) {
                writeInPlace(from, to, Objects.requireNonNull(contents.get(nodeOf(names, from))), faulty);
            } else if (!forgets(step, names)) {
                faulty.add(step);
            }
        }
        return faulty;
    }

    private boolean forgets(Step step, Map<Integer, String> names) {
        String place = switch (step) {
            case Step.SyncContent(int node) -> Objects.requireNonNull(names.get(node));
            case Step.SyncNames(Path folder) -> folder + "/";
            default -> "";
        };
        return switch (this) {
            case OBJECTS_ARE_NOT_SYNCED -> place.contains("/vault/objects/.unfinished");
            case NAMES_OF_OBJECTS_ARE_NOT_SYNCED -> place.matches(".*/vault/objects/../");
            case DEPOSITS_ARE_NOT_SYNCED -> place.matches(".*/deposits/.*/part-.*");
            case FOLDER_OF_DEPOSITS_IS_NOT_SYNCED -> place.endsWith("/home/deposits/");
            case CHECKPOINT_IS_NOT_SYNCED -> place.endsWith("/ledger/");
            case PUBLISHES_IN_PLACE, PUBLISHES_BEFORE_SYNCING -> false;
        };
    }

    private static int nodeOf(Map<Integer, String> names, Path path) {
        return names.entrySet().stream()
                .filter(entry -> entry.getValue().equals(path.toString()))
                .mapToInt(Map.Entry::getKey)
                .max()
                .orElseThrow();
    }

    private static boolean isEdition(Path path) {
        return path.toString().contains("/vault/editions/");
    }

    private static void writeInPlace(Path from, Path to, byte[] stub, List<Step> faulty) {
        int node = 1_000_000 + faulty.size();
        faulty.add(new Step.NewFile(to, node));
        // Byte by byte, as a slow disk shows it.
        for (int at = 0; at < stub.length; at++) {
            faulty.add(new Step.Write(node, at, new byte[] {stub[at]}));
        }
        faulty.add(new Step.SyncContent(node));
        faulty.add(new Step.Delete(from));
    }

    /** All syncs of the vault that precede a switch come after it. */
    private static List<Step> switchedEarly(List<Step> story) {
        List<Step> faulty = new ArrayList<>();
        List<Step> late = new ArrayList<>();
        Map<Integer, String> names = new HashMap<>();
        for (Step step : story) {
            if (step instanceof Step.NewFile(Path path, int node)) {
                names.put(node, path.toString());
            }
            boolean ofObjects = step instanceof Step.SyncContent(int node)
                    && Objects.requireNonNull(names.get(node)).contains("/vault/objects/");
            Stream.of(step).forEach(ofObjects ? late::add : faulty::add);
            if (step instanceof Step.Acknowledged) {
                faulty.addAll(late);
                late.clear();
            }
        }
        return faulty;
    }
}
