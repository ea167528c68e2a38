package io.perpetua.adapters.llm.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.application.cache.CompletionFormat;
import io.perpetua.application.conversation.MessageReader.MalformedMessage;
import io.perpetua.application.routing.ProviderReply.Answer;
import io.perpetua.application.routing.ProviderReply.Event;
import io.perpetua.application.routing.ProviderReply.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads and writes completions with Jackson. Safe for concurrent use. */
public final class JsonCompletionFormat implements CompletionFormat {

    /** What concerns only how an answer is delivered. */
    private static final Set<String> DELIVERY = Set.of("stream_options");

    /** Text in pieces of up to 48 characters, which end behind white space where there is some. */
    private static final Pattern PIECE = Pattern.compile("(?s).{1,48}(?<=\\s)|.{1,48}");

    /**
     * {@inheritDoc} The order of the parameters is not one of them; inside them order counts, since models write the
     * fields of structured output in the order in which a schema names them.
     */
    @Override
    public @Nullable String comparable(String parameters) {
        var json = Json.parseObject(parameters);
        if (json == null) {
            throw new IllegalArgumentException("parameters that are no JSON object");
        }
        if (wantsMore(json)) {
            return null;
        }
        var sorted = new TreeMap<String, JsonNode>();
        json.properties().stream()
                .filter(field -> !DELIVERY.contains(field.getKey()))
                .forEach(field -> sorted.put(field.getKey(), field.getValue()));
        return Json.write(Json.object().setAll(sorted));
    }

    private static boolean wantsMore(ObjectNode parameters) {
        return parameters.path("n").asInt(1) > 1
                || parameters.path("logprobs").asBoolean()
                || Json.says(parameters.get("audio"));
    }

    @Override
    public String write(String id, Instant created, String model, Answer answer) {
        var message = Json.parseObject(answer.message().wire());
        if (message == null) {
            throw new IllegalArgumentException(
                    "not a message's JSON: " + answer.message().wire());
        }
        var completion = Json.object()
                .put("id", id)
                .put("object", "chat.completion")
                .put("created", created.getEpochSecond())
                .put("model", answer.model() == null ? model : answer.model());
        var choice = completion.putArray("choices").addObject().put("index", 0);
        choice.set("message", message);
        choice.put("finish_reason", answer.finishReason());
        if (answer.usage() != null) {
            completion.set("usage", OpenAiUsage.write(answer.usage()));
        }
        return Json.write(completion);
    }

    @Override
    public Answer read(String completion) {
        return answer(parse(completion), completion);
    }

    @Override
    public List<Event> stream(String completion) {
        var json = parse(completion);
        var events = new ArrayList<Event>();
        for (var chunk : Chunks.of(json)) {
            if (chunk.kind() == Kind.CONTENT) {
                events.addAll(content(json));
            } else {
                events.add(chunk);
            }
        }
        events.add(new Event.Done(answer(json, null)));
        return events;
    }

    /** The first choice's message: first what else there is, then its text piece by piece. */
    private static List<Event.Chunk> content(JsonNode completion) {
        var chunks = Chunks.like(completion);
        var pieces = new ArrayList<Event.Chunk>();
        var rest = Json.object();
        completion.path("choices").path(0).path("message").properties().stream()
                .filter(field -> Json.says(field.getValue()))
                .forEach(field -> rest.set(field.getKey(), field.getValue()));
        rest.remove("role");
        String text = Json.text(rest.get("content"));
        if (text != null) {
            rest.remove("content");
        }
        if (!rest.isEmpty()) {
            pieces.add(chunks.content(rest));
        }
        PIECE.matcher(text == null ? "" : text)
                .results()
                .map(MatchResult::group)
                .forEach(piece -> pieces.add(chunks.content(Json.object().put("content", piece))));
        return pieces;
    }

    private static ObjectNode parse(String completion) {
        var json = Json.parseObject(completion);
        if (json == null) {
            throw new IllegalArgumentException("what is not a JSON object is no completion");
        }
        return json;
    }

    private static Answer answer(ObjectNode completion, @Nullable String body) {
        try {
            return Answers.answer(completion, body);
        } catch (MalformedMessage e) {
            throw new IllegalArgumentException("a completion without a message", e);
        }
    }
}
