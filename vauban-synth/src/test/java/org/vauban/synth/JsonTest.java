package org.vauban.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void whatIsWrittenIsReadBack() {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("text", "un \"mot\"\nà part \\ \u0001");
        document.put("number", new BigDecimal("-0.25"));
        document.put("nothing", null);
        document.put("list", Arrays.asList(true, false, List.of(), Map.of()));

        assertThat(Json.read(Json.write(document))).isEqualTo(document);
    }

    @Test
    void numbersHaveSixDecimalsAtMost() {
        assertThat(Json.number(1 / 3.0)).isEqualTo("0.333333");
        assertThat(Json.number(-1e-9)).isEqualTo("0");
        assertThat(Json.number(1200)).isEqualTo("1200");
        assertThat(Json.number(Double.NaN)).isEqualTo("null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"a\" 1}", "[1,]", "\"open", "tru", "1 2", "{\"a\":}", "\"\\u00"})
    void whatIsNoJsonIsRefusedWithItsPlace(String text) {
        assertThatThrownBy(() -> Json.read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at character");
    }
}
