package org.vauban.permit;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.CdmTable;
import org.vauban.trajectory.Domain;

/**
 * What tells who somebody is when it is crossed with what a neighbour knows. Each is off unless the permit says in writing why it is needed.
 * The French list has a fifth, the commune of death; the model has no column for it.
 */
public enum PotentialIdentifier {
    /** With the year; without a justification its columns are not granted. */
    BIRTH_MONTH(
            Set.of(
                    CdmTable.PERSON.column("month_of_birth"),
                    CdmTable.PERSON.column("day_of_birth"),
                    CdmTable.PERSON.column("birth_datetime")),
            Set.of()),

    /** Where somebody lives, as the commune or finer; without a justification its columns are not granted. */
    COMMUNE(
            Stream.concat(
                            Stream.of(CdmTable.PERSON.column("location_id")),
                            Stream.of(
                                            "address_1",
                                            "address_2",
                                            "city",
                                            "zip",
                                            "location_source_value",
                                            "latitude",
                                            "longitude")
                                    .map(CdmTable.LOCATION::column))
                    .collect(Collectors.toSet()),
            Set.of()),

    /** The day of care; without a justification a statement is told the month. */
    CARE_DATES(
            Set.of(),
            Arrays.stream(Domain.values())
                    .filter(domain -> domain != Domain.DEATH)
                    .collect(Collectors.toSet())),

    /** The day of death; without a justification a statement is told the month. */
    DEATH_DATE(Set.of(), Set.of(Domain.DEATH));

    private final Set<CdmColumn> columns;
    private final Set<Domain> domains;

    PotentialIdentifier(Set<CdmColumn> columns, Set<Domain> domains) {
        this.columns = Set.copyOf(columns);
        this.domains = Set.copyOf(domains);
    }

    /** The name as a permit writes it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<PotentialIdentifier> named(String word) {
        return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
    }

    /** The identifier that a column is a part of, if it is one that is granted or not as a whole. */
    public static Optional<PotentialIdentifier> of(CdmColumn column) {
        return Arrays.stream(values())
                .filter(each -> each.columns.contains(column))
                .findFirst();
    }

    static List<String> words() {
        return Arrays.stream(values()).map(PotentialIdentifier::word).toList();
    }

    /** Domains whose days are told by the month without a justification. */
    Set<Domain> domains() {
        return domains;
    }
}
