package org.vauban.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The map of the house: which package may use which. This is the one place where the arrows are decided; {@link ArrowsTest} holds
 * the code to it and prints it into ARCHITECTURE.md. Names leave out {@code org.vauban.}
 */
final class Arrows {
    private static final Map<String, Set<String>> MAP = new LinkedHashMap<>();

    static {
        // vauban-app: the doors.
        from("app", "app.cli app.demo app.server app.terminal");
        from("app.demo", "app.cli app.terminal custodian hub plot problem");
        from("app.server", "app.api app.cli app.page.office app.terminal hub people problem reply sql");
        from(
                "app.page.office",
                "airlock app.page deposit.envelope desk disclosure document edition hub omop people permit plot print"
                        + " problem procedure producer project provider publication trajectory");
        from("app.page", "edition hub ledger.note ledger.tree omop plot problem publication register");
        from(
                "app.api",
                "airlock deposit.envelope desk document hub omop people permit problem procedure producer project");
        from(
                "app.cli",
                "airlock app.laboratory app.terminal care cohort cohort.check cohort.explain custodian"
                        + " deposit.envelope desk disclosure document gate harmonise hub ingest ledger.note ledger.policy"
                        + " ledger.tree ledger.verify ledger.witness lexicon objection omop output people permit print problem"
                        + " procedure producer project provider publication register retention sql trajectory vocabulary");
        from(
                "app.laboratory",
                "cohort cohort.compiled cohort.reference disclosure document ingest ledger.entry ledger.log ledger.note ledger.verify"
                        + " lexicon omop output problem study study.regularised study.report study.survival trajectory vocabulary");
        from("app.terminal", "problem");

        // vauban-hub: the rooms, from the whole to the walls.
        from(
                "hub",
                "airlock body care cohort cohort.compiled control custodian custody desk disk edition gate journal"
                        + " ledger.note ledger.policy lexicon objection people permit problem producer project provider publication register reply retention sql"
                        + " vault");
        from(
                "sql",
                "cohort custody disclosure gate journal omop output people permit problem project publication trajectory vocabulary"
                        + " worker.launch worker.pipe");
        from(
                "gate",
                "cohort cohort.compiled custody disclosure journal omop output people permit problem project publication study"
                        + " trajectory");
        from("airlock", "body control disclosure journal omop output people permit print problem project register");
        from(
                "publication",
                "cohort control custodian custody deposit.envelope desk duck edition harmonise ingest journal ledger.entry ledger.tree objection omop"
                        + " people permit problem pseudonym trajectory");
        from("lexicon", "disk duck ingest journal ledger.entry people problem vocabulary");
        from("care", "control deposit.envelope disk journal ledger.note ledger.verify people problem");
        from(
                "objection",
                "body control custody edition ingest journal ledger.entry ledger.tree omop people problem pseudonym");
        from("pseudonym", "identity.protocol journal ledger.entry ledger.tree people problem");
        from("desk", "body control custodian custody deposit.envelope disk journal people problem");
        from("retention", "control custody journal people problem");
        from("producer", "control deposit.envelope desk journal omop people permit problem");
        from("project", "body control custodian custody disclosure journal omop output people permit print problem");
        from("register", "control disclosure omop permit procedure trajectory vault vocabulary");
        from("reply", "body control people problem");
        from("print", "disclosure output plot study.report");
        from("harmonise", "custodian duck edition ingest omop problem vault vocabulary");
        from("ingest", "custodian custody duck edition omop problem trajectory vault vocabulary");
        from(
                "edition",
                "cohort control custodian custody duck ledger.tree omop permit problem trajectory vault vocabulary");
        from(
                "permit",
                "body cohort control custodian custody disclosure document journal omop people problem procedure trajectory vocabulary");
        from("people", "body control custodian custody journal problem provider");
        from("provider", "problem");
        from(
                "journal",
                "body control custodian custody ledger.entry ledger.log ledger.note ledger.policy ledger.tree"
                        + " ledger.witness problem");
        from("body", "custodian custody vault");
        from("duck", "omop problem trajectory vocabulary");
        from("custody", "custodian problem");
        from("vault", "custodian disk problem");
        from("disk", "");
        from("control", "problem");

        // vauban-deposit: the splitter at the producer's door.
        from("deposit", "deposit.envelope deposit.identifier identity.protocol problem");
        from("deposit.envelope", "problem");
        from("deposit.identifier", "");

        // vauban-worker: the process that runs one statement. JDK and DuckDB.
        from("worker", "worker.pipe");
        from("worker.launch", "worker worker.pipe");
        from("worker.pipe", "");

        // vauban-core: the domain.
        from("procedure", "document problem");
        from(
                "study.report",
                "document omop output plot problem study study.propensity study.rates study.selfcontrolled"
                        + " study.survival study.synthesis trajectory");
        from(
                "study",
                "cohort document omop output problem study.competing study.propensity study.rates study.regression"
                        + " study.overtime study.selfcontrolled study.spline study.survival study.synthesis trajectory"
                        + " vocabulary");
        from("study.survival", "study.matrix");
        from("study.competing", "study.matrix");
        from("study.rates", "");
        from("study.regression", "study.matrix study.survival");
        from("study.regularised", "");
        from("study.selfcontrolled", "study.survival");
        from("study.overtime", "study.regression study.spline study.survival");
        from("study.spline", "study.matrix");
        from("study.synthesis", "study.rates");
        from("study.matrix", "");
        from("study.propensity", "study.regression study.regularised");
        from("cohort.check", "cohort document omop problem trajectory vocabulary");
        from("cohort.explain", "cohort omop trajectory vocabulary");
        from("cohort.compiled", "cohort omop problem trajectory vocabulary");
        from("cohort.reference", "cohort omop problem trajectory vocabulary");
        from("cohort", "document omop output problem trajectory vocabulary");
        from("disclosure", "document output problem");
        from("trajectory", "omop vocabulary");
        from("document", "problem");
        from("plot", "");
        from("output", "");
        from("omop", "");
        from("vocabulary", "");
        from("problem", "");

        // vauban-ledger, vauban-custodian, vauban-synth: the JDK alone.
        from("ledger.verify", "ledger.entry ledger.note ledger.policy ledger.tree");
        from("ledger.witness", "ledger.note ledger.policy ledger.tree");
        from("ledger.log", "ledger.note ledger.tree");
        from("ledger.entry", "ledger.tree");
        from("ledger.policy", "ledger.note");
        from("ledger.note", "ledger.tree");
        from("ledger.tree", "");
        from("ledger", "");
        from("custodian", "");

        // vauban-identity: the JDK and the custodian's client; called over its protocol alone.
        from("identity", "custodian identity.linkage identity.protocol identity.table identity.zone");
        from("identity.zone", "custodian identity.envelope identity.linkage identity.protocol identity.table");
        from("identity.table", "identity.linkage");
        from("identity.protocol", "");
        from("identity.envelope", "");
        from("identity.linkage", "");
        from("synth", "");
    }

    private Arrows() {}

    private static void from(String name, String uses) {
        MAP.put(name, uses.isEmpty() ? Set.of() : new TreeSet<>(List.of(uses.split(" "))));
    }

    static Map<String, Set<String>> map() {
        return Map.copyOf(MAP);
    }

    /** The map as it stands in ARCHITECTURE.md. */
    static String drawing() {
        var drawing = new StringBuilder("```\n");
        for (var arrow : MAP.entrySet()) {
            String uses = arrow.getValue().isEmpty() ? "–" : String.join(", ", arrow.getValue());
            List<String> lines = wrapped(uses);
            drawing.append("%-17s→ %s%n".formatted(arrow.getKey(), lines.getFirst()));
            lines.stream()
                    .skip(1)
                    .forEach(line -> drawing.append(" ".repeat(19)).append(line).append('\n'));
        }
        return drawing.append("```").toString();
    }

    private static List<String> wrapped(String text) {
        List<String> lines = new ArrayList<>();
        var line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (line.length() + word.length() > 95) {
                lines.add(line.toString().strip());
                line.setLength(0);
            }
            line.append(word).append(' ');
        }
        lines.add(line.toString().strip());
        return lines;
    }
}
