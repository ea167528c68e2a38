package io.perpetua.adapters.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.perpetua.application.memory.Embedder;
import io.perpetua.application.tokens.Tokenizers;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WiringTest {

    @Test
    void context_asIs_offersBothPorts() {
        try (var context = ApplicationContext.run(Map.<String, Object>of("perpetua.data", "target"))) {
            assertThat(context.getBean(Tokenizers.class).forModel("gpt-4o").count("one two"))
                    .isEqualTo(2);
            assertThat(context.getBean(Embedder.class).embedQuery("one two")).isNotNull();
        }
    }
}
