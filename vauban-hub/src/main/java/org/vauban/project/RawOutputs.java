package org.vauban.project;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.vauban.output.AttritionFlow;
import org.vauban.output.CovariateBalance;
import org.vauban.output.DesignChecks;
import org.vauban.output.Distributions;
import org.vauban.output.EffectEstimates;
import org.vauban.output.Features;
import org.vauban.output.FrequencyTable;
import org.vauban.output.MagnitudeTable;
import org.vauban.output.Occurrences;
import org.vauban.output.Pathways;
import org.vauban.output.PersonSet;
import org.vauban.output.RawOutput;
import org.vauban.output.SurvivalCurves;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** Writes exact outputs as JSON to be sealed, reads them back, and renames their persons. */
final class RawOutputs {
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new SimpleModule()
                    .addSerializer(PersonSet.class, new PersonSetWriter())
                    .addDeserializer(PersonSet.class, new PersonSetReader()))
            .addMixIn(RawOutput.class, Kinds.class)
            .build();

    /** The outputs of one analysis, as they are sealed. */
    record Content(List<RawOutput> outputs) {
        Content {
            outputs = List.copyOf(outputs);
        }
    }

    private RawOutputs() {}

    static byte[] write(List<RawOutput> outputs) {
        return JSON.writeValueAsBytes(new Content(outputs));
    }

    static List<RawOutput> read(byte[] bytes) {
        return JSON.readValue(bytes, Content.class).outputs();
    }

    /** The same output with every person renamed. */
    static RawOutput renamed(RawOutput output, LongUnaryOperator names) {
        return switch (output) {
            case FrequencyTable table ->
                new FrequencyTable(
                        table.name(),
                        table.dimensions(),
                        table.cells().stream()
                                .map(cell -> new FrequencyTable.Cell(
                                        cell.levels(),
                                        cell.count(),
                                        cell.persons().map(persons -> renamed(persons, names)),
                                        cell.structuralZero(),
                                        cell.largestHolder()))
                                .toList(),
                        table.sensitive());
            case MagnitudeTable table ->
                new MagnitudeTable(
                        table.name(),
                        table.measure(),
                        table.dimensions(),
                        table.cells().stream()
                                .map(cell -> new MagnitudeTable.Cell(
                                        cell.levels(),
                                        cell.count(),
                                        cell.persons().map(persons -> renamed(persons, names)),
                                        cell.sum(),
                                        cell.largest(),
                                        cell.negative(),
                                        cell.largestHolder(),
                                        cell.percentiles()))
                                .toList(),
                        table.sensitive());
            case AttritionFlow flow ->
                new AttritionFlow(
                        flow.name(),
                        flow.arms().stream()
                                .map(arm -> new AttritionFlow.Arm(
                                        arm.label(),
                                        arm.steps().stream()
                                                .map(step -> new AttritionFlow.Step(
                                                        step.label(), renamed(step.remaining(), names)))
                                                .toList()))
                                .toList());
            case SurvivalCurves curves ->
                new SurvivalCurves(
                        curves.name(),
                        curves.timeUnit(),
                        curves.arms().stream()
                                .map(arm -> new SurvivalCurves.Arm(
                                        arm.label(),
                                        LongStream.of(arm.persons()).map(names).toArray(),
                                        arm.days(),
                                        arm.events(),
                                        arm.weights()))
                                .toList(),
                        curves.interval());
            case EffectEstimates estimates ->
                new EffectEstimates(
                        estimates.name(),
                        estimates.rows().stream()
                                .map(row -> new EffectEstimates.Row(
                                        row.analysis(),
                                        row.target(),
                                        row.comparator(),
                                        row.outcome(),
                                        row.method(),
                                        row.estimand(),
                                        row.estimateName(),
                                        row.estimate(),
                                        row.ciLow(),
                                        row.ciHigh(),
                                        row.standardErrorLog(),
                                        row.p(),
                                        renamed(row.targets(), names),
                                        renamed(row.comparators(), names),
                                        renamed(row.targetEvents(), names),
                                        renamed(row.comparatorEvents(), names),
                                        row.model(),
                                        row.calibrated()))
                                .toList());
            case CovariateBalance balance ->
                new CovariateBalance(
                        balance.name(),
                        balance.target(),
                        balance.comparator(),
                        renamed(balance.targets(), names),
                        renamed(balance.comparators(), names),
                        balance.rows().stream()
                                .map(row -> new CovariateBalance.Row(
                                        row.covariate(),
                                        row.binary(),
                                        renamed(row.targetsWith(), names),
                                        renamed(row.comparatorsWith(), names),
                                        row.targetBefore(),
                                        row.comparatorBefore(),
                                        row.targetAfter(),
                                        row.comparatorAfter(),
                                        row.differenceBefore(),
                                        row.differenceAfter()))
                                .toList(),
                        balance.covariates(),
                        balance.diagnostics());
            case Occurrences occurrences ->
                new Occurrences(
                        occurrences.name(),
                        occurrences.measure(),
                        occurrences.outcome(),
                        occurrences.rows().stream()
                                .map(row -> new Occurrences.Row(
                                        row.interval(),
                                        row.age(),
                                        row.sex(),
                                        renamed(row.persons(), names),
                                        renamed(row.cases(), names),
                                        row.events(),
                                        row.days(),
                                        row.estimate()))
                                .toList());
            case Features features ->
                new Features(
                        features.name(),
                        features.groups().stream()
                                .map(group -> new Features.Group(group.label(), renamed(group.persons(), names)))
                                .toList(),
                        features.rows().stream()
                                .map(row -> new Features.Row(
                                        row.table(),
                                        row.concept(),
                                        row.conceptName(),
                                        row.fromDay(),
                                        row.toDay(),
                                        row.persons().stream()
                                                .map(persons -> renamed(persons, names))
                                                .toList()))
                                .toList());
            case DesignChecks checks ->
                new DesignChecks(
                        checks.name(),
                        checks.outcome(),
                        renamed(checks.persons(), names),
                        checks.checks().stream()
                                .map(check -> new DesignChecks.Check(
                                        check.question(),
                                        check.about(),
                                        check.answer(),
                                        check.found(),
                                        check.limit(),
                                        renamed(check.counted(), names)))
                                .toList());
            case Distributions distributions ->
                new Distributions(
                        distributions.name(),
                        distributions.group(),
                        renamed(distributions.persons(), names),
                        distributions.rows().stream()
                                .map(row -> new Distributions.Row(
                                        row.measure(),
                                        row.unit(),
                                        row.telling(),
                                        LongStream.of(row.persons()).map(names).toArray(),
                                        row.values()))
                                .toList());
            case Pathways pathways ->
                new Pathways(
                        pathways.name(),
                        pathways.target(),
                        pathways.rows().stream()
                                .map(row -> new Pathways.Row(row.steps(), renamed(row.persons(), names)))
                                .toList());
        };
    }

    private static PersonSet renamed(PersonSet persons, LongUnaryOperator names) {
        return PersonSet.of(persons.stream().map(names).toArray());
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = FrequencyTable.class, name = "frequency-table"),
        @JsonSubTypes.Type(value = MagnitudeTable.class, name = "magnitude-table"),
        @JsonSubTypes.Type(value = AttritionFlow.class, name = "attrition-flow"),
        @JsonSubTypes.Type(value = SurvivalCurves.class, name = "survival-curves"),
        @JsonSubTypes.Type(value = EffectEstimates.class, name = "effect-estimates"),
        @JsonSubTypes.Type(value = CovariateBalance.class, name = "covariate-balance"),
        @JsonSubTypes.Type(value = Occurrences.class, name = "occurrences"),
        @JsonSubTypes.Type(value = Features.class, name = "features"),
        @JsonSubTypes.Type(value = Distributions.class, name = "distributions"),
        @JsonSubTypes.Type(value = Pathways.class, name = "pathways"),
        @JsonSubTypes.Type(value = DesignChecks.class, name = "design-checks")
    })
    private interface Kinds {}

    private static final class PersonSetWriter extends ValueSerializer<PersonSet> {
        @Override
        public void serialize(PersonSet persons, JsonGenerator generator, SerializationContext context) {
            long[] all = persons.stream().toArray();
            generator.writeArray(all, 0, all.length);
        }
    }

    private static final class PersonSetReader extends ValueDeserializer<PersonSet> {
        @Override
        public PersonSet deserialize(JsonParser parser, DeserializationContext context) {
            return PersonSet.of(context.readValue(parser, long[].class));
        }
    }
}
