package org.vauban.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.vauban.cohort.CohortDefinition;
import org.vauban.document.Documents;
import org.vauban.document.Fields;
import org.vauban.omop.CdmTable;
import org.vauban.output.SurvivalCurves;
import org.vauban.problem.Phrase;
import org.vauban.problem.Place;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;
import org.vauban.problem.Problems;
import org.vauban.study.survival.Ties;
import org.vauban.trajectory.Domain;
import org.vauban.trajectory.Period;
import org.vauban.vocabulary.ConceptSet;

/** Reads STUDY.yaml. Every field is asked for by name, so a misspelt one is a mistake and never silently ignored. */
final class StudyReader {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    private static final String WORDS = "[\\p{L}\\p{N}][\\p{L}\\p{N} .,:;()/%+<>=≤≥'’_-]{0,79}";
    /** One text for both languages, or English and French with a bar between them. */
    private static final Pattern LABEL = Pattern.compile(WORDS + "( \\| " + WORDS + ")?");

    /** More than a lifetime. */
    static final int DAYS_MAX = 99_999;

    private final Path file;
    private final Problems problems = new Problems();
    private final TreeMap<String, String> cohortHashes = new TreeMap<>();

    private StudyReader(Path file) {
        this.file = file;
    }

    static StudyDefinition read(Path file) {
        return new StudyReader(file).study();
    }

    /** The design's kinds, by their word. */
    private enum DesignType {
        NEW_USER_ACTIVE_COMPARATOR,
        INCIDENCE,
        PREVALENCE,
        CHARACTERISATION,
        DRUG_UTILISATION,
        TREATMENT_PATHWAYS,
        SELF_CONTROLLED_CASE_SERIES,
        EXPOSURE_OVER_TIME
    }

    private enum CovariateKind {
        AGE,
        SEX,
        RECORD
    }

    private enum Method {
        KAPLAN_MEIER,
        COX,
        COMPARISON
    }

    private enum MethodOverTime {
        EXPOSURE,
        CLONE_CENSOR_WEIGHT
    }

    private StudyDefinition study() {
        Fields fields = Fields.of(Documents.read(file), problems);
        String name = name(fields, "study");
        String title = fields.text("title");
        Optional<String> purpose = fields.optionalText("purpose");
        Optional<Period> period = fields.optionalObject("period").flatMap(this::period);
        Optional<Fields> recordFields = fields.optionalObject("records");
        // What is asked of records alone needs no cohort.
        Optional<Fields> cohortFields =
                recordFields.isPresent() ? fields.optionalObject("cohorts") : Optional.of(fields.object("cohorts"));
        List<StudyCohort> cohorts = cohortFields.map(this::cohorts).orElse(List.of());
        Set<String> cohortNames = cohortFields.map(StudyReader::namesOf).orElse(Set.of());
        List<StudyRecords> records =
                recordFields.map(found -> records(found, cohortNames)).orElse(List.of());
        Set<String> names = new HashSet<>(cohortNames);
        recordFields.ifPresent(found -> names.addAll(namesOf(found)));
        Fields designFields = fields.object("design");
        Optional<DesignType> known = designFields.decidingChoice("type", DesignType.class);
        if (known.isEmpty()) {
            // Which fields there are depends on the type: of a type that nobody knows, none can be judged.
            problems.throwIfAny();
        }
        DesignType type = known.orElseThrow();
        Optional<Design> design = switch (type) {
            case NEW_USER_ACTIVE_COMPARATOR ->
                newUsers(designFields, cohortNames, timeAtRisk(fields.object("time-at-risk")));
            case INCIDENCE -> new OccurrenceReader(designFields, cohortNames).incidence();
            case PREVALENCE -> new OccurrenceReader(designFields, cohortNames).prevalence();
            case CHARACTERISATION -> new CharacterisationReader(designFields, cohortNames).design();
            case SELF_CONTROLLED_CASE_SERIES -> new SeriesReader(designFields, cohortNames).design();
            case EXPOSURE_OVER_TIME -> OverTimeReader.design(designFields, cohortNames);
            case DRUG_UTILISATION -> new UtilisationReader(designFields, cohortNames, names).design();
            case TREATMENT_PATHWAYS -> new PathwayReader(designFields, cohortNames, names).design();
        };
        List<Covariate> covariates = List.of();
        ComparisonDesign comparison = ComparisonDesign.none();
        List<Analysis> analyses = List.of();
        // Beside a design that has no such parts they are answered as fields that nobody knows.
        if (type == DesignType.NEW_USER_ACTIVE_COMPARATOR
                || type == DesignType.CHARACTERISATION
                || type == DesignType.EXPOSURE_OVER_TIME) {
            Optional<Fields> asked = fields.optionalObject("covariates");
            covariates = asked.map(this::covariates).orElse(List.of());
            if (type == DesignType.NEW_USER_ACTIVE_COMPARATOR) {
                Set<String> covariateNames = asked.map(StudyReader::namesOf).orElse(Set.of());
                var comparisons = new ComparisonReader(cohortNames, covariateNames, design);
                ComparisonDesign shared = fields.optionalObject("comparison")
                        .map(comparisons::design)
                        .orElse(ComparisonDesign.none());
                analyses = analyses(
                        fields,
                        (called, analysis) -> analysis(
                                called,
                                analysis,
                                covariateNames,
                                () -> comparisons.analysis(called, analysis, shared)));
                comparison = shared;
            } else if (type == DesignType.EXPOSURE_OVER_TIME) {
                Set<String> covariateNames = asked.map(StudyReader::namesOf).orElse(Set.of());
                analyses = analyses(fields, (called, analysis) -> overTime(called, analysis, covariateNames));
            } else if (asked.isEmpty() && !designFields.has("features")) {
                fields.missing("covariates");
            }
        }
        fields.noOthers();
        problems.throwIfAny();
        return new StudyDefinition(
                name,
                title,
                purpose,
                period,
                cohorts,
                records,
                design.orElseThrow(),
                covariates,
                comparison,
                analyses,
                new StudyHashes(StudyHashes.sha256(bytes(file)), cohortHashes));
    }

    private static Set<String> namesOf(Fields fields) {
        return new HashSet<>(fields.names());
    }

    private Optional<Period> period(Fields fields) {
        var from = fields.date("from");
        var to = fields.date("to");
        fields.noOthers();
        if (to.isBefore(from)) {
            fields.wrongValue("to", Phrase.A_DAY_NOT_BEFORE.with(from), to.toString());
            return Optional.empty();
        }
        return Optional.of(new Period(from, to));
    }

    // Cohorts.

    private List<StudyCohort> cohorts(Fields fields) {
        List<StudyCohort> cohorts = new ArrayList<>();
        for (String name : fields.names()) {
            Fields cohort = fields.object(name);
            checkName(fields, name);
            String definitionFile = cohort.text("definition");
            String label = label(cohort, name);
            var entries = cohort.choice("entries", StudyCohort.Entries.class, StudyCohort.Entries.OBSERVED);
            cohort.noOthers();
            if (!definitionFile.isEmpty()) {
                definition(cohort, name, definitionFile)
                        .ifPresent(definition ->
                                cohorts.add(new StudyCohort(name, label, entries, definitionFile, definition)));
            }
        }
        return cohorts;
    }

    private Optional<CohortDefinition> definition(Fields cohort, String name, String definitionFile) {
        Optional<Path> path = beside(definitionFile);
        if (path.isEmpty()) {
            cohort.wrongValue("definition", Phrase.A_FILE_BESIDE_THE_STUDY, definitionFile);
            return Optional.empty();
        }
        try {
            CohortDefinition definition = CohortDefinition.read(path.get());
            cohortHashes.put(name, StudyHashes.sha256(bytes(path.get())));
            return Optional.of(definition);
        } catch (ProblemException wrong) {
            wrong.problems().forEach(problems::add);
            return Optional.empty();
        }
    }

    /** A study names files below its own folder only: it may have been written by somebody else. */
    private Optional<Path> beside(String definitionFile) {
        try {
            Path relative = Path.of(definitionFile);
            return relative.isAbsolute() || relative.normalize().startsWith("..")
                    ? Optional.empty()
                    : Optional.of(file.resolveSibling(relative.normalize()));
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }

    // Records.

    private List<StudyRecords> records(Fields fields, Set<String> cohortNames) {
        List<StudyRecords> records = new ArrayList<>();
        for (String name : fields.names()) {
            checkName(fields, name);
            if (cohortNames.contains(name)) {
                fields.wrongValue(name, Phrase.EACH_NAME_ONCE, name);
            }
            Fields found = fields.object(name);
            String label = label(found, name);
            Optional<Domain> domain = recordedIn(found);
            List<ConceptSet.Item> items = concepts(found, "concepts", found.truth("descendants", true));
            found.noOthers();
            domain.ifPresent(
                    table -> records.add(new StudyRecords(name, label, table, new ConceptSet(0, name, items))));
        }
        return records;
    }

    /** The table of events that a field names; concepts of it must be named as well. */
    private static Optional<Domain> recordedIn(Fields fields) {
        String table = fields.text("table");
        Optional<Domain> domain = CdmTable.named(table).flatMap(Domain::of).filter(StudyReader::hasRecords);
        if (domain.isEmpty() && !table.isEmpty()) {
            fields.wrongValue("table", Phrase.A_TABLE_OF_EVENTS, table);
        }
        if (fields.list("concepts").isEmpty()) {
            fields.wrongValue("concepts", Phrase.AT_LEAST_ONE_CONCEPT, Phrase.NONE);
        }
        return domain;
    }

    // Design and time at risk.

    private Optional<Design> newUsers(Fields fields, Set<String> cohorts, TimeAtRisk timeAtRisk) {
        String target = reference(fields, "target", cohorts);
        String comparator = reference(fields, "comparator", cohorts);
        String outcome = reference(fields, "outcome", cohorts);
        if (!target.isEmpty() && target.equals(comparator)) {
            fields.wrongValue("comparator", Phrase.ANOTHER_COHORT, comparator);
        }
        var exposure = fields.choice("exposure", Design.Exposure.class, Design.Exposure.FIRST);
        int priorObservation = fields.whole("prior-observation-days", 0, DAYS_MAX, 0);
        var both = fields.choice("persons-in-both", Design.PersonsInBoth.class, Design.PersonsInBoth.REMOVE);
        boolean common = fields.truth("common-calendar-period", false);
        Design.PriorOutcome prior = fields.optionalObject("prior-outcome")
                .map(StudyReader::priorOutcome)
                .orElse(new Design.PriorOutcome(true, OptionalInt.empty()));
        fields.noOthers();
        return Optional.of(new Design.NewUserActiveComparator(
                target, comparator, outcome, exposure, priorObservation, both, common, prior, timeAtRisk));
    }

    static Design.PriorOutcome priorOutcome(Fields fields) {
        boolean remove = fields.truth("remove", true);
        OptionalInt lookback = fields.has("lookback-days")
                ? OptionalInt.of(fields.whole("lookback-days", 1, DAYS_MAX, 1))
                : OptionalInt.empty();
        fields.noOthers();
        return new Design.PriorOutcome(remove, lookback);
    }

    private TimeAtRisk timeAtRisk(Fields fields) {
        Fields start = fields.object("start");
        Fields end = fields.object("end");
        var read = new TimeAtRisk(
                start.choice("anchor", TimeAtRisk.Anchor.class, null),
                start.whole("days", -DAYS_MAX, DAYS_MAX, 0),
                end.choice("anchor", TimeAtRisk.Anchor.class, null),
                end.whole("days", -DAYS_MAX, DAYS_MAX, 0),
                fields.whole("at-least-days", 1, DAYS_MAX, 1));
        start.noOthers();
        end.noOthers();
        fields.noOthers();
        return read;
    }

    static String reference(Fields fields, String field, Set<String> known) {
        String name = fields.text(field);
        if (!name.isEmpty() && !known.contains(name)) {
            fields.wrongValue(field, oneOf(known), name);
        }
        return name;
    }

    // Covariates.

    private List<Covariate> covariates(Fields fields) {
        List<Covariate> covariates = new ArrayList<>();
        for (String name : fields.names()) {
            checkName(fields, name);
            covariate(name, fields.object(name)).ifPresent(covariates::add);
        }
        return covariates;
    }

    private Optional<Covariate> covariate(String name, Fields fields) {
        String label = label(fields, name);
        Optional<Covariate> read = switch (fields.choice("kind", CovariateKind.class, null)) {
            case AGE ->
                Optional.of(new Covariate.Age(
                        name,
                        label,
                        fields.choice("form", Covariate.Age.Form.class, Covariate.Age.Form.LINEAR),
                        fields.whole("group-years", 1, 100, 10)));
            case SEX -> Optional.of(new Covariate.Sex(name, label));
            case RECORD -> recorded(name, label, fields);
        };
        fields.noOthers();
        return read;
    }

    private Optional<Covariate> recorded(String name, String label, Fields fields) {
        Optional<Domain> domain = recordedIn(fields);
        List<ConceptSet.Item> items = concepts(fields, "concepts", fields.truth("descendants", true));
        int from = day(fields, "from-day");
        int to = day(fields, "to-day");
        if (to < from) {
            fields.wrongValue("to-day", Phrase.A_DAY_NOT_BEFORE.with(from), String.valueOf(to));
            return Optional.empty();
        }
        return domain.map(
                found -> new Covariate.Recorded(name, label, found, new ConceptSet(0, name, items), from, to));
    }

    static List<ConceptSet.Item> concepts(Fields fields, String field, boolean descendants) {
        List<ConceptSet.Item> items = new ArrayList<>();
        for (long concept : fields.wholes(field)) {
            if (concept < 0 || concept > Integer.MAX_VALUE) {
                fields.wrongValue(field, Phrase.CONCEPT_IDS, String.valueOf(concept));
            } else {
                items.add(new ConceptSet.Item((int) concept, "", descendants, false, false));
            }
        }
        return items;
    }

    static boolean hasRecords(Domain domain) {
        return domain != Domain.OBSERVATION_PERIOD && domain != Domain.PAYER_PLAN_PERIOD;
    }

    static int day(Fields fields, String field) {
        if (!fields.has(field)) {
            fields.missing(field);
        }
        return fields.whole(field, -DAYS_MAX, DAYS_MAX, 0);
    }

    // Analyses.

    private List<Analysis> analyses(Fields fields, BiFunction<String, Fields, Analysis> read) {
        if (!fields.has("analyses")) {
            fields.missing("analyses");
            return List.of();
        }
        List<Analysis> analyses = new ArrayList<>();
        Set<String> names = new HashSet<>();
        List<Fields> each = fields.objects("analyses");
        for (Fields analysis : each) {
            String name = name(analysis, "name");
            if (!name.isEmpty() && !names.add(name)) {
                analysis.wrongValue("name", Phrase.EACH_NAME_ONCE, name);
            }
            if (StudyResults.NAMES_TAKEN.contains(name)) {
                analysis.wrongValue("name", Phrase.A_NAME_OF_NO_OTHER_OUTPUT, name);
            }
            analyses.add(read.apply(name, analysis));
        }
        if (each.isEmpty()) {
            fields.wrongValue("analyses", Phrase.AT_LEAST_ONE_ANALYSIS, Phrase.NONE);
        }
        for (Analysis known : analyses) {
            if (known instanceof Analysis.Comparison one) {
                ComparisonResult.outputNames(one.name()).stream()
                        .filter(names::contains)
                        .forEach(taken -> fields.wrongValue("analyses", Phrase.A_NAME_OF_NO_OTHER_OUTPUT, taken));
            }
        }
        return analyses;
    }

    private Analysis overTime(String name, Fields fields, Set<String> covariates) {
        Analysis read = switch (fields.choice("method", MethodOverTime.class, null)) {
            case EXPOSURE -> OverTimeReader.overTime(name, fields, covariates);
            case CLONE_CENSOR_WEIGHT -> OverTimeReader.targetTrial(name, fields, covariates);
        };
        fields.noOthers();
        return read;
    }

    private Analysis analysis(String name, Fields fields, Set<String> covariates, Supplier<Analysis> comparison) {
        Analysis read = switch (fields.choice("method", Method.class, null)) {
            case KAPLAN_MEIER ->
                new Analysis.KaplanMeier(
                        name,
                        fields.choice("interval", SurvivalCurves.Interval.class, SurvivalCurves.Interval.LOG_LOG),
                        known("weighted-by", fields, covariates));
            case COX -> cox(name, fields, covariates);
            case COMPARISON -> comparison.get();
        };
        fields.noOthers();
        return read;
    }

    private Analysis cox(String name, Fields fields, Set<String> known) {
        Ties ties = fields.choice("ties", Ties.class, Ties.EFRON);
        var interval = fields.choice("interval", Analysis.Cox.Interval.class, Analysis.Cox.Interval.WALD);
        return new Analysis.Cox(name, ties, known("covariates", fields, known), interval);
    }

    /** Names that the file defines, each once. */
    static List<String> known(String field, Fields fields, Set<String> known) {
        List<String> names = fields.texts(field);
        for (String name : names) {
            if (!known.contains(name)) {
                fields.wrongValue(field, oneOf(known), name);
            }
        }
        if (names.size() != new HashSet<>(names).size()) {
            fields.wrongValue(field, Phrase.EACH_NAME_ONCE, String.join(", ", names));
        }
        return names;
    }

    // Numbers, names, labels, files.

    /** A number between two others, both included. */
    static double number(Fields fields, String field, double least, double most, double otherwise) {
        var found = fields.optionalNumber(field);
        if (found.isEmpty()) {
            return otherwise;
        }
        double value = found.getAsDouble();
        if (!(value >= least && value <= most)) {
            fields.wrongValue(field, Phrase.FROM_TO.with(least, most), String.valueOf(value));
            return otherwise;
        }
        return value;
    }

    static String name(Fields fields, String field) {
        String name = fields.text(field);
        if (!name.isEmpty() && !NAME.matcher(name).matches()) {
            fields.wrongValue(field, Phrase.LETTERS_DIGITS_HYPHENS, name);
        }
        return name;
    }

    static void checkName(Fields fields, String name) {
        if (!NAME.matcher(name).matches()) {
            fields.wrongValue(name, Phrase.A_NAME_OF_LETTERS, name);
        }
    }

    private static String label(Fields fields, String otherwise) {
        String label = fields.optionalText("label").orElse(otherwise);
        if (!LABEL.matcher(label).matches()) {
            fields.wrongValue("label", Phrase.A_LABEL, label);
        }
        return label;
    }

    private static Object oneOf(Set<String> known) {
        return known.isEmpty()
                ? Phrase.A_NAME_OF_THIS_FILE
                : known.stream().sorted().collect(Collectors.joining(", "));
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw Problem.of(ProblemCode.DOCUMENT_UNREADABLE)
                    .expected(Phrase.A_READABLE_FILE)
                    .found(unreadable.getClass().getSimpleName())
                    .at(Place.file(file.toString()))
                    .exception(unreadable);
        }
    }
}
