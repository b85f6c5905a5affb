package org.vauban.ingest;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.vauban.omop.CdmColumn;
import org.vauban.omop.CdmTable;
import org.vauban.omop.ColumnType;

/**
 * Decides which words of the source may enter an edition. Source values are where names, hospital numbers, dates and remarks hide, so
 * a value enters only when it looks like a code and is either the code of its own row's concept, or used by at least
 * {@value #PERSONS_MIN} persons. What is rare or long or a bare word is left out, and counted.
 */
public final class Screening {
    /** The hub's smallest group. */
    static final int PERSONS_MIN = 11;

    /** More different values than this in a column are identifiers or remarks, not codes; the later ones are left out. */
    private static final int VALUES_MAX = 200_000;

    /** No white space, at most 20 characters, and none that prose needs. */
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9%\\[{][A-Za-z0-9._:/%*\\[\\]{}^+-]{0,19}");

    /** A code has a digit, or is very short, or is a unit: a bare word may be a name. */
    private static final Pattern LIKE_A_CODE = Pattern.compile(".{1,3}|.*[0-9/%^\\[].*");

    private static final Pattern DATE =
            Pattern.compile("(1[89]|20)\\d\\d[-./]?(0[1-9]|1[0-2])[-./]?(0[1-9]|[12]\\d|3[01])"
                    + "|(0?[1-9]|[12]\\d|3[01])[-./](0?[1-9]|1[0-2])[-./](\\d\\d|(1[89]|20)\\d\\d)");

    private static final Pattern PHONE = Pattern.compile("(\\+33|0033|0)[1-9]([-.]?\\d\\d){4}");

    /** Sex, year, month, place, order, and perhaps the key: the French number of social security. */
    private static final Pattern NIR =
            Pattern.compile("[1-478]\\d\\d(0[1-9]|1[0-2]|[2-4]\\d|[5-9]\\d)(\\d\\d|2[ABab])\\d{6}(\\d\\d)?");

    /** Names, addresses, remarks and serial numbers: they are left out whatever they look like. */
    private static final Set<String> NEVER = Set.of(
            "person.person_source_value",
            "provider.provider_name",
            "provider.npi",
            "provider.dea",
            "provider.provider_source_value",
            "location.address_1",
            "location.address_2",
            "location.location_source_value",
            "location.latitude",
            "location.longitude",
            "care_site.care_site_name",
            "payer_plan_period.family_source_value",
            "drug_exposure.sig",
            "drug_exposure.lot_number",
            "device_exposure.unique_device_id",
            "device_exposure.production_id",
            "specimen.specimen_source_id",
            "measurement.measurement_time");

    private final Map<CdmColumn, Map<String, long[]>> seen = new HashMap<>();
    private final Map<CdmColumn, long[]> counts = new TreeMap<>();
    private ConceptCodes codes = new ConceptCodes.Builder().build();

    /** What happens to a column. */
    enum Treatment {
        KEPT,
        SCREENED,
        LEFT_OUT
    }

    static Treatment treatment(CdmColumn column) {
        if (NEVER.contains(column.qualifiedName())) {
            return Treatment.LEFT_OUT;
        }
        boolean isAboutData = column.table().isVocabulary() || column.table() == CdmTable.CDM_SOURCE;
        return column.type() == ColumnType.TEXT && !isAboutData ? Treatment.SCREENED : Treatment.KEPT;
    }

    void know(ConceptCodes conceptCodes) {
        this.codes = conceptCodes;
    }

    /** First reading: counts who uses a value. The person is any number that stands for one; for other tables, the row. */
    void note(CdmColumn column, String value, long person) {
        Map<String, long[]> values = seen.computeIfAbsent(column, _ -> new HashMap<>());
        long[] persons = values.get(value);
        if (persons == null) {
            if (values.size() < VALUES_MAX && isCodeLike(value)) {
                values.put(value, new long[] {person});
            }
        } else if (persons.length < PERSONS_MIN && Arrays.stream(persons).noneMatch(each -> each == person)) {
            long[] more = Arrays.copyOf(persons, persons.length + 1);
            more[persons.length] = person;
            values.put(value, more);
        }
    }

    /** Second reading: whether the value enters. */
    boolean keeps(CdmColumn column, String value, RowIntake row) {
        // Only what looks like a code was noted, so what is common looks like one.
        boolean keeps = isCommon(column, value) || (isCodeLike(value) && isCodeOfItsConcept(column, value, row));
        counts.computeIfAbsent(column, _ -> new long[2])[keeps ? 0 : 1]++;
        return keeps;
    }

    /** Counts a value of a column that never enters. */
    void leftOut(CdmColumn column) {
        counts.computeIfAbsent(column, _ -> new long[2])[1]++;
    }

    /** Values kept and left out, by column. */
    Map<CdmColumn, long[]> counts() {
        return counts;
    }

    /** Whether a value looks like a code, and neither like a word nor like anything that names a person. */
    public static boolean isCodeLike(String value) {
        return CODE.matcher(value).matches()
                && LIKE_A_CODE.matcher(value).matches()
                && !DATE.matcher(value).matches()
                && !PHONE.matcher(value).matches()
                && !isNir(value);
    }

    /** Thirteen characters of that form, or fifteen whose key is right; codes of fifteen digits exist, and their keys are wrong. */
    private static boolean isNir(String value) {
        Matcher nir = NIR.matcher(value);
        if (!nir.matches()) {
            return false;
        }
        if (nir.group(3) == null) {
            return true;
        }
        String digits = value.substring(0, 13)
                .toUpperCase(java.util.Locale.ROOT)
                .replace("2A", "19")
                .replace("2B", "18");
        long key = 97 - Long.parseLong(digits) % 97;
        return key == Long.parseLong(nir.group(3));
    }

    private boolean isCommon(CdmColumn column, String value) {
        long[] persons = seen.getOrDefault(column, Map.of()).get(value);
        return persons != null && persons.length >= PERSONS_MIN;
    }

    /** {@code condition_source_value} belongs to {@code condition_source_concept_id} and {@code condition_concept_id}. */
    private boolean isCodeOfItsConcept(CdmColumn column, String value, RowIntake row) {
        if (!column.name().endsWith("_source_value")) {
            return false;
        }
        String stem = column.name().substring(0, column.name().length() - "_source_value".length());
        return Stream.of("_source_concept_id", "_concept_id")
                .map(ending -> column.table().find(stem + ending))
                .flatMap(Optional::stream)
                .flatMap(concept -> Stream.ofNullable(row.parser(concept)))
                .anyMatch(concept -> concept.present && codes.isCodeOf(value, (int) concept.number));
    }
}
