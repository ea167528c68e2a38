package io.perpetua.application;

import io.perpetua.application.access.InMemoryQuotas;
import io.perpetua.application.access.InMemorySpending;
import io.perpetua.application.access.LimitListener;
import io.perpetua.application.access.Limits;
import io.perpetua.application.access.MeterCalls;
import io.perpetua.application.admission.AdmissionListener;
import io.perpetua.application.admission.AdmitRequests;
import io.perpetua.application.brief.RollBrief;
import io.perpetua.application.brief.Summarizer;
import io.perpetua.application.cache.CacheLimits;
import io.perpetua.application.cache.CacheUse;
import io.perpetua.application.cache.PlainCompletions;
import io.perpetua.application.cache.ReuseAnswers;
import io.perpetua.application.chat.AnswerLocally;
import io.perpetua.application.chat.ChatRequest;
import io.perpetua.application.chat.CompleteChat;
import io.perpetua.application.chat.CompleteChat.Asking;
import io.perpetua.application.chat.CompleteChat.Gate;
import io.perpetua.application.chat.CompleteChat.Listeners;
import io.perpetua.application.chat.EndedTurn;
import io.perpetua.application.chat.MemoryOptions;
import io.perpetua.application.chat.PrepareTurn;
import io.perpetua.application.chat.PreviewContext;
import io.perpetua.application.chat.Questions;
import io.perpetua.application.chat.Sender;
import io.perpetua.application.context.AssembleContext;
import io.perpetua.application.conversation.Dialogue;
import io.perpetua.application.conversation.IdentifyConversation;
import io.perpetua.application.conversation.InMemoryRecord;
import io.perpetua.application.conversation.PlainMessages;
import io.perpetua.application.conversation.StoreTurns;
import io.perpetua.application.conversation.StoreTurns.Dated;
import io.perpetua.application.conversation.Stores;
import io.perpetua.application.facts.BearingFacts;
import io.perpetua.application.facts.FactSearch;
import io.perpetua.application.facts.InMemoryFacts;
import io.perpetua.application.lease.HoldLeases;
import io.perpetua.application.lease.InMemoryLeases;
import io.perpetua.application.memory.AddMemory;
import io.perpetua.application.memory.FakeEmbedder;
import io.perpetua.application.memory.InMemoryTurnIndex;
import io.perpetua.application.memory.IndexTurns;
import io.perpetua.application.memory.PlainWords;
import io.perpetua.application.memory.QueryMemory;
import io.perpetua.application.memory.QuestionVectors;
import io.perpetua.application.memory.RecallTurns;
import io.perpetua.application.resilience.ImpatientRetries;
import io.perpetua.application.resilience.ScriptedCircuits;
import io.perpetua.application.routing.ChatProvider;
import io.perpetua.application.routing.JudgeIntent;
import io.perpetua.application.routing.Ladders;
import io.perpetua.application.routing.Models;
import io.perpetua.application.routing.Models.Target;
import io.perpetua.application.routing.Offer;
import io.perpetua.application.routing.Offers;
import io.perpetua.application.routing.ProviderCall;
import io.perpetua.application.routing.RouteTurn;
import io.perpetua.application.routing.ScriptedProvider;
import io.perpetua.application.tracing.RecordedSteps;
import io.perpetua.application.vision.DocumentFolder;
import io.perpetua.domain.admission.AdmissionPolicy;
import io.perpetua.domain.brief.Compaction;
import io.perpetua.domain.budget.BudgetPolicy;
import io.perpetua.domain.conversation.Conversation;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.conversation.TurnRange;
import io.perpetua.domain.mode.ModePolicy;
import io.perpetua.domain.routing.Intent;
import io.perpetua.domain.routing.IntentClassifier;
import io.perpetua.domain.routing.LadderOrder;
import io.perpetua.domain.routing.Standings;
import io.perpetua.domain.tokens.MessageTokens;
import io.perpetua.domain.tokens.WordEstimate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The use cases over fakes. Tokens are those of {@link WordEstimate}; a millisecond passes with each look at a clock. */
public final class World {

    public static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    public static final Scope SCOPE = new Scope("local", "default");

    public final InMemoryRecord record = new InMemoryRecord();
    public final Stores stores = record.stores();
    public final InMemoryFacts facts = new InMemoryFacts();
    public final InMemoryTurnIndex turnIndex = new InMemoryTurnIndex();
    public final FakeEmbedder embedder = new FakeEmbedder();
    public final ScriptedProvider provider = new ScriptedProvider();
    public final MessageTokens tokens = new MessageTokens(WordEstimate.INSTANCE);

    public static final Duration RUNG_PATIENCE = Duration.ofSeconds(12);

    private static final IntentClassifier INTENTS = IntentClassifier.shipped();

    /** Chances that never come off. */
    private static final RandomGenerator NEVER = () -> -1L;

    /** What the work consisted of. */
    public final RecordedSteps steps = new RecordedSteps();

    private final AtomicInteger ids = new AtomicInteger();
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicLong seconds = new AtomicLong();
    public final Supplier<String> newIds = () -> "new-" + ids.incrementAndGet();
    public final InstantSource clock = () -> NOON.plusSeconds(seconds.getAndIncrement());

    public final IndexTurns index =
            new IndexTurns(stores.outbox(), turnIndex, embedder, Runnable::run, Duration.ofMinutes(1));
    public final StoreTurns store = new StoreTurns(stores.conversations(), tokens, newIds, List.of(), steps);
    public final IdentifyConversation identify = new IdentifyConversation(stores.conversations(), newIds);
    public final RecallTurns recall = new RecallTurns(
            stores.conversations(),
            turnIndex,
            PlainWords.INSTANCE,
            new QuestionVectors(embedder),
            tokens.counter(),
            clock,
            this::nanos,
            steps);
    public final DocumentFolder folder = new DocumentFolder();
    public final AssembleContext assemble = assemble(ModePolicy.DEFAULT, BudgetPolicy.DEFAULT);
    public final ScriptedCircuits circuits = new ScriptedCircuits();
    public final List<ProviderCall> calls = new ArrayList<>();
    /** Every turn that is over. */
    public final List<EndedTurn> ended = new ArrayList<>();

    public final InMemoryLeases allLeases = new InMemoryLeases(System::nanoTime);
    /** Of another instance over the same store. */
    public final HoldLeases otherLeases = new HoldLeases(allLeases, "other", Duration.ofSeconds(10));

    public final HoldLeases leases = new HoldLeases(allLeases, "this", Duration.ofSeconds(10));
    public final ReuseAnswers answers = new ReuseAnswers(
            stores.answers(), new PlainCompletions(), clock, CacheLimits.DEFAULT, leases, Thread::sleep);
    public final AdmitRequests admission =
            new AdmitRequests(AdmissionPolicy.DEFAULT, this::nanos, AdmissionListener.NONE);
    public final InMemoryQuotas quotas = new InMemoryQuotas();
    public final InMemorySpending spending = new InMemorySpending();
    /** What holds for everyone; a test may set it. */
    public Limits limits = Limits.NONE;

    public final MeterCalls meter =
            new MeterCalls(quotas, spending, () -> limits, newIds, () -> NOON, LimitListener.NONE);
    public final Gate gate = new Gate(admission, meter, 1_000);
    public final PrepareTurn prepare = prepare(provider);
    public final CompleteChat chat = chat(prepare, 0);
    public final PreviewContext preview = new PreviewContext(prepare, this::nanos);
    public final AddMemory add = new AddMemory(stores.conversations(), store, index, newIds, clock);
    public final QueryMemory query = new QueryMemory(stores.conversations(), index, recall);

    public AssembleContext assemble(ModePolicy modes, BudgetPolicy budget) {
        return new AssembleContext(
                stores.conversations(),
                stores.anchors(),
                stores.briefs(),
                new BearingFacts(facts, new FactSearch(PlainWords.INSTANCE, null), () -> NOON.plus(Duration.ofDays(1))),
                recall,
                folder.quotes,
                PlainMessages.INSTANCE,
                tokens,
                modes,
                budget,
                took -> {},
                this::nanos);
    }

    /** Turns of the models of {@code providers}: for every intent, {@code auto} goes down them in order. */
    public PrepareTurn prepare(ChatProvider... providers) {
        var routes = routes(providers);
        var questions = new Questions(stores.conversations());
        return new PrepareTurn(
                routes,
                questions,
                identify,
                store,
                index,
                assemble,
                tokens,
                ModePolicy.DEFAULT,
                clock,
                Availability.ALWAYS);
    }

    /** Routes among the models of {@code providers}: for every intent, {@code auto} goes down them in order. */
    public RouteTurn routes(ChatProvider... providers) {
        return new RouteTurn(
                new Offers(offer(providers)),
                new JudgeIntent(INTENTS, null),
                intent -> Standings.NONE,
                LadderOrder.DEFAULT,
                circuits,
                () -> NEVER,
                false);
    }

    /** The models of {@code providers}, and for every intent a ladder of them all. */
    public Offer offer(ChatProvider... providers) {
        var models = new Models(List.of(providers));
        var ladder =
                models.all().stream().map(model -> models.target(model.id())).toList();
        var ladders = new EnumMap<Intent, List<Target>>(Intent.class);
        for (Intent intent : Intent.values()) {
            ladders.put(intent, ladder);
        }
        return new Offer(models, new Ladders(ladders));
    }

    /** Chats that try again as often as said, without waiting. */
    public CompleteChat chat(PrepareTurn prepare, int retries) {
        return chat(gate, prepare, retries);
    }

    public CompleteChat chat(Gate gate, PrepareTurn prepare, int retries) {
        return chat(gate, prepare, retries, null);
    }

    /** The same with something that answers some turns without a model. */
    public CompleteChat chat(Gate gate, PrepareTurn prepare, int retries, @Nullable AnswerLocally local) {
        var asking = new Asking(circuits, new ImpatientRetries(retries), RUNG_PATIENCE);
        var listeners = new Listeners(List.of(calls::add), List.of(ended::add), steps);
        return new CompleteChat(
                gate, prepare, store, answers, local, asking, listeners, tokens.counter(), clock, this::nanos);
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
                leases,
                author -> {},
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
                Sender.LOCAL,
                id,
                "fake/small",
                List.of(messages),
                "{}",
                1,
                null,
                stream,
                false,
                MemoryOptions.DEFAULT,
                CacheUse.READ_AND_KEEP);
    }
}
