package org.vauban.permit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vauban.hub.ProblemAssertions.refusesWith;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.document.Documents;
import org.vauban.hub.TestHub;
import org.vauban.ledger.entry.LogEntry;
import org.vauban.omop.CdmTable;
import org.vauban.omop.EditionId;
import org.vauban.people.Actor;
import org.vauban.people.Role;
import org.vauban.problem.ProblemCode;
import org.vauban.procedure.Course;
import org.vauban.procedure.Event;
import org.vauban.procedure.Outcome;
import org.vauban.procedure.Procedures;
import org.vauban.procedure.Standing;
import org.vauban.trajectory.Needs;
import org.vauban.trajectory.Period;

/** A request on its way through a procedure. */
class ApplicationsTest {
    private static final Needs DRUGS = Needs.of(CdmTable.DRUG_ERA, "person_id", "drug_concept_id");

    /** One hub for all: each test makes requests of its own, and passwords are slow on purpose. */
    @TempDir
    static Path folder;

    static TestHub hub;
    static final Map<String, Actor> PEOPLE = new HashMap<>();

    @BeforeAll
    static void open() {
        hub = new TestHub(folder);
        hub.person("administrator", Role.ADMINISTRATOR);
        PEOPLE.put("researcher", hub.person("researcher", Role.RESEARCHER));
        PEOPLE.put("colleague", hub.person("colleague", Role.RESEARCHER));
        PEOPLE.put("secretary", hub.person("secretary", Role.COMMITTEE_MEMBER));
        PEOPLE.put("president", hub.person("president", Role.COMMITTEE_MEMBER));
    }

    @AfterAll
    static void close() {
        hub.close();
    }

    @Test
    void theStandardProcedureFromSubmissionToGrant() {
        PermitId permit = request("snds-standard");
        assertThat(standing(permit).step().orElseThrow().name()).isEqualTo("completeness");

        days(1);
        conclude("secretary", permit, Outcome.FAVOURABLE, "");
        days(5);
        deed("secretary", permit, Event.Kind.ASKED, "Which hospitals?");
        days(10);
        assertThat(standing(permit).state()).isEqualTo(Standing.State.WAITING);
        deed("researcher", permit, Event.Kind.ANSWERED, "The four of the warehouse.");
        conclude("secretary", permit, Outcome.FAVOURABLE, "CESREES 2026-117");
        conclude("secretary", permit, Outcome.FAVOURABLE, "CNIL DR-2026-042");
        conclude("secretary", permit, Outcome.FAVOURABLE, "Convention 12");
        assertThat(standing(permit).isReady()).isTrue();

        refusesWith(ProblemCode.PERMIT_FOUR_EYES, () -> hub.hub().permits().grant(who("secretary"), permit));
        Permit granted = hub.hub().permits().grant(who("president"), permit);

        assertThat(granted.state()).isEqualTo(PermitState.GRANTED);
        assertThat(progress(permit).happenings())
                .extracting(happening -> happening.event().kind())
                .containsExactly(
                        Event.Kind.CONCLUDED,
                        Event.Kind.ASKED,
                        Event.Kind.ANSWERED,
                        Event.Kind.CONCLUDED,
                        Event.Kind.CONCLUDED,
                        Event.Kind.CONCLUDED);
        assertThat(progress(permit).happenings())
                .extracting(Happening::logIndex)
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void nothingIsGrantedBeforeItsSteps() {
        PermitId permit = request("snds-standard");

        refusesWith(ProblemCode.PROCEDURE_STEP, () -> hub.hub().permits().grant(who("president"), permit));
        refusesWith(ProblemCode.PROCEDURE_STEP, () -> deed("secretary", permit, Event.Kind.SILENCE_NOTED, ""));
        refusesWith(ProblemCode.PROCEDURE_STEP, () -> deed("researcher", permit, Event.Kind.ANSWERED, "?"));
    }

    @Test
    void theSilenceOfTheRegulatorOpensNothingUntilAPersonNotesIt() {
        PermitId permit = request("snds-standard");
        conclude("secretary", permit, Outcome.FAVOURABLE, "");
        conclude("secretary", permit, Outcome.FAVOURABLE, "CESREES 2026-117");

        days(100);
        refusesWith(ProblemCode.PROCEDURE_STEP, () -> hub.hub().permits().grant(who("president"), permit));
        deed("secretary", permit, Event.Kind.SILENCE_NOTED, "");

        assertThat(standing(permit).step().orElseThrow().name()).isEqualTo("convention");
    }

    @Test
    void aProcedureThatIsNotInForceDecidesNothing() {
        PermitId permit = request("ehds-permit");

        refusesWith(ProblemCode.PROCEDURE_NOT_IN_FORCE, () -> conclude("secretary", permit, Outcome.FAVOURABLE, ""));
        assertThat(progress(permit).inForce()).isFalse();
    }

    @Test
    void aFileThatLacksPiecesIsNotComplete() {
        PermitId permit = request("snds-standard", Map.of("protocol", "sha256:00"), ApplicantKind.RESEARCH)
                .id();

        refusesWith(ProblemCode.DOSSIER_INCOMPLETE, () -> conclude("secretary", permit, Outcome.FAVOURABLE, ""));
        conclude("secretary", permit, Outcome.UNFAVOURABLE, "");

        assertThat(progress(permit).permit().state()).isEqualTo(PermitState.REFUSED);
    }

    @Test
    void aRefusalIsAppealedByItsApplicantOnly() {
        PermitId permit = request(Procedures.COMMITTEE);
        hub.hub().permits().refuse(who("president"), permit, "no public interest");

        refusesWith(ProblemCode.PERMIT_APPLICANT, () -> deed("secretary", permit, Event.Kind.APPEALED, "why?"));
        deed("researcher", permit, Event.Kind.APPEALED, "the interest is on page 3");
        assertThat(progress(permit).permit().state()).isEqualTo(PermitState.REQUESTED);
        hub.hub().permits().refuse(who("president"), permit, "still none");

        refusesWith(ProblemCode.PROCEDURE_STEP, () -> deed("researcher", permit, Event.Kind.APPEALED, "again"));
    }

    @Test
    void whoIsNamedActsNotForTheCommitteeAndOthersSeeNothing() {
        PermitId permit = request(Procedures.COMMITTEE);

        refusesWith(ProblemCode.NOT_FOUND, () -> deed("colleague", permit, Event.Kind.APPEALED, ""));
        refusesWith(ProblemCode.NOT_FOUND, () -> hub.hub().permits().progress(who("colleague"), permit));
        refusesWith(ProblemCode.ROLE_MISSING, () -> deed("researcher", permit, Event.Kind.ASKED, ""));
    }

    @Test
    void insurersMayNotUseTheReferenceMethodologies() {
        refusesWith(ProblemCode.PROCEDURE_CLOSED, () -> request("mr-008", Map.of(), ApplicantKind.INSURER));
    }

    @Test
    void aPermitLastsNoLongerThanItsProcedureProvides() {
        LocalDate inTenYears = today().plusMonths(120);

        assertThat(request("ehds-permit", inTenYears).terms().end()).isEqualTo(inTenYears);
        refusesWith(ProblemCode.PERMIT_TOO_LONG, () -> request("ehds-permit", inTenYears.plusDays(1)));
    }

    @Test
    void aForbiddenPurposeIsRefusedAtOnceAndEntered() throws IOException {
        Path file = folder.resolve("PERMIT.yaml");
        Files.writeString(file, "purpose: insurance-terms\n");

        refusesWith(
                ProblemCode.PURPOSE_FORBIDDEN,
                () -> hub.hub().permits().request(who("researcher"), Documents.read(file)));

        assertThat(lastEntry()).contains("permit-refused-at-once").contains("PURPOSE_FORBIDDEN");
    }

    @Test
    void aRenewalTakesTheOldOnesPlaceOnceInTimeAndNotTwice() {
        PermitId first = granted(request("snds-standard"));
        refusesWith(
                ProblemCode.PERMIT_APPLICANT,
                () -> hub.hub().permits().renew(who("colleague"), first, today().plusDays(600)));

        Permit second = hub.hub().permits().renew(who("researcher"), first, today().plusDays(600));
        assertThat(second.project()).isEqualTo(project(first));
        assertThat(progress(first).permit().state()).as("until it is granted").isEqualTo(PermitState.GRANTED);
        granted(second.id());

        assertThat(progress(first).permit().state()).isEqualTo(PermitState.REPLACED);
        assertThat(hub.hub().permits().find(second.project()).orElseThrow().id())
                .isEqualTo(second.id());
        refusesWith(
                ProblemCode.PERMIT_RENEWAL,
                () -> hub.hub().permits().renew(who("researcher"), second.id(), today().plusDays(900)));
    }

    @Test
    void aRenewalIsAskedForAMonthBeforeTheEnd() {
        PermitId first = granted(request("snds-standard"));
        days(Math.toIntExact(
                Duration.between(hub.clock().instant(), progress(first).permit().endsAt())
                                .toDays()
                        - 15));

        refusesWith(
                ProblemCode.PERMIT_RENEWAL,
                () -> hub.hub().permits().renew(who("researcher"), first, today().plusDays(600)));
    }

    @Test
    void aRequestIsTakenBackBeforeItIsDecided() {
        PermitId permit = request("snds-standard");

        assertThat(hub.hub().permits().retract(who("researcher"), permit).state())
                .isEqualTo(PermitState.RETRACTED);
        refusesWith(ProblemCode.PERMIT_NOT_ACTIVE, () -> conclude("secretary", permit, Outcome.FAVOURABLE, ""));
    }

    private PermitId granted(PermitId permit) {
        for (int step = progress(permit).procedure().steps().size(); step > 0; step--) {
            conclude("secretary", permit, Outcome.FAVOURABLE, "reference");
        }
        return hub.hub().permits().grant(who("president"), permit).id();
    }

    private ProjectId project(PermitId permit) {
        return progress(permit).permit().project();
    }

    private static Actor who(String name) {
        return Objects.requireNonNull(PEOPLE.get(name), name);
    }

    private static LocalDate today() {
        return Course.day(hub.clock().instant());
    }

    private void days(int days) {
        hub.clock().advance(Duration.ofDays(days));
    }

    private PermitId request(String procedure) {
        Map<String, String> pieces = new TreeMap<>();
        Procedures.named(procedure).orElseThrow().pieces().forEach(piece -> pieces.put(piece, "sha256:" + piece));
        return request(procedure, pieces, ApplicantKind.RESEARCH).id();
    }

    private Permit request(String procedure, LocalDate end) {
        return request(new Dossier(procedure, ApplicantKind.RESEARCH, Map.of()), end);
    }

    private Permit request(String procedure, Map<String, String> pieces, ApplicantKind applicant) {
        return request(new Dossier(procedure, applicant, pieces), today().plusDays(300));
    }

    private Permit request(Dossier dossier, LocalDate end) {
        return hub.hub()
                .permits()
                .request(
                        who("researcher"),
                        TestTerms.of(
                                        new EditionId("e-11111111"),
                                        DRUGS.columns(),
                                        new Period(LocalDate.of(2020, 1, 1), LocalDate.of(2025, 12, 31)))
                                .until(end)
                                .with(dossier)
                                .terms());
    }

    private Progress progress(PermitId permit) {
        return hub.hub().permits().progress(who("president"), permit);
    }

    private Standing standing(PermitId permit) {
        return progress(permit).standing();
    }

    private void conclude(String name, PermitId permit, Outcome outcome, String document) {
        hub.hub()
                .permits()
                .proceed(
                        who(name),
                        permit,
                        new Applications.Deed(Event.Kind.CONCLUDED, Optional.of(outcome), "because", document));
    }

    private void deed(String name, PermitId permit, Event.Kind kind, String text) {
        hub.hub().permits().proceed(who(name), permit, new Applications.Deed(kind, Optional.empty(), text, ""));
    }

    private String lastEntry() {
        var tiles = hub.hub().journal().tiles();
        return LogEntry.parse(tiles.read(tiles.size() - 1)).header().toString();
    }
}
