package org.vauban.register;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.vauban.control.ControlPlane;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.EditionId;
import org.vauban.permit.Permit;
import org.vauban.permit.PermitTerms;
import org.vauban.permit.Population;
import org.vauban.permit.PotentialIdentifier;
import org.vauban.vault.Shelf;
import org.vauban.vault.Vault;
import tools.jackson.databind.json.JsonMapper;

/** What citizens can read. Reading needs no key and no login. */
public final class Register {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<String> GRANTED_ONCE = Set.of("granted", "withdrawn", "replaced");

    private final ControlPlane control;
    private final Shelf permits;
    private final Shelf outputs;

    public Register(ControlPlane control, Vault vault) {
        this.control = control;
        this.permits = vault.shelf("register-permits");
        this.outputs = vault.shelf("register-outputs");
    }

    /** How often a permit was used, counted from the acts. */
    public record Use(long analyses, long outputsReleased, long outputsRefused) {}

    /** All released outputs of one run. */
    public record Study(String analysis, PublicPermit permit, List<ReleasedDocument> outputs) {
        public Study {
            outputs = List.copyOf(outputs);
        }
    }

    /** Makes the public part of a permit public: when it is asked for, and with every change of its state. */
    public void publish(Permit permit) {
        PermitTerms terms = permit.terms();
        Map<String, List<String>> tables = terms.extent().columns().stream()
                .sorted()
                .collect(Collectors.groupingBy(
                        column -> column.table().tableName(),
                        TreeMap::new,
                        Collectors.mapping(CdmColumn::name, Collectors.toList())));
        permits.put(
                permit.id().value(),
                JSON.writeValueAsBytes(new PublicPermit(
                        permit.id().value(),
                        permit.project().value(),
                        terms.presentation().title().byLanguage(),
                        terms.presentation().summary().byLanguage(),
                        terms.presentation().organisation(),
                        terms.purpose().word(),
                        terms.extent().editions().stream().map(EditionId::value).toList(),
                        tables,
                        terms.extent().period().from(),
                        terms.extent().period().to(),
                        terms.end(),
                        terms.disclosureRules().threshold(),
                        terms.persons().size(),
                        permit.requested(),
                        permit.state().word(),
                        terms.extent().population().map(Population::name),
                        Optional.of(terms.extent().conceptsByTable()),
                        Optional.of(terms.extent().justified().keySet().stream()
                                .sorted()
                                .map(PotentialIdentifier::word)
                                .toList()))));
    }

    /** Makes a released output public, in one atomic step. */
    public void publish(ReleasedDocument document) {
        outputs.put(document.output(), JSON.writeValueAsBytes(document));
    }

    /** All permits that were ever asked for, the newest first. */
    public List<PublicPermit> permits() {
        return permits.names().stream()
                .flatMap(name -> permits.find(name).stream())
                .map(bytes -> JSON.readValue(bytes, PublicPermit.class))
                .sorted(Comparator.comparing(PublicPermit::requested).reversed())
                .toList();
    }

    /** Those that were granted, whatever became of them later. */
    public List<PublicPermit> granted() {
        return permits().stream()
                .filter(permit -> GRANTED_ONCE.contains(permit.state()))
                .toList();
    }

    /** The state that is shown of each permit. */
    public Map<String, String> states() {
        return permits().stream().collect(Collectors.toMap(PublicPermit::permit, PublicPermit::state));
    }

    public Optional<PublicPermit> permit(String permit) {
        return permits().stream().filter(each -> each.permit().equals(permit)).findFirst();
    }

    /** All released outputs, the newest first. */
    public List<ReleasedDocument> documents() {
        return outputs.names().stream()
                .flatMap(name -> outputs.find(name).stream())
                .map(bytes -> JSON.readValue(bytes, ReleasedDocument.class))
                .sorted(Comparator.comparing(ReleasedDocument::released).reversed())
                .toList();
    }

    public Optional<ReleasedDocument> document(String output) {
        return documents().stream().filter(each -> each.output().equals(output)).findFirst();
    }

    /** The runs from which something was released, the newest first. */
    public List<Study> studies() {
        Map<String, List<ReleasedDocument>> byAnalysis = documents().stream()
                .collect(Collectors.groupingBy(
                        ReleasedDocument::analysis, java.util.LinkedHashMap::new, Collectors.toList()));
        return byAnalysis.entrySet().stream()
                .flatMap(run -> permit(run.getValue().getFirst().permit())
                        .map(permit -> new Study(
                                run.getKey(),
                                permit,
                                run.getValue().stream()
                                        .sorted(Comparator.comparing(ReleasedDocument::name))
                                        .toList()))
                        .stream())
                .toList();
    }

    public Optional<Study> study(String analysis) {
        return studies().stream()
                .filter(study -> study.analysis().equals(analysis))
                .findFirst();
    }

    /** The objections under which studies are made, in counts. */
    public record ObjectionCounts(long version, Instant made, long lists, long records) {}

    /** The version of the objections in force, if somebody ever objected. Needs no key. */
    public Optional<ObjectionCounts> objections() {
        record Row(long version, String made, long lists, long records) {}
        return control.read(sql -> sql.sql("select version, made, lists, records from objection_version_seen"
                                + " order by version desc limit 1")
                        .query(Row.class)
                        .optional())
                .map(row -> new ObjectionCounts(row.version(), Instant.parse(row.made()), row.lists(), row.records()));
    }

    /** When a project's space was destroyed, if it was. Needs no key. */
    public Optional<Instant> destroyed(String project) {
        return control.read(sql -> sql.sql("select destroyed from destruction_seen where project = :project"
                                + " and destroyed is not null")
                        .param("project", project)
                        .query(String.class)
                        .optional())
                .map(Instant::parse);
    }

    /** How often a project used its permit. */
    public Use use(String project) {
        return control.read(sql -> new Use(
                sql.sql("select count(*) from analysis where project = :project and state = 'done'")
                        .param("project", project)
                        .query(Long.class)
                        .single(),
                outputs(sql, project, "released"),
                outputs(sql, project, "refused")));
    }

    private static long outputs(org.springframework.jdbc.core.simple.JdbcClient sql, String project, String state) {
        return sql.sql("select count(*) from output o join analysis a on a.id = o.analysis"
                        + " where a.project = :project and o.state = :state")
                .param("project", project)
                .param("state", state)
                .query(Long.class)
                .single();
    }
}
