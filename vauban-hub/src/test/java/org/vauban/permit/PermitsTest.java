package org.vauban.permit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vauban.hub.ProblemAssertions.refusesWith;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.custody.Keys;
import org.vauban.document.Documents;
import org.vauban.hub.TestHub;
import org.vauban.journal.Entry;
import org.vauban.ledger.entry.LogEntry;
import org.vauban.ledger.entry.Phase;
import org.vauban.omop.CdmTable;
import org.vauban.omop.EditionId;
import org.vauban.people.Actor;
import org.vauban.people.Role;
import org.vauban.problem.ProblemCode;
import org.vauban.trajectory.Domain;
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

        var refused =
                refusesWith(ProblemCode.FIELD_MISSING, () -> TermsReader.read(Documents.yaml("PERMIT.yaml", yaml)));

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

    @Test
    void whatCouldTellWhoSomebodyIsIsNotGrantedUnlessThePermitSaysWhy() {
        Permit without = granted("tables: {person: [year_of_birth, month_of_birth], drug_era: [drug_era_start_date]}");
        Permit with = granted("""
                tables: {person: [year_of_birth, month_of_birth], drug_era: [drug_era_start_date]}
                potentialIdentifiers: {birth-month: The season of birth is the exposure., care-dates: Days are the outcome., together: The age in days.}
                """);
        var month = scope(Needs.of(CdmTable.PERSON, "month_of_birth"));

        assertThat(without.terms().extent().unjustified()).containsExactly(CdmTable.PERSON.column("month_of_birth"));
        refused(ProblemCode.PERMIT_IDENTIFIER, without, month);
        var statement = scope(Needs.of(CdmTable.DRUG_ERA, "drug_era_start_date"));
        assertThat(forStatement(without, statement).reach().byMonth()).contains(Domain.DRUG_ERA, Domain.DEATH);
        assertThat(require(without, statement).reach().byMonth()).isEmpty();
        assertThat(require(with, month).columns()).containsExactly(CdmTable.PERSON.column("month_of_birth"));
        assertThat(forStatement(with, statement).reach().byMonth()).containsExactly(Domain.DEATH);
    }

    @Test
    void potentialIdentifiersAreGrantedOneAtATimeUnlessTheRequestSaysWhyMoreAtOnce() {
        String two =
                "tables: {person: [month_of_birth]}\npotentialIdentifiers: {birth-month: Seasons., death-date: Days.%s}\n";

        var refused = refusesWith(ProblemCode.FIELD_WRONG_VALUE, () -> granted(two.formatted("")));

        assertThat(refused.problem().where().orElseThrow().toString()).contains("$.potentialIdentifiers");
        assertThat(granted(two.formatted(", together: The age at death in days."))
                        .terms()
                        .extent()
                        .justified())
                .containsEntry(PotentialIdentifier.DEATH_DATE, "Days. – The age at death in days.");
    }

    @Test
    void populationAndConceptsAreReadFromTheFileAndKeptAsTheyWereFiled(@TempDir Path files) throws IOException {
        Files.writeString(files.resolve("ill.json"), COHORT);
        Files.writeString(files.resolve("PERMIT.yaml"), BEGINNING + """
                tables: {drug_era: [drug_era_start_date]}
                population: {name: the-ill, file: ill.json}
                concepts: {drug_era: [{concept: 1124300}, {concept: 1118084, descendants: true}]}
                """);

        Permit filed = hub.hub().permits().request(researcher, PermitTerms.document(files.resolve("PERMIT.yaml")));
        Files.delete(files.resolve("ill.json"));
        Extent kept = hub.hub().permits().require(filed.id()).terms().extent();

        assertThat(kept.population().orElseThrow().definition().needs().reads(CdmTable.CONDITION_OCCURRENCE))
                .isTrue();
        assertThat(kept.concepts())
                .hasEntrySatisfying(
                        Domain.DRUG_ERA,
                        set -> assertThat(set.items())
                                .extracting(item -> item.conceptId() + " " + item.includeDescendants())
                                .containsExactly("1124300 false", "1118084 true"));
        assertThat(kept).isEqualTo(filed.terms().extent());
        assertThat(hub.hub().register().permits().getFirst().population()).contains("the-ill");
    }

    /** Whoever files over HTTP names no file of the server's. */
    @Test
    void aDocumentThatComesByItselfNamesNoFile() {
        var refused = refusesWith(
                ProblemCode.FIELD_UNKNOWN,
                () -> hub.hub().permits().request(researcher, Documents.yaml("PERMIT.yaml", BEGINNING + """
                                        tables: {drug_era: [drug_era_start_date]}
                                        population: {name: the-ill, file: /etc/hosts}
                                        concepts: {observation_period: [{concept: 1}]}
                                        potentialIdentifiers: {shoe-size: It is needed., commune: " "}
                                        """)));

        assertThat(refused.problems())
                .extracting(problem -> problem.where().orElseThrow().toString())
                .anyMatch(place -> place.contains("$.population"))
                .anyMatch(place -> place.contains("$.concepts"))
                .anyMatch(place -> place.contains("shoe-size"))
                .anyMatch(place -> place.contains("commune"));
    }

    @Test
    void theReportSaysWhatWasAskedGrantedDeliveredAndUsed() {
        Permit permit = granted(
                "tables: {person: [year_of_birth, month_of_birth], drug_era: [drug_era_start_date, drug_concept_id]}");
        begun(permit, Map.of("columns", "[drug_era.drug_concept_id, drug_era.drug_era_start_date]"));
        begun(
                permit,
                Map.of(
                        "sql", "explore",
                        "columns", "[drug_era.drug_concept_id, drug_era.drug_era_start_date]",
                        "used", "[drug_era.drug_concept_id]"));
        begun(granted(), Map.of("columns", "[person.year_of_birth]"));

        Minimisation report = hub.hub().permits().minimisation(researcher, permit.id());

        assertThat(report.studies()).isEqualTo(1);
        assertThat(report.statements()).isEqualTo(1);
        assertThat(report.columns())
                .extracting(each -> each.column() + " " + each.granted() + " " + each.delivered() + " " + each.used())
                .containsExactly(
                        "drug_era.drug_concept_id true 2 2",
                        "drug_era.drug_era_start_date true 2 1",
                        "person.month_of_birth false 0 0",
                        "person.year_of_birth true 0 0");
        Actor stranger = hub.person("stranger", Role.RESEARCHER);
        refusesWith(ProblemCode.NOT_FOUND, () -> hub.hub().permits().minimisation(stranger, permit.id()));
    }

    private void begun(Permit permit, Map<String, String> body) {
        hub.hub()
                .journal()
                .begin(Entry.of(
                                "analysis",
                                researcher.account().value(),
                                permit.project().value())
                        .under(permit.id().value(), "research")
                        .body(body));
    }

    private static final String BEGINNING = """
            title: {fr: Un titre, en: A title}
            summary: {fr: Pourquoi, en: Why}
            organisation: A university
            purpose: research
            persons: [researcher]
            editions: [%s]
            end: 2026-12-31
            """.formatted(EDITION);

    private static final String COHORT = """
            {"PrimaryCriteria": {"CriteriaList": [{"ConditionOccurrence": {}}],
              "ObservationWindow": {"PriorDays": 0, "PostDays": 0}, "PrimaryCriteriaLimit": {"Type": "All"}},
             "ConceptSets": [], "QualifiedLimit": {"Type": "All"}, "ExpressionLimit": {"Type": "All"}, "InclusionRules": [],
             "EndStrategy": {"DateOffset": {"DateField": "EndDate", "Offset": 0}},
             "CensoringCriteria": [], "CollapseSettings": {"CollapseType": "ERA", "EraPad": 0}, "CensorWindow": {}}
            """;

    private Permit granted(String rest) {
        Permit permit = hub.hub().permits().request(researcher, Documents.yaml("PERMIT.yaml", BEGINNING + rest));
        return hub.hub().permits().grant(member, permit.id());
    }

    private Grant require(Permit permit, Scope scope) {
        return hub.hub()
                .permits()
                .require(researcher, permit.project(), scope, hub.clock().instant());
    }

    private Grant forStatement(Permit permit, Scope scope) {
        return hub.hub()
                .permits()
                .requireForStatement(
                        researcher, permit.project(), scope, hub.clock().instant());
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
