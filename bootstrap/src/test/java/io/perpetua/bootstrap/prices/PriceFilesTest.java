package io.perpetua.bootstrap.prices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.perpetua.application.routing.ModelInfo;
import io.perpetua.bootstrap.configuration.Mistakes;
import io.perpetua.domain.usage.Price;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceFilesTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 20);

    private static final String PER_TOKEN = """
            {"gpt-4o-mini": {"litellm_provider": "openai", "mode": "chat", "max_input_tokens": 128000,
                "input_cost_per_token": 1.5e-07, "cache_read_input_token_cost": 7.5e-08, "output_cost_per_token": 6e-07}}
            """;

    private static final String PER_MILLION = """
            [{"id": "openai", "name": "OpenAI", "models": [{"id": "gpt-4o-mini", "match": {"equals": "gpt-4o-mini"},
                "context_window": 128000, "prices": {"input_mtok": 0.15, "cache_read_mtok": 0.075, "output_mtok": 0.6}}]}]
            """;

    private final Mistakes mistakes = new Mistakes();
    private final Path folder;

    PriceFilesTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void read_bothFormats_meanTheSameDollars() throws IOException {
        var expected = new ModelInfo("openai", "gpt-4o-mini", 128_000, new Price(0.15, 0.075, 0.15, 0.60));
        for (String content : List.of(PER_TOKEN, PER_MILLION)) {
            assertThat(amended("openai", "gpt-4o-mini", content)).as(content).isEqualTo(expected);
        }
    }

    @Test
    void amend_modelThatNoListKnows_staysAsItIs() throws IOException {
        assertThat(amended("openai", "gpt-9", PER_TOKEN, PER_MILLION)).isEqualTo(ModelInfo.unlisted("openai", "gpt-9"));
        assertThat(amended("groq", "gpt-4o-mini", PER_TOKEN, PER_MILLION).price())
                .isNull();
    }

    @Test
    void amend_severalLists_theLaterWinsWhereItSaysSomething() throws IOException {
        String dearer = PER_MILLION.replace("\"output_mtok\": 0.6", "\"output_mtok\": 0.7");
        String unknown = PER_TOKEN.replace("6e-07", "0").replace("128000", "64000");
        var price = new Price(0.15, 0.075, 0.15, 0.7);
        assertThat(amended("openai", "gpt-4o-mini", PER_TOKEN, dearer).price()).isEqualTo(price);
        assertThat(amended("openai", "gpt-4o-mini", dearer, PER_TOKEN).price()).isNotEqualTo(price);
        assertThat(amended("openai", "gpt-4o-mini", dearer, unknown))
                .isEqualTo(new ModelInfo("openai", "gpt-4o-mini", 64_000, price));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {} | is no price list
            [] | is no price list
            {"models": [{"id": "gpt"}]} | is no price list
            '{"gpt-4o": {"litellm_provider": "openai"' | line 1
            '' | is no price list
            """)
    void read_noPriceList_isExplained(String content, String sentence) throws IOException {
        amended("openai", "gpt-4o", content, PER_TOKEN);
        assertThat(mistakes.sentences())
                .singleElement(STRING)
                .contains("perpetua.prices.files", "0.json", sentence, "genai-prices", "LiteLLM");
    }

    @Test
    void read_noFile_isExplained() {
        PriceFiles.read(List.of(folder.resolve("nowhere.json"), folder), TODAY, mistakes);
        assertThat(mistakes.sentences()).hasSize(2);
        assertThat(mistakes.sentences().getFirst()).contains("nowhere.json", "cannot be read", "Expected");
        assertThat(mistakes.sentences().getLast()).contains("it is a folder");
    }

    /** An unlisted model with what files of the given contents say of it. */
    private ModelInfo amended(String provider, String model, String... contents) throws IOException {
        var files = new Path[contents.length];
        for (int i = 0; i < files.length; i++) {
            files[i] = Files.writeString(folder.resolve(i + ".json"), contents[i]);
        }
        return PriceFiles.read(List.of(files), TODAY, mistakes).amend(ModelInfo.unlisted(provider, model));
    }
}
