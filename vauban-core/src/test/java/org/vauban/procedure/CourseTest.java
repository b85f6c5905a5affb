package org.vauban.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The standard procedure of the SNDS, day by day: what a file's reader would count on a calendar. */
class CourseTest {
    private static final Procedure STANDARD = Procedures.named("snds-standard").orElseThrow();
    private static final Procedure REGULATION = Procedures.named("ehds-permit").orElseThrow();

    private final List<Event> events = new ArrayList<>();

    @Test
    void sevenWorkingDaysForCompletenessGoAroundAPublicHoliday() {
        // Thursday 7 May 2026; the 8th and the 14th (Ascension) are holidays.
        happens("2026-05-07", Event.Kind.SUBMITTED);

        Standing standing = on("2026-05-07");

        assertThat(standing.step().orElseThrow().name()).isEqualTo("completeness");
        assertThat(standing.clock().orElseThrow().due()).isEqualTo("2026-05-20");
        assertThat(on("2026-05-20").clock().orElseThrow().overdue()).isFalse();
        assertThat(on("2026-05-21").clock().orElseThrow().overdue()).isTrue();
    }

    @Test
    void aQuestionStopsTheClockAndTheAnswerLetsItGoOn() {
        happens("2026-03-02", Event.Kind.SUBMITTED);
        concludes("2026-03-05", Outcome.FAVOURABLE);
        assertThat(on("2026-03-06").clock().orElseThrow().due()).isEqualTo("2026-04-05");

        happens("2026-03-10", Event.Kind.ASKED);
        assertThat(on("2026-06-01").state()).isEqualTo(Standing.State.WAITING);
        assertThat(on("2026-06-01").clock().orElseThrow().overdue()).isFalse();
        assertThat(on("2026-06-01").possible()).containsExactly(Event.Kind.ANSWERED);

        happens("2026-03-20", Event.Kind.ANSWERED);
        assertThat(on("2026-03-21").clock().orElseThrow().due()).isEqualTo("2026-04-15");
    }

    @Test
    void theRegulatorMayTakeItsTermOnceMore() {
        completeWithOpinion(Outcome.FAVOURABLE);
        assertThat(on("2026-04-02").clock().orElseThrow().due()).isEqualTo("2026-06-01");
        assertThat(on("2026-04-02").possible()).contains(Event.Kind.EXTENDED);

        happens("2026-05-01", Event.Kind.EXTENDED);

        assertThat(on("2026-05-02").clock().orElseThrow().due()).isEqualTo("2026-08-01");
        assertThat(on("2026-05-02").possible()).doesNotContain(Event.Kind.EXTENDED);
    }

    @Test
    void silenceAfterAnExpressOpinionOpensNothingUntilSomebodyNotesIt() {
        completeWithOpinion(Outcome.FAVOURABLE);

        assertThat(on("2026-06-01").possible()).doesNotContain(Event.Kind.SILENCE_NOTED);
        assertThat(on("2036-06-02").state()).isEqualTo(Standing.State.UNDER_REVIEW);
        assertThat(on("2036-06-02").possible()).contains(Event.Kind.SILENCE_NOTED);

        happens("2026-06-02", Event.Kind.SILENCE_NOTED);
        assertThat(on("2026-06-02").step().orElseThrow().name()).isEqualTo("convention");
        concludes("2026-06-03", Outcome.FAVOURABLE);
        assertThat(on("2026-06-03").isReady()).isTrue();
    }

    @Test
    void silenceAfterAReservedOpinionMeansNothing() {
        completeWithOpinion(Outcome.CONDITIONAL);

        assertThat(on("2027-01-01").clock().orElseThrow().overdue()).isTrue();
        assertThat(on("2027-01-01").possible())
                .containsExactlyInAnyOrder(Event.Kind.ASKED, Event.Kind.CONCLUDED, Event.Kind.REFUSED);
    }

    @Test
    void anUnfavourableOpinionIsOnRecordAndTheRegulatorDecides() {
        completeWithOpinion(Outcome.UNFAVOURABLE);
        assertThat(on("2026-04-02").step().orElseThrow().name()).isEqualTo("cnil");

        concludes("2026-05-04", Outcome.UNFAVOURABLE);

        assertThat(on("2026-05-04").state()).isEqualTo(Standing.State.REFUSED);
    }

    @Test
    void aRefusalIsAppealedOnceAndInTime() {
        completeWithOpinion(Outcome.FAVOURABLE);
        concludes("2026-05-04", Outcome.UNFAVOURABLE);
        assertThat(on("2026-07-04").possible()).containsExactly(Event.Kind.APPEALED);
        assertThat(on("2026-07-05").possible()).isEmpty();

        happens("2026-06-01", Event.Kind.APPEALED);
        assertThat(on("2026-06-01").step().orElseThrow().name()).isEqualTo("cnil");
        assertThat(on("2026-06-01").clock().orElseThrow().due()).isEqualTo("2026-08-01");
        concludes("2026-06-15", Outcome.UNFAVOURABLE);

        assertThat(on("2026-06-16").possible()).isEmpty();
    }

    @Test
    void whatTheCommitteeRefusedAfterTheLastStepComesBackToItOnAppeal() {
        var committee = Procedures.named(Procedures.COMMITTEE).orElseThrow();
        happens("2026-03-02", Event.Kind.SUBMITTED);
        assertThat(new Course(committee, events).standing(at("2026-03-02")).isReady())
                .isTrue();

        happens("2026-03-03", Event.Kind.REFUSED);
        assertThat(new Course(committee, events).standing(at("2026-03-04")).possible())
                .containsExactly(Event.Kind.APPEALED);
        happens("2026-03-05", Event.Kind.APPEALED);

        assertThat(new Course(committee, events).standing(at("2026-03-05")).isReady())
                .isTrue();
    }

    @Test
    void anExpressOpinionThatIsUnfavourableEndsTheRequest() {
        var methodology = Procedures.named("mr-007").orElseThrow();
        happens("2026-03-02", Event.Kind.SUBMITTED);
        events.add(new Event(Event.Kind.CONCLUDED, "completeness", Optional.of(Outcome.FAVOURABLE), at("2026-03-03")));
        events.add(new Event(Event.Kind.CONCLUDED, "cesrees", Optional.of(Outcome.UNFAVOURABLE), at("2026-03-20")));

        assertThat(new Course(methodology, events).standing(at("2026-03-20")).state())
                .isEqualTo(Standing.State.REFUSED);
    }

    @Test
    void whatIsNotInForceIsLabelledSo() {
        assertThat(REGULATION.isInForce(LocalDate.parse("2029-03-25"))).isFalse();
        assertThat(REGULATION.isInForce(LocalDate.parse("2029-03-26"))).isTrue();
        assertThat(Procedures.named("mr-002").orElseThrow().isInForce(LocalDate.parse("2026-11-22")))
                .as("its first day is not known")
                .isFalse();
    }

    @Test
    void anApplicantHasFourWeeksToAnswerUnderTheRegulation() {
        events.add(new Event(Event.Kind.SUBMITTED, "", Optional.empty(), at("2029-04-02")));
        events.add(new Event(Event.Kind.ASKED, "completeness", Optional.empty(), at("2029-04-05")));

        assertThat(new Course(REGULATION, events).standing(at("2029-04-06")).answerBy())
                .contains(LocalDate.parse("2029-05-03"));
    }

    @Test
    void everyShippedProcedureSaysWhereItComesFromInBothLanguages() {
        assertThat(Procedures.shipped()).hasSize(14).allSatisfy(procedure -> {
            assertThat(procedure.source()).isNotBlank();
            assertThat(procedure.label().french())
                    .isNotEqualTo(procedure.label().english());
            assertThat(Procedures.named(procedure.name())).contains(procedure);
            assertThat(procedure.steps())
                    .allSatisfy(step -> assertThat(step.label().french()).isNotBlank());
        });
    }

    private void completeWithOpinion(Outcome opinion) {
        happens("2026-03-02", Event.Kind.SUBMITTED);
        concludes("2026-03-05", Outcome.FAVOURABLE);
        concludes("2026-04-01", opinion);
    }

    private void happens(String day, Event.Kind kind) {
        events.add(new Event(kind, "", Optional.empty(), at(day)));
    }

    private void concludes(String day, Outcome outcome) {
        events.add(new Event(Event.Kind.CONCLUDED, "", Optional.of(outcome), at(day)));
    }

    private Standing on(String day) {
        return new Course(STANDARD, events).standing(at(day));
    }

    private static Instant at(String day) {
        return LocalDate.parse(day)
                .atTime(LocalTime.NOON)
                .atZone(ZoneId.of("Europe/Paris"))
                .toInstant();
    }
}
