package io.perpetua.benchmarks.conversation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.context.ApplicationContext;
import io.perpetua.application.brief.RollBrief;
import io.perpetua.application.cache.CacheUse;
import io.perpetua.application.chat.Cancellation;
import io.perpetua.application.chat.ChatAnswer;
import io.perpetua.application.chat.ChatRequest;
import io.perpetua.application.chat.CompleteChat;
import io.perpetua.application.chat.MemoryOptions;
import io.perpetua.application.chat.PreviewContext;
import io.perpetua.application.chat.PreviewContext.Preview;
import io.perpetua.application.chat.Sender;
import io.perpetua.application.chat.TurnReport;
import io.perpetua.application.context.MessageWriter;
import io.perpetua.application.conversation.Conversations;
import io.perpetua.application.memory.AddMemory;
import io.perpetua.application.memory.AddMemory.Dated;
import io.perpetua.benchmarks.conversation.UiConversation.Exchange;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.mode.Strategy;
import io.perpetua.domain.tokens.MessageTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One conversation with the server's own use cases, and questions about it. Not safe for concurrent use. */
final class Session {

    private static final Scope SCOPE = new Scope(Scope.DEFAULT_TENANT, Scope.DEFAULT_NAMESPACE);
    private static final Instant BEGINNING = Instant.parse("2026-01-12T09:00:00Z");
    private static final int EXCHANGES_A_DAY = 12;
    private static final Duration BETWEEN = Duration.ofMinutes(25);
    private static final MemoryOptions OFF = new MemoryOptions(false, null, Strategy.CHAT, null, null, null);

    private final PreviewContext preview;
    private final CompleteChat chat;
    private final AddMemory memory;
    private final RollBrief briefs;
    private final Conversations conversations;
    private final MessageWriter writer;
    private final MessageTokens tokens;
    private final ObjectMapper json = new ObjectMapper();
    private final ConversationKey key;
    private final Asking asking;
    private final List<Message> said = new ArrayList<>();

    /**
     * How a model is asked.
     *
     * @param model as a request names it
     * @param parameters fields of each request, a JSON object
     * @param memory what is wanted of the memory
     */
    record Asking(String model, String parameters, MemoryOptions memory) {}

    /** An answer, and the account of the request. */
    record Answered(String text, TurnReport report) {}

    Session(ApplicationContext context, String id, Asking asking) {
        preview = context.getBean(PreviewContext.class);
        chat = context.getBean(CompleteChat.class);
        memory = context.getBean(AddMemory.class);
        briefs = context.getBean(RollBrief.class);
        conversations = context.getBean(Conversations.class);
        writer = context.getBean(MessageWriter.class);
        tokens = context.getBean(MessageTokens.class);
        key = new ConversationKey(SCOPE, id);
        this.asking = asking;
        said.add(writer.compose(Role.SYSTEM, UiConversation.INSTRUCTIONS));
    }

    /** Makes the context that a model would be sent for the exchange, then remembers it. Returns the account. */
    TurnReport goThrough(Exchange exchange) {
        var report = contextFor(exchange.user()).report();
        int number = said.size() / 2;
        var at = BEGINNING
                .plus(Duration.ofDays(number / EXCHANGES_A_DAY))
                .plus(BETWEEN.multipliedBy(number % EXCHANGES_A_DAY));
        var user = writer.compose(Role.USER, exchange.user());
        var assistant = writer.compose(Role.ASSISTANT, exchange.assistant());
        memory.add(SCOPE, key.id(), List.of(new Dated(user, at), new Dated(assistant, at.plusSeconds(20))));
        briefs.roll(key); // what the background does, done before the next request so that every run is the same
        said.add(user);
        said.add(assistant);
        return report;
    }

    /** What a model would be sent beside {@code question} now. */
    Preview contextFor(String question) {
        return contextFor(question, asking.memory());
    }

    /** The same, if nothing of older turns were recalled. */
    Preview contextWithoutRecall(String question) {
        var usual = asking.memory();
        return contextFor(
                question,
                new MemoryOptions(true, usual.mode(), usual.strategy(), usual.recentTurns(), 0, usual.tokenBudget()));
    }

    private Preview contextFor(String question, MemoryOptions options) {
        return preview.preview(request(key.id(), List.of(said.getFirst(), user(question)), options));
    }

    /** The last messages that fit into {@code budget} tokens: what a sliding window would send. */
    List<Message> lastMessages(int budget) {
        int left = budget - tokens.of(said.getFirst());
        int first = said.size();
        while (first > 1 && tokens.of(said.get(first - 1)) <= left) {
            first--;
            left -= tokens.of(said.get(first));
        }
        return said.subList(first, said.size());
    }

    /** The model's answer from a context that was made already; nothing is remembered. */
    Answered answer(Preview context) {
        return ask(request(null, context.messages(), OFF));
    }

    /** The model's answer from the whole conversation, memory off. */
    Answered answerFromAll(String question) {
        var all = new ArrayList<>(said);
        all.add(user(question));
        return ask(request(null, all, OFF));
    }

    /** Asks as a client with memory does: the conversation goes on with question and answer. */
    Answered goOn(String question) {
        return ask(request(key.id(), List.of(said.getFirst(), user(question)), asking.memory()));
    }

    /** What the conversation costs so far, by the ledger. */
    long tokens() {
        var stored = conversations.find(key);
        return stored == null ? 0 : stored.tokens();
    }

    private Message user(String text) {
        return writer.compose(Role.USER, text);
    }

    private ChatRequest request(@Nullable String id, List<Message> messages, MemoryOptions options) {
        return new ChatRequest(
                Sender.LOCAL,
                id,
                asking.model(),
                messages,
                asking.parameters(),
                1,
                null,
                false,
                false,
                options,
                CacheUse.NONE);
    }

    private Answered ask(ChatRequest request) {
        return switch (chat.complete(request, new Cancellation())) {
            case ChatAnswer.Whole(var body, var report) -> new Answered(content(body), report);
            case ChatAnswer.Streamed _ -> throw new IllegalStateException("a stream that nobody asked for");
        };
    }

    private String content(String body) {
        try {
            return json.readTree(body).at("/choices/0/message/content").asText();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a completion that is no JSON", e);
        }
    }
}
