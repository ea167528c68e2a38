package io.perpetua.adapters.http.memory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.perpetua.adapters.http.Call;
import io.perpetua.adapters.http.MemoryLane;
import io.perpetua.adapters.http.Replies;
import io.perpetua.adapters.http.access.Needs;
import io.perpetua.adapters.http.json.Fields;
import io.perpetua.adapters.http.json.Json;
import io.perpetua.application.tokens.CountTokens;
import io.perpetua.domain.access.Permission;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;

/** Embeddings by the embedder in the process, whatever model is named. */
@Controller("/v1/embeddings")
@Needs(Permission.CHAT)
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.ALL)
final class EmbeddingsController {

    private static final String INPUT = "input";
    private static final String BASE64 = "base64";
    private static final int MOST_INPUTS = 2_048;

    private final TextVectors vectors;
    private final CountTokens countTokens;
    private final MemoryLane lane;

    EmbeddingsController(TextVectors vectors, CountTokens countTokens, MemoryLane lane) {
        this.vectors = vectors;
        this.countTokens = countTokens;
        this.lane = lane;
    }

    @Post
    HttpResponse<?> embed(HttpRequest<?> request, @Body byte[] body) {
        var fields = Fields.of(body);
        return lane.during(request, () -> embedded(fields));
    }

    private HttpResponse<?> embedded(Fields fields) {
        String model = Call.identifier("model", fields.text("model"));
        var texts = inputs(fields);
        boolean packed = BASE64.equals(fields.wordOrNull("encoding_format", List.of("float", BASE64)));
        checkDimensions(fields);
        var json = Json.object().put("object", "list");
        var data = json.putArray("data");
        for (String text : texts) {
            var entry = data.addObject().put("object", "embedding").put("index", data.size() - 1);
            put(entry, vector(fields, data.size() - 1, text), packed);
        }
        int tokens = texts.stream()
                .mapToInt(text -> countTokens.ofText(model, text).tokens())
                .sum();
        json.put("model", model).putObject("usage").put("prompt_tokens", tokens).put("total_tokens", tokens);
        return Replies.ok(json);
    }

    private static List<String> inputs(Fields fields) {
        var texts = fields.texts(INPUT);
        if (texts.isEmpty() || texts.size() > MOST_INPUTS) {
            throw fields.invalid(INPUT, "1 to " + MOST_INPUTS + " strings", texts.size() + " of them");
        }
        return texts;
    }

    private void checkDimensions(Fields fields) {
        Integer wanted = fields.integerOrNull("dimensions", 1, Integer.MAX_VALUE);
        if (wanted != null && wanted != vectors.dimensions()) {
            throw fields.invalid("dimensions", vectors.dimensions() + ", which is what the embedder has", "" + wanted);
        }
    }

    private float[] vector(Fields fields, int index, String text) {
        float[] vector = vectors.of(text);
        if (vector == null) {
            throw fields.invalid(INPUT + "[" + index + "]", "a text with something to embed in it", "none");
        }
        return vector;
    }

    /** As OpenAI's clients unpack it: 32-bit floats, the low byte first. */
    private static void put(ObjectNode entry, float[] vector, boolean packed) {
        if (packed) {
            var bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(vector);
            entry.put("embedding", Base64.getEncoder().encodeToString(bytes.array()));
        } else {
            var numbers = entry.putArray("embedding");
            for (float each : vector) {
                numbers.add(each);
            }
        }
    }
}
