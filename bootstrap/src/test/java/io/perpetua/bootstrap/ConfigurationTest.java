package io.perpetua.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.domain.brief.Compaction;
import io.perpetua.domain.budget.BudgetPolicy;
import io.perpetua.domain.mode.ModePolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD) // a server that starts after all would never end
class ConfigurationTest {

    private final Path folder;

    ConfigurationTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void file_changesThePolicies() throws IOException {
        var file = file("""
                  token_budget:
                    total: 9000
                    anchors_share: 0.1
                    recalled: 4000
                  mode:
                    balanced_from: 3000
                    safe_recent_turns: 12
                """);
        try (var context = Contexts.start(file, Map.of())) {
            var budget = context.getBean(BudgetPolicy.class);
            assertThat(budget.total()).isEqualTo(9_000);
            assertThat(budget.anchorsShare()).isEqualTo(0.1);
            assertThat(budget.recalled()).isEqualTo(4_000);
            assertThat(budget.completion()).as("not set").isEqualTo(1_000);
            var modes = context.getBean(ModePolicy.class);
            assertThat(modes.balancedFrom()).isEqualTo(3_000);
            assertThat(modes.safe().recentTurns()).isEqualTo(12);
        }
    }

    @Test
    void compaction_byDefault_assumesWhatIsCommonOfUnknownPrices() throws IOException {
        try (var context = Contexts.start(file(""), Map.of())) {
            assertThat(context.getBean(Compaction.class)).isEqualTo(Compaction.DEFAULT);
        }
    }

    @Test
    void compaction_goesByThePriceOfTheModelThatServes_orByWhatIsConfigured() throws IOException {
        Map<String, Object> openAi = Map.of("openai.api.key", "none", "openai.base.url", "http://127.0.0.1:1/v1");
        try (var context = Contexts.start(file("  memory: {recent_tokens: 3000}\n"), openAi)) {
            var compaction = context.getBean(Compaction.class);
            assertThat(compaction.maxTokens()).isEqualTo(3_000);
            assertThat(compaction.freshToCached()).as("gpt-4o-mini's").isEqualTo(2);
        }
        try (var context = Contexts.start(file("  memory: {cached_share: 0.1}\n"), openAi)) {
            assertThat(context.getBean(Compaction.class).freshToCached()).isEqualTo(10);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            memory: {cached_share: 0} | perpetua.memory.cached_share: expected a number above 0 to 1, found '0'.
            memory: {recent_tokens: 0} | perpetua.memory.recent_tokens: expected a whole number of tokens from 1, found '0'.
            memory: {recent_tokens: 0.5} | expected a whole number
            token_budget: {total: 100} | perpetua.token_budget.total: expected a whole number of tokens from 256, found '100'.
            token_budget: {recalled: 90000} | perpetua.token_budget: the parts add up to
            token_budget: {total: plenty} | perpetua.token_budget.total: expected a whole number of tokens from 256, found 'plenty'.
            token_budget: {total: [1, 2]} | found a list
            token_budget: {total: } | found nothing
            mode: {balanced_from: 30000} | perpetua.mode: mode thresholds must rise
            mode: {hysteresis: 2} | perpetua.mode.hysteresis: expected a number from 0 and below 1, found '2'.
            cache: {enabled: perhaps} | perpetua.cache.enabled: expected true or false, found 'perhaps'.
            store: postgres | perpetua.store: expected sqlite or redis, found 'postgres'.
            redis: {url: 'http://localhost'} | perpetua.redis.url: expected addresses such as redis://
            redis: {url: 'redis//user:secret@host'} | found something else.
            redis: {url: 'redis://:sec^ret@host'} | found something else.
            redis: {url: 'redis://:sec#ret@host'} | found something else.
            index: solr | perpetua.index: expected lucene or qdrant, found 'solr'.
            index: qdrant | perpetua.qdrant: the index is qdrant, but nothing says where that is; set QDRANT_URL
            qdrant: {timeout: soon} | perpetua.qdrant.timeout: expected a duration
            qdrant: {api_key: top secret} | perpetua.qdrant.api_key: expected a key without spaces
            port: 70000 | perpetua.port: expected a port from -1 to 65535, found '70000'.
            port: ${NOT.SET} | perpetua.port: it refers to something that is not set.
            tokenbudget: {total: 9000} | no configuration key perpetua.tokenbudget.total; did you mean perpetua.token_budget.total?
            prot: 80 | did you mean perpetua.port?
            summarizer: {model: nobody/model} | perpetua.summarizer.model: expected a model that a provider serves that is on, found 'nobody/model'.
            prices: {files: [nowhere.json]} | perpetua.prices.files: nowhere.json: it cannot be read.
            """)
    void badValue_isExplainedInASentence(String line, String sentence) throws IOException {
        var run =
                CommandLineRun.of("serve", "--config", file("  " + line + "\n").toString());
        assertThat(run.status()).as(run.err()).isEqualTo(Explanation.USAGE);
        assertThat(run.err()).contains(sentence).doesNotContain("\tat ").hasLineCount(1);
    }

    @Test
    void everyMistake_isToldAtOnce_inALineOfItsOwnAndWithoutSecrets() throws IOException {
        var file = file("""
                  port: eighty
                  memroy: {recent_tokens: 1}
                  store: postgres
                  token_budget: {total: 100, brief: -1}
                  mode: {balanced_from: 30000}
                  circuits: {window: 5}
                  cache: {ttl: soon}
                  providers:
                    mine: {api_key: top secret}
                    other: {base_url: "not a url with a secret", models: [{name: m, widow: 1, output: dear}]}
                    third: {base_url: "http://127.0.0.1:1"}
                  ladders: {coding_help: [gpt, opnai/gpt, third/x, other/m]}
                  summarizer: {model: nobody/m}
                  prices: {files: [a.json, b.json]}
                """);
        assertThatThrownBy(() -> Contexts.start(file, Map.of("openai.base.url", "secret", "groq.api.key", "my secret")))
                .isInstanceOf(Complaint.class)
                .message()
                .doesNotContain("secret")
                .satisfies(all -> assertThat(all.lines().map(line -> line.substring(0, line.indexOf(' '))))
                        .containsExactlyInAnyOrder(
                                "perpetua.port:",
                                "There",
                                "perpetua.store:",
                                "perpetua.token_budget.total:",
                                "perpetua.token_budget.brief:",
                                "perpetua.mode:",
                                "perpetua.circuits:",
                                "perpetua.cache.ttl:",
                                "perpetua.providers.mine.api_key:",
                                "perpetua.providers.mine.base_url:",
                                "perpetua.providers.other.base_url:",
                                "perpetua.providers.other.models:",
                                "perpetua.providers.other.models:",
                                "perpetua.ladders.coding_help:",
                                "perpetua.ladders.coding_help:",
                                "perpetua.prices.files:",
                                "perpetua.prices.files:",
                                "OPENAI_BASE_URL:",
                                "GROQ_API_KEY:"));
    }

    @Test
    void variable_isNamedAsItIsSpelt() {
        assertThatThrownBy(() -> Contexts.start(null, Map.of("PERPETUA_CACHE_ENTRIES", "many")))
                .isInstanceOf(Complaint.class)
                .hasMessage("PERPETUA_CACHE_ENTRIES: expected a whole number of answers from 1, found 'many'.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            'perpetua: {' | is no YAML: line 1, column 12
            'perpetua: {providers: {openai: {api_key: "secret' | is no YAML: line 1
            'perpetua: {providers: {openai: {api_key: *secret}}}' | an alias of something that is not there
            'perpetua: {port: 1, port: 2}' | is no YAML: line 1, column 21: found duplicate key port
            'perp' | holds no sections, such as perpetua.
            'perpetau: {port: 1}' | has no section that is read called perpetau; did you mean perpetua?
            """)
    void brokenFile_isExplainedWithoutWhatStandsInIt(String content, String sentence) throws IOException {
        var file = Files.writeString(folder.resolve("broken.yml"), content);
        var run = CommandLineRun.of("serve", "--config", file.toString());
        assertThat(run.status()).as(run.err()).isEqualTo(Explanation.USAGE);
        assertThat(run.err())
                .contains("broken.yml", sentence)
                .doesNotContain("\tat ", "secret")
                .hasLineCount(1);
    }

    @Test
    void missingFile_isExplained() {
        var run = CommandLineRun.of("serve", "--config", "nowhere.yml");
        assertThat(run.status()).isEqualTo(Explanation.USAGE);
        assertThat(run.err()).contains("nowhere.yml").hasLineCount(1);
    }

    @Test
    void dataDirectoryInUse_isExplained() throws IOException {
        var file = file("");
        try (var first = Contexts.start(file, Map.of())) {
            assertThat(first.isRunning()).isTrue();
            var second = CommandLineRun.of("serve", "--config", file.toString());
            assertThat(second.status()).as(second.err()).isEqualTo(Explanation.USAGE);
            assertThat(second.err())
                    .contains("in use by another running Perpetua")
                    .hasLineCount(1);
        }
    }

    @Test
    void portInUse_isExplained() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var file = file("  port: " + taken.getLocalPort() + "\n");
            var run = CommandLineRun.of("serve", "--config", file.toString());
            assertThat(run.status()).as(run.err()).isEqualTo(Explanation.USAGE);
            assertThat(run.err()).contains("cannot listen", Integer.toString(taken.getLocalPort()));
        }
    }

    @Test
    void unknownOverride_isRefusedLikeAnyOther() {
        assertThatThrownBy(() -> Contexts.start(null, Map.of("perpetua.tokenBudget.totl", 9_000)))
                .isInstanceOf(Complaint.class)
                .hasMessageContaining("perpetua.token_budget.total");
    }

    /** A configuration file that says {@code lines}, with a data directory and a port of its own where it does not. */
    private Path file(String lines) throws IOException {
        String port = lines.contains("port:") ? "" : "  port: -1\n";
        String embedder = "  embedder: none\n";
        return Files.writeString(
                folder.resolve("perpetua.yml"),
                "perpetua:\n  data: " + folder.resolve("data") + "\n" + port + embedder + lines);
    }
}
