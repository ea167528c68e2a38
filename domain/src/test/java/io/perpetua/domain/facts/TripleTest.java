package io.perpetua.domain.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TripleTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Café|cafe\u0301",
                "ＡＢＣ|abc",
                "Straße|STRASSE",
                "ΟΔΟΣ|οδος",
                "ﬁne|FINE",
                "`a  \t b`|`\u00a0A\u2003b\n`",
                "①|1",
                "co\u00adop\ufeff|\u200bco\u2060op",
                "e\u200d\u0301|é",
                "☕\ufe0f|☕",
                "`a\u0085b`|`a\u001cb`",
                "Å|\u212b"
            })
    void hash_formsOfTheSame_isTheSame(String one, String other) {
        assertThat(new Triple(one, "p", "o").hash()).isEqualTo(new Triple(other, "P", " O").hash());
        assertThat(new Triple("s", one, "o").hash()).isEqualTo(new Triple("S", other, "o").hash());
        assertThat(new Triple("s", "p", one).hash()).isEqualTo(new Triple("s", "p", other).hash());
    }

    @Test
    void hash_ofOthers_differs() {
        String hash = new Triple("a", "b", "c").hash();
        assertThat(hash).hasSize(64);
        assertThat(new Triple("a", "b", "d").hash()).isNotEqualTo(hash);
        assertThat(new Triple("b", "a", "c").hash()).isNotEqualTo(hash);
        assertThat(new Triple("a|b", "c", "d").hash()).isNotEqualTo(new Triple("a", "b|c", "d").hash());
        assertThat(new Triple("a1:b", "c", "d").hash()).isNotEqualTo(new Triple("a", "b1:c", "d").hash());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void normal_ofItself_isItself(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            var text = new StringBuilder();
            for (int j = 0; j < 4; j++) {
                int c = random.nextInt(0x3000);
                text.appendCodePoint(Character.isDefined(c) ? c : 'x');
            }
            String normal = Triple.normal(text.toString());
            assertThat(Triple.normal(normal))
                    .as("%s", text.codePoints().boxed().toList())
                    .isEqualTo(normal);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u00a0\u2003\n", "\u200b", "\u00ad \ufeff", "\u0085", "\u3164", "\udb40\udc41"})
    void triple_ofNothing_isRefused(String nothing) {
        assertThatThrownBy(() -> new Triple(nothing, "p", "o")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Triple("s", nothing, "o")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Triple("s", "p", nothing)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void toString_tellsNothingOfWhatIsSaid() {
        assertThat(new Triple("secret", "secret", "secret").toString()).doesNotContain("secret");
    }
}
