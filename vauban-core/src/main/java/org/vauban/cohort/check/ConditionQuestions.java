package org.vauban.cohort.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vauban.cohort.CorrelatedCriterion;
import org.vauban.cohort.CriteriaGroup;
import org.vauban.cohort.Criterion;
import org.vauban.cohort.EventWindow;
import org.vauban.cohort.Occurrence;
import org.vauban.problem.Argument;
import org.vauban.problem.Phrase;
import org.vauban.problem.ProblemCode;
import org.vauban.vocabulary.ConceptSet;

/** Is there a condition at all, can anybody meet it, can anybody fail it, and is it said once? */
final class ConditionQuestions {
    private final Walk walk;
    private final Findings findings;

    ConditionQuestions(Walk walk, Findings findings) {
        this.walk = walk;
        this.findings = findings;
    }

    void ask() {
        walk.groups().forEach(this::askOfGroup);
        walk.demographic().stream()
                .filter(at -> at.piece().tests().isEmpty())
                .forEach(at -> findings.add(ProblemCode.COHORT_PERSON_CONDITION_EMPTY, at.path()));
        walk.counted().forEach(this::askOfCount);
        askOfTwins("$.PrimaryCriteria.CriteriaList", walk.definition().primary().criteria());
        askOfTwins("$.CensoringCriteria", walk.definition().censoring());
    }

    private void askOfGroup(Walk.At<CriteriaGroup> at) {
        CriteriaGroup group = at.piece();
        boolean isRule = at.path().startsWith("$.InclusionRules") && at.path().endsWith("].expression");
        if (group.isEmpty() && !isRule) {
            findings.add(ProblemCode.COHORT_GROUP_EMPTY, at.path());
        } else if (!group.isEmpty()) {
            askOfNumber(group, at.path());
        }
        askOfTwins(at.path() + ".CriteriaList", group.correlated());
        askOfTwins(at.path() + ".DemographicCriteriaList", group.demographic());
        askOfTwins(at.path() + ".Groups", group.groups());
        askOfContradictions(group, at.path());
    }

    private void askOfNumber(CriteriaGroup group, String path) {
        int asked = group.count();
        Argument ofThem = Phrase.OF_CONDITIONS.with(asked, group.size());
        switch (group.kind()) {
            case AT_LEAST -> {
                if (asked > group.size()) {
                    nobody(path + ".Count", ofThem);
                } else if (asked == 0) {
                    everybody(path + ".Count", Phrase.AT_LEAST_ASKED.with(asked));
                } else if (asked < 0) {
                    negative(path, asked);
                }
            }
            case AT_MOST -> {
                if (asked >= group.size()) {
                    everybody(path + ".Count", ofThem);
                } else if (asked < 0) {
                    nobody(path + ".Count", Phrase.FEWER_THAN_NONE.with());
                }
            }
            case ALL, ANY -> {}
        }
    }

    private void askOfCount(Walk.Counted at) {
        Criterion criterion = at.piece().criterion();
        Occurrence occurrence = at.piece().occurrence();
        String path = at.path() + ".Occurrence";
        Optional<ConceptSet> empty = emptySet(criterion);
        boolean asksForSome = occurrence.kind() != Occurrence.Kind.AT_MOST && occurrence.count() > 0;
        if (occurrence.kind() == Occurrence.Kind.AT_LEAST && occurrence.count() == 0) {
            everybody(path, Phrase.AT_LEAST_ASKED.with(0));
        } else if (occurrence.kind() == Occurrence.Kind.AT_LEAST && occurrence.count() < 0) {
            negative(path, occurrence.count());
        } else if (occurrence.count() < 0) {
            nobody(path, Phrase.FEWER_THAN_NONE.with());
        } else if (empty.isPresent() && asksForSome) {
            nobody(path, Phrase.NOTHING_IN_SET.with(empty.get().name()));
        } else if (empty.isPresent()) {
            everybody(path, Phrase.NOTHING_IN_SET.with(empty.get().name()));
        } else if (criterion.isFirst() && asksForSome && occurrence.count() > 1) {
            nobody(path, Phrase.ONE_FIRST.with(occurrence.count()));
        } else if (countsEveryRecordOnTheFirstDay(at)) {
            askOfEntryItself(at, path);
        }
    }

    /** The entry event may be one of those that are counted, and the author may have meant the others. */
    private void askOfEntryItself(Walk.Counted at, String path) {
        Criterion criterion = at.piece().criterion();
        Occurrence occurrence = at.piece().occurrence();
        long among = walk.entries().stream()
                .filter(entry -> isAmong(entry.piece(), criterion))
                .count();
        boolean areAll = among == walk.entries().size();
        boolean asksForOne = occurrence.kind() == Occurrence.Kind.AT_LEAST
                && occurrence.count() == 1
                && occurrence.distinct().isEmpty();
        if (among == 0) {
            return;
        } else if (areAll && occurrence.count() == 0 && at.mustHold()) {
            nobody(path, Phrase.THE_ENTRY_ITSELF.with());
        } else if (areAll && asksForOne) {
            everybody(path, Phrase.THE_ENTRY_ITSELF.with());
        } else {
            findings.add(ProblemCode.COHORT_ENTRY_COUNTED_AGAIN, path, "criteria", criterion.word());
        }
    }

    private Optional<ConceptSet> emptySet(Criterion criterion) {
        return criterion.conceptSet().stream()
                .mapToObj(walk.definition()::conceptSet)
                .filter(ConceptSetQuestions::isEmpty)
                .findFirst();
    }

    /** Whether all records of the criterion are counted that lie on the entry event's first day. */
    private static boolean countsEveryRecordOnTheFirstDay(Walk.Counted at) {
        CorrelatedCriterion counted = at.piece();
        Criterion criterion = counted.criterion();
        boolean isEveryRecord = !criterion.isFirst()
                && criterion.tests().isEmpty()
                && criterion.conditionsAround().isEmpty()
                && criterion.dateAdjustment().isEmpty()
                && criterion.fixedPeriod().isEmpty();
        return isEveryRecord
                && at.isOfEntry()
                && !counted.restrictVisit()
                && counted.endWindow().isEmpty()
                && holdsFirstDay(counted.startWindow());
    }

    private static boolean isAmong(Criterion entry, Criterion counted) {
        return entry.domain() == counted.domain()
                && (counted.conceptSet().isEmpty() || entry.conceptSet().equals(counted.conceptSet()))
                && (counted.sourceConceptSet().isEmpty()
                        || entry.sourceConceptSet().equals(counted.sourceConceptSet()))
                && entry.dateAdjustment().isEmpty()
                && entry.fixedPeriod().isEmpty();
    }

    private static boolean holdsFirstDay(EventWindow window) {
        return !window.fromIndexEnd()
                && !window.ofEventEnd()
                && window.start().offset().orElse(window.start().before() ? -1 : 1) <= 0
                && window.end().offset().orElse(window.end().before() ? -1 : 1) >= 0;
    }

    private void askOfTwins(String path, List<?> siblings) {
        for (int index = 1; index < siblings.size(); index++) {
            int first = siblings.indexOf(siblings.get(index));
            if (first < index) {
                findings.add(
                        ProblemCode.COHORT_CRITERION_TWICE,
                        path + "[" + index + "]",
                        "other",
                        path + "[" + first + "]");
            }
        }
    }

    /** Conditions of a group that must all hold and ask for different numbers of the same events. */
    private void askOfContradictions(CriteriaGroup group, String path) {
        if (group.kind() != CriteriaGroup.Kind.ALL) {
            return;
        }
        List<CorrelatedCriterion> earlier = new ArrayList<>();
        for (CorrelatedCriterion each : group.correlated()) {
            for (int other = 0; other < earlier.size(); other++) {
                if (contradict(earlier.get(other), each)) {
                    findings.add(
                            ProblemCode.COHORT_COUNTS_CONTRADICT,
                            path + ".CriteriaList[" + earlier.size() + "].Occurrence",
                            "other",
                            path + ".CriteriaList[" + other + "].Occurrence");
                }
            }
            earlier.add(each);
        }
    }

    private static boolean contradict(CorrelatedCriterion one, CorrelatedCriterion other) {
        boolean isSame = one.criterion().equals(other.criterion())
                && one.startWindow().equals(other.startWindow())
                && one.endWindow().equals(other.endWindow())
                && one.restrictVisit() == other.restrictVisit()
                && one.ignoreObservationPeriod() == other.ignoreObservationPeriod()
                && one.occurrence().distinct().equals(other.occurrence().distinct());
        return isSame
                && Math.max(least(one.occurrence()), least(other.occurrence()))
                        > Math.min(most(one.occurrence()), most(other.occurrence()));
    }

    private static int least(Occurrence occurrence) {
        return occurrence.kind() == Occurrence.Kind.AT_MOST ? 0 : occurrence.count();
    }

    private static int most(Occurrence occurrence) {
        return occurrence.kind() == Occurrence.Kind.AT_LEAST ? Integer.MAX_VALUE : occurrence.count();
    }

    private void negative(String path, int count) {
        findings.add(ProblemCode.COHORT_VALUE_NEGATIVE, path + ".Count", "field", "Count", "found", count);
    }

    private void nobody(String path, Argument reason) {
        findings.add(ProblemCode.COHORT_NOBODY, path, "reason", reason);
    }

    private void everybody(String path, Argument reason) {
        findings.add(ProblemCode.COHORT_EVERYBODY, path, "reason", reason);
    }
}
