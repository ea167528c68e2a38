package io.perpetua.application.spool;

import static io.perpetua.application.World.request;
import static io.perpetua.application.conversation.Said.assistant;
import static io.perpetua.application.conversation.Said.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.World;
import io.perpetua.application.brief.ExtractiveSummarizer;
import io.perpetua.application.brief.RollBrief;
import io.perpetua.application.cache.CacheLimits;
import io.perpetua.application.cache.CacheUse;
import io.perpetua.application.cache.PlainCompletions;
import io.perpetua.application.cache.ReuseAnswers;
import io.perpetua.application.chat.Cancellation;
import io.perpetua.application.chat.ChatAnswer.Whole;
import io.perpetua.application.chat.ChatRequest;
import io.perpetua.application.chat.CompleteChat;
import io.perpetua.application.chat.CompleteChat.Asking;
import io.perpetua.application.chat.CompleteChat.Listeners;
import io.perpetua.application.chat.MemoryOptions;
import io.perpetua.application.chat.PrepareTurn;
import io.perpetua.application.chat.Questions;
import io.perpetua.application.context.AssembleContext;
import io.perpetua.application.conversation.IdentifyConversation;
import io.perpetua.application.conversation.PlainMessages;
import io.perpetua.application.conversation.StoreTurns;
import io.perpetua.application.facts.BearingFacts;
import io.perpetua.application.facts.FactSearch;
import io.perpetua.application.memory.AddMemory;
import io.perpetua.application.memory.IndexTurns;
import io.perpetua.application.memory.PlainWords;
import io.perpetua.application.memory.QuestionVectors;
import io.perpetua.application.memory.RecallTurns;
import io.perpetua.application.resilience.ImpatientRetries;
import io.perpetua.application.spool.FlakyStore.State;
import io.perpetua.application.tracing.Tracing;
import io.perpetua.application.vision.DocumentFolder;
import io.perpetua.domain.brief.Compaction;
import io.perpetua.domain.budget.BudgetPolicy;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.mode.Mode;
import io.perpetua.domain.mode.ModePolicy;
import io.perpetua.domain.mode.Strategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole turns while the store that everything is in is away. */
class ChatWithoutStoreTest {

    private static final long ROOM = 1 << 24;

    private final World world = new World();
    private final FlakyStore store = new FlakyStore(world.stores);
    private final SharedRecord record = new SharedRecord(
            store.stores().conversations(),
            store.stores().anchors(),
            store.stores().briefs(),
            new InMemorySpool(ROOM),
            store,
            world.newIds,
            ROOM);
    private final AtomicLong nanos = new AtomicLong();
    private final IndexTurns index = new IndexTurns(
            store.stores().outbox(), world.turnIndex, world.embedder, Runnable::run, Duration.ofMinutes(1));
    private final ExtractiveSummarizer summarizer = new ExtractiveSummarizer(world.tokens.counter());
    private final RollBrief briefs = new RollBrief(
            record.conversations(),
            store.stores().briefs(),
            summarizer,
            summarizer,
            world.tokens.counter(),
            ModePolicy.DEFAULT,
            Compaction.DEFAULT,
            1_200,
            world.leases,
            author -> {},
            Runnable::run);
    private final StoreTurns storing =
            new StoreTurns(record.conversations(), world.tokens, world.newIds, List.of(briefs), Tracing.NONE);
    private final CompleteChat chat = chat();

    private CompleteChat chat() {
        var read = record.turnConversations();
        var recall = new RecallTurns(
                read,
                world.turnIndex,
                PlainWords.INSTANCE,
                new QuestionVectors(world.embedder),
                world.tokens.counter(),
                world.clock,
                nanos::incrementAndGet,
                Tracing.NONE);
        var prepare = new PrepareTurn(
                world.routes(world.provider),
                new Questions(read),
                new IdentifyConversation(read, world.newIds),
                storing,
                index,
                new AssembleContext(
                        read,
                        record.turnAnchors(),
                        record.turnBriefs(),
                        new BearingFacts(world.facts, new FactSearch(PlainWords.INSTANCE, null), world.clock),
                        recall,
                        new DocumentFolder().quotes,
                        PlainMessages.INSTANCE,
                        world.tokens,
                        ModePolicy.DEFAULT,
                        BudgetPolicy.DEFAULT,
                        took -> {},
                        nanos::incrementAndGet),
                world.tokens,
                ModePolicy.DEFAULT,
                world.clock,
                record.availability());
        var answers = new ReuseAnswers(
                store.stores().answers(),
                new PlainCompletions(),
                world.clock,
                CacheLimits.DEFAULT,
                world.leases,
                Thread::sleep);
        var asking = new Asking(world.circuits, new ImpatientRetries(0), World.RUNG_PATIENCE);
        return new CompleteChat(
                world.gate,
                prepare,
                storing,
                answers,
                null,
                asking,
                new Listeners(List.of(), List.of(), Tracing.NONE),
                world.tokens.counter(),
                world.clock,
                nanos::incrementAndGet);
    }

    @Test
    void complete_storeThere_missesNothing() {
        assertThat(whole("a1", request("c", false, user("u1"))).report().degraded())
                .isEmpty();
        assertThat(world.texts("c")).containsExactly("u1", "a1");
    }

    @Test
    void complete_storeAway_goesOnAndSaysSoOnce() {
        whole("a1", request("c", false, user("u1")));
        store.is(State.AWAY);

        var answer = whole("a2", request("c", false, user("u2")));

        assertThat(answer.report().turn()).isEqualTo(4);
        assertThat(answer.report().degraded()).containsExactly("redis", "cache");
        assertThat(world.provider.asked().getLast().messages())
                .containsExactly(user("u1"), assistant("a1"), user("u2"));
        back();
        assertThat(world.texts("c")).containsExactly("u1", "a1", "u2", "a2");
    }

    @Test
    void complete_storeAwayOnlyAtTheEnd_saysSo() {
        var quiet = new Request("c", user("u1")).with(CacheUse.NONE);
        store.is(State.MUTE);

        assertThat(whole("a1", quiet).report().degraded()).containsExactly("redis");

        back();
        assertThat(world.texts("c")).containsExactly("u1", "a1");
    }

    @Test
    void complete_historyNotKnownHere_isServedFromTheRequest() {
        store.is(State.AWAY);

        var answer = whole("a3", request(user("u1"), assistant("a1"), user("u2"), assistant("a2"), user("u3")));
        var next = whole(
                "a4",
                request(
                        user("u1"),
                        assistant("a1"),
                        user("u2"),
                        assistant("a2"),
                        user("u3"),
                        assistant("a3"),
                        user("u4")));

        assertThat(answer.report().turn()).isEqualTo(6);
        assertThat(next.report().conversationId()).isEqualTo(answer.report().conversationId());
        assertThat(next.report().turn()).isEqualTo(8);
        back();
        assertThat(world.texts(String.valueOf(next.report().conversationId())))
                .containsExactly("u1", "a1", "u2", "a2", "u3", "a3", "u4", "a4");
    }

    @ParameterizedTest
    @EnumSource(Strategy.class)
    void complete_longConversationAndStoreAway_carriesWhatIsKnown(Strategy strategy) {
        var history = new ArrayList<Message>();
        for (int i = 0; i < 150; i++) {
            history.add(user("question " + i + " about file" + i + ".html " + "word ".repeat(40)));
            history.add(assistant("answer " + i + "\n```html\n<p>" + i + "</p>\n```\n" + "word ".repeat(40)));
        }
        world.say("c", history);
        whole("a", request("c", false, user("before")));
        store.is(State.AWAY);

        var answer = whole("a", new Request("c", user("what was question 20 about?")).with(strategy));

        assertThat(answer.report().mode()).isNotEqualTo(Mode.FULL);
        assertThat(answer.report().degraded()).contains("redis").doesNotHaveDuplicates();
        assertThat(world.provider.asked().getLast().messages())
                .contains(user("before"), assistant("a"))
                .doesNotContain(history.getFirst());
        store.is(State.THERE);
        var later = whole("a", new Request("c", user("what was question 20 about?")).with(strategy));
        assertThat(later.report().turn()).isEqualTo(306);
        back();
        assertThat(world.texts("c")).hasSize(306);
    }

    @Test
    void add_storeAway_isKept() {
        var add = new AddMemory(record.turnConversations(), storing, index, world.newIds, world.clock);
        store.is(State.AWAY);

        var added = add.add(World.SCOPE, "c", List.of(new AddMemory.Dated(user("u1"), null)));

        assertThat(added.degraded()).containsExactly("index");
        back();
        assertThat(world.texts("c")).containsExactly("u1");
    }

    private void back() {
        store.is(State.THERE);
        record.replay().replay();
    }

    private Whole whole(String answer, ChatRequest request) {
        world.provider.reply().whole(assistant(answer), null);
        return (Whole) chat.complete(request, new Cancellation());
    }

    private Whole whole(String answer, Request request) {
        return whole(answer, request.chat);
    }

    /** A chat request that is changed a little. */
    private record Request(ChatRequest chat) {

        Request(String id, Message message) {
            this(request(id, false, message));
        }

        Request with(Strategy strategy) {
            return new Request(changed(new MemoryOptions(true, null, strategy, null, null, null), chat.cache()));
        }

        Request with(CacheUse use) {
            return new Request(changed(chat.memory(), use));
        }

        private ChatRequest changed(MemoryOptions memory, CacheUse use) {
            return new ChatRequest(
                    chat.sender(),
                    chat.conversationId(),
                    chat.model(),
                    chat.messages(),
                    chat.parameters(),
                    chat.choices(),
                    chat.longestAnswer(),
                    chat.stream(),
                    chat.wantsUsage(),
                    memory,
                    use);
        }
    }
}
