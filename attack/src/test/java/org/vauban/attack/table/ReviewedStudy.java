package org.vauban.attack.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import org.vauban.disclosure.Cleared;
import org.vauban.disclosure.Disclosure;
import org.vauban.disclosure.DisclosureRules;
import org.vauban.disclosure.Rounding;
import org.vauban.disclosure.ShownOccurrences;
import org.vauban.output.Occurrences;
import org.vauban.output.PersonSet;

/** The product's review of a study, and all that a reader of the answer can put into equations. */
final class ReviewedStudy {
    private static final DisclosureRules RULES = DisclosureRules.standard().withRounding(Rounding.NONE);
    private static final String WITH = "with";
    private static final String WITHOUT = "without";

    private ReviewedStudy() {}

    /** What is published, as persons by age, sex and outcome; nothing when all is withheld. */
    static Optional<PublishedTable> of(CountedStudy study, int threshold) {
        var occurrences = new Occurrences(
                "incidence",
                Occurrences.Measure.INCIDENCE_RATE,
                "An outcome",
                study.rows().stream().map(ReviewedStudy::row).toList());
        if (!(Disclosure.review(occurrences, RULES) instanceof Cleared cleared)) {
            return Optional.empty();
        }
        var shown = (ShownOccurrences) cleared.content();
        List<PublishedTable.Cell> cells = new ArrayList<>();
        for (CountedStudy.Row row : study.rows()) {
            ShownOccurrences.Row seen = shown.rows().stream()
                    .filter(each -> each.age().equals(row.age()) && each.sex().equals(row.sex()))
                    .findFirst()
                    .orElseThrow();
            // Years at risk tell who is behind them to whoever knows how long people stay, and a rate tells its cases.
            boolean persons = seen.persons().isPresent() || seen.personYears().isPresent();
            boolean with = seen.cases().isPresent() || seen.estimate().isPresent();
            cells.addAll(cells(row, threshold, persons, with));
        }
        return Optional.of(new PublishedTable(cells, threshold, PublishedTable.Reading.EXACT));
    }

    /** The same study with its small numbers hidden and nothing else: what the review is there to do better. */
    static PublishedTable carelessly(CountedStudy study, int threshold) {
        List<PublishedTable.Cell> cells = new ArrayList<>();
        study.rows()
                .forEach(row ->
                        cells.addAll(cells(row, threshold, row.persons() >= threshold, row.with() >= threshold)));
        return new PublishedTable(cells, threshold, PublishedTable.Reading.EXACT);
    }

    private static List<PublishedTable.Cell> cells(CountedStudy.Row row, int threshold, boolean persons, boolean with) {
        return List.of(
                cell(row, PublishedTable.TOTAL, persons, row.persons(), threshold),
                cell(row, WITH, with, row.with(), threshold),
                cell(row, WITHOUT, persons && with, row.persons() - row.with(), threshold));
    }

    /** Told the status of what is hidden as well, the attacker knows more than any reader. */
    private static PublishedTable.Cell cell(
            CountedStudy.Row row, String outcome, boolean shown, long count, int threshold) {
        PublishedTable.Status hidden =
                count < threshold ? PublishedTable.Status.PRIMARY : PublishedTable.Status.SECONDARY;
        return new PublishedTable.Cell(
                List.of(row.age(), row.sex(), outcome),
                shown ? PublishedTable.Status.SHOWN : hidden,
                shown ? OptionalLong.of(count) : OptionalLong.empty());
    }

    private static Occurrences.Row row(CountedStudy.Row row) {
        return new Occurrences.Row(
                "2019",
                row.age(),
                row.sex(),
                persons(row, CountedStudy.Group::persons),
                persons(row, CountedStudy.Group::with),
                row.with(),
                365 * row.persons(),
                Optional.of(new Occurrences.Estimate(row.with(), row.with(), row.with())));
    }

    private static PersonSet persons(CountedStudy.Row row, ToLongFunction<CountedStudy.Group> count) {
        return PersonSet.of(row.groups().stream()
                .flatMapToLong(group -> LongStream.range(group.first(), group.first() + count.applyAsLong(group)))
                .toArray());
    }
}
