package io.perpetua.bootstrap;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Requires;
import io.perpetua.application.brief.BriefListener;
import io.perpetua.application.brief.Briefs;
import io.perpetua.application.brief.RollBrief;
import io.perpetua.application.cache.ReuseAnswers;
import io.perpetua.application.chat.AnswerLocally;
import io.perpetua.application.chat.CompleteChat;
import io.perpetua.application.chat.CompleteChat.Asking;
import io.perpetua.application.chat.CompleteChat.Gate;
import io.perpetua.application.chat.CompleteChat.Listeners;
import io.perpetua.application.chat.PrepareTurn;
import io.perpetua.application.chat.PreviewContext;
import io.perpetua.application.chat.Questions;
import io.perpetua.application.context.AssembleContext;
import io.perpetua.application.context.ContextListener;
import io.perpetua.application.context.MessageWriter;
import io.perpetua.application.conversation.BrowseConversations;
import io.perpetua.application.conversation.IdentifyConversation;
import io.perpetua.application.conversation.Outbox;
import io.perpetua.application.conversation.StoreTurns;
import io.perpetua.application.facts.BearingFacts;
import io.perpetua.application.facts.Facts;
import io.perpetua.application.facts.HearFacts;
import io.perpetua.application.facts.ReadFacts;
import io.perpetua.application.lease.HoldLeases;
import io.perpetua.application.lease.Leases;
import io.perpetua.application.memory.AddMemory;
import io.perpetua.application.memory.Anchors;
import io.perpetua.application.memory.Embedder;
import io.perpetua.application.memory.IndexTurns;
import io.perpetua.application.memory.KeepAnchors;
import io.perpetua.application.memory.QueryMemory;
import io.perpetua.application.memory.QuestionVectors;
import io.perpetua.application.memory.RecallTurns;
import io.perpetua.application.memory.TurnIndex;
import io.perpetua.application.memory.TurnWords;
import io.perpetua.application.routing.RouteTurn;
import io.perpetua.application.tokens.CountTokens;
import io.perpetua.application.tokens.Tokenizers;
import io.perpetua.application.tracing.Tracing;
import io.perpetua.application.vision.Documents;
import io.perpetua.application.vision.QuoteDocuments;
import io.perpetua.bootstrap.configuration.Keys;
import io.perpetua.bootstrap.configuration.Settings;
import io.perpetua.domain.brief.Compaction;
import io.perpetua.domain.budget.BudgetPolicy;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.mode.ModePolicy;
import io.perpetua.domain.tokens.MessageTokens;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Turns plain use cases into beans, so that neither they nor the domain import a container. */
@Factory
final class UseCases {

    /** The model whose encoding the ledger is kept in: the newest of the exact ones. */
    private static final String LEDGER_MODEL = "gpt-4o";

    /** How long what an instance was about is left to it when it dies. */
    private static final Duration LEASE = Duration.ofSeconds(10);

    @Singleton
    @Primary // the framework has one of its own
    InstantSource clock() {
        return InstantSource.system();
    }

    @Singleton
    MessageTokens ledgerTokens(Tokenizers tokenizers) {
        return new MessageTokens(tokenizers.forModel(LEDGER_MODEL));
    }

    @Singleton
    HoldLeases holdLeases(Leases leases, Ids ids) {
        return new HoldLeases(leases, ids.get(), LEASE);
    }

    @Singleton
    IdentifyConversation identifyConversation(RecordInUse record, Ids ids) {
        return new IdentifyConversation(record.turnConversations(), ids);
    }

    @Singleton
    StoreTurns storeTurns(
            RecordInUse record,
            MessageTokens tokens,
            Ids ids,
            IndexLane index,
            RollBrief brief,
            HearFacts hear,
            ReadFacts read,
            @Named("figures") StoreTurns.Listener figures,
            Tracing tracing) {
        return new StoreTurns(record.conversations(), tokens, ids, List.of(index, brief, hear, read, figures), tracing);
    }

    @Singleton
    IndexTurns indexTurns(Outbox outbox, TurnIndex index, @Nullable Embedder embedder, Lanes lanes, Settings settings) {
        return new IndexTurns(outbox, index, embedder, lanes.embedding(), SharedIndex.patience(settings));
    }

    @Singleton
    RecallTurns recallTurns(
            RecordInUse record,
            TurnIndex index,
            TurnWords words,
            @Nullable QuestionVectors questions,
            MessageTokens tokens,
            InstantSource clock,
            Tracing tracing) {
        return new RecallTurns(
                record.turnConversations(),
                index,
                words,
                questions,
                tokens.counter(),
                clock,
                System::nanoTime,
                tracing);
    }

    /** Without a deadline, when it is set to nothing, what is found does not depend on how fast the machine is. */
    @Singleton
    @Requires(beans = Embedder.class)
    QuestionVectors questionVectors(Embedder embedder, Lanes lanes, Settings settings) {
        Duration deadline = settings.get(Keys.SEMANTIC_DEADLINE);
        return deadline.isZero()
                ? new QuestionVectors(embedder)
                : new QuestionVectors(embedder, deadline, lanes.embedding());
    }

    @Singleton
    AssembleContext assembleContext(
            RecordInUse record,
            BearingFacts facts,
            RecallTurns recall,
            QuoteDocuments documents,
            MessageWriter writer,
            MessageTokens tokens,
            ModePolicy modes,
            BudgetPolicy budget,
            ContextListener listener) {
        return new AssembleContext(
                record.turnConversations(),
                record.turnAnchors(),
                record.turnBriefs(),
                facts,
                recall,
                documents,
                writer,
                tokens,
                modes,
                budget,
                listener,
                System::nanoTime);
    }

    @Singleton
    RollBrief rollBrief(
            RecordInUse record,
            Briefs briefs,
            Summarizers summarizers,
            MessageTokens tokens,
            ModePolicy modes,
            BudgetPolicy budget,
            Compaction compaction,
            HoldLeases leases,
            BriefListener listener,
            Lanes lanes) {
        return new RollBrief(
                record.conversations(),
                briefs,
                summarizers.preferred(),
                summarizers.extractive(),
                tokens.counter(),
                modes,
                compaction,
                budget.brief(),
                leases,
                listener,
                lanes.briefs());
    }

    @Singleton
    PrepareTurn prepareTurn(
            RouteTurn routes,
            Questions questions,
            IdentifyConversation identify,
            StoreTurns store,
            IndexTurns index,
            AssembleContext assemble,
            MessageTokens tokens,
            ModePolicy modes,
            InstantSource clock,
            RecordInUse record) {
        return new PrepareTurn(
                routes, questions, identify, store, index, assemble, tokens, modes, clock, record.availability());
    }

    @Singleton
    CompleteChat completeChat(
            Gate gate,
            PrepareTurn prepare,
            StoreTurns store,
            ReuseAnswers answers,
            @Nullable AnswerLocally local,
            Asking asking,
            Listeners listeners,
            MessageTokens tokens,
            InstantSource clock) {
        return new CompleteChat(
                gate, prepare, store, answers, local, asking, listeners, tokens.counter(), clock, System::nanoTime);
    }

    @Singleton
    PreviewContext previewContext(PrepareTurn prepare) {
        return new PreviewContext(prepare, System::nanoTime);
    }

    @Singleton
    AddMemory addMemory(RecordInUse record, StoreTurns store, IndexTurns index, Ids ids, InstantSource clock) {
        return new AddMemory(record.turnConversations(), store, index, ids, clock);
    }

    @Singleton
    QueryMemory queryMemory(RecordInUse record, IndexTurns index, RecallTurns recall) {
        return new QueryMemory(record.conversations(), index, recall);
    }

    @Singleton
    KeepAnchors keepAnchors(RecordInUse record, Anchors anchors, Ids ids, InstantSource clock) {
        return new KeepAnchors(record.conversations(), anchors, ids, clock);
    }

    @Singleton
    BrowseConversations browseConversations(
            RecordInUse record,
            Anchors anchors,
            Briefs briefs,
            Facts facts,
            Documents documents,
            KeptBeside beside,
            Tracing tracing) {
        Consumer<ConversationKey> erased = key -> {
            beside.forget(key);
            beside.settle();
        };
        return new BrowseConversations(record.conversations(), anchors, briefs, facts, documents, erased, tracing);
    }

    @Singleton
    CountTokens countTokens(Tokenizers tokenizers) {
        return new CountTokens(tokenizers);
    }
}
