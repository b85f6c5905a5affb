package org.vauban.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vauban.hub.ProblemAssertions.refusesWith;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.hub.TestHub;
import org.vauban.problem.ProblemCode;

/** Accounts are looked at each year, by somebody else. The hub's first day is 1 March 2026. */
class ReviewsTest {
    private static final LocalDate FIRST = LocalDate.of(2026, 3, 1);

    @TempDir
    Path folder;

    TestHub hub;

    Actor administrator;
    Actor officer;
    Actor researcher;

    @BeforeEach
    void open() {
        hub = new TestHub(folder);
        administrator = hub.person("administrator", Role.ADMINISTRATOR);
        officer = hub.person("officer", Role.DATA_PROTECTION_OFFICER);
        researcher = hub.person("researcher", Role.RESEARCHER);
    }

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void anAccountActsForAYearAndIsWarnedThirtyDaysBefore() {
        var validity = new Validity(FIRST, FIRST.plusDays(1));

        assertThat(validity.isNear(FIRST.plusYears(1).minusDays(31))).isFalse();
        assertThat(validity.isNear(FIRST.plusYears(1).minusDays(30))).isTrue();
        assertThat(validity.isOver(FIRST.plusYears(1).minusDays(1))).isFalse();
        assertThat(validity.isOver(FIRST.plusYears(1))).isTrue();
    }

    @Test
    void whoIsOverdueSignsInReadsUntilWhenTheyMayActAndDoesNothingElse() {
        hub.clock().advance(Duration.ofDays(365));
        String token = hub.token("researcher");

        Actor person = people().person(token);

        assertThat(person.isOverdue()).isTrue();
        assertThat(person.roles()).isEmpty();
        assertThat(person.validity().due()).isEqualTo(FIRST.plusYears(1));
        refusesWith(ProblemCode.ACCOUNT_OVERDUE, () -> people().actor(token));
        refusesWith(ProblemCode.ACCOUNT_OVERDUE, () -> person.require(Role.RESEARCHER));
        people().logout(person);
        refusesWith(ProblemCode.SESSION_EXPIRED, () -> people().person(token));
    }

    @Test
    void somebodyElseReviewsAndTheTrainingHasToHoldToo() {
        hub.clock().advance(Duration.ofDays(350));
        String token = hub.token("researcher");

        people().reviews().review(officer, researcher.account());
        assertThat(people().actor(token).validity().due()).isEqualTo(FIRST.plusYears(1));
        people().reviews().trained(administrator, researcher.account(), FIRST.plusDays(340));

        assertThat(people().actor(token).validity()).isEqualTo(new Validity(FIRST.plusDays(350), FIRST.plusDays(340)));
        hub.clock().advance(Duration.ofDays(20));
        hub.reopen();
        assertThat(hub.login("researcher").roles()).containsExactly(Role.RESEARCHER);
    }

    @Test
    void nobodyReviewsThemselvesAndTheTryIsEntered() {
        long before = hub.hub().journal().tiles().size();

        refusesWith(ProblemCode.ACCOUNT_OWN, () -> people().reviews().review(administrator, administrator.account()));
        refusesWith(ProblemCode.ROLE_MISSING, () -> people().reviews().review(researcher, administrator.account()));
        refusesWith(
                ProblemCode.FIELD_WRONG_VALUE,
                () -> people().reviews().trained(administrator, researcher.account(), FIRST.plusDays(1)));
        refusesWith(ProblemCode.NOT_FOUND, () -> people().reviews().review(administrator, new AccountId("a-absent00")));

        assertThat(hub.hub().journal().tiles().size() - before).isEqualTo(1);
        assertThat(administrator.validity()).isEqualTo(new Validity(FIRST, FIRST));
    }

    @Test
    void whenNobodyIsLeftWhoCouldReviewWhoeverHoldsTheHubInvitesAnAdministrator() {
        assertThat(people().administratorWhenNobodyIsLeft()).isEmpty();

        hub.clock().advance(Duration.ofDays(365));
        People.Invitation invitation = people().administratorWhenNobodyIsLeft().orElseThrow();
        people().claim(invitation.oneTimeToken(), "another", TestHub.PASSWORD.toCharArray());
        people().reviews().review(hub.login("another"), account("administrator"));

        assertThat(people().administratorWhenNobodyIsLeft()).isEmpty();
    }

    private AccountId account(String login) {
        return people().find(login).orElseThrow();
    }

    private People people() {
        return hub.hub().people();
    }
}
