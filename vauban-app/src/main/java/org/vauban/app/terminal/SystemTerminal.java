package org.vauban.app.terminal;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** This process's own terminal. Texts are UTF-8 whatever the system's locale says. */
public final class SystemTerminal implements Terminal {
    private final PrintStream out =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    private final PrintStream err =
            new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    private final Map<String, String> environment;
    private final Locale language;
    private @Nullable BufferedReader input;

    public SystemTerminal(Map<String, String> environment, Optional<String> language) {
        this.environment = Map.copyOf(environment);
        this.language = Languages.choose(language, this.environment);
    }

    @Override
    public PrintStream out() {
        return out;
    }

    @Override
    public PrintStream err() {
        return err;
    }

    @Override
    public Locale language() {
        return language;
    }

    @Override
    public Path folder() {
        return Path.of("").toAbsolutePath();
    }

    @Override
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    /** From the console; from standard input, line by line, when a program speaks to us. */
    @Override
    public Optional<char[]> secret(String question) {
        var console = System.console();
        if (console != null && console.isTerminal()) {
            return Optional.ofNullable(console.readPassword("%s ", question));
        }
        try {
            if (input == null) {
                input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            }
            return Optional.ofNullable(input.readLine()).map(String::toCharArray);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public Optional<String> session() {
        Path file = sessionFile();
        try {
            return Files.isReadable(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    @Override
    public void keepSession(String token) {
        Path file = sessionFile();
        try {
            Path folder = Files.createDirectories(file.getParent());
            Path fresh = Files.createTempFile(
                    folder,
                    "session",
                    "",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(fresh, token + "\n", StandardOpenOption.TRUNCATE_EXISTING);
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    @Override
    public void forgetSession() {
        try {
            Files.deleteIfExists(sessionFile());
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private Path sessionFile() {
        Path settings = variable("XDG_CONFIG_HOME")
                .map(Path::of)
                .orElseGet(() -> Path.of(variable("HOME").orElseGet(() -> System.getProperty("user.home")), ".config"));
        return settings.resolve("vauban").resolve("session");
    }
}
