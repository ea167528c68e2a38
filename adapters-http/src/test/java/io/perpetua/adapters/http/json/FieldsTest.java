package io.perpetua.adapters.http.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.application.RequestRefused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsTest {

    @ParameterizedTest
    @ValueSource(strings = {"7", "7.0", "70e-1", "0.7E+1"})
    void integer_anySpelling_isUnderstood(String number) {
        assertThat(fields("{\"n\":" + number + "}").integer("n", 1, 9, 1)).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            0 | the number 0
            10 | the number 10
            7.5 | the number 7.5
            1e999999999 | the number 1E+999999999
            "7" | the string "7"
            true | true
            [7] | an array
            {} | an object
            """)
    void integer_notOne_saysWhatWasFound(String value, String found) {
        assertThatThrownBy(() -> fields("{\"n\":" + value + "}").integer("n", 1, 9, 1))
                .isInstanceOf(RequestRefused.class)
                .hasMessage("'n': expected an integer from 1 to 9, found " + found);
    }

    @Test
    void integer_null_isAbsent() {
        assertThat(fields("{\"n\":null}").integer("n", 1, 9, 3)).isEqualTo(3);
    }

    @Test
    void text_missing_isRequired() {
        assertThatThrownBy(() -> fields("{\"o\":{}}").object("o").text("t"))
                .isInstanceOfSatisfying(RequestRefused.class, refused -> {
                    assertThat(refused.param()).isEqualTo("o.t");
                    assertThat(refused.code()).isEqualTo("missing_required_parameter");
                })
                .hasMessage("'o.t' is required: expected a string");
    }

    @Test
    void texts_oneAmongThemIsNone_isNamed() {
        assertThatThrownBy(() -> fields("{\"t\":[\"a\",1]}").texts("t"))
                .hasMessage("'t[1]': expected a string, found the number 1");
    }

    @Test
    void text_longString_isQuotedInPart() {
        assertThatThrownBy(() -> fields("{\"n\":\"" + "😀".repeat(50) + "\"}").integer("n", 1, 9, 1))
                .hasMessageEndingWith("found the string \"" + "😀".repeat(40) + "…\"");
    }

    private static Fields fields(String json) {
        return Fields.of(Json.tree(json), "");
    }
}
