package org.vauban.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vauban.hub.ProblemAssertions.refusesWith;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.hub.TestHub;
import org.vauban.problem.ProblemCode;

class BrowsersTest {
    private static final String HERE = "127.0.0.1";

    @TempDir
    Path folder;

    TestHub hub;

    @BeforeEach
    void open() {
        hub = new TestHub(folder);
        hub.person("administrator", Role.ADMINISTRATOR);
    }

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void aSessionEndsWhenNobodyUsesItAndAtTheLatestAfterEightHours() {
        String token = signIn();

        for (int minutes = 0; minutes + 29 < Sessions.LONGEST.toMinutes(); minutes += 29) {
            hub.clock().advance(Duration.ofMinutes(29));
            browsers().visitor(token);
        }
        hub.clock().advance(Duration.ofMinutes(29));
        refusesWith(ProblemCode.SESSION_EXPIRED, () -> browsers().visitor(token));

        String idle = signIn();
        hub.clock().advance(Sessions.IDLE);
        refusesWith(ProblemCode.SESSION_EXPIRED, () -> browsers().visitor(idle));
    }

    @Test
    void whatIsOfOneDoorOpensNoOther() {
        String cookie = signIn();
        String token = hub.token("administrator");

        refusesWith(ProblemCode.LOGIN_REQUIRED, () -> hub.hub().people().actor(cookie));
        refusesWith(ProblemCode.LOGIN_REQUIRED, () -> browsers().visitor(token));
    }

    @Test
    void signedOutOrWithoutAnAccountNobodyIsThere() {
        Actor checker = hub.person("checker", Role.OUTPUT_CHECKER);
        String left = signIn();
        String closed = browsers()
                .signIn("checker", TestHub.PASSWORD.toCharArray(), HERE)
                .token();

        browsers().signOut(browsers().visitor(left));
        hub.hub().people().close(hub.login("administrator"), checker.account());

        refusesWith(ProblemCode.SESSION_EXPIRED, () -> browsers().visitor(left));
        refusesWith(ProblemCode.LOGIN_REQUIRED, () -> browsers().visitor(closed));
    }

    @Test
    void thePasswordCountsForFiveMinutesAndThenItIsGivenAgain() {
        String token = signIn();
        assertThat(browsers().hasProved(browsers().visitor(token))).isTrue();

        hub.clock().advance(Browsers.PROOF);
        Visitor visitor = browsers().visitor(token);
        assertThat(browsers().hasProved(visitor)).isFalse();
        refusesWith(ProblemCode.PASSWORD_WRONG, () -> browsers().prove(visitor, "wrong".toCharArray(), HERE));
        assertThat(browsers().hasProved(browsers().visitor(token))).isFalse();

        browsers().prove(visitor, TestHub.PASSWORD.toCharArray(), HERE);
        assertThat(browsers().hasProved(browsers().visitor(token))).isTrue();
    }

    @Test
    void anUnknownLoginIsAnsweredAndEnteredLikeAWrongPassword() {
        long before = hub.hub().journal().tiles().size();
        refusesWith(ProblemCode.LOGIN_WRONG, () -> browsers().signIn("nobody", "wrong".toCharArray(), HERE));
        long unknown = hub.hub().journal().tiles().size();
        refusesWith(ProblemCode.LOGIN_WRONG, () -> browsers().signIn("administrator", "wrong".toCharArray(), HERE));
        long wrong = hub.hub().journal().tiles().size();

        assertThat(unknown - before).isEqualTo(1);
        assertThat(wrong - unknown).isEqualTo(1);
    }

    private Browsers browsers() {
        return hub.hub().people().browsers();
    }

    private String signIn() {
        return browsers()
                .signIn("administrator", TestHub.PASSWORD.toCharArray(), HERE)
                .token();
    }
}
