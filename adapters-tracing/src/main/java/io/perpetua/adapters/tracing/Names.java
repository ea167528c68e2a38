package io.perpetua.adapters.tracing;

import io.opentelemetry.api.common.AttributeKey;
import java.util.List;

/**
 * What the attributes of spans are called: by the conventions for HTTP and for generative AI where these have a word, and
 * otherwise {@code perpetua.…}.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans/">Conventions for generative AI</a>
 */
final class Names {

    static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

    static final AttributeKey<String> HTTP_METHOD = AttributeKey.stringKey("http.request.method");
    static final AttributeKey<String> HTTP_ROUTE = AttributeKey.stringKey("http.route");
    static final AttributeKey<Long> HTTP_STATUS = AttributeKey.longKey("http.response.status_code");
    static final AttributeKey<String> SERVER_ADDRESS = AttributeKey.stringKey("server.address");
    static final AttributeKey<Long> SERVER_PORT = AttributeKey.longKey("server.port");

    static final AttributeKey<String> OPERATION = AttributeKey.stringKey("gen_ai.operation.name");
    static final AttributeKey<String> PROVIDER = AttributeKey.stringKey("gen_ai.provider.name");
    static final AttributeKey<String> REQUEST_MODEL = AttributeKey.stringKey("gen_ai.request.model");
    static final AttributeKey<Boolean> REQUEST_STREAM = AttributeKey.booleanKey("gen_ai.request.stream");
    static final AttributeKey<String> RESPONSE_MODEL = AttributeKey.stringKey("gen_ai.response.model");
    static final AttributeKey<List<String>> FINISH_REASONS =
            AttributeKey.stringArrayKey("gen_ai.response.finish_reasons");
    static final AttributeKey<Double> FIRST_CHUNK = AttributeKey.doubleKey("gen_ai.response.time_to_first_chunk");
    static final AttributeKey<Long> INPUT_TOKENS = AttributeKey.longKey("gen_ai.usage.input_tokens");
    static final AttributeKey<Long> OUTPUT_TOKENS = AttributeKey.longKey("gen_ai.usage.output_tokens");
    static final AttributeKey<Long> CACHE_READ_TOKENS = AttributeKey.longKey("gen_ai.usage.cache_read.input_tokens");
    static final AttributeKey<Long> CACHE_CREATION_TOKENS =
            AttributeKey.longKey("gen_ai.usage.cache_creation.input_tokens");
    static final AttributeKey<Long> REASONING_TOKENS = AttributeKey.longKey("gen_ai.usage.reasoning.output_tokens");
    static final AttributeKey<String> INPUT_MESSAGES = AttributeKey.stringKey("gen_ai.input.messages");
    static final AttributeKey<String> OUTPUT_MESSAGES = AttributeKey.stringKey("gen_ai.output.messages");
    static final AttributeKey<String> CONVERSATION = AttributeKey.stringKey("gen_ai.conversation.id");

    static final AttributeKey<Long> TURN = AttributeKey.longKey("perpetua.turn");
    static final AttributeKey<String> MODE = AttributeKey.stringKey("perpetua.mode");
    static final AttributeKey<String> INTENT = AttributeKey.stringKey("perpetua.intent");
    static final AttributeKey<String> ENDING = AttributeKey.stringKey("perpetua.ending");
    static final AttributeKey<String> ANSWERED_BY = AttributeKey.stringKey("perpetua.answered_by");
    static final AttributeKey<List<String>> ATTEMPTS = AttributeKey.stringArrayKey("perpetua.attempts");
    static final AttributeKey<Boolean> FALLBACK = AttributeKey.booleanKey("perpetua.fallback_used");
    static final AttributeKey<String> CACHE = AttributeKey.stringKey("perpetua.cache");
    static final AttributeKey<Boolean> RETRIEVAL = AttributeKey.booleanKey("perpetua.use_retrieval");
    static final AttributeKey<Long> TOKENS_FULL = AttributeKey.longKey("perpetua.tokens.full");
    static final AttributeKey<Long> TOKENS_SENT = AttributeKey.longKey("perpetua.tokens.sent");
    static final AttributeKey<Long> TOKENS_BUDGET = AttributeKey.longKey("perpetua.tokens.budget");
    static final AttributeKey<Double> COST = AttributeKey.doubleKey("perpetua.cost_usd");
    static final AttributeKey<List<String>> DEGRADED = AttributeKey.stringArrayKey("perpetua.degraded");
    static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("perpetua.outcome");

    private Names() {}
}
