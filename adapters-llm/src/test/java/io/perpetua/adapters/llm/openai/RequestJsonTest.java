package io.perpetua.adapters.llm.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.adapters.llm.wire.JsonMessageReader;
import io.perpetua.adapters.llm.wire.JsonMessageWriter;
import io.perpetua.application.routing.ChatProvider.ProviderRequest;
import io.perpetua.domain.conversation.Role;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestJsonTest {

    private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";

    private static String json(String parameters, boolean stream) {
        var messages = List.of(new JsonMessageWriter().compose(Role.USER, "Hi"));
        return RequestJson.of(new ProviderRequest("m\"1", messages, parameters, stream), Quirks.NONE);
    }

    @Test
    void of_parameters_areCopiedAsTheyStand() {
        assertThat(json(" { \"temperature\" : 1.0e-1, \"tools\":[ {\"a\": \"}\\\"é\"} ], \"n\":null } ", false))
                .isEqualTo("{\"model\":\"m\\\"1\"," + MESSAGES
                        + ",\"stream\":false,\"temperature\":1.0e-1,\"tools\":[ {\"a\": \"}\\\"é\"} ],\"n\":null}");
    }

    @Test
    void of_stream_asksForTheUsage() {
        assertThat(json("{}", true))
                .isEqualTo("{\"model\":\"m\\\"1\"," + MESSAGES
                        + ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}");
    }

    @Test
    void of_streamWithOptions_mergesThem() {
        assertThat(json(
                        "{\"stream_options\":{\"include_usage\":false,\"include_obfuscation\":false},\"seed\":7}",
                        true))
                .endsWith(
                        ",\"stream\":true,\"seed\":7,\"stream_options\":{\"include_usage\":true,\"include_obfuscation\":false}}");
    }

    @Test
    void of_streamWithNullOptions_replacesThem() {
        assertThat(json("{\"stream_options\":null}", true)).endsWith(",\"stream_options\":{\"include_usage\":true}}");
    }

    @Test
    void of_fieldsOfOurOwn_areNotRepeated() {
        assertThat(json("{\"model\":\"x\",\"messages\":[],\"stream\":true,\"top_p\":1}", false))
                .isEqualTo("{\"model\":\"m\\\"1\"," + MESSAGES + ",\"stream\":false,\"top_p\":1}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{\"a\":", "7"})
    void of_parametersThatAreNoObject_areRefused(String parameters) {
        assertThatThrownBy(() -> json(parameters, false)).isInstanceOf(IllegalArgumentException.class);
    }

    private static String json(String message, String parameters, Quirks quirks) {
        var messages = List.of(new JsonMessageReader().read(message));
        return RequestJson.of(new ProviderRequest("m", messages, parameters, true), quirks);
    }

    @Test
    void of_endpointWithQuirks_isToldWhatItUnderstands() {
        var quirks = new Quirks(
                false,
                false,
                false,
                false,
                Map.of("max_completion_tokens", "max_tokens", "seed", "random_seed"),
                Set.of("user"));

        assertThat(json(
                        "{\"role\":\"developer\",\"name\":\"n\",\"content\":\"Hi\"}",
                        "{\"max_completion_tokens\":7,\"max_tokens\":8,\"seed\":1,\"user\":\"u\",\"stream_options\":{},\"top_p\":1.0}",
                        quirks))
                .isEqualTo("{\"model\":\"m\",\"messages\":[{\"role\":\"system\",\"content\":\"Hi\"}],\"stream\":true,"
                        + "\"max_tokens\":7,\"random_seed\":1,\"top_p\":1.0}");
    }

    @Test
    void of_callsWithAnotherProvidersExtras_goWithoutThemWhereTheyMeanNothing() {
        String call =
                "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"t\",\"type\":\"function\",\"function\":"
                        + "{\"name\":\"f\",\"arguments\":\"{}\"}%s}]}";
        String extra = ",\"extra_content\":{\"google\":{\"thought_signature\":\"c2ln\"}}";
        var strict = new Quirks(true, true, true, false, Map.of(), Set.of());

        assertThat(json(call.formatted(extra), "{}", Quirks.NONE)).contains(call.formatted(extra));
        assertThat(json(call.formatted(extra), "{}", strict)).contains(call.formatted(""));
    }
}
