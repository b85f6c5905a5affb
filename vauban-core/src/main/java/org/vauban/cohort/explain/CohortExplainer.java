package org.vauban.cohort.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.vauban.cohort.CohortDefinition;
import org.vauban.cohort.EventLimit;
import org.vauban.cohort.ExitStrategy;
import org.vauban.cohort.InclusionRule;
import org.vauban.cohort.PrimaryCriteria;
import org.vauban.cohort.Subject;
import org.vauban.vocabulary.ConceptSet;

/** Explains a definition in the order in which it is evaluated: who enters, who stays, when they leave; then the concept sets. */
public final class CohortExplainer {
    private final CohortDefinition definition;
    private final Wording wording;
    private final ConceptSetNames sets;
    private final CriterionWording criteria;

    private CohortExplainer(CohortDefinition definition, Wording wording) {
        this.definition = definition;
        this.wording = wording;
        this.sets = new ConceptSetNames(definition.conceptSets(), wording);
        this.criteria = new CriterionWording(wording, sets);
    }

    /** The whole definition in French or English. */
    public static Explanation explain(CohortDefinition definition, Locale language) {
        return new CohortExplainer(definition, Wording.in(language)).definition();
    }

    private Explanation definition() {
        List<Explanation> sections = new ArrayList<>();
        sections.add(entry(definition.primary()));
        definition
                .additional()
                .ifPresent(group -> sections.add(Explanation.of(
                        wording.text("qualification"),
                        criteria.group(group, CriterionWording.ENTRY),
                        limit("qualification.limit.", definition.qualifiedLimit()))));
        sections.add(rules());
        sections.add(exit());
        sections.add(stays());
        sections.add(conceptSets());
        List<Explanation> numbered = new ArrayList<>();
        for (Explanation section : sections) {
            numbered.add(
                    new Explanation(wording.text("section", numbered.size() + 1, section.line()), section.under()));
        }
        return new Explanation(wording.text("title", definition.name()), numbered);
    }

    private Explanation entry(PrimaryCriteria primary) {
        if (primary.criteria().isEmpty()) {
            return Explanation.of(
                    wording.text("entry.none"), observed(primary), limit("entry.limit.", primary.limit()));
        }
        List<Explanation> under = new ArrayList<>();
        primary.criteria().forEach(criterion -> under.add(criteria.event(criterion)));
        under.add(observed(primary));
        under.add(limit("entry.limit.", primary.limit()));
        return new Explanation(wording.text("entry"), under);
    }

    private Explanation observed(PrimaryCriteria primary) {
        boolean asksNothing = primary.priorDays() == 0 && primary.postDays() == 0;
        return Explanation.of(
                asksNothing
                        ? wording.text("observed")
                        : wording.text(
                                "observed.days", wording.days(primary.priorDays()), wording.days(primary.postDays())));
    }

    private Explanation limit(String key, EventLimit limit) {
        return Explanation.of(wording.text(key + limit));
    }

    private Explanation rules() {
        List<Explanation> under = new ArrayList<>();
        for (InclusionRule rule : definition.rules()) {
            under.add(rule(rule, under.size() + 1));
        }
        under.add(limit("rules.limit.", definition.expressionLimit()));
        return new Explanation(wording.text(definition.rules().isEmpty() ? "rules.none" : "rules"), under);
    }

    private Explanation rule(InclusionRule rule, int number) {
        Explanation group = criteria.group(rule.group(), CriterionWording.ENTRY);
        String line = rule.name().isBlank()
                ? wording.text("rule.unnamed", number)
                : wording.text("rule", number, onOneLine(rule.name()));
        return rule.description().isBlank()
                ? Explanation.of(line, group)
                : Explanation.of(
                        line, Explanation.of(wording.text("rule.description", onOneLine(rule.description()))), group);
    }

    private static String onOneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    private Explanation exit() {
        List<Explanation> under = new ArrayList<>();
        under.add(
                switch (definition.exit()) {
                    case ExitStrategy.EndOfObservation _ -> Explanation.of(wording.text("exit.observation"));
                    case ExitStrategy.FixedOffset offset -> Explanation.of(fixed(offset));
                    case ExitStrategy.DrugExposureEnd drug -> drug(drug);
                });
        if (!definition.censoring().isEmpty()) {
            under.add(new Explanation(
                    wording.text("censoring"),
                    definition.censoring().stream().map(criteria::event).toList()));
        }
        return new Explanation(wording.text("exit"), under);
    }

    private String fixed(ExitStrategy.FixedOffset offset) {
        String day = wording.text(offset.from() == Subject.Day.START ? "anchor.entry.start" : "anchor.entry.end");
        if (offset.days() == 0) {
            return wording.text("exit.day", day);
        }
        return wording.text(
                "exit.day",
                wording.text(
                        "window.bound",
                        wording.text(
                                offset.days() < 0 ? "window.before" : "window.after",
                                wording.days(Math.abs(offset.days()))),
                        day));
    }

    private Explanation drug(ExitStrategy.DrugExposureEnd drug) {
        List<Explanation> under = new ArrayList<>();
        under.add(Explanation.of(wording.text("exit.drug.gap", wording.days(drug.gapDays()))));
        if (drug.offsetDays() != 0) {
            under.add(Explanation.of(wording.text("exit.drug.offset", wording.days(drug.offsetDays()))));
        }
        drug.daysSupply()
                .ifPresent(days -> under.add(Explanation.of(wording.text("exit.drug.supply", wording.days(days)))));
        under.add(Explanation.of(wording.text("exit.drug.otherwise")));
        return new Explanation(wording.text("exit.drug", sets.of(drug.conceptSet())), under);
    }

    private Explanation stays() {
        List<Explanation> under = new ArrayList<>();
        under.add(Explanation.of(
                definition.eraPadDays() == 0
                        ? wording.text("eras.overlap")
                        : wording.text("eras.pad", wording.days(definition.eraPadDays()))));
        if (!definition.censorWindow().isOpen()) {
            under.add(Explanation.of(wording.text(
                    "calendar." + CriterionWording.open(definition.censorWindow()),
                    criteria.calendar(definition.censorWindow()))));
        }
        return new Explanation(wording.text("stays"), under);
    }

    private Explanation conceptSets() {
        return new Explanation(
                wording.text(definition.conceptSets().isEmpty() ? "sets.none" : "sets"),
                definition.conceptSets().stream().map(this::conceptSet).toList());
    }

    private Explanation conceptSet(ConceptSet set) {
        List<Explanation> items = set.items().stream()
                .sorted(Comparator.comparing(ConceptSet.Item::isExcluded))
                .map(this::item)
                .toList();
        return items.isEmpty()
                ? Explanation.of(wording.text("set.empty", sets.of(set.id())))
                : new Explanation(sets.of(set.id()), items);
    }

    private Explanation item(ConceptSet.Item item) {
        String name = item.conceptName().isBlank()
                ? wording.text("concept.unnamed", item.conceptId())
                : wording.text("concept", item.conceptName(), item.conceptId());
        String reach = item.includeDescendants() ? wording.text("item.descendants") : "";
        String mapped = item.includeMapped() ? wording.text("item.mapped") : "";
        return Explanation.of(wording.text(item.isExcluded() ? "item.excluded" : "item", name + reach + mapped));
    }
}
