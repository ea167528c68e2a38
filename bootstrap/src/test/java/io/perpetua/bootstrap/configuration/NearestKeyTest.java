package io.perpetua.bootstrap.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.bootstrap.Complaint;
import io.perpetua.bootstrap.Contexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestKeyTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {memroy: {recent_tokens: 1}} | no configuration key perpetua.memroy.recent_tokens; did you mean perpetua.memory.recent_tokens?
            {memroy: {tokens: 1}} | did you mean perpetua.memory.recent_tokens?
            {memroy: 1} | did you mean perpetua.memory?
            {recent_tokens: 1} | did you mean perpetua.memory.recent_tokens?
            {embeder: none} | did you mean perpetua.embedder?
            {prot: 80} | did you mean perpetua.port?
            {provider: {openai: {api_key: k}}} | did you mean perpetua.providers.openai.api_key?
            {anthropic: {api_key: k}} | did you mean perpetua.providers.*.api_key?
            {memory: 1} | perpetua.memory is a section and no value; its keys are cached_share, forget_after, index_megabytes, recent_tokens, semantic_deadline.
            {token-budget: 1} | perpetua.token-budget is a section and no value; its keys are anchors_share, brief,
            {providers: 5} | perpetua.providers is a section of named providers, such as perpetua.providers.openai.api_key
            {providers: {mine: 5}} | perpetua.providers.mine is a section and no value; its keys are api_key, api_keys,
            """)
    void mistakenKey_theOneMeantIsNamed(String perpetua, String sentence, @TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("perpetua.yml"), "perpetua: " + perpetua);
        assertThatThrownBy(() -> Contexts.start(file, Map.of("perpetua.data", folder.toString())))
                .isInstanceOf(Complaint.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void distance_countsEdits() {
        assertThat(NearestKey.distance("", "")).isZero();
        assertThat(NearestKey.distance("port", "port")).isZero();
        assertThat(NearestKey.distance("prot", "port")).isEqualTo(2);
        assertThat(NearestKey.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(NearestKey.distance("", "data")).isEqualTo(4);
    }
}
