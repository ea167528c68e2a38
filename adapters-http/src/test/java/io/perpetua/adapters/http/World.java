package io.perpetua.adapters.http;

import io.micronaut.context.ApplicationContext;
import io.micronaut.inject.qualifiers.Qualifiers;
import io.micronaut.runtime.server.EmbeddedServer;
import io.perpetua.application.Availability;
import io.perpetua.application.Health;
import io.perpetua.application.Health.Probe;
import io.perpetua.application.access.CheckKey;
import io.perpetua.application.access.InMemoryApiKeys;
import io.perpetua.application.access.InMemoryQuotas;
import io.perpetua.application.access.InMemorySpending;
import io.perpetua.application.access.LimitListener;
import io.perpetua.application.access.Limits;
import io.perpetua.application.access.MeterCalls;
import io.perpetua.application.admission.AdmissionListener;
import io.perpetua.application.admission.AdmitRequests;
import io.perpetua.application.cache.CacheLimits;
import io.perpetua.application.cache.PlainCompletions;
import io.perpetua.application.cache.ReuseAnswers;
import io.perpetua.application.chat.CompleteChat;
import io.perpetua.application.chat.CompleteChat.Asking;
import io.perpetua.application.chat.CompleteChat.Gate;
import io.perpetua.application.chat.CompleteChat.Listeners;
import io.perpetua.application.chat.ExplainRoute;
import io.perpetua.application.chat.PrepareTurn;
import io.perpetua.application.chat.PreviewContext;
import io.perpetua.application.chat.Questions;
import io.perpetua.application.context.AssembleContext;
import io.perpetua.application.conversation.BrowseConversations;
import io.perpetua.application.conversation.IdentifyConversation;
import io.perpetua.application.conversation.InMemoryRecord;
import io.perpetua.application.conversation.MessageReader;
import io.perpetua.application.conversation.StoreTurns;
import io.perpetua.application.facts.BearingFacts;
import io.perpetua.application.facts.FactFigures;
import io.perpetua.application.facts.FactSearch;
import io.perpetua.application.facts.InMemoryFacts;
import io.perpetua.application.facts.KeepFacts;
import io.perpetua.application.facts.QueryFacts;
import io.perpetua.application.lease.HoldLeases;
import io.perpetua.application.lease.InMemoryLeases;
import io.perpetua.application.memory.AddMemory;
import io.perpetua.application.memory.Embedder;
import io.perpetua.application.memory.InMemoryTurnIndex;
import io.perpetua.application.memory.IndexTurns;
import io.perpetua.application.memory.KeepAnchors;
import io.perpetua.application.memory.PlainWords;
import io.perpetua.application.memory.QueryMemory;
import io.perpetua.application.memory.RecallTurns;
import io.perpetua.application.metrics.Exposition;
import io.perpetua.application.resilience.ImpatientRetries;
import io.perpetua.application.resilience.ScriptedCircuits;
import io.perpetua.application.routing.BrowseProviders;
import io.perpetua.application.routing.JudgeIntent;
import io.perpetua.application.routing.Ladders;
import io.perpetua.application.routing.Models;
import io.perpetua.application.routing.Models.Target;
import io.perpetua.application.routing.Offer;
import io.perpetua.application.routing.Offers;
import io.perpetua.application.routing.RecentCalls;
import io.perpetua.application.routing.RouteTurn;
import io.perpetua.application.tokens.CountTokens;
import io.perpetua.application.tokens.Tokenizer;
import io.perpetua.application.tracing.Tracing;
import io.perpetua.application.vision.BrowseDocuments;
import io.perpetua.application.vision.DecodeRegions;
import io.perpetua.application.vision.DocumentFolder;
import io.perpetua.application.vision.RequestIndexing;
import io.perpetua.application.vision.SearchRegions;
import io.perpetua.application.vision.VisionListener;
import io.perpetua.domain.admission.AdmissionPolicy;
import io.perpetua.domain.budget.BudgetPolicy;
import io.perpetua.domain.facts.FactRules;
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
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A server on a port of its own, with real use cases over a store in memory, and a provider that a test directs. */
final class World implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    /** Chances that never come off. */
    private static final RandomGenerator NEVER = () -> -1L;

    final ScriptedCircuits circuits = new ScriptedCircuits();
    final ScriptedProvider provider = new ScriptedProvider();
    final EmbeddedServer server;
    final InMemoryApiKeys keys = new InMemoryApiKeys();
    /** What holds for everyone; a test may set it. */
    volatile Limits limits = Limits.NONE;

    /** Where chats are let in. */
    final AdmitRequests admission = new AdmitRequests(AdmissionPolicy.DEFAULT, () -> 0, AdmissionListener.NONE);

    /** Where the memory's work is done that is no answer. */
    final AdmitRequests memoryLane = new AdmitRequests(
            new AdmissionPolicy(1, 1, 0, 0, 1, Duration.ofSeconds(30), Duration.ofSeconds(5)),
            () -> 0,
            AdmissionListener.NONE);

    /** Names of the dependencies that do not answer. */
    final Set<String> down = ConcurrentHashMap.newKeySet();

    /** The texts of what was stored, in order. */
    final BlockingQueue<String> stored = new LinkedBlockingQueue<>();

    final InMemoryFacts facts = new InMemoryFacts();

    /** What came of calls for facts, in order. */
    final ToldFigures figures = new ToldFigures();

    final DocumentFolder folder = new DocumentFolder();

    private final ApplicationContext context;

    World() {
        this(Map.of());
    }

    World(Map<String, Object> settings) {
        this(settings, new LengthEmbedder());
    }

    /** A server, without an embedder where that is null. */
    World(Map<String, Object> settings, @Nullable Embedder embedder) {
        var properties = new HashMap<String, Object>(Map.of(
                "micronaut.server.port", "-1",
                "micronaut.server.host", "127.0.0.1",
                "micronaut.server.max-request-size", "32MB",
                "micronaut.server.max-request-buffer-size", "32MB",
                "micronaut.server.netty.compression-threshold", "-1"));
        properties.putAll(settings);
        context = ApplicationContext.builder()
                .properties(properties)
                .banner(false)
                .start();
        wire();
        if (embedder != null) {
            bean(Embedder.class, embedder);
        }
        server = context.getBean(EmbeddedServer.class).start();
    }

    private void wire() {
        var stores = new InMemoryRecord().stores();
        var numbers = new AtomicInteger();
        var clock = InstantSource.fixed(NOW);
        var tokens = new MessageTokens(WordEstimate.INSTANCE);
        var words = new InMemoryTurnIndex();
        var index = new IndexTurns(stores.outbox(), words, null, Runnable::run, Duration.ofMinutes(1));
        StoreTurns.Listener listener = (appended, said) ->
                said.forEach(dated -> stored.add(dated.message().text()));
        var storeTurns = new StoreTurns(
                stores.conversations(), tokens, () -> "c" + numbers.incrementAndGet(), List.of(listener), Tracing.NONE);
        var recall = new RecallTurns(
                stores.conversations(),
                words,
                PlainWords.INSTANCE,
                null,
                WordEstimate.INSTANCE,
                clock,
                () -> 0,
                Tracing.NONE);
        var search = new FactSearch(PlainWords.INSTANCE, null);
        var assemble = new AssembleContext(
                stores.conversations(),
                stores.anchors(),
                stores.briefs(),
                new BearingFacts(facts, search, clock),
                recall,
                folder.quotes,
                PlainMessages.INSTANCE,
                tokens,
                ModePolicy.DEFAULT,
                BudgetPolicy.DEFAULT,
                took -> {},
                () -> 0);
        var models = new Models(List.of(provider));
        var identify = new IdentifyConversation(stores.conversations(), () -> "c" + numbers.incrementAndGet());
        var offers = new Offers(new Offer(models, ladders(models)));
        var routes = new RouteTurn(
                offers,
                new JudgeIntent(IntentClassifier.shipped(), null),
                intent -> Standings.NONE,
                LadderOrder.DEFAULT,
                circuits,
                () -> NEVER,
                false);
        var questions = new Questions(stores.conversations());
        var prepare = new PrepareTurn(
                routes,
                questions,
                identify,
                storeTurns,
                index,
                assemble,
                tokens,
                ModePolicy.DEFAULT,
                clock,
                Availability.ALWAYS);
        var recent = new RecentCalls();
        var answers = new ReuseAnswers(
                stores.answers(),
                new PlainCompletions(),
                clock,
                CacheLimits.DEFAULT,
                new HoldLeases(new InMemoryLeases(System::nanoTime), "this", Duration.ofSeconds(10)),
                Thread::sleep);
        var asking = new Asking(circuits, new ImpatientRetries(0), Duration.ofSeconds(12));
        var listeners = new Listeners(List.of(recent), List.of(), Tracing.NONE);
        var ids = new AtomicInteger();
        var meter = new MeterCalls(
                new InMemoryQuotas(),
                new InMemorySpending(),
                () -> limits,
                () -> "r" + ids.incrementAndGet(),
                clock,
                LimitListener.NONE);
        var gate = new Gate(admission, meter, 1_000);
        boolean keyed = context.getProperty("test.keys-required", Boolean.class).orElse(false);
        bean(CheckKey.class, new CheckKey(keys, keyed, clock));
        bean(MeterCalls.class, meter);
        context.registerSingleton(AdmitRequests.class, memoryLane, Qualifiers.byName("memory"));
        bean(MessageReader.class, PlainMessages.INSTANCE);
        bean(Offers.class, offers);
        bean(
                CompleteChat.class,
                new CompleteChat(
                        gate,
                        prepare,
                        storeTurns,
                        answers,
                        null,
                        asking,
                        listeners,
                        WordEstimate.INSTANCE,
                        clock,
                        () -> 0));
        bean(PreviewContext.class, new PreviewContext(prepare, () -> 0));
        bean(ExplainRoute.class, new ExplainRoute(routes, questions));
        bean(BrowseProviders.class, new BrowseProviders(offers, routes, circuits, recent));
        bean(AddMemory.class, new AddMemory(stores.conversations(), storeTurns, index, () -> "added", clock));
        bean(QueryMemory.class, new QueryMemory(stores.conversations(), index, recall));
        bean(
                BrowseConversations.class,
                new BrowseConversations(
                        stores.conversations(),
                        stores.anchors(),
                        stores.briefs(),
                        facts,
                        folder.documents,
                        erased -> {},
                        Tracing.NONE));
        var factIds = new AtomicInteger();
        bean(
                KeepFacts.class,
                new KeepFacts(facts, FactRules.DEFAULT, () -> "fact-" + factIds.incrementAndGet(), clock));
        bean(QueryFacts.class, new QueryFacts(facts, search));
        bean(FactFigures.class, figures);
        bean(Exposition.class, figures);
        bean(Tracing.class, Tracing.NONE);
        bean(KeepAnchors.class, new KeepAnchors(stores.conversations(), stores.anchors(), () -> "a/1", clock));
        bean(RequestIndexing.class, folder.indexing);
        bean(SearchRegions.class, folder.search);
        bean(DecodeRegions.class, folder.decode);
        bean(BrowseDocuments.class, folder.browse);
        bean(VisionListener.class, folder.told);
        bean(CountTokens.class, new CountTokens(model -> new Tokenizer("words", WordEstimate.INSTANCE, 1)));
        bean(
                Health.class,
                new Health(
                        List.of(
                                new Probe("store", true, () -> probe("store")),
                                new Probe("embedder", false, () -> probe("embedder"))),
                        () -> 0,
                        Duration.ZERO));
    }

    /** Code is asked of the provider's first two models, all else of its first. */
    private static Ladders ladders(Models models) {
        var both = models.all().stream()
                .limit(2)
                .map(model -> models.target(model.id()))
                .toList();
        var ladders = new EnumMap<Intent, List<Target>>(Intent.class);
        for (Intent intent : Intent.values()) {
            ladders.put(intent, intent == Intent.CODING_HELP ? both : both.subList(0, 1));
        }
        return new Ladders(ladders);
    }

    private String probe(String name) {
        if (down.contains(name)) {
            throw new IllegalStateException(name + " is away");
        }
        return "fine";
    }

    private <T> void bean(Class<T> type, T instance) {
        context.registerSingleton(type, instance);
    }

    Client client() {
        return new Client(server.getPort());
    }

    <T> T get(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }
}
