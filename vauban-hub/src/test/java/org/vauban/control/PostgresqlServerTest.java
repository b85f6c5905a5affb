package org.vauban.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vauban.hub.ProblemAssertions.refusesWith;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;

/** Which addresses are one, and what is said when nobody answers. {@code tools/with-postgresql} asks a real server. */
class PostgresqlServerTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://vauban@localhost/hub",
                "postgresql://vauban@127.0.0.1:5433/hub",
                "postgresql://vauban@db.example/hub",
                "postgresql://vauban@db.example/hub?sslrootcert=/etc/ca.pem",
                "postgresql://vauban@db.example/hub?sslmode=verify-full",
            })
    void anAddressNamesUserServerAndDatabase(String address) {
        assertThat(new PostgresqlServer(address).address()).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://localhost/hub",
                "postgresql://vauban@localhost",
                "postgresql://vauban@localhost/a/b",
                "postgresql://vauban@db.example/hub?sslmode=disable",
                "postgresql://vauban@localhost/hub?socketFactory=java.lang.Object",
                "postgresql://vauban@localhost/hub?options",
                "mysql://vauban@localhost/hub",
                "postgresql://vauban@local host/hub",
            })
    void nothingElseDoes(String address) {
        refusesWith(ProblemCode.FIELD_WRONG_VALUE, () -> new PostgresqlServer(address));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://vauban:secret@localhost/hub",
                "postgresql://vauban@localhost/hub?password=secret",
            })
    void aPasswordHasNoPlaceInItAndIsNotRepeated(String address) {
        ProblemException refused = refusesWith(ProblemCode.FIELD_WRONG_VALUE, () -> new PostgresqlServer(address));

        assertThat(refused.problem().arguments().toString()).doesNotContain("secret");
    }

    @Test
    void aServerThatDoesNotAnswerIsNamed() {
        ProblemException absent = refusesWith(
                ProblemCode.DATABASE_UNREACHABLE,
                () -> new PostgresqlServer("postgresql://vauban@127.0.0.1:1/hub").connect());

        assertThat(absent.problem().arguments()).containsEntry("database", "postgresql://vauban@127.0.0.1:1/hub");
    }
}
