package io.perpetua.bootstrap;

import io.perpetua.bootstrap.ScriptedAnswer.Call;
import io.perpetua.bootstrap.ScriptedAnswer.Ending;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Anthropic's Messages. Before it calls functions the model thinks, and it wants its thoughts back. */
record AnthropicFormat() implements UpstreamFormat {

    private static final String THOUGHT = "{\"type\":\"thinking\",\"thinking\":\"Both.\",\"signature\":\"c2ln\"}";

    @Override
    public String provider() {
        return "anthropic";
    }

    @Override
    public String model() {
        return "claude-sonnet-5-5";
    }

    @Override
    public double cost() {
        return (4 * 2.00 + 16 * 0.10 + 5 * 10.00) / 1e6;
    }

    @Override
    public String target(boolean stream) {
        return "/v1/messages";
    }

    @Override
    public String keyHeader() {
        return "X-Api-Key";
    }

    @Override
    public String whole(ScriptedAnswer answer) {
        String content = answer.text().isEmpty() ? "[]" : "[{\"type\":\"text\",\"text\":\"" + answer.text() + "\"}]";
        return """
                {"id":"msg_1","type":"message","role":"assistant","model":"claude-sonnet-5-5","content":%s,\
                "stop_reason":"%s","stop_sequence":null,\
                "usage":{"input_tokens":4,"cache_creation_input_tokens":0,"cache_read_input_tokens":16,\
                "output_tokens":5}}""".formatted(answer.calls().isEmpty() ? content : blocks(answer.calls()), reason(answer.ending()));
    }

    @Override
    public List<String> events(ScriptedAnswer answer) {
        var events = new ArrayList<String>();
        events.add(event("message_start", """
                "message":{"id":"msg_1","type":"message","role":"assistant","model":"claude-sonnet-5-5","content":[],\
                "stop_reason":null,"stop_sequence":null,\
                "usage":{"input_tokens":4,"cache_read_input_tokens":16,"output_tokens":1}}"""));
        events.add("event: ping\ndata: {\"type\": \"ping\"}\n\n");
        if (!answer.text().isEmpty()) {
            events.add(start(0, "{\"type\":\"text\",\"text\":\"\"}"));
            answer.pieces()
                    .forEach(piece -> events.add(delta(0, "{\"type\":\"text_delta\",\"text\":\"" + piece + "\"}")));
            events.add(stop(0));
        }
        if (!answer.calls().isEmpty()) {
            events.add(start(0, "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}"));
            events.add(delta(0, "{\"type\":\"thinking_delta\",\"thinking\":\"Both.\"}"));
            events.add(delta(0, "{\"type\":\"signature_delta\",\"signature\":\"c2ln\"}"));
            events.add(stop(0));
        }
        int index = 1;
        for (var call : answer.calls()) {
            events.add(start(index, block(call, "{}")));
            for (String piece : call.pieces()) {
                String quoted = Http.JSON.getNodeFactory().textNode(piece).toString();
                events.add(delta(index, "{\"type\":\"input_json_delta\",\"partial_json\":" + quoted + "}"));
            }
            events.add(stop(index++));
        }
        events.add(event("message_delta", """
                "delta":{"stop_reason":"%s","stop_sequence":null},"usage":{"output_tokens":5}""".formatted(reason(answer.ending()))));
        events.add("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
        return events;
    }

    private static String start(int index, String block) {
        return event("content_block_start", "\"index\":" + index + ",\"content_block\":" + block);
    }

    private static String delta(int index, String delta) {
        return event("content_block_delta", "\"index\":" + index + ",\"delta\":" + delta);
    }

    private static String stop(int index) {
        return event("content_block_stop", "\"index\":" + index);
    }

    private static String event(String type, String fields) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\"," + fields + "}\n\n";
    }

    @Override
    public Refusal refusal(int status, String message) {
        return switch (status) {
            case 400 -> refusal(400, "invalid_request_error", message);
            case 429 -> refusal(429, "rate_limit_error", message);
            case 503 -> refusal(529, "overloaded_error", message);
            default -> refusal(500, "api_error", message);
        };
    }

    @Override
    public Refusal badKey() {
        return refusal(401, "authentication_error", "invalid x-api-key");
    }

    private static Refusal refusal(int status, String type, String message) {
        return new Refusal(status, """
                {"type":"error","error":{"type":"%s","message":"%s"},"request_id":"req_1"}""".formatted(type, message));
    }

    @Override
    public Place question(String text) {
        return new Place("/messages/0", """
                {"role":"user","content":[{"type":"text","text":"%s"}]}""".formatted(text));
    }

    @Override
    public Place picture() {
        return new Place("/messages/0/content/1", """
                {"type":"image","source":{"type":"base64","media_type":"image/png","data":"%s"}}""".formatted(PICTURE));
    }

    @Override
    public Place schema() {
        return new Place("/output_config/format", "{\"type\":\"json_schema\",\"schema\":" + SCHEMA + "}");
    }

    @Override
    public Place function() {
        return new Place("/tools/0", "{\"name\":\"water_level\",\"input_schema\":" + PARAMETERS + "}");
    }

    @Override
    public Place calls(List<Call> calls) {
        return new Place("/messages/1", "{\"role\":\"assistant\",\"content\":" + blocks(calls) + "}");
    }

    @Override
    public Place report(int index, Call call, String result) {
        return new Place("/messages/2/content/" + index, """
                {"type":"tool_result","tool_use_id":"%s","content":"%s"}""".formatted(call.id(), result));
    }

    private static String blocks(List<Call> calls) {
        return calls.stream()
                .map(call -> block(call, call.arguments()))
                .collect(Collectors.joining(",", "[" + THOUGHT + ",", "]"));
    }

    private static String block(Call call, String input) {
        return """
                {"type":"tool_use","id":"%s","name":"%s","input":%s}""".formatted(call.id(), call.name(), input);
    }

    private static String reason(Ending ending) {
        return switch (ending) {
            case DONE -> "end_turn";
            case CALLS -> "tool_use";
            case LENGTH -> "max_tokens";
            case FILTERED -> "refusal";
        };
    }

    @Override
    public String toString() {
        return provider();
    }
}
