package org.vauban.app.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.vauban.app.terminal.Terminal;
import org.vauban.document.Documents;
import org.vauban.document.Fields;
import org.vauban.problem.Place;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;
import org.vauban.problem.Problems;
import org.vauban.provider.ProviderSettings;

/** Reads the file that names the provider of identities. The hub's secret there is never in it, and never in an argument. */
final class Providers {
    static final String SECRET = "VAUBAN_PROVIDER_SECRET";

    private static final Set<PosixFilePermission> OWNERS = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private Providers() {}

    static ProviderSettings read(Path file, Path home, Terminal terminal) {
        var problems = new Problems();
        Fields fields = Fields.of(Documents.read(file), problems);
        String issuer = fields.text("issuer");
        String client = fields.text("client");
        Optional<String> secretFile = fields.optionalText("secret-file");
        Optional<String> audience = fields.optionalText("audience");
        Optional<String> address = fields.optionalText("address");
        fields.noOthers();
        problems.throwIfAny();
        Optional<String> secret = terminal.variable(SECRET)
                .or(() -> secretFile.map(path ->
                        secret(file.resolveSibling(path).toAbsolutePath().normalize(), home)));
        try {
            return new ProviderSettings(
                    issuer,
                    client,
                    secret,
                    audience,
                    address.map(Providers::withoutSlash).map(URI::create));
        } catch (IllegalArgumentException wrong) {
            throw wrong(file, String.valueOf(wrong.getMessage()), issuer + ", " + client);
        }
    }

    /** The first line of a file that lies outside HOME, because HOME holds no secret, and that nobody else can read. */
    private static String secret(Path file, Path home) {
        try {
            Path real = file.toRealPath();
            if (Files.exists(home) && real.startsWith(home.toRealPath())) {
                throw wrong(file, "secret-file: outside HOME", "inside HOME");
            }
            if (!OWNERS.containsAll(Files.getPosixFilePermissions(real))) {
                throw wrong(file, "secret-file: rw-------", "readable by others");
            }
            return Files.readString(real, StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .orElseThrow(() -> wrong(file, "secret-file: one line", "nothing"));
        } catch (IOException unreadable) {
            throw wrong(file, "secret-file", unreadable.getClass().getSimpleName());
        }
    }

    private static ProblemException wrong(Path file, String expected, String found) {
        return Problem.of(ProblemCode.PROVIDER_SETTINGS)
                .expected(expected)
                .found(found)
                .at(Place.file(file.toString()))
                .exception();
    }

    private static String withoutSlash(String address) {
        return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    }
}
