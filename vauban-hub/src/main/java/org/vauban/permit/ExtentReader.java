package org.vauban.permit;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.vauban.document.Fields;
import org.vauban.document.Node;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.CdmTable;
import org.vauban.omop.EditionId;
import org.vauban.problem.Phrase;
import org.vauban.problem.ProblemException;
import org.vauban.trajectory.Domain;
import org.vauban.trajectory.Period;
import org.vauban.vocabulary.ConceptSet;

/** Reads how far a permit reaches from its document. */
final class ExtentReader {
    /** Rows about being observed have no concept that a project could be limited to. */
    private static final Set<Domain> LIMITED =
            EnumSet.complementOf(EnumSet.of(Domain.OBSERVATION_PERIOD, Domain.PAYER_PLAN_PERIOD));

    private ExtentReader() {}

    /** Under {@code potentialIdentifiers}, beside the identifiers. */
    private static final String TOGETHER = "together";

    /** Nothing when something that it needs is wrong or missing; the problems say what. */
    static Optional<Extent> read(Fields fields) {
        List<EditionId> editions = editions(fields);
        Set<CdmColumn> columns = columns(fields);
        Period period =
                fields.optionalObject("period").map(ExtentReader::period).orElse(Period.ALWAYS);
        Optional<Population> population = fields.optionalObject("population").flatMap(ExtentReader::population);
        Map<Domain, ConceptSet> concepts =
                fields.optionalObject("concepts").map(ExtentReader::concepts).orElse(Map.of());
        Map<PotentialIdentifier, String> justified = fields.optionalObject("potentialIdentifiers")
                .map(ExtentReader::justified)
                .orElse(Map.of());
        return editions.isEmpty() || columns.isEmpty()
                ? Optional.empty()
                : Optional.of(new Extent(editions, columns, period, population, concepts, justified));
    }

    private static Optional<Population> population(Fields fields) {
        String name = fields.text("name");
        Optional<Node> cohort = fields.node("cohort");
        fields.noOthers();
        if (cohort.isEmpty()) {
            fields.missing("cohort");
            return Optional.empty();
        }
        try {
            return Optional.of(Population.of(name, cohort.get()));
        } catch (ProblemException mistakes) {
            fields.problems().addAll(mistakes.problems());
            return Optional.empty();
        }
    }

    private static Map<Domain, ConceptSet> concepts(Fields tables) {
        Map<Domain, ConceptSet> concepts = new EnumMap<>(Domain.class);
        for (String name : tables.names()) {
            Optional<Domain> domain = CdmTable.named(name).flatMap(Domain::of).filter(LIMITED::contains);
            List<ConceptSet.Item> items =
                    tables.objects(name).stream().map(ExtentReader::item).toList();
            if (domain.isEmpty() || items.isEmpty()) {
                tables.wrongValue(
                        name,
                        LIMITED.stream().map(each -> each.table().tableName()).collect(Collectors.joining(", ")),
                        domain.isEmpty() ? name : Phrase.NONE);
            } else {
                concepts.put(domain.get(), new ConceptSet(0, name, items));
            }
        }
        return concepts;
    }

    private static ConceptSet.Item item(Fields fields) {
        long concept = fields.whole("concept");
        boolean descendants = fields.truth("descendants", false);
        fields.noOthers();
        if (concept != (int) concept) {
            fields.wrongValue("concept", Integer.MAX_VALUE, String.valueOf(concept));
        }
        return new ConceptSet.Item((int) concept, "", descendants, false, false);
    }

    /** One at a time; more than one say besides why they are needed at once, since together they tell more than each alone. */
    private static Map<PotentialIdentifier, String> justified(Fields fields) {
        Map<PotentialIdentifier, String> justified = new EnumMap<>(PotentialIdentifier.class);
        String together = fields.optionalText(TOGETHER).orElse("").strip();
        for (String word : fields.names()) {
            if (word.equals(TOGETHER)) {
                continue;
            }
            String why = fields.text(word);
            Optional<PotentialIdentifier> identifier = PotentialIdentifier.named(word);
            if (identifier.isEmpty()) {
                fields.wrongValue(word, String.join(", ", PotentialIdentifier.words()), word);
            } else if (why.isBlank()) {
                fields.wrongValue(word, Phrase.WHY_IT_IS_NEEDED, Phrase.NONE);
            } else {
                justified.put(identifier.get(), why.strip());
            }
        }
        if (justified.size() < 2) {
            return justified;
        }
        if (together.isEmpty()) {
            fields.wrongValue(TOGETHER, Phrase.WHY_MORE_THAN_ONE, Phrase.NONE);
        }
        justified.replaceAll((_, why) -> why + " – " + together);
        return justified;
    }

    private static List<EditionId> editions(Fields fields) {
        List<EditionId> editions = new ArrayList<>();
        for (String text : TermsReader.someOf(fields, "editions", "at least one edition")) {
            try {
                editions.add(new EditionId(text));
            } catch (IllegalArgumentException _) {
                fields.wrongValue("editions", Phrase.NAMES_OF_EDITIONS, text);
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
                tables.wrongValue(name, Phrase.A_TABLE_WITHOUT_FREE_TEXT, name);
                continue;
            }
            for (String column : tables.texts(name)) {
                table.get()
                        .find(column)
                        .ifPresentOrElse(columns::add, () -> tables.wrongValue(name, names(table.get()), column));
            }
        }
        if (columns.isEmpty()) {
            fields.wrongValue("tables", Phrase.A_TABLE_WITH_ITS_COLUMNS, Phrase.NONE);
        }
        return columns;
    }

    private static String names(CdmTable table) {
        return table.columns().stream().map(CdmColumn::name).collect(Collectors.joining(", "));
    }

    private static Period period(Fields fields) {
        LocalDate from = fields.date("from");
        LocalDate to = fields.date("to");
        fields.noOthers();
        if (to.isBefore(from)) {
            fields.wrongValue("to", Phrase.A_DAY_NOT_BEFORE.with(from), to.toString());
            return Period.ALWAYS;
        }
        return new Period(from, to);
    }
}
