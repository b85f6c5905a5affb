package org.vauban.app.cli;

import java.util.List;

/** The verbs of the command line, in the order in which help shows them: start, data, questions, results, people, proof, care. */
public final class Verbs {
    private Verbs() {}

    public static List<Branch> tree() {
        return List.of(
                Branch.verb("init", () -> new PeopleVerbs.Init()),
                Branch.group("custodian", () -> ProcessVerbs.custodian()),
                Branch.group("identity", () -> IdentityVerbs.identity()),
                Branch.verb("link", () -> new IdentityVerbs.Link()),
                Branch.verb("synth", () -> new ProcessVerbs.Synth(), () -> ProcessVerbs.underSynth()),
                Branch.group("producer", () -> DepositVerbs.producers()),
                Branch.verb("deposit", () -> new DepositVerbs.Deposit(), () -> DepositVerbs.underDeposit()),
                Branch.group("ingest", () -> DataVerbs.ingest()),
                Branch.verb("publish", () -> new PublishVerb()),
                Branch.group("objection", () -> ObjectionVerbs.objections()),
                Branch.group("edition", () -> DataVerbs.editions()),
                Branch.group("vocabulary", () -> VocabularyVerbs.vocabulary()),
                Branch.group("cohort", () -> CohortVerbs.cohorts()),
                Branch.group("study", () -> StudyVerbs.studies()),
                Branch.group("sql", () -> SqlVerbs.sql()),
                Branch.group("output", () -> OutputVerbs.outputs()),
                Branch.group("permit", () -> PermitVerbs.permits()),
                Branch.group("project", () -> ProjectVerbs.projects()),
                Branch.group("user", () -> PeopleVerbs.users()),
                Branch.verb("login", () -> new PeopleVerbs.Login()),
                Branch.verb("logout", () -> new PeopleVerbs.Logout()),
                Branch.group("witness", () -> ProcessVerbs.witness()),
                Branch.group("audit", () -> AuditVerbs.audit()),
                Branch.group("register", () -> RegisterVerbs.register()),
                Branch.group("database", () -> DatabaseVerbs.databases()),
                Branch.verb("backup", () -> new VaultVerbs.Backup()),
                Branch.group("vault", () -> VaultVerbs.vault()),
                Branch.verb("doctor", () -> new CareVerbs.Doctor()),
                Branch.group("bench", () -> BenchVerbs.benches()),
                Branch.group("config", () -> CareVerbs.config()));
    }
}
