package io.perpetua.bootstrap;

import io.perpetua.bootstrap.ScriptedAnswer.Call;
import io.perpetua.bootstrap.ScriptedAnswer.Ending;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** OpenAI's chat completions. */
record OpenAiFormat() implements UpstreamFormat {

    private static final String USAGE = """
            {"prompt_tokens":20,"completion_tokens":5,"total_tokens":25,"prompt_tokens_details":{"cached_tokens":16}}""";

    @Override
    public String provider() {
        return "openai";
    }

    @Override
    public String model() {
        return "gpt-4o-mini";
    }

    @Override
    public String base() {
        return "/v1";
    }

    @Override
    public double cost() {
        return (4 * 0.15 + 16 * 0.075 + 5 * 0.60) / 1e6;
    }

    @Override
    public String target(boolean stream) {
        return "/v1/chat/completions";
    }

    @Override
    public String keyHeader() {
        return "Authorization";
    }

    @Override
    public String keyValue() {
        return "Bearer " + KEY;
    }

    @Override
    public String whole(ScriptedAnswer answer) {
        String calls = answer.calls().isEmpty() ? "" : ",\"tool_calls\":" + array(answer.calls());
        return """
                {"id":"chatcmpl-1","object":"chat.completion","created":1770000000,"model":"gpt-4o-mini","choices":[\
                {"index":0,"message":{"role":"assistant","content":%s,"refusal":null%s},"logprobs":null,\
                "finish_reason":"%s"}],"usage":%s,"system_fingerprint":"fp_1"}""".formatted(
                answer.calls().isEmpty() ? '"' + answer.text() + '"' : null, calls, reason(answer.ending()), USAGE);
    }

    @Override
    public List<String> events(ScriptedAnswer answer) {
        var events = new ArrayList<String>();
        events.add(delta("{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}", null));
        answer.pieces().forEach(piece -> events.add(delta("{\"content\":\"" + piece + "\"}", null)));
        for (int i = 0; i < answer.calls().size(); i++) {
            var call = answer.calls().get(i);
            events.add(delta("""
                    {"tool_calls":[{"index":%d,"id":"%s","type":"function",\
                    "function":{"name":"%s","arguments":""}}]}""".formatted(i, call.id(), call.name()), null));
            for (String piece : call.pieces()) {
                events.add(delta(
                        "{\"tool_calls\":[{\"index\":%d,\"function\":{\"arguments\":%s}}]}".formatted(i, quoted(piece)),
                        null));
            }
        }
        events.add(delta("{}", reason(answer.ending())));
        events.add(chunk("[]", USAGE));
        events.add("data: [DONE]\n\n");
        return events;
    }

    private static String delta(String delta, @Nullable String reason) {
        String choice = "[{\"index\":0,\"delta\":" + delta + ",\"logprobs\":null,\"finish_reason\":"
                + (reason == null ? null : '"' + reason + '"') + "}]";
        return chunk(choice, "null");
    }

    private static String chunk(String choices, String usage) {
        return """
                data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1770000000,"model":"gpt-4o-mini",\
                "choices":%s,"usage":%s}

                """.formatted(choices, usage);
    }

    @Override
    public Refusal refusal(int status, String message) {
        String type = switch (status) {
            case 400 -> "\"invalid_request_error\",\"param\":\"messages\",\"code\":null";
            case 429 -> "\"requests\",\"param\":null,\"code\":\"rate_limit_exceeded\"";
            default -> "\"server_error\",\"param\":null,\"code\":null";
        };
        return new Refusal(status, "{\"error\":{\"message\":\"" + message + "\",\"type\":" + type + "}}");
    }

    @Override
    public Refusal badKey() {
        return new Refusal(401, """
                {"error":{"message":"Incorrect API key provided: sk-test.","type":"invalid_request_error","param":null,\
                "code":"invalid_api_key"}}""");
    }

    @Override
    public Place question(String text) {
        return new Place("/messages/0", "{\"role\":\"user\",\"content\":\"" + text + "\"}");
    }

    @Override
    public Place picture() {
        return new Place("/messages/0/content/1", """
                {"type":"image_url","image_url":{"url":"data:image/png;base64,%s"}}""".formatted(PICTURE));
    }

    @Override
    public Place schema() {
        return new Place("/response_format", """
                {"type":"json_schema","json_schema":{"name":"level","strict":true,"schema":%s}}""".formatted(SCHEMA));
    }

    @Override
    public Place function() {
        return new Place("/tools/0", """
                {"type":"function","function":{"name":"water_level","parameters":%s}}""".formatted(PARAMETERS));
    }

    @Override
    public Place calls(List<Call> calls) {
        return new Place("/messages/1/tool_calls", array(calls));
    }

    @Override
    public Place report(int index, Call call, String result) {
        return new Place("/messages/" + (2 + index), """
                {"role":"tool","tool_call_id":"%s","content":"%s"}""".formatted(call.id(), result));
    }

    private static String array(List<Call> calls) {
        return calls.stream()
                .map(call -> """
                        {"id":"%s","type":"function","function":{"name":"%s","arguments":%s}}""".formatted(call.id(), call.name(), quoted(call.arguments())))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String quoted(String text) {
        return Http.JSON.getNodeFactory().textNode(text).toString();
    }

    private static String reason(Ending ending) {
        return switch (ending) {
            case DONE -> "stop";
            case CALLS -> "tool_calls";
            case LENGTH -> "length";
            case FILTERED -> "content_filter";
        };
    }

    @Override
    public String toString() {
        return provider();
    }
}
