package io.perpetua.application;

import io.perpetua.application.brief.RollBrief;
import io.perpetua.application.brief.Summarizer;
import io.perpetua.application.chat.ChatRequest;
import io.perpetua.application.chat.CompleteChat;
import io.perpetua.application.chat.MemoryOptions;
import io.perpetua.application.chat.PrepareTurn;
import io.perpetua.application.chat.PreviewContext;
import io.perpetua.application.context.AssembleContext;
import io.perpetua.application.conversation.Dialogue;
import io.perpetua.application.conversation.IdentifyConversation;
import io.perpetua.application.conversation.InMemoryRecord;
import io.perpetua.application.conversation.PlainMessages;
import io.perpetua.application.conversation.StoreTurns;
import io.perpetua.application.conversation.StoreTurns.Dated;
import io.perpetua.application.conversation.Stores;
import io.perpetua.application.memory.AddMemory;
import io.perpetua.application.memory.FakeEmbedder;
import io.perpetua.application.memory.InMemoryTurnIndex;
import io.perpetua.application.memory.IndexTurns;
import io.perpetua.application.memory.QueryMemory;
import io.perpetua.application.memory.QuestionVectors;
import io.perpetua.application.memory.RecallTurns;
import io.perpetua.application.routing.Models;
import io.perpetua.application.routing.ScriptedProvider;
import io.perpetua.domain.brief.Compaction;
import io.perpetua.domain.budget.BudgetPolicy;
import io.perpetua.domain.conversation.Conversation;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.conversation.TurnRange;
import io.perpetua.domain.mode.ModePolicy;
import io.perpetua.domain.tokens.MessageTokens;
import io.perpetua.domain.tokens.WordEstimate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The use cases over fakes. Tokens are those of {@link WordEstimate}; a millisecond passes with each look at a clock. */
public final class World {

    public static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    public static final Scope SCOPE = new Scope("local", "default");

    public final InMemoryRecord record = new InMemoryRecord();
    public final Stores stores = record.stores();
    public final InMemoryTurnIndex turnIndex = new InMemoryTurnIndex();
    public final FakeEmbedder embedder = new FakeEmbedder();
    public final ScriptedProvider provider = new ScriptedProvider();
    public final MessageTokens tokens = new MessageTokens(WordEstimate.INSTANCE);

    private final AtomicInteger ids = new AtomicInteger();
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicLong seconds = new AtomicLong();
    public final Supplier<String> newIds = () -> "new-" + ids.incrementAndGet();
    public final InstantSource clock = () -> NOON.plusSeconds(seconds.getAndIncrement());

    public final IndexTurns index = new IndexTurns(stores.outbox(), turnIndex, embedder, Runnable::run);
    public final StoreTurns store = new StoreTurns(stores.conversations(), tokens, newIds, List.of());
    public final IdentifyConversation identify = new IdentifyConversation(stores.conversations(), newIds);
    public final RecallTurns recall = new RecallTurns(
            stores.conversations(), turnIndex, new QuestionVectors(embedder), tokens.counter(), clock, this::nanos);
    public final AssembleContext assemble = assemble(ModePolicy.DEFAULT, BudgetPolicy.DEFAULT);
    public final PrepareTurn prepare = new PrepareTurn(
            new Models(List.of(provider)), identify, store, index, assemble, tokens, ModePolicy.DEFAULT, clock);
    public final CompleteChat chat = new CompleteChat(prepare, store, tokens.counter(), clock, this::nanos);
    public final PreviewContext preview = new PreviewContext(prepare, this::nanos);
    public final AddMemory add = new AddMemory(stores.conversations(), store, index, newIds, clock);
    public final QueryMemory query = new QueryMemory(stores.conversations(), index, recall);

    public AssembleContext assemble(ModePolicy modes, BudgetPolicy budget) {
        return new AssembleContext(
                stores.conversations(),
                stores.anchors(),
                stores.briefs(),
                recall,
                PlainMessages.INSTANCE,
                tokens,
                modes,
                budget);
    }

    /** Briefs of at most {@code maxTokens}, made where the caller stands. */
    public RollBrief briefs(Summarizer summarizer, Summarizer fallback, int maxTokens) {
        return new RollBrief(
                stores.conversations(),
                stores.briefs(),
                summarizer,
                fallback,
                tokens.counter(),
                ModePolicy.DEFAULT,
                Compaction.DEFAULT,
                maxTokens,
                Runnable::run);
    }

    private long nanos() {
        return nanos.addAndGet(Duration.ofMillis(1).toNanos());
    }

    public static ConversationKey key(String id) {
        return new ConversationKey(SCOPE, id);
    }

    public @Nullable Conversation find(String id) {
        return stores.conversations().find(key(id));
    }

    public Conversation get(String id) {
        var found = find(id);
        if (found == null) {
            throw new AssertionError("no conversation " + id);
        }
        return found;
    }

    public List<Turn> turns(String id) {
        return stores.conversations().turns(key(id), List.of(new TurnRange(1, Integer.MAX_VALUE)));
    }

    /** What was said in a conversation, in order. */
    public List<String> texts(String id) {
        return turns(id).stream().map(turn -> turn.message().text()).toList();
    }

    /** Every conversation's id, the one that grew last first. */
    public List<String> conversations() {
        return stores.conversations().list(SCOPE, null, 100).conversations().stream()
                .map(conversation -> conversation.key().id())
                .toList();
    }

    /** Adds to the end of a conversation, making it if need be, and indexes it. */
    public Conversation say(String id, Message... said) {
        return say(id, Arrays.asList(said));
    }

    public Conversation say(String id, List<Message> said) {
        var stored = store(id, said);
        index.catchUpIfPossible();
        return stored;
    }

    /** Adds to the end of a conversation, making it if need be. */
    public Conversation store(String id, List<Message> said) {
        var past = find(id);
        var dialogue = new Dialogue(key(id), true, null, past, past == null ? 0 : past.turns(), List.of());
        var dated = new ArrayList<Dated>();
        said.forEach(message -> dated.add(new Dated(message, clock.instant())));
        return store.store(dialogue, dated, null).conversation();
    }

    /** A chat request in one piece, without a conversation's name. */
    public static ChatRequest request(Message... messages) {
        return request(null, false, messages);
    }

    public static ChatRequest request(@Nullable String id, boolean stream, Message... messages) {
        return new ChatRequest(
                SCOPE, null, id, "fake/small", List.of(messages), "{}", stream, false, MemoryOptions.DEFAULT);
    }
}
