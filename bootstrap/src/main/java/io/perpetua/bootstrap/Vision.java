package io.perpetua.bootstrap;

import io.micronaut.context.annotation.Factory;
import io.perpetua.application.lease.HoldLeases;
import io.perpetua.application.memory.Embedder;
import io.perpetua.application.memory.QuestionVectors;
import io.perpetua.application.memory.TurnWords;
import io.perpetua.application.vision.BrowseDocuments;
import io.perpetua.application.vision.DecodeRegions;
import io.perpetua.application.vision.DecodedCache;
import io.perpetua.application.vision.DocumentFetcher;
import io.perpetua.application.vision.DocumentReader;
import io.perpetua.application.vision.Documents;
import io.perpetua.application.vision.IndexDocuments;
import io.perpetua.application.vision.IndexJobs;
import io.perpetua.application.vision.MatchingWords;
import io.perpetua.application.vision.QuoteDocuments;
import io.perpetua.application.vision.RegionDecoder;
import io.perpetua.application.vision.RegionIndex;
import io.perpetua.application.vision.RequestIndexing;
import io.perpetua.application.vision.SearchRegions;
import io.perpetua.application.vision.TidyIndex;
import io.perpetua.application.vision.VisionLimits;
import io.perpetua.application.vision.VisionListener;
import io.perpetua.application.vision.VisionListener.Call;
import io.perpetua.application.vision.VisionListener.Outcome;
import io.perpetua.application.vision.Workspace;
import io.perpetua.bootstrap.configuration.Keys;
import io.perpetua.bootstrap.configuration.Settings;
import io.perpetua.domain.tokens.MessageTokens;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Documents, as configured. Whoever reads them, and decodes their regions, is found among the adapters. */
@Factory
final class Vision {

    private static final Logger LOG = LoggerFactory.getLogger(Vision.class);
    private static final long MEGABYTE = 1L << 20;

    @Singleton
    VisionLimits visionLimits(Settings settings) {
        int queue = settings.get(Keys.VISION_QUEUE);
        return new VisionLimits(
                settings.get(Keys.VISION_DOCUMENT_MEGABYTES) * MEGABYTE,
                queue,
                Math.max(1, (int) (queue * settings.get(Keys.TENANT_SHARE))),
                settings.get(Keys.VISION_ATTEMPTS),
                settings.get(Keys.VISION_RETRY_DELAY));
    }

    @Singleton
    Workspace workspace(Settings settings) {
        return new Workspace(Path.of(settings.get(Keys.DATA), "work"));
    }

    @Singleton
    RequestIndexing requestIndexing(
            Documents documents,
            IndexJobs jobs,
            VisionLimits limits,
            Workspace workspace,
            Ids ids,
            InstantSource clock,
            @Nullable VisionLane lane) {
        return new RequestIndexing(
                documents, jobs, limits, workspace, ids, clock, lane == null ? () -> {} : lane::wake);
    }

    @Singleton
    IndexDocuments indexDocuments(
            IndexJobs jobs,
            Documents documents,
            RegionIndex index,
            DocumentFetcher fetcher,
            DocumentReader reader,
            Workspace workspace,
            @Nullable Embedder embedder,
            Lanes lanes,
            MessageTokens tokens,
            HoldLeases leases,
            VisionLimits limits,
            InstantSource clock,
            List<VisionListener> listeners) {
        return new IndexDocuments(
                jobs,
                documents,
                index,
                new IndexDocuments.Tools(fetcher, reader, workspace),
                embedder,
                lanes.embedding(),
                tokens.counter(),
                leases,
                limits,
                clock,
                all(listeners),
                fault -> LOG.error("A document could not be read", fault));
    }

    @Singleton
    TidyIndex tidyIndex(
            Documents documents, RegionIndex index, @Nullable Embedder embedder, Lanes lanes, HoldLeases leases) {
        return new TidyIndex(documents, index, embedder, lanes.embedding(), leases);
    }

    @Singleton
    BrowseDocuments browseDocuments(Documents documents, IndexJobs jobs, TidyIndex tidy) {
        return new BrowseDocuments(documents, jobs, tidy::eraseErasedIfPossible);
    }

    @Singleton
    SearchRegions searchRegions(
            Documents documents, RegionIndex index, @Nullable QuestionVectors questions, TurnWords words) {
        return new SearchRegions(documents, index, questions, new MatchingWords(words));
    }

    @Singleton
    QuoteDocuments quoteDocuments(SearchRegions search, Documents documents, MessageTokens tokens, Settings settings) {
        return new QuoteDocuments(
                search, documents, tokens.counter(), System::nanoTime, settings.get(Keys.VISION_ENABLED));
    }

    @Singleton
    DecodeRegions decodeRegions(
            Documents documents,
            RegionDecoder decoder,
            Lanes lanes,
            Settings settings,
            List<VisionListener> listeners) {
        var cache = new DecodedCache(
                settings.get(Keys.VISION_CACHE_ENTRIES), settings.get(Keys.VISION_CACHE_TTL), System::nanoTime);
        return new DecodeRegions(
                documents,
                decoder,
                cache,
                settings.get(Keys.VISION_DECODE_AT_ONCE),
                settings.get(Keys.VISION_DECODE_PATIENCE),
                lanes.decoding(),
                all(listeners),
                fault -> LOG.error("A region could not be read", fault));
    }

    /** As one. */
    private static VisionListener all(List<VisionListener> listeners) {
        return new VisionListener() {

            @Override
            public void answered(Call call, Outcome outcome, Duration took) {
                listeners.forEach(listener -> listener.answered(call, outcome, took));
            }

            @Override
            public void indexed(Outcome outcome, Duration took) {
                listeners.forEach(listener -> listener.indexed(outcome, took));
            }

            @Override
            public void decoded(boolean cached) {
                listeners.forEach(listener -> listener.decoded(cached));
            }
        };
    }
}
