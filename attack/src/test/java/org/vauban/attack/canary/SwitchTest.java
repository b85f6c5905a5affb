package org.vauban.attack.canary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What switches sealing off for the control is in no jar that is shipped. */
class SwitchTest {
    /** The switch of the control is compiled for one test and is in no jar that is shipped; the classes it replaces are there once. */
    @Test
    void noClassOfTheSwitchIsShipped() throws IOException {
        Path lib = Path.of("").toAbsolutePath().resolveSibling("vauban-app").resolve("target/app/lib");
        Assumptions.assumeTrue(Files.isDirectory(lib), "the program is not packaged in this run");
        Set<String> seen = new HashSet<>();
        try (Stream<Path> jars = Files.list(lib)) {
            for (Path jar :
                    jars.filter(file -> file.toString().endsWith(".jar")).toList()) {
                try (FileSystem inside = FileSystems.newFileSystem(jar)) {
                    assertThat(inside.getPath("org/vauban/attack"))
                            .as(jar.toString())
                            .doesNotExist();
                    for (String name : InstalledProgram.switchedOff()) {
                        Path shipped = inside.getPath(name);
                        if (Files.exists(shipped)) {
                            assertThat(seen.add(name)).isTrue();
                            // What seals names a cipher; the switch names none.
                            assertThat(Files.size(shipped)).as(name).isGreaterThan(1_500);
                        }
                    }
                }
            }
        }
        assertThat(seen).hasSameSizeAs(InstalledProgram.switchedOff());
    }
}
