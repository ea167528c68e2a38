package io.perpetua.adapters.llm.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.application.chat.ToolFormat;
import io.perpetua.application.commands.Outcome;
import io.perpetua.application.routing.ProviderReply.Event.Chunk;
import io.perpetua.application.routing.ProviderReply.Kind;
import io.perpetua.domain.conversation.Message;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads and writes what concerns a tool with Jackson. Safe for concurrent use. */
public final class JsonToolFormat implements ToolFormat {

    private static final String DESCRIPTION =
            "Runs a command line in the workspace and tells what it prints. Pipes, &&, ;"
                    + " and redirections work; substitutions, loops, scripts, background jobs and the network do not. Only what is"
                    + " known to be harmless is run: a refusal tells the class of the command and the reason, and asking again for"
                    + " the same is in vain.";

    @Override
    public @Nullable String offer(String parameters, String name) {
        var json = parsed(parameters);
        String choice = Json.text(json.get("tool_choice"));
        String form = Json.text(json.path("response_format").get("type"));
        boolean taken = Json.says(json.get("functions"))
                || (Json.says(json.get("tool_choice")) && !"auto".equals(choice))
                || (form != null && !form.equals("text"))
                || (Json.says(json.get("tools")) && !(json.get("tools") instanceof ArrayNode));
        if (taken) {
            return null;
        }
        for (JsonNode tool : json.path("tools")) {
            if (isNamed(tool, name)) {
                return null;
            }
        }
        var tools = json.get("tools") instanceof ArrayNode others ? others : json.putArray("tools");
        tools.add(tool(name));
        return Json.write(json);
    }

    /** Whether a tool has the name, of whatever type it is: each type has an object of its own for that. */
    private static boolean isNamed(JsonNode tool, String name) {
        boolean named = name.equals(Json.text(tool.get("name")));
        for (JsonNode described : tool) {
            named |= name.equals(Json.text(described.get("name")));
        }
        return named;
    }

    private static ObjectNode tool(String name) {
        var tool = Json.object().put("type", "function");
        var function = tool.putObject("function").put("name", name).put("description", DESCRIPTION);
        var schema = function.putObject("parameters").put("type", "object");
        var properties = schema.putObject("properties");
        properties
                .putObject("command")
                .put("type", "string")
                .put("description", "the command line, such as: grep -rn TODO src | head -5");
        properties
                .putObject("workdir")
                .put("type", "string")
                .put(
                        "description",
                        "the folder that it runs in, seen from the workspace; by default the workspace itself");
        schema.putArray("required").add("command");
        schema.put("additionalProperties", false);
        return tool;
    }

    @Override
    public String withoutCalls(String parameters) {
        return Json.write(parsed(parameters).put("tool_choice", "none"));
    }

    @Override
    public @Nullable Line line(String arguments) {
        var json = Json.parseObject(arguments);
        String command = json == null ? null : Json.text(json.get("command"));
        if (json == null || command == null) {
            return null;
        }
        String folder = Json.text(json.get("workdir"));
        return Json.says(json.get("workdir")) && folder == null
                ? null
                : new Line(command, folder == null || folder.isEmpty() ? "." : folder);
    }

    @Override
    public Message ran(String callId, Outcome outcome, boolean recorded) {
        var json = Json.object()
                .put("exit_code", outcome.exitCode())
                .put("stdout", outcome.stdout())
                .put("stderr", outcome.stderr())
                .put("truncated", outcome.truncated())
                .put("ending", outcome.ending().name().toLowerCase(Locale.ROOT));
        if (!recorded) {
            json.put("recorded", false);
        }
        return report(callId, json);
    }

    @Override
    public Message refused(String callId, String kind, String reason) {
        return report(
                callId, Json.object().put("refused", true).put("class", kind).put("reason", reason));
    }

    private static Message report(String callId, ObjectNode content) {
        return OpenAiMessages.read(
                Json.object().put("role", "tool").put("tool_call_id", callId).put("content", Json.write(content)));
    }

    @Override
    public Message without(Message message, String name) {
        var json = parsed(message.wire());
        if (json.get("tool_calls") instanceof ArrayNode calls) {
            var left = Json.array();
            calls.forEach(call -> {
                if (!name.equals(Json.text(call.path("function").get("name")))) {
                    left.add(call);
                }
            });
            if (left.isEmpty()) {
                json.remove("tool_calls");
            } else {
                json.set("tool_calls", left);
            }
        }
        return Answers.message(json);
    }

    @Override
    public Carried carried(String chunk) {
        var json = Json.parseObject(chunk);
        boolean text = false;
        if (json != null) {
            for (JsonNode choice : json.path("choices")) {
                var delta = choice.path("delta");
                if (Json.says(delta.get("tool_calls")) || Json.says(delta.get("function_call"))) {
                    return Carried.CALLS;
                }
                text |= Json.says(delta.get("content"));
            }
        }
        return text ? Carried.TEXT : Carried.ELSE;
    }

    @Override
    public Chunk like(String first, Chunk chunk) {
        var json = parsed(chunk.json());
        var likeness = parsed(first);
        for (String field : List.of("id", "created", "model", "system_fingerprint")) {
            if (likeness.has(field)) {
                json.set(field, likeness.get(field));
            }
        }
        return new Chunk(Json.write(json), chunk.kind());
    }

    @Override
    public Chunk text(String first, String text) {
        return Chunks.like(parsed(first)).content(Json.object().put("content", text));
    }

    @Override
    public List<Chunk> calls(String first, Message message) {
        if (message.toolCalls().isEmpty() || !(parsed(message.wire()).get("tool_calls") instanceof ArrayNode calls)) {
            return List.of();
        }
        for (int i = 0; i < calls.size(); i++) {
            if (calls.get(i) instanceof ObjectNode call) {
                call.put("index", i);
            }
        }
        var delta = Json.object();
        delta.set("tool_calls", calls);
        return List.of(new Chunk(Chunks.like(parsed(first)).content(delta).json(), Kind.CONTENT));
    }

    private static ObjectNode parsed(String text) {
        var json = Json.parseObject(text);
        if (json == null) {
            throw new IllegalArgumentException("what is not a JSON object");
        }
        return json;
    }
}
