package io.perpetua.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code perpetua check}. */
class CheckTest {

    private final Path folder;

    CheckTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void check_noMistakes_saysWhatItComesToAndTouchesNothing() throws IOException {
        var threads = threads();
        var run = check("""
                perpetua:
                  port: 9000
                  data: %s
                  summarizer: {model: mine/tiny}
                  providers:
                    mine: {base_url: 'http://gpu:8000/v1?key=sk-query', api_keys: [sk-one, sk-two], models: [tiny]}
                  ladders: {coding_help: [mine/large, groq/off]}
                """.formatted(folder.resolve("data")));

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines())
                .contains(
                        "listens on: 127.0.0.1:9000",
                        "store: sqlite",
                        "index: lucene",
                        "briefs: written by mine/tiny",
                        "  mine: openai at http://gpu:8000/v1, 2 keys, 1 model",
                        "  coding_help: mine/large",
                        "  social_chat: mine/tiny");
        assertThat(run.out()).doesNotContain("sk-");
        assertThat(folder.resolve("data")).doesNotExist();
        assertThat(threads()).isEqualTo(threads);
    }

    @Test
    void check_mistakes_areAllTold() throws IOException {
        var run = check("perpetua: {port: eighty, prices: {files: [none.json]}, token_budget: {total: 5000}}");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .hasLineCount(3)
                .contains("perpetua.port: expected a port", "perpetua.token_budget: the parts", "none.json");
    }

    @Test
    void check_qdrant_isTold() throws IOException {
        var run = check("perpetua: {index: qdrant, qdrant: {url: 'https://qdrant.example', api_key: sk-q}}");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("index: qdrant, perpetua at https://qdrant.example:6334")
                .doesNotContain("sk-");
    }

    @Test
    void check_qdrantByItsPortForRest_isAMistake() throws IOException {
        var run = check("perpetua: {index: qdrant, qdrant: {url: 'http://qdrant:6333'}}");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("perpetua.qdrant: port 6333").contains("6334");
    }

    @Test
    void check_qdrantWithoutAPlace_isAMistake() throws IOException {
        var run = check("perpetua: {index: qdrant}");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("perpetua.qdrant: the index is qdrant").contains("QDRANT_URL");
    }

    @Test
    void check_noSuchFile_isCalledAmiss() {
        var run = CommandLineRun.of("check", "--config", "nowhere.yml");
        assertThat(run.status()).isEqualTo(Explanation.USAGE);
        assertThat(run.err()).contains("nowhere.yml").hasLineCount(1);
    }

    private CommandLineRun check(String content) throws IOException {
        var file = Files.writeString(folder.resolve("perpetua.yml"), content);
        return CommandLineRun.of("check", "--config", file.toString());
    }

    /** The threads of HTTP clients and of background work that there are. */
    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().matches("HttpClient-.*|briefs-.*|standings|configuration"))
                .collect(Collectors.toSet());
    }
}
