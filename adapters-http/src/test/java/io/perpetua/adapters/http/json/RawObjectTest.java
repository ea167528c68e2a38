package io.perpetua.adapters.http.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.application.RequestRefused;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawObjectTest {

    @Test
    void without_some_keepsTheRestToTheLetter() {
        var raw = RawObject.of(
                " { \"a\" : 1.0 , \"b\":[ 1 ],\"\\u0063\" : \"\\u0041\\n\" ,\"d\":{\"x\": 1e400},\"e\":null } ", "");
        assertThat(raw.without(Set.of("b")))
                .isEqualTo("{\"a\":1.0,\"c\":\"\\u0041\\n\",\"d\":{\"x\": 1e400},\"e\":null}");
        assertThat(raw.get("b")).isEqualTo("[ 1 ]");
    }

    @Test
    void of_sameNameTwice_theLastCounts() {
        assertThat(RawObject.of("{\"a\":1,\"a\":2}", "").without(Set.of())).isEqualTo("{\"a\":2}");
    }

    @Test
    void elements_array_keepsEachToTheLetter() {
        assertThat(RawObject.elements("[ 1.0,\"x]\" , {\"a\": [ ]},[]]", ""))
                .containsExactly("1.0", "\"x]\"", "{\"a\": [ ]}", "[]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "1",
                "{",
                "{\"a\":}",
                "{\"a\":1}}",
                "{\"a\":1} 2",
                "{'a':1}",
                "{\"a\":01}",
                "{\"a\":NaN}"
            })
    void of_notAnObject_isRefused(String json) {
        assertThatThrownBy(() -> RawObject.of(json, "")).isInstanceOf(RequestRefused.class);
    }

    @Test
    void of_nestedTooDeep_isRefused() {
        assertThat(RawObject.of("{\"a\":" + "[".repeat(199) + "]".repeat(199) + "}", "")
                        .get("a"))
                .hasSize(398);
        assertThatThrownBy(() -> RawObject.of("{\"a\":" + "[".repeat(200) + "]".repeat(200) + "}", ""))
                .isInstanceOf(RequestRefused.class)
                .hasMessageContaining("nested deeper than 200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e99999", "-1E+99999", "1.5e-999999999", "0e99999999999999999999"})
    void of_numberWithAnAbsurdExponent_isRefused(String number) {
        assertThat(RawObject.of("{\"a\":[1e-9999,1E+9999]}", "").get("a")).isEqualTo("[1e-9999,1E+9999]");
        assertThatThrownBy(() -> RawObject.of("{\"a\":{\"b\":[" + number + "]}}", ""))
                .isInstanceOf(RequestRefused.class)
                .hasMessageContaining("too large");
    }

    @Test
    void of_numberOfAbsurdLength_isRefused() {
        String longest = "9".repeat(1_000);
        assertThat(RawObject.of("{\"a\":" + longest + "}", "").get("a")).isEqualTo(longest);
        assertThatThrownBy(() -> RawObject.of("{\"a\":" + longest + "9}", "")).isInstanceOf(RequestRefused.class);
    }

    @Test
    void of_tooManyElements_isRefusedByName() {
        String most = "[" + "{},".repeat(9_999) + "{}]";
        assertThat(RawObject.of("{\"messages\":" + most + "}", "").get("messages"))
                .isEqualTo(most);
        assertThatThrownBy(() -> RawObject.of("{\"messages\":[" + "{},".repeat(999_999) + "{}]}", ""))
                .isInstanceOf(RequestRefused.class)
                .hasMessage("'messages': expected at most 10000 elements, found more");
    }

    @Test
    void of_tooManyMembers_isRefused() {
        var json = Json.object();
        for (int i = 0; i <= 10_000; i++) {
            json.put("k" + i, i);
        }
        assertThatThrownBy(() -> RawObject.of(Json.write(json), ""))
                .isInstanceOf(RequestRefused.class)
                .hasMessageContaining("at most 10000 members");
    }

    @Test
    void of_moreThanIsWalkedThrough_isRefused() {
        assertThatThrownBy(() -> RawObject.of("{\"a\":{\"b\":[" + "1,".repeat(1_000_000) + "1]}}", ""))
                .isInstanceOf(RequestRefused.class)
                .hasMessageContaining("more names and values");
    }

    @Test
    void elements_oneThatMakesTooLargeATree_isRefusedByItsPlace() {
        assertThatThrownBy(() -> RawObject.elements("[{},{\"content\":[" + "{},".repeat(100_000) + "{}]}]", "messages"))
                .isInstanceOf(RequestRefused.class)
                .hasMessageContaining("'messages[1]': expected at most 200000");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void without_nothing_isTheSameValue(long seed) {
        var random = new Random(seed);
        var json = Json.object();
        for (int i = 0; i < 50; i++) {
            switch (random.nextInt(4)) {
                case 0 -> json.put("k" + i, random.nextGaussian());
                case 1 -> json.put("k\"" + i, "é日😀\\\" ".repeat(random.nextInt(4_000)));
                case 2 ->
                    json.putArray("k\n" + i).add(random.nextLong()).addObject().put("x", true);
                default -> json.putNull("k" + i);
            }
        }
        String text = Json.write(json);
        assertThat(RawObject.of(text, "").without(Set.of())).isEqualTo(text);
    }
}
