package org.vauban.permit;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.vauban.disclosure.DisclosureRules;
import org.vauban.document.Documents;
import org.vauban.document.Fields;
import org.vauban.document.Node;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.CdmTable;
import org.vauban.omop.EditionId;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.Problems;
import org.vauban.procedure.Procedure;
import org.vauban.procedure.Procedures;
import org.vauban.trajectory.Period;

/**
 * What a permit says, as written in PERMIT.yaml. {@code permit.schema.json} describes the file.
 *
 * @param titleFrench the public title in French
 * @param titleEnglish the public title in English
 * @param summaryFrench what will be done and why, for citizens, in French
 * @param summaryEnglish the same in English
 * @param organisation who is responsible; public
 * @param purpose why
 * @param persons logins of those who may work in the project space
 * @param editions the editions it covers
 * @param columns the columns it grants
 * @param period the days it grants
 * @param end the last day on which anything can be computed
 * @param threshold the fewest persons a cell may show, if raised above the hub's
 * @param explores whether rows may be looked at inside the project space, by a statement of one's own
 * @param dossier the procedure it is asked under, and its pieces
 */
public record PermitTerms(
        String titleFrench,
        String titleEnglish,
        String summaryFrench,
        String summaryEnglish,
        String organisation,
        Purpose purpose,
        List<String> persons,
        List<EditionId> editions,
        Set<CdmColumn> columns,
        Period period,
        LocalDate end,
        Optional<Integer> threshold,
        boolean explores,
        Dossier dossier) {

    /** Terms that are asked of the hub's own committee, under which no row is looked at. */
    public PermitTerms(
            String titleFrench,
            String titleEnglish,
            String summaryFrench,
            String summaryEnglish,
            String organisation,
            Purpose purpose,
            List<String> persons,
            List<EditionId> editions,
            Set<CdmColumn> columns,
            Period period,
            LocalDate end,
            Optional<Integer> threshold) {
        this(
                titleFrench,
                titleEnglish,
                summaryFrench,
                summaryEnglish,
                organisation,
                purpose,
                persons,
                editions,
                columns,
                period,
                end,
                threshold,
                false,
                Dossier.toTheCommittee());
    }

    /** Terms that are asked of the hub's own committee. */
    public PermitTerms(
            String titleFrench,
            String titleEnglish,
            String summaryFrench,
            String summaryEnglish,
            String organisation,
            Purpose purpose,
            List<String> persons,
            List<EditionId> editions,
            Set<CdmColumn> columns,
            Period period,
            LocalDate end,
            Optional<Integer> threshold,
            boolean explores) {
        this(
                titleFrench,
                titleEnglish,
                summaryFrench,
                summaryEnglish,
                organisation,
                purpose,
                persons,
                editions,
                columns,
                period,
                end,
                threshold,
                explores,
                Dossier.toTheCommittee());
    }

    /** Terms under which no row is looked at. */
    public PermitTerms(
            String titleFrench,
            String titleEnglish,
            String summaryFrench,
            String summaryEnglish,
            String organisation,
            Purpose purpose,
            List<String> persons,
            List<EditionId> editions,
            Set<CdmColumn> columns,
            Period period,
            LocalDate end,
            Optional<Integer> threshold,
            Dossier dossier) {
        this(
                titleFrench,
                titleEnglish,
                summaryFrench,
                summaryEnglish,
                organisation,
                purpose,
                persons,
                editions,
                columns,
                period,
                end,
                threshold,
                false,
                dossier);
    }

    public PermitTerms {
        persons = List.copyOf(persons);
        editions = List.copyOf(editions);
        columns = Set.copyOf(columns);
        if (persons.isEmpty() || editions.isEmpty() || columns.isEmpty()) {
            throw new IllegalArgumentException("A permit names persons, editions and columns");
        }
    }

    /** Reads PERMIT.yaml; all mistakes are reported together, with line and column. */
    public static PermitTerms read(Path file) {
        return parse(Documents.read(file));
    }

    static PermitTerms parse(Node document) {
        var problems = new Problems();
        Fields fields = Fields.of(document, problems);
        Fields title = fields.object("title");
        Fields summary = fields.object("summary");
        String titleFrench = title.text("fr");
        String titleEnglish = title.text("en");
        title.noOthers();
        String summaryFrench = summary.text("fr");
        String summaryEnglish = summary.text("en");
        summary.noOthers();
        String organisation = fields.text("organisation");
        Purpose purpose = purpose(fields);
        List<String> persons = someOf(fields, "persons", "at least one login", fields.texts("persons"));
        List<EditionId> editions = editions(fields);
        Set<CdmColumn> columns = columns(fields);
        Period period = fields.optionalObject("period").map(PermitTerms::period).orElse(Period.ALWAYS);
        LocalDate end = fields.date("end");
        Optional<Integer> threshold = fields.optionalObject("disclosure").flatMap(PermitTerms::threshold);
        boolean explores = fields.truth("explore", false);
        Dossier dossier = dossier(fields);
        fields.noOthers();
        problems.throwIfAny();
        return new PermitTerms(
                titleFrench,
                titleEnglish,
                summaryFrench,
                summaryEnglish,
                organisation,
                purpose,
                persons,
                editions,
                columns,
                period,
                end,
                threshold,
                explores,
                dossier);
    }

    /** The same terms with another last day. */
    PermitTerms until(LocalDate last) {
        return new PermitTerms(
                titleFrench,
                titleEnglish,
                summaryFrench,
                summaryEnglish,
                organisation,
                purpose,
                persons,
                editions,
                columns,
                period,
                last,
                threshold,
                explores,
                dossier);
    }

    /** A forbidden purpose is no mistake in a file: it is refused before anything else is looked at. */
    private static Purpose purpose(Fields fields) {
        fields.optionalText("purpose").flatMap(ForbiddenPurpose::named).ifPresent(forbidden -> {
            throw Problem.of(ProblemCode.PURPOSE_FORBIDDEN)
                    .found(forbidden.word())
                    .at(fields.place("purpose"))
                    .exception();
        });
        return fields.choice("purpose", Purpose.class, null);
    }

    private static Dossier dossier(Fields fields) {
        String procedure = fields.optionalText("procedure").orElse(Procedures.COMMITTEE);
        Optional<Procedure> found = Procedures.named(procedure);
        if (found.isEmpty()) {
            fields.wrongValue(
                    "procedure",
                    Procedures.shipped().stream().map(Procedure::name).collect(Collectors.joining(", ")),
                    procedure);
        }
        ApplicantKind applicant = fields.choice("applicant", ApplicantKind.class, ApplicantKind.RESEARCH);
        Map<String, String> pieces = new TreeMap<>();
        fields.optionalObject("pieces").ifPresent(named -> {
            for (String piece : named.names()) {
                named.optionalText(piece).ifPresent(reference -> pieces.put(piece, reference));
                if (found.isPresent() && !found.get().pieces().contains(piece)) {
                    named.wrongValue(piece, String.join(", ", found.get().pieces()), piece);
                }
            }
        });
        return new Dossier(procedure, applicant, pieces);
    }

    /** Never weaker than the hub's own rules. */
    public DisclosureRules disclosureRules() {
        return threshold.map(DisclosureRules.standard()::raisedTo).orElseGet(DisclosureRules::standard);
    }

    private static List<EditionId> editions(Fields fields) {
        List<EditionId> editions = new ArrayList<>();
        for (String text : someOf(fields, "editions", "at least one edition", fields.texts("editions"))) {
            try {
                editions.add(new EditionId(text));
            } catch (IllegalArgumentException _) {
                fields.wrongValue("editions", "names such as e-7k2m9q4d", text);
            }
        }
        return editions;
    }

    private static Set<CdmColumn> columns(Fields fields) {
        Set<CdmColumn> columns = new TreeSet<>();
        Fields tables = fields.object("tables");
        for (String name : tables.names()) {
            Optional<CdmTable> table = CdmTable.named(name).filter(found -> !found.isNarrative());
            if (table.isEmpty()) {
                tables.node(name);
                tables.wrongValue(name, "a table of OMOP CDM 5.4 without free text", name);
                continue;
            }
            for (String column : tables.texts(name)) {
                table.get()
                        .find(column)
                        .ifPresentOrElse(
                                columns::add,
                                () -> tables.wrongValue(
                                        name,
                                        String.join(
                                                ", ",
                                                table.get().columns().stream()
                                                        .map(CdmColumn::name)
                                                        .toList()),
                                        column));
            }
        }
        if (columns.isEmpty()) {
            fields.wrongValue("tables", "at least one table with its columns", "none");
        }
        return columns;
    }

    private static Period period(Fields fields) {
        LocalDate from = fields.date("from");
        LocalDate to = fields.date("to");
        fields.noOthers();
        if (to.isBefore(from)) {
            fields.wrongValue("to", "a day not before " + from, to.toString());
            return Period.ALWAYS;
        }
        return new Period(from, to);
    }

    private static Optional<Integer> threshold(Fields fields) {
        int least = DisclosureRules.standard().threshold();
        int threshold = fields.whole("threshold", least, 100, least);
        fields.noOthers();
        return Optional.of(threshold);
    }

    private static List<String> someOf(Fields fields, String name, String expected, List<String> found) {
        if (found.isEmpty()) {
            fields.wrongValue(name, expected, "none");
        }
        return found;
    }
}
