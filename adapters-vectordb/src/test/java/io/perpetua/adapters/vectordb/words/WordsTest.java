package io.perpetua.adapters.vectordb.words;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class WordsTest {

    @Test
    void of_english_isStemsWithoutStopWords() {
        assertThat(of(null, "The ponies were RUNNING into 3 relational houses"))
                .containsExactly("poni", "were", "run", "3", "relat", "hous");
    }

    @Test
    void of_namedSpeaker_beginsWithTheName() {
        assertThat(of("Mira", "harbour")).containsExactly("mira", "harbour");
    }

    @Test
    void of_possessives_areDropped() {
        assertThat(of(null, "Mira's boat, Tom’s oars; James' don't it's"))
                .containsExactly("mira", "boat", "tom", "oar", "jame", "don", "t");
    }

    @Test
    void of_shortWords_stayAsTheyAre() {
        assertThat(of(null, "us gas")).containsExactly("us", "ga");
    }

    @Test
    void of_accentsAndWidths_areOneForm() {
        assertThat(of(null, "Ｃａｆé CAFE\u0301")).containsExactly("café", "café");
    }

    @Test
    void of_indicMarks_stayInTheWord() {
        assertThat(of(null, "हिन्दी में")).containsExactly("हिन्दी", "में");
    }

    @Test
    void of_unspacedScripts_isCharactersAndPairs() {
        assertThat(of(null, "我喜欢猫 v2")).containsExactly("我", "喜", "我喜", "欢", "喜欢", "猫", "欢猫", "v2");
    }

    @Test
    void ofQuery_unspacedScripts_isPairsOrALoneCharacter() {
        assertThat(Words.ofQuery("喜欢猫吗")).containsExactly("喜欢", "欢猫", "猫吗");
        assertThat(Words.ofQuery("猫 スーパー")).containsExactly("猫", "スー", "ーパ", "パー");
    }

    @Test
    void of_charactersBeyondTheBasicPlane_areNotSplit() {
        assertThat(of(null, "𠮷野")).containsExactly("𠮷", "野", "𠮷野");
    }

    @Test
    void of_runsOfData_areKnownByTheirBeginning() {
        assertThat(of(null, "0a1b2c3d".repeat(1000)))
                .singleElement()
                .satisfies(word -> assertThat(word).hasSize(64));
    }

    @Test
    void ofQuery_askingWords_areDropped() {
        assertThat(Words.ofQuery("When did she say what the harbour's lanterns cost?"))
                .containsExactly("sai", "harbour", "lantern", "cost");
    }

    @Test
    void ofQuery_onlyAskingWords_isNothing() {
        assertThat(Words.ofQuery("Who is he?")).isEmpty();
    }

    private static List<String> of(@Nullable String name, String text) {
        return Words.of(new Message(Role.USER, text, name, List.of(), null, List.of(), "{}"));
    }
}
