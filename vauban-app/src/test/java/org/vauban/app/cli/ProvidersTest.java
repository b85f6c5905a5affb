package org.vauban.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vauban.app.TestTerminal;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;
import org.vauban.provider.ProviderSettings;

/** The file that names the provider of identities, and the secret beside it. */
class ProvidersTest {
    private static final String RIGHT = """
            issuer: https://login.example.org/realms/hub
            client: vauban
            secret-file: secret
            audience: https://hub.example.org/api
            address: https://hub.example.org/
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void keep() throws IOException {
        keep(folder.resolve("secret"), "rw-------");
        Files.createDirectory(folder.resolve("home"));
    }

    @Test
    void theSecretIsReadFromAFileThatItsOwnerAloneCanRead() throws IOException {
        ProviderSettings settings = read(RIGHT);

        assertThat(settings.secret()).contains("a secret");
        assertThat(settings.address().orElseThrow()).hasToString("https://hub.example.org");
        assertThat(settings.toString()).doesNotContain("a secret");
    }

    @Test
    void aSecretThatOthersCanReadOrThatLiesInHomeIsRefused() throws IOException {
        keep(folder.resolve("open"), "rw-r--r--");
        keep(folder.resolve("home/secret"), "rw-------");

        for (String place : new String[] {"open", "home/secret", "absent"}) {
            assertThat(refused(RIGHT.replace("secret-file: secret", "secret-file: " + place))
                            .code())
                    .isEqualTo(ProblemCode.PROVIDER_SETTINGS);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://login.example.org/realms/hub -> http://login.example.org/realms/hub",
                "https://login.example.org/realms/hub -> login.example.org",
                "audience: https://hub.example.org/api -> audience: vauban",
                "address: https://hub.example.org/ -> address: http://hub.example.org/"
            })
    void whatCouldBeReadOnTheWayOrMixedUpIsRefused(String change) {
        String[] sides = change.split(" -> ");

        assertThat(refused(RIGHT.replace(sides[0], sides[1])).code()).isEqualTo(ProblemCode.PROVIDER_SETTINGS);
    }

    private ProblemException refused(String document) {
        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> read(document));
        assertThat(refused).as(document).isNotNull();
        return refused;
    }

    private ProviderSettings read(String document) throws IOException {
        Path file = Files.writeString(folder.resolve("provider.yaml"), document);
        return Providers.read(file, folder.resolve("home"), new TestTerminal(Locale.ENGLISH, folder));
    }

    private static void keep(Path file, String permissions) throws IOException {
        Files.writeString(file, "a secret\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }
}
