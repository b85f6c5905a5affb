package org.vauban.duck;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vauban.omop.CdmTable;

class ColumnSqlTest {
    @ParameterizedTest
    @CsvSource({
        "person_id, BIGINT, true",
        "person_id, INTEGER, true",
        "person_id, UBIGINT, false",
        "person_id, HUGEINT, false",
        "person_id, DOUBLE, false",
        "person_id, VARCHAR, false",
        "year_of_birth, INTEGER, true",
        "year_of_birth, SMALLINT, true",
        "year_of_birth, BIGINT, false",
        "year_of_birth, UINTEGER, false",
        "birth_datetime, TIMESTAMP, true",
        "birth_datetime, DATE, true",
        "birth_datetime, VARCHAR, false",
    })
    void aTypeHoldsWhenNoneOfItsValuesCouldBeLost(String column, String type, boolean holds) {
        assertThat(ColumnSql.holds(CdmTable.PERSON.column(column), type)).isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource({"DATE, true", "TIMESTAMP, false", "VARCHAR, false"})
    void aDayIsLookedAtWhenItCameWithATime(String type, boolean holds) {
        assertThat(ColumnSql.holds(CdmTable.OBSERVATION_PERIOD.column("observation_period_start_date"), type))
                .isEqualTo(holds);
    }
}
