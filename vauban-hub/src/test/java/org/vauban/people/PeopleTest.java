package org.vauban.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vauban.hub.ProblemAssertions.refusesWith;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.hub.QuickPasswords;
import org.vauban.hub.TestHub;
import org.vauban.problem.ProblemCode;

class PeopleTest {
    @TempDir
    Path folder;

    TestHub hub;

    @BeforeEach
    void open() {
        hub = new TestHub(folder);
    }

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void aNewHubHasNobodyAndOneTokenForTheFirstAdministrator() {
        People people = hub.hub().people();

        People.Invitation first = hub.hub().firstAdministrator().orElseThrow();
        people.claim(first.oneTimeToken(), "anne", "a long enough password".toCharArray());

        assertThat(hub.hub().firstAdministrator()).isEmpty();
        refusesWith(
                ProblemCode.LOGIN_WRONG,
                () -> people.claim(first.oneTimeToken(), "again", "a long enough password".toCharArray()));
        Actor anne = people.actor(
                people.login("anne", "a long enough password".toCharArray()).token());
        assertThat(anne.roles()).containsExactly(Role.ADMINISTRATOR);
    }

    @Test
    void passwordsAreKeptInTheRoundsThatAreAdvised() {
        hub.person("administrator", Role.ADMINISTRATOR);

        assertThat(QuickPasswords.roundsAsked()).containsExactly(600_000);
    }

    @Test
    void shortPasswordsAndTakenLoginsAreRefused() {
        hub.person("administrator", Role.ADMINISTRATOR);
        People people = hub.hub().people();
        var invitation = people.invite(hub.login("administrator"), "Somebody", Set.of(Role.RESEARCHER));

        refusesWith(
                ProblemCode.PASSWORD_TOO_WEAK,
                () -> people.claim(invitation.oneTimeToken(), "somebody", "short".toCharArray()));
        refusesWith(
                ProblemCode.LOGIN_TAKEN,
                () -> people.claim(invitation.oneTimeToken(), "administrator", "a long enough password".toCharArray()));
    }

    @Test
    void fiveWrongPasswordsLockTheAccountForAQuarterOfAnHour() {
        hub.person("administrator", Role.ADMINISTRATOR);
        People people = hub.hub().people();

        for (int failure = 0; failure < Credentials.FAILURES_MAX; failure++) {
            refusesWith(ProblemCode.LOGIN_WRONG, () -> people.login("administrator", "a wrong password".toCharArray()));
        }

        refusesWith(ProblemCode.LOGIN_WRONG, () -> hub.login("administrator"));
        hub.clock().advance(Credentials.LOCKED.plusSeconds(1));
        assertThat(hub.login("administrator").roles()).contains(Role.ADMINISTRATOR);
    }

    @Test
    void sessionsEnd() {
        hub.person("administrator", Role.ADMINISTRATOR);
        People people = hub.hub().people();
        String token =
                people.login("administrator", TestHub.PASSWORD.toCharArray()).token();

        hub.clock().advance(Sessions.LONGEST.minus(Duration.ofSeconds(1)));
        people.actor(token);
        hub.clock().advance(Duration.ofSeconds(1));

        refusesWith(ProblemCode.SESSION_EXPIRED, () -> people.actor(token));
        refusesWith(ProblemCode.LOGIN_REQUIRED, () -> people.actor("no such token"));
    }

    @Test
    void aClosedAccountHasNoSessionAnyMore() {
        Actor administrator = hub.person("administrator", Role.ADMINISTRATOR);
        hub.person("checker", Role.OUTPUT_CHECKER);
        People people = hub.hub().people();
        String token = people.login("checker", TestHub.PASSWORD.toCharArray()).token();

        people.close(administrator, people.find("checker").orElseThrow());

        refusesWith(ProblemCode.LOGIN_REQUIRED, () -> people.actor(token));
        refusesWith(ProblemCode.LOGIN_WRONG, () -> hub.login("checker"));
    }

    @Test
    void nobodyHoldsRolesThatControlEachOther() {
        Actor administrator = hub.person("administrator", Role.ADMINISTRATOR);

        refusesWith(
                ProblemCode.ROLES_EXCLUDE,
                () -> hub.hub().people().invite(administrator, "Both", Set.of(Role.RESEARCHER, Role.OUTPUT_CHECKER)));
        refusesWith(
                ProblemCode.ROLES_EXCLUDE,
                () -> hub.hub().people().invite(administrator, "Both", Set.of(Role.RESEARCHER, Role.COMMITTEE_MEMBER)));
    }

    @Test
    void whoExportsDoesNotAnalyseAndWhoPseudonymisesDoesNotRead() {
        assertThat(together(Role.OUTPUT_CHECKER)).containsExactlyInAnyOrder(Role.COMMITTEE_MEMBER, Role.AUDITOR);
        assertThat(together(Role.DATA_MANAGER)).containsExactlyInAnyOrder(Role.ADMINISTRATOR, Role.AUDITOR);
        assertThat(together(Role.RESEARCHER)).containsExactlyInAnyOrder(Role.AUDITOR, Role.PRODUCER);
        assertThat(together(Role.PRODUCER)).containsExactlyInAnyOrder(Role.AUDITOR, Role.RESEARCHER);
        assertThat(together(Role.DATA_PROTECTION_OFFICER)).containsExactlyInAnyOrder(Role.AUDITOR);
    }

    private static Set<Role> together(Role role) {
        return Stream.of(Role.values())
                .filter(other -> other != role && !role.excludes(other))
                .peek(other -> assertThat(other.excludes(role)).isFalse())
                .collect(Collectors.toSet());
    }

    @Test
    void theDiskKnowsNeitherLoginsNorNamesNorTokens() throws Exception {
        hub.person("administrator", Role.ADMINISTRATOR);
        String token = hub.hub()
                .people()
                .login("administrator", TestHub.PASSWORD.toCharArray())
                .token();

        for (String canary : new String[] {"administrator\"", "Person ", TestHub.PASSWORD, token}) {
            try (var files = Files.walk(hub.home())) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                    assertThat(content.contains(canary))
                            .as("%s holds a canary", file.getFileName())
                            .isFalse();
                }
            }
        }
    }

    @Test
    void withoutTheCustodianNobodyLogsIn() {
        hub.person("administrator", Role.ADMINISTRATOR);
        hub.stopCustodian();

        assertThatThrownBy(() -> hub.login("administrator")).hasMessageContaining("KEYS_ABSENT");
    }
}
