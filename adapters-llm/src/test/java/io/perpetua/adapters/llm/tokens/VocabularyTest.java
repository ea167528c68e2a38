package io.perpetua.adapters.llm.tokens;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VocabularyTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"", "IQ== 0\n", "!! 1\n", "IQ==\n", "IQ== x\n", " 3\n", "IQ== 99999999999\n", "IQ== -1\n", "IQ=="
            })
    void read_somethingElse_isRefused(String file) {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Vocabulary.read(new ByteArrayInputStream(file.getBytes(UTF_8))));
    }
}
