package org.vauban.permit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vauban.hub.ProblemAssertions.refusesWith;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.custody.Keys;
import org.vauban.hub.TestHub;
import org.vauban.ledger.entry.LogEntry;
import org.vauban.ledger.entry.Phase;
import org.vauban.omop.CdmTable;
import org.vauban.omop.EditionId;
import org.vauban.people.Actor;
import org.vauban.people.Role;
import org.vauban.problem.ProblemCode;
import org.vauban.trajectory.Needs;
import org.vauban.trajectory.Period;

class PermitsTest {
    private static final EditionId EDITION = new EditionId("e-11111111");
    private static final Needs DRUGS =
            Needs.of(CdmTable.DRUG_ERA, "person_id", "drug_concept_id", "drug_era_start_date");
    private static final Period TWENTIES = new Period(LocalDate.of(2020, 1, 1), LocalDate.of(2025, 12, 31));

    @TempDir
    Path folder;

    TestHub hub;
    Actor researcher;
    Actor member;

    @BeforeEach
    void open() {
        hub = new TestHub(folder);
        hub.person("administrator", Role.ADMINISTRATOR);
        researcher = hub.person("researcher", Role.RESEARCHER);
        member = hub.person("member", Role.COMMITTEE_MEMBER);
    }

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void aGrantedPermitGivesAGrantForWhatItLists() {
        Permit permit = granted();

        Grant grant = hub.hub()
                .permits()
                .require(researcher, permit.project(), scope(DRUGS), hub.clock().instant());

        assertThat(grant.columns()).isEqualTo(DRUGS.columns());
        assertThat(grant.period()).isEqualTo(TWENTIES);
        assertThat(grant.permit()).isEqualTo(permit.id());
    }

    @Test
    void aGrantThatWasCutShortAfterTheKeyWasMadeWorksAgain() {
        Permit permit = hub.hub().permits().request(researcher, terms());
        var keys = new Keys(hub.custodianAddress(), Optional.empty());
        keys.createOfProject(permit.project().value());

        Permit granted = hub.hub().permits().grant(member, permit.id());

        assertThat(granted.state()).isEqualTo(PermitState.GRANTED);
        assertThat(keys.keys())
                .filteredOn(
                        key -> key.name().equals(Keys.ofProject(permit.project().value())))
                .hasSize(1);
        keys.close();
    }

    @Test
    void whatIsAcknowledgedStaysToBeSeenWhileADecisionAboutItWaitsForTheLog() throws IOException {
        Permit permit = hub.hub().permits().request(researcher, terms());
        Path inTheWay = hub.placeOfTheNextTile();
        Files.createDirectories(inTheWay.resolve("something"));

        refusesWith(ProblemCode.LEDGER_UNWRITABLE, () -> hub.hub().permits().grant(member, permit.id()));
        hub.hub().settle();

        assertThat(hub.hub().permits().list(member)).extracting(Permit::state).containsExactly(PermitState.REQUESTED);

        Files.delete(inTheWay.resolve("something"));
        Files.delete(inTheWay);
        hub.hub().settle();

        assertThat(hub.hub().permits().list(member)).extracting(Permit::state).containsExactly(PermitState.GRANTED);
        refusesWith(ProblemCode.PERMIT_NOT_ACTIVE, () -> hub.hub().permits().grant(member, permit.id()));
    }

    @Test
    void nothingIsGrantedBeforeTheDecisionOrAfterAWithdrawal() {
        Permit permit = hub.hub().permits().request(researcher, terms());
        refused(ProblemCode.PERMIT_NOT_ACTIVE, permit, scope(DRUGS));

        hub.hub().permits().grant(member, permit.id());
        hub.hub().permits().withdraw(member, permit.id(), "the convention ended");

        refused(ProblemCode.PERMIT_NOT_ACTIVE, permit, scope(DRUGS));
    }

    @Test
    void aTableAColumnADayAPurposeAndAnEditionThatAreNotListedAreRefused() {
        Permit permit = granted();
        Needs measurement = Needs.of(CdmTable.MEASUREMENT, "person_id");
        Needs ends = DRUGS.and(Needs.of(CdmTable.DRUG_ERA, "drug_era_end_date"));

        refused(ProblemCode.PERMIT_TABLE, permit, scope(measurement));
        refused(ProblemCode.PERMIT_COLUMN, permit, scope(ends));
        refused(
                ProblemCode.PERMIT_PERIOD,
                permit,
                new Scope(
                        EDITION,
                        DRUGS,
                        Optional.of(new Period(LocalDate.of(2019, 12, 31), LocalDate.of(2021, 1, 1))),
                        Optional.empty()));
        refused(
                ProblemCode.PERMIT_PURPOSE,
                permit,
                new Scope(EDITION, DRUGS, Optional.empty(), Optional.of(Purpose.EDUCATION)));
        refused(
                ProblemCode.PERMIT_EDITION,
                permit,
                new Scope(new EditionId("e-22222222"), DRUGS, Optional.empty(), Optional.empty()));
    }

    @Test
    void theLastSecondOfTheLastDayIsGrantedAndTheNextIsNot() {
        Permit permit = granted();
        hub.clock()
                .advance(
                        Duration.between(hub.clock().instant(), permit.endsAt()).minusSeconds(1));
        Actor late = hub.login("researcher");
        hub.hub()
                .permits()
                .require(late, permit.project(), scope(DRUGS), hub.clock().instant());

        hub.clock().advance(Duration.ofSeconds(1));

        refusesWith(
                ProblemCode.PERMIT_EXPIRED,
                () -> hub.hub()
                        .permits()
                        .require(
                                late,
                                permit.project(),
                                scope(DRUGS),
                                hub.clock().instant()));
    }

    @Test
    void whoIsNotNamedLearnsNothingOfThePermit() {
        Permit permit = granted();
        Actor other = hub.person("other", Role.RESEARCHER);

        var absent = refusesWith(
                ProblemCode.PERMIT_REQUIRED,
                () -> hub.hub()
                        .permits()
                        .require(
                                other,
                                new ProjectId("s-00000000"),
                                scope(DRUGS),
                                hub.clock().instant()));
        var forbidden = refusesWith(
                ProblemCode.PERMIT_REQUIRED,
                () -> hub.hub()
                        .permits()
                        .require(
                                other,
                                permit.project(),
                                scope(DRUGS),
                                hub.clock().instant()));

        assertThat(forbidden
                        .problem()
                        .sentence(java.util.Locale.ENGLISH)
                        .replace(permit.project().value(), "s-00000000"))
                .isEqualTo(absent.problem().sentence(java.util.Locale.ENGLISH));
        assertThat(hub.hub().permits().list(other)).isEmpty();
    }

    @Test
    void everyRefusalIsInTheLog() {
        Permit permit = granted();
        long before = hub.hub().journal().tiles().size();

        refused(ProblemCode.PERMIT_TABLE, permit, scope(Needs.of(CdmTable.DEATH, "person_id")));

        assertThat(hub.hub().journal().tiles().size()).isEqualTo(before + 1);
        LogEntry entry = LogEntry.parse(hub.hub().journal().tiles().read(before));
        assertThat(entry.header().act()).isEqualTo("access-refused");
        assertThat(entry.header().phase()).isEqualTo(new Phase.Entered("PERMIT_TABLE"));
        assertThat(entry.header().permit()).contains(permit.id().value());
    }

    @Test
    void onlyTheCommitteeDecidesAndNobodyForOneself() {
        Permit permit = hub.hub().permits().request(researcher, terms());

        refusesWith(ProblemCode.ROLE_MISSING, () -> hub.hub().permits().grant(researcher, permit.id()));
        PermitTerms naming = TestTerms.of(EDITION, DRUGS.columns(), TWENTIES)
                .naming("member")
                .terms();
        Permit own = hub.hub().permits().request(researcher, naming);
        refusesWith(ProblemCode.PERMIT_OWN, () -> hub.hub().permits().grant(member, own.id()));
    }

    @Test
    void theRegisterShowsAGrantedPermitWithoutAKey() {
        Permit permit = granted();
        hub.stopCustodian();

        var shown = hub.hub().register().permits();

        assertThat(shown).hasSize(1);
        assertThat(shown.getFirst().permit()).isEqualTo(permit.id().value());
        assertThat(shown.getFirst().title()).containsEntry("fr", "Un titre");
    }

    @Test
    void allMistakesInAPermitFileAreReportedTogetherWithTheirPlaces() {
        String yaml = """
                title: {fr: Un titre}
                summary: {fr: Pourquoi, en: Why}
                organisation: A university
                purpose: curiosity
                persons: [researcher]
                editions: [twelve]
                tables:
                  drug_era: [person_id, drug_name]
                  drugs: [person_id]
                end: 31/12/2026
                colour: blue
                """;

        var refused = refusesWith(
                ProblemCode.FIELD_MISSING,
                () -> TermsReader.read(org.vauban.document.Documents.yaml("PERMIT.yaml", yaml)));

        assertThat(refused.problems())
                .extracting(problem -> problem.where().orElseThrow().toString())
                .contains(
                        "PERMIT.yaml:1:8 ($.title)",
                        "PERMIT.yaml:4:10 ($.purpose)",
                        "PERMIT.yaml:8:13 ($.tables.drug_era)",
                        "PERMIT.yaml:9:10 ($.tables.drugs)",
                        "PERMIT.yaml:10:6 ($.end)",
                        "PERMIT.yaml:11:9 ($.colour)");
    }

    private Permit granted() {
        Permit permit = hub.hub().permits().request(researcher, terms());
        return hub.hub().permits().grant(member, permit.id());
    }

    private void refused(ProblemCode code, Permit permit, Scope scope) {
        refusesWith(
                code,
                () -> hub.hub()
                        .permits()
                        .require(
                                researcher, permit.project(), scope, hub.clock().instant()));
    }

    private static Scope scope(Needs needs) {
        return new Scope(EDITION, needs, Optional.empty(), Optional.empty());
    }

    private static PermitTerms terms() {
        return TestTerms.of(EDITION, DRUGS.columns(), TWENTIES).terms();
    }
}
