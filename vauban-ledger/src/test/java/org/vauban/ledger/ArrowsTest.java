package org.vauban.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rooms of the module and the ways between them, read from the sources. */
class ArrowsTest {

    private static final Path SOURCES = Path.of("src/main/java/org/vauban/ledger");
    private static final Pattern IMPORT = Pattern.compile("^import (?:static )?([a-z.]+)\\.[A-Z]", Pattern.MULTILINE);

    private static final Map<String, Set<String>> MAY_USE = Map.of(
            "tree", Set.of(),
            "note", Set.of("tree"),
            "entry", Set.of("tree"),
            "log", Set.of("tree", "note"),
            "policy", Set.of("note"),
            "witness", Set.of("tree", "note", "policy"),
            "verify", Set.of("tree", "note", "policy", "entry"));

    @Test
    void arrowsBetweenPackagesPointOneWayAndNothingButTheJdkIsUsed() throws IOException {
        List<String> crossings = new ArrayList<>();
        int sourcesSeen = 0;

        for (String room : MAY_USE.keySet()) {
            for (Path source : sourcesOf(room)) {
                sourcesSeen++;
                Matcher imports = IMPORT.matcher(Files.readString(source));
                while (imports.find()) {
                    if (!mayImport(room, imports.group(1))) {
                        crossings.add(source.getFileName() + " -> " + imports.group(1));
                    }
                }
            }
        }

        assertThat(crossings).isEmpty();
        assertThat(sourcesSeen).isGreaterThan(50);
    }

    private static boolean mayImport(String room, String imported) {
        String own = "org.vauban.ledger.";
        if (imported.startsWith(own)) {
            String other = imported.substring(own.length());
            return other.startsWith(room)
                    || MAY_USE.getOrDefault(room, Set.of()).stream().anyMatch(other::startsWith);
        }
        return imported.startsWith("java.")
                || (room.equals("witness") && imported.equals("com.sun.net.httpserver"))
                || imported.startsWith("javax.crypto")
                || imported.equals("org.jspecify.annotations");
    }

    private static List<Path> sourcesOf(String room) throws IOException {
        try (Stream<Path> files = Files.list(SOURCES.resolve(room))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }
}
