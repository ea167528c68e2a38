package io.perpetua.adapters.llm.offline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.adapters.llm.wire.Answers;
import io.perpetua.adapters.llm.wire.Chunks;
import io.perpetua.adapters.llm.wire.Json;
import io.perpetua.adapters.llm.wire.OpenAiUsage;
import io.perpetua.application.routing.ChatProvider;
import io.perpetua.application.routing.ModelInfo;
import io.perpetua.application.routing.ProviderFailure;
import io.perpetua.application.routing.ProviderReply;
import io.perpetua.application.routing.ProviderReply.Answer;
import io.perpetua.application.routing.ProviderReply.Event;
import io.perpetua.domain.tokens.MessageTokens;
import io.perpetua.domain.tokens.TokenCounter;
import io.perpetua.domain.usage.Price;
import io.perpetua.domain.usage.Usage;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A provider that answers by quoting the sentences it was sent that match the question best, and says so: with it the
 * whole way of a turn can be walked without a key, and what the memory recalled can be read off the answer. Calls a tool
 * only when the request insists on one. Answers depend on nothing but the request, the ids and the clock. Safe for
 * concurrent use if those are.
 */
public final class OfflineProvider implements ChatProvider {

    /** How every answer begins. */
    static final String DISCLAIMER = "[offline model: it quotes the conversation, it does not think]";

    /** Its name in {@code provider/model}. */
    public static final String NAME = "offline";

    private static final int WINDOW = 128_000;
    private static final ModelInfo MODEL = new ModelInfo(NAME, NAME, WINDOW, new Price(0, 0, 0, 0));

    private final TokenCounter counter;
    private final Supplier<String> ids;
    private final InstantSource clock;

    /**
     * A provider without a network.
     *
     * @param counter counts what it reads and says
     * @param ids a new id at every call, for completions and tool calls
     */
    public OfflineProvider(TokenCounter counter, Supplier<String> ids, InstantSource clock) {
        this.counter = counter;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<ModelInfo> models() {
        return List.of(MODEL);
    }

    @Override
    public boolean open() {
        return false;
    }

    @Override
    public ProviderReply ask(ProviderRequest request) {
        var parameters = Json.parseObject(request.parameters());
        if (parameters == null) {
            throw new IllegalArgumentException("the parameters are not a JSON object");
        }
        int input = tokens(request);
        var composition = compose(Material.of(request.messages()), parameters);
        var usage = new Usage(input, 0, 0, composition.tokens(), 0, Usage.Source.PROVIDER);
        String id = "chatcmpl-" + ids.get();
        return new OfflineReply(
                request.stream() ? streamed(composition, usage, id) : List.of(whole(composition, usage, id)));
    }

    private int tokens(ProviderRequest request) {
        var cost = new MessageTokens(counter);
        int tokens = MessageTokens.REPLY_PRIMING
                + request.messages().stream().mapToInt(cost::of).sum();
        if (tokens > WINDOW) {
            String message = "offline takes " + WINDOW + " tokens, the messages have " + tokens;
            throw new ProviderFailure(ProviderFailure.Kind.CONTEXT_TOO_LONG, NAME, message, 0, null, null, null);
        }
        return tokens;
    }

    private Composition compose(Material material, JsonNode parameters) {
        var forced = ToolChoice.forced(parameters);
        if (forced != null) {
            return Composition.call(forced, material.question(), "call_" + ids.get(), counter);
        }
        int atMost = parameters
                .path("max_completion_tokens")
                .asInt(parameters.path("max_tokens").asInt(WINDOW));
        return Composition.quote(material, atMost, counter);
    }

    private List<Event> streamed(Composition composition, Usage usage, String id) {
        var chunks = new Chunks(id, clock.instant().getEpochSecond(), NAME);
        var events = new ArrayList<Event>();
        events.add(chunks.preamble());
        composition
                .pieces()
                .forEach(piece -> events.add(chunks.content(Json.object().put("content", piece))));
        if (composition.message().get("tool_calls") instanceof ArrayNode calls) {
            ArrayNode numbered = calls.deepCopy();
            ((ObjectNode) numbered.get(0)).put("index", 0);
            var delta = Json.object();
            delta.set("tool_calls", numbered);
            events.add(chunks.content(delta));
        }
        events.add(chunks.finish(composition.finishReason()));
        events.add(chunks.usage(OpenAiUsage.write(usage)));
        events.add(new Event.Done(answer(composition, usage, null)));
        return events;
    }

    private Event whole(Composition composition, Usage usage, String id) {
        var completion = Json.object()
                .put("id", id)
                .put("object", "chat.completion")
                .put("created", clock.instant().getEpochSecond())
                .put("model", NAME);
        var choice = completion.putArray("choices").addObject().put("index", 0);
        choice.set("message", composition.message());
        choice.put("finish_reason", composition.finishReason());
        completion.set("usage", OpenAiUsage.write(usage));
        return new Event.Done(answer(composition, usage, Json.write(completion)));
    }

    private static Answer answer(Composition composition, Usage usage, @Nullable String body) {
        return new Answer(Answers.message(composition.message()), composition.finishReason(), usage, NAME, body);
    }
}
