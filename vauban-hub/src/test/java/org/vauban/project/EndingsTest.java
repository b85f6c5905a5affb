package org.vauban.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vauban.hub.ProblemAssertions.refusesWith;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vauban.cohort.EvaluationProgress;
import org.vauban.custody.Keys;
import org.vauban.gate.Receipt;
import org.vauban.gate.StudyRequest;
import org.vauban.gate.TinyHospital;
import org.vauban.hub.TestDatabases;
import org.vauban.hub.TestHub;
import org.vauban.omop.EditionId;
import org.vauban.people.Actor;
import org.vauban.people.Role;
import org.vauban.permit.Permit;
import org.vauban.permit.PermitTerms;
import org.vauban.problem.ProblemCode;
import org.vauban.study.StudyDefinition;
import org.vauban.study.StudyPlanner;

/** A project space ends with its permit, and two people have it destroyed; then its results open nowhere. */
class EndingsTest {
    private static final LocalDate LAST_DAY = LocalDate.of(2026, 3, 31);

    @TempDir
    Path folder;

    TestHub hub;
    Actor manager;
    Actor researcher;
    Actor member;
    EditionId edition;
    Path study;
    Permit permit;

    @BeforeEach
    void open() throws IOException {
        hub = new TestHub(folder);
        hub.person("administrator", Role.ADMINISTRATOR);
        manager = hub.person("manager", Role.DATA_MANAGER);
        researcher = hub.person("researcher", Role.RESEARCHER);
        member = hub.person("member", Role.COMMITTEE_MEMBER);
        edition = hub.hub()
                .publications()
                .omop(manager, TinyHospital.write(folder.resolve("omop")), folder.resolve("rejects.csv"))
                .edition()
                .id();
        study = TinyHospital.study(folder.resolve("study"), "research", "");
        permit = hub.hub()
                .permits()
                .grant(member, hub.hub().permits().request(researcher, terms()).id());
    }

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void twoPeopleDestroyASpaceAndACertificateSaysSo() throws Exception {
        Receipt receipt = hub.hub()
                .gate()
                .run(researcher, new StudyRequest(study, edition, permit.project()), EvaluationProgress.SILENT);
        String sealed = nameOfResults();
        assertThat(hub.hub().endings().list(member)).isEmpty();
        refusesWith(ProblemCode.PROJECT_NOT_ENDED, () -> hub.hub().endings().destroy(member, permit.project()));

        hub.clock().advance(Duration.ofDays(31));

        assertThat(hub.hub().endings().list(member))
                .containsExactly(new Ending(
                        permit.project(),
                        List.of(permit.id()),
                        Instant.parse("2026-04-01T00:00:00Z"),
                        LocalDate.of(2026, 10, 1),
                        Ending.State.ENDED,
                        java.util.Optional.empty()));
        member = hub.login("member");
        refusesWith(
                ProblemCode.ROLE_MISSING, () -> hub.hub().endings().destroy(hub.login("researcher"), permit.project()));
        assertThat(hub.hub().endings().destroy(member, permit.project()).state())
                .isEqualTo(Ending.State.ASKED);
        refusesWith(
                ProblemCode.DESTRUCTION_TWO_PEOPLE, () -> hub.hub().endings().destroy(member, permit.project()));
        refusesWith(
                ProblemCode.ROLE_MISSING, () -> hub.hub().endings().destroy(hub.login("manager"), permit.project()));
        refusesWith(ProblemCode.NOT_FOUND, () -> hub.hub().endings().certificate(permit.project()));

        Actor second = hub.person("second", Role.COMMITTEE_MEMBER);
        assertThat(hub.hub().endings().destroy(second, permit.project()).state())
                .isEqualTo(Ending.State.DESTROYED);

        // The ciphertext is still there, as it is in every backup; the key is not.
        try (var keys = new Keys(hub.custodianAddress(), java.util.Optional.empty())) {
            var vault = org.vauban.vault.Vault.open(hub.home().resolve("vault"), keys);
            var bodies = new org.vauban.body.Bodies(vault);
            refusesWith(
                    ProblemCode.KEYS_REFUSED,
                    () -> bodies.openBytes(Keys.ofProjectSpace(permit.project().value()), "analysis/results", sealed));
            refusesWith(
                    ProblemCode.KEYS_REFUSED,
                    () -> keys.createOfProject(permit.project().value()));
        }
        assertThat(hub.hub().projects().evidence(receipt.analysis()))
                .as("what later outputs are compared with")
                .isNotEmpty();

        DestructionCertificate certificate = hub.hub().endings().certificate(permit.project());
        assertThat(certificate.text())
                .contains("project: " + permit.project(), "permits: " + permit.id(), "due: 2026-10-01")
                .contains(
                        "key project/" + permit.project() + " of 2026-03-01T08:00:00Z destroyed: 2026-04-01T08:00:00Z")
                .contains("key project-space/" + permit.project());
        assertThat(isSigned(certificate)).isTrue();
        assertThat(isSigned(new DestructionCertificate(
                        certificate.text().replace("2026-10-01", "2026-10-02"),
                        certificate.signature(),
                        certificate.publicKey())))
                .isFalse();
    }

    @Test
    void whatTwoPeopleDecidedIsCarriedOutWhenTheCustodianIsBack() {
        hub.hub().permits().withdraw(member, permit.id(), "The purpose is gone");
        hub.hub().endings().destroy(manager, permit.project());
        hub.stopCustodian();
        assertThat(hub.hub().endings().overdue()).as("asks no key").isEmpty();
        hub.startCustodian();
        // Between the decision and the destruction.
        Path inTheWay = hub.placeOfTheNextTile();
        Actor decider = member;
        blockAfterDecision(inTheWay, decider);

        hub.reopen();
        hub.hub().recover();

        assertThat(hub.hub().endings().list(hub.login("member")))
                .singleElement()
                .satisfies(ending -> assertThat(ending.state()).isEqualTo(Ending.State.DESTROYED))
                .satisfies(ending -> assertThat(ending.due()).isEqualTo(LocalDate.of(2026, 9, 1)));
    }

    /** The log takes the decision and refuses the entry behind it, as a full disk does. */
    private void blockAfterDecision(Path tileOfDecision, Actor decider) {
        Path next = tileOfDecision.resolveSibling(
                String.valueOf(Integer.parseInt(tileOfDecision.getFileName().toString()) + 1));
        try {
            Files.createDirectories(next.resolve("in the way"));
            refusesWith(ProblemCode.LEDGER_UNWRITABLE, () -> hub.hub().endings().destroy(decider, permit.project()));
            assertThat(hub.hub().endings().list(decider))
                    .singleElement()
                    .satisfies(ending -> assertThat(ending.state()).isEqualTo(Ending.State.DECIDED));
            Files.delete(next.resolve("in the way"));
            Files.delete(next);
        } catch (IOException unwritable) {
            throw new java.io.UncheckedIOException(unwritable);
        }
    }

    private static boolean isSigned(DestructionCertificate certificate) throws Exception {
        byte[] raw = HexFormat.of().parseHex(certificate.publicKey());
        byte[] header = HexFormat.of().parseHex("302a300506032b6570032100");
        byte[] encoded = java.util.Arrays.copyOf(header, header.length + raw.length);
        System.arraycopy(raw, 0, encoded, header.length, raw.length);
        Signature check = Signature.getInstance("Ed25519");
        check.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
        check.update(certificate.text().getBytes(StandardCharsets.UTF_8));
        return check.verify(HexFormat.of().parseHex(certificate.signature()));
    }

    private String nameOfResults() throws Exception {
        try (var connection = TestDatabases.beside(hub.home().resolve("control.sqlite"));
                var rows = connection.createStatement().executeQuery("select content from analysis")) {
            rows.next();
            String content = rows.getString(1);
            return content.substring(0, content.indexOf(' '));
        }
    }

    private PermitTerms terms() throws IOException {
        var tables = new TreeMap<String, TreeSet<String>>();
        StudyPlanner.plan(StudyDefinition.read(study))
                .needs()
                .columns()
                .forEach(column -> tables.computeIfAbsent(column.table().tableName(), _ -> new TreeSet<>())
                        .add(column.name()));
        var text = new StringBuilder("""
                title: {fr: Un titre, en: A title}
                summary: {fr: Pourquoi, en: Why}
                organisation: A university
                purpose: research
                persons: [researcher]
                editions: [%s]
                end: %s
                tables:
                """.formatted(edition, LAST_DAY));
        tables.forEach((table, columns) ->
                text.append("  ").append(table).append(": ").append(columns).append('\n'));
        return PermitTerms.read(Files.writeString(folder.resolve("PERMIT.yaml"), text));
    }
}
