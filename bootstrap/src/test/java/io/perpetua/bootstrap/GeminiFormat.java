package io.perpetua.bootstrap;

import io.perpetua.bootstrap.ScriptedAnswer.Call;
import io.perpetua.bootstrap.ScriptedAnswer.Ending;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Google's generateContent and streamGenerateContent. Calls have no ids, and the first of an answer a signature, which is
 * wanted back. What is filtered before a word was said is a prompt that is blocked.
 */
record GeminiFormat() implements UpstreamFormat {

    private static final String SIGNATURE = ",\"thoughtSignature\":\"c2ln\"";

    @Override
    public String provider() {
        return "gemini";
    }

    @Override
    public String model() {
        return "gemini-3.8-flash";
    }

    @Override
    public double cost() {
        return (4 * 0.75 + 16 * 0.075 + 5 * 3.75) / 1e6;
    }

    @Override
    public String target(boolean stream) {
        return "/v1beta/models/gemini-3.8-flash:" + (stream ? "streamGenerateContent?alt=sse" : "generateContent");
    }

    @Override
    public String keyHeader() {
        return "X-Goog-Api-Key";
    }

    @Override
    public String whole(ScriptedAnswer answer) {
        if (isBlocked(answer)) {
            return blocked();
        }
        String text = "[{\"text\":\"" + answer.text() + "\"}]";
        return response(answer.calls().isEmpty() ? text : parts(answer.calls(), false), reason(answer.ending()));
    }

    @Override
    public List<String> events(ScriptedAnswer answer) {
        var events = new ArrayList<String>();
        if (isBlocked(answer)) {
            events.add(blocked());
        } else {
            answer.pieces().forEach(piece -> events.add(response("[{\"text\":\"" + piece + "\"}]", "")));
            if (!answer.calls().isEmpty()) {
                events.add(response(parts(answer.calls(), false), ""));
            }
            events.add(response("[{\"text\":\"\"}]", reason(answer.ending())));
        }
        return events.stream().map(event -> "data: " + event + "\r\n\r\n").toList();
    }

    private static boolean isBlocked(ScriptedAnswer answer) {
        return answer.ending() == Ending.FILTERED && answer.text().isEmpty();
    }

    private static String blocked() {
        return """
                {"promptFeedback":{"blockReason":"SAFETY"},\
                "usageMetadata":{"promptTokenCount":20,"totalTokenCount":20},"modelVersion":"gemini-3.8-flash"}""";
    }

    /** A response of {@code parts}, the last when there is a reason. */
    private static String response(String parts, String reason) {
        return """
                {"candidates":[{"content":{"parts":%s,"role":"model"},%s"index":0}],\
                "usageMetadata":{"promptTokenCount":20,"cachedContentTokenCount":16,"candidatesTokenCount":5,\
                "totalTokenCount":25},"modelVersion":"gemini-3.8-flash","responseId":"r1"}""".formatted(parts, reason.isEmpty() ? "" : "\"finishReason\":\"" + reason + "\",");
    }

    @Override
    public Refusal refusal(int status, String message) {
        String word = switch (status) {
            case 400 -> "INVALID_ARGUMENT";
            case 429 -> "RESOURCE_EXHAUSTED";
            case 503 -> "UNAVAILABLE";
            default -> "INTERNAL";
        };
        return new Refusal(status, """
                {"error":{"code":%d,"message":"%s","status":"%s"}}""".formatted(status, message, word));
    }

    @Override
    public Refusal badKey() {
        return refusal(400, "API key not valid. Please pass a valid API key.");
    }

    @Override
    public Place question(String text) {
        return new Place("/contents/0", "{\"role\":\"user\",\"parts\":[{\"text\":\"" + text + "\"}]}");
    }

    @Override
    public Place picture() {
        return new Place("/contents/0/parts/1", """
                {"inlineData":{"mimeType":"image/png","data":"%s"}}""".formatted(PICTURE));
    }

    @Override
    public Place schema() {
        return new Place("/generationConfig", """
                {"responseMimeType":"application/json","responseJsonSchema":%s}""".formatted(SCHEMA));
    }

    @Override
    public Place function() {
        return new Place("/tools/0/functionDeclarations/0", """
                {"name":"water_level","parametersJsonSchema":%s}""".formatted(PARAMETERS));
    }

    @Override
    public Place calls(List<Call> calls) {
        return new Place("/contents/1", "{\"role\":\"model\",\"parts\":" + parts(calls, true) + "}");
    }

    @Override
    public Place report(int index, Call call, String result) {
        return new Place("/contents/2/parts/" + index, """
                {"functionResponse":{"id":"%s","name":"%s","response":{"result":"%s"}}}""".formatted(call.id(), call.name(), result));
    }

    private static String parts(List<Call> calls, boolean ids) {
        return calls.stream()
                .map(call -> """
                        {"functionCall":{%s"name":"%s","args":%s}%s}""".formatted(
                                ids ? "\"id\":\"" + call.id() + "\"," : "",
                                call.name(),
                                call.arguments(),
                                call.equals(calls.getFirst()) ? SIGNATURE : ""))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String reason(Ending ending) {
        return switch (ending) {
            case DONE, CALLS -> "STOP";
            case LENGTH -> "MAX_TOKENS";
            case FILTERED -> "SAFETY";
        };
    }

    @Override
    public String toString() {
        return provider();
    }
}
