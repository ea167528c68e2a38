package io.perpetua.adapters.llm.openai;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.perpetua.adapters.llm.wire.Json;
import io.perpetua.application.routing.ChatProvider.ProviderRequest;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request, spliced from texts: what the client wrote is copied, never parsed and written anew, so that no
 * number is rounded and no field reordered. Only {@code stream_options} is rewritten, to ask for the usage, and what an
 * endpoint's quirks name.
 */
final class RequestJson {

    private static final String STREAM_OPTIONS = "stream_options";
    private static final Set<String> OURS = Set.of("model", "messages", "stream");

    private final Quirks quirks;
    private final boolean stream;
    private final StringBuilder json = new StringBuilder();
    private final Set<String> written = new HashSet<>();
    private ObjectNode streamOptions = Json.object();

    private RequestJson(Quirks quirks, boolean stream) {
        this.quirks = quirks;
        this.stream = stream;
    }

    /** The JSON of {@code request}. */
    static String of(ProviderRequest request, Quirks quirks) {
        return new RequestJson(quirks, request.stream()).write(request);
    }

    private String write(ProviderRequest request) {
        json.append("{\"model\":").append(Json.write(TextNode.valueOf(request.model())));
        json.append(request.messages().stream()
                .map(message -> OutgoingMessage.json(message, quirks))
                .collect(Collectors.joining(",", ",\"messages\":[", "]")));
        json.append(",\"stream\":").append(stream);
        copyParameters(request.parameters());
        if (stream && quirks.streamOptions()) {
            json.append(",\"stream_options\":").append(Json.write(streamOptions.put("include_usage", true)));
        }
        return json.append('}').toString();
    }

    /** Copies the parameters' fields as they stand. */
    private void copyParameters(String parameters) {
        try (var parser = Json.parser(parameters)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("the parameters are not a JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                copy(name, value(parser, parameters));
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("the parameters are not a JSON object", e);
        }
    }

    private void copy(String name, String value) {
        if (name.equals(STREAM_OPTIONS) && (stream || !quirks.streamOptions())) {
            streamOptions = objectOr(Json.parseObject(value), streamOptions);
        } else if (!OURS.contains(name) && !quirks.dropped().contains(name)) {
            String outside = quirks.renamed().getOrDefault(name, name);
            if (written.add(outside) || !quirks.renamed().containsValue(outside)) {
                json.append(',')
                        .append(Json.write(TextNode.valueOf(outside)))
                        .append(':')
                        .append(value);
            }
        }
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
