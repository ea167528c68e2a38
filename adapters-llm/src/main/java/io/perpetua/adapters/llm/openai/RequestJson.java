package io.perpetua.adapters.llm.openai;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.perpetua.adapters.llm.wire.Json;
import io.perpetua.application.routing.ChatProvider.ProviderRequest;
import io.perpetua.domain.conversation.Message;
import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request, spliced from texts: what the client wrote is copied, never parsed and written anew, so that no
 * number is rounded and no field reordered. Only {@code stream_options} is rewritten, to ask for the usage.
 */
final class RequestJson {

    private static final String STREAM_OPTIONS = "stream_options";
    private static final Set<String> OURS = Set.of("model", "messages", "stream");

    private RequestJson() {}

    /** The JSON of {@code request}. */
    static String of(ProviderRequest request) {
        var json = new StringBuilder("{\"model\":").append(Json.write(TextNode.valueOf(request.model())));
        json.append(request.messages().stream()
                .map(Message::wire)
                .collect(Collectors.joining(",", ",\"messages\":[", "]")));
        json.append(",\"stream\":").append(request.stream());
        var streamOptions = copyParameters(request.parameters(), json, request.stream());
        if (request.stream()) {
            json.append(",\"stream_options\":").append(Json.write(streamOptions.put("include_usage", true)));
        }
        return json.append('}').toString();
    }

    /**
     * Appends the parameters' fields to {@code json} as they stand.
     *
     * @return the stream options among them, which are left out if {@code withoutStreamOptions}
     */
    private static ObjectNode copyParameters(String parameters, StringBuilder json, boolean withoutStreamOptions) {
        var streamOptions = Json.object();
        try (var parser = Json.parser(parameters)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("the parameters are not a JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                String value = value(parser, parameters);
                if (withoutStreamOptions && name.equals(STREAM_OPTIONS)) {
                    streamOptions = objectOr(Json.parseObject(value), streamOptions);
                } else if (!OURS.contains(name)) {
                    json.append(',')
                            .append(Json.write(TextNode.valueOf(name)))
                            .append(':')
                            .append(value);
                }
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("the parameters are not a JSON object", e);
        }
        return streamOptions;
    }

    private static ObjectNode objectOr(@Nullable ObjectNode object, ObjectNode otherwise) {
        return object == null ? otherwise : object;
    }

    /** The text of the value that comes next, as it was written. */
    private static String value(JsonParser parser, String text) throws IOException {
        parser.nextToken();
        int start = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        parser.finishToken();
        return text.substring(start, (int) parser.currentLocation().getCharOffset());
    }
}
