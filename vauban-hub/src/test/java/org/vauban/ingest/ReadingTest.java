package org.vauban.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vauban.omop.CdmTable;

/** How files, fields and words are understood: small tables to check by eye. */
class ReadingTest {
    private static final String HEADER = "location_id,address_1,city\n";

    @TempDir
    Path folder;

    @Test
    void readsQuotesLineBreaksAndBlankLinesAndTellsWhereEachRowBegins() {
        List<String> rows = rows(HEADER + "1,\"a, \"\"b\"\"\nc\",d\r\n\n2,,\"\"\n3,say \"hi\",e");

        assertThat(rows).containsExactly("2: [1, a, \"b\"\nc, d]", "5: [2, null, null]", "6: [3, say \"hi\", e]");
    }

    @Test
    void takesTheDelimiterFromTheHeader() {
        assertThat(rows("location_id;address_1;city\n1;a,b;c\n")).containsExactly("2: [1, a,b, c]");
        assertThat(rows("location_id\taddress_1\tcity\n1\t\"a\tb\n")).containsExactly("2: [1, \"a, b]");
    }

    @Test
    void countsTheFieldsOfARow() {
        List<Integer> counts = new ArrayList<>();
        new CsvRows(file(HEADER + "1,2\n1,2,3,4\n")).forEach((_, _, count) -> counts.add(count));

        assertThat(counts).containsExactly(2, 4);
    }

    @ParameterizedTest
    @CsvSource({
        "person.person_id,          12,                  12",
        "person.person_id,          12.0,                12",
        "person.person_id,          -9223372036854775808, -9223372036854775808",
        "person.person_id,          9223372036854775808,",
        "person.person_id,          12.5,",
        "person.person_id,          1e3,",
        "person.year_of_birth,      1950,                1950",
        "person.year_of_birth,      3000000000,",
        "person.gender_concept_id,  -,",
        "death.death_date,          2020-02-29,          18321",
        "death.death_date,          20200229,            18321",
        "death.death_date,          2020-02-29 13:00:00, 18321",
        "death.death_date,          2021-02-29,",
        "death.death_date,          29/02/2020,",
        "death.death_date,          2020-02-29 25:00:00,",
        "death.death_datetime,      1970-01-02 00:00:01, 86401000000",
        "death.death_datetime,      1970-01-02T00:00:01.5Z, 86401500000",
        "death.death_datetime,      1970-01-02,          86400000000",
        "death.death_datetime,      1970-01-02 7 o'clock,",
    })
    void understandsWholeNumbersAndDays(String column, String text, Long expected) {
        var parser = new FieldParser(org.vauban.omop.CdmColumn.parse(column).orElseThrow());

        boolean understood = parser.parse(text);

        assertThat(understood).isEqualTo(expected != null);
        if (expected != null) {
            assertThat(parser.number).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1.5,true",
        "-2e-3,true",
        "'3,5',false",
        "NaN,false",
        "Infinity,false",
        "1f,false",
        "0x10,false",
        "-,false"
    })
    void understandsNumbers(String text, boolean expected) {
        assertThat(new FieldParser(CdmTable.MEASUREMENT.column("value_as_number")).parse(text))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "K92.2",
                "8480-6",
                "428211000124100",
                "M",
                "mg/dL",
                "mm[Hg]",
                "10*9/L",
                "%",
                "00006-0749",
                "{score}/10"
            })
    void takesCodesForCodes(String value) {
        assertThat(Screening.isCodeLike(value)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Martin",
                "MARTIN",
                "Jean Dupont",
                "va mieux",
                "170037512345690 12",
                "1700375123456",
                "185022A004123",
                "1950-03-14",
                "14/03/1950",
                "14.3.50",
                "19500314",
                "0612345678",
                "+33612345678",
                "jean@hopital.fr",
                "7879d5b2-1af2-49a7-a801-121de124c6af",
                "été2020",
                "a very long remark without end"
            })
    void takesNothingElseForACode(String value) {
        assertThat(Screening.isCodeLike(value)).isFalse();
    }

    @Test
    void tellsASocialSecurityNumberByItsKey() {
        // 97 - 1850578006048 mod 97 is the key; a code of fifteen digits with another key is a code.
        long number = 1_850_578_006_048L;
        String key = String.format(java.util.Locale.ROOT, "%02d", 97 - number % 97);

        assertThat(Screening.isCodeLike(number + key)).isFalse();
        assertThat(Screening.isCodeLike(number + (key.equals("01") ? "02" : "01")))
                .isTrue();
    }

    @Test
    void describesAValueWithoutTellingIt() {
        assertThat(Shape.of("Dupont-75 né 1950")).isEqualTo("AAAAAA-99 AA 9999");
        assertThat(Shape.of("x".repeat(100))).isEqualTo("A".repeat(24) + "… (100 characters)");
    }

    @Test
    void readsTheNamesOfVersion53AsThoseOf54() {
        Header header = Header.of(
                CdmTable.VISIT_DETAIL,
                List.of(
                        "VISIT_DETAIL_ID",
                        " admitting_source_concept_id",
                        "discharge_to_source_value",
                        "visit_detail_parent_id",
                        "extra"));

        assertThat(Arrays.asList(header.column(1), header.column(2), header.column(3)))
                .extracting(String::valueOf)
                .containsExactly(
                        "visit_detail.admitted_from_concept_id",
                        "visit_detail.discharged_to_source_value",
                        "visit_detail.parent_visit_detail_id");
        assertThat(header.unknown()).containsExactly("extra");
    }

    @Test
    void numbersPersonsFromOneInAnOrderThatOnlyTheKeyTells() {
        long[] ids = java.util.stream.LongStream.range(0, 1_000).toArray();

        PersonDirectory first = PersonDirectory.of(ids, new KeyedHash(key(1)), new KeyedHash(key(9)), 8);
        PersonDirectory second = PersonDirectory.of(ids, new KeyedHash(key(2)), new KeyedHash(key(9)), 8);

        int[] numbers = new int[1_000];
        int kept = 0;
        for (int place = 0; place < 1_000; place++) {
            numbers[place] = first.number(place);
            assertThat(first.bucket(place)).isEqualTo(second.bucket(place));
            kept += first.number(place) == second.number(place) ? 1 : 0;
        }
        Arrays.sort(numbers);
        assertThat(numbers[0]).isEqualTo(1);
        assertThat(numbers[999]).isEqualTo(1_000);
        assertThat(kept).isLessThan(10);
    }

    private static byte[] key(int filler) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) filler);
        return key;
    }

    private List<String> rows(String csv) {
        List<String> rows = new ArrayList<>();
        new CsvRows(file(csv)).forEach((line, fields, _) -> rows.add(line + ": " + Arrays.toString(fields)));
        return rows;
    }

    private CdmFile file(String csv) {
        Path path = folder.resolve("location.csv");
        try {
            Files.writeString(path, csv, StandardCharsets.UTF_8);
        } catch (java.io.IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
        return new CdmFile(path, CdmTable.LOCATION, CdmFile.Format.CSV);
    }
}
