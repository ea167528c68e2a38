package io.perpetua.benchmarks.resilience;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** An answer in OpenAI's protocol, in one piece or as the events of a stream. */
public final class Completion {

    public static final String DONE = event("[DONE]");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_WORDS = 4;
    private static final Usage USUAL = new Usage(10, 0, 40);

    /**
     * The tokens that an answer is billed for.
     *
     * @param prompt those of the prompt
     * @param cached of them those at the price of a cached prompt
     * @param completion those of the answer
     */
    public record Usage(int prompt, int cached, int completion) {}

    private Completion() {}

    /** The answer in one piece. */
    static String whole(String text) {
        return whole(text, USUAL);
    }

    /** The same with that usage. */
    public static String whole(String text, Usage used) {
        var completion = head("chat.completion");
        var choice = completion.putArray("choices").addObject().put("index", 0).put("finish_reason", "stop");
        choice.putObject("message").put("role", "assistant").put("content", text);
        usage(completion, used);
        return completion.toString();
    }

    /** The events that open a stream and say {@code text}, a few words each as chance has it; the first says nothing. */
    public static List<String> saying(String text, RandomGenerator random) {
        var events = new ArrayList<String>();
        events.add(chunk("role", "assistant", null));
        var words = List.of(text.split("(?<= )", -1));
        for (int from = 0; from < words.size(); ) {
            int to = Math.min(words.size(), from + 1 + random.nextInt(MOST_WORDS));
            events.add(chunk("content", String.join("", words.subList(from, to)), null));
            from = to;
        }
        return events;
    }

    /** The events that say that this was all, without {@link #DONE}. */
    static List<String> ending() {
        return ending(USUAL);
    }

    /** The same with that usage. */
    public static List<String> ending(Usage used) {
        var usage = head("chat.completion.chunk");
        usage.putArray("choices");
        usage(usage, used);
        return List.of(chunk(null, "", "stop"), event(usage.toString()));
    }

    /** An event that breaks off in the middle of its JSON. */
    static String half() {
        return event("{\"id\":\"c\",\"choices\":[{\"index\":0,\"del");
    }

    private static String chunk(@Nullable String field, String said, @Nullable String finish) {
        var chunk = head("chat.completion.chunk");
        var choice = chunk.putArray("choices").addObject().put("index", 0);
        var delta = choice.putObject("delta");
        if (field != null) {
            delta.put(field, said);
        }
        choice.put("finish_reason", finish);
        return event(chunk.toString());
    }

    private static ObjectNode head(String object) {
        return JSON.createObjectNode()
                .put("id", "c")
                .put("object", object)
                .put("created", 1_760_000_000)
                .put("model", ChaosUpstream.MODEL);
    }

    private static void usage(ObjectNode completion, Usage used) {
        completion
                .putObject("usage")
                .put("prompt_tokens", used.prompt())
                .put("completion_tokens", used.completion())
                .put("total_tokens", used.prompt() + used.completion())
                .putObject("prompt_tokens_details")
                .put("cached_tokens", used.cached());
    }

    private static String event(String data) {
        return "data: " + data + "\n\n";
    }
}
