package io.perpetua.application.vision;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.vision.DocumentFailure.Kind;
import io.perpetua.application.vision.RegionDecoder.Decoded;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.vision.Fidelity;
import io.perpetua.domain.vision.IndexJob.Problem;
import io.perpetua.domain.vision.KeptRegion;
import io.perpetua.domain.vision.RegionId;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/*
 * A region whose text is the document's own is answered from the store; only what has to be recognised needs its
 * document's bytes. Whether a region is there is looked up each time, so that the cache never answers for what was erased.
 */
/** Use case: read regions as exactly as is wanted. Safe for concurrent use. */
public final class DecodeRegions {

    private final Documents documents;
    private final RegionDecoder decoder;
    private final DecodedCache cache;
    private final Semaphore places;
    private final Duration patience;
    private final Executor threads;
    private final VisionListener listener;
    private final Consumer<Throwable> faults;

    /**
     * Reads regions.
     *
     * @param atOnce how many are read at a time, for all requests together
     * @param patience how long one waits for its turn
     * @param threads runs each reading on a thread of its own
     * @param faults told what nobody expected, for a log
     */
    public DecodeRegions(
            Documents documents,
            RegionDecoder decoder,
            DecodedCache cache,
            int atOnce,
            Duration patience,
            Executor threads,
            VisionListener listener,
            Consumer<Throwable> faults) {
        this.documents = documents;
        this.decoder = decoder;
        this.cache = cache;
        this.places = new Semaphore(atOnce, true);
        this.patience = patience;
        this.threads = threads;
        this.listener = listener;
        this.faults = faults;
    }

    /**
     * What became of a region: either it was read or there is a problem.
     *
     * @param id as it was asked for
     */
    public record Result(
            String id, @Nullable Decoded decoded, @Nullable Problem problem) {

        private Result(String id, Problem problem) {
            this(id, null, problem);
        }
    }

    /**
     * Reads regions, each on its own: one that fails leaves the others as they are.
     *
     * @param ids what names them; may repeat, and may name none
     * @return a result for each of {@code ids}, in their order
     * @throws StoreUnavailable when the store cannot say which of them there are
     */
    public List<Result> decode(Scope scope, List<String> ids, Fidelity fidelity) {
        var wanted = new LinkedHashMap<String, RegionId>();
        for (String id : ids) {
            var region = RegionId.of(id);
            if (region != null) {
                wanted.put(id, region);
            }
        }
        var kept = new HashMap<RegionId, KeptRegion>();
        documents.regions(scope, List.copyOf(wanted.values())).forEach(region -> kept.put(region.id(), region));
        try (var contents = new Contents(documents, scope)) {
            var results = new HashMap<String, CompletableFuture<Result>>();
            wanted.forEach((id, region) -> {
                var found = kept.get(region);
                if (found != null) {
                    results.put(id, result(new DecodedCache.Key(scope, region, fidelity), found, contents));
                }
            });
            return ids.stream().map(id -> joined(id, results.get(id))).toList();
        }
    }

    private static Result joined(String id, @Nullable CompletableFuture<Result> result) {
        if (result == null) {
            return new Result(id, new Problem("region_not_found", "there is no region '" + id + "'"));
        }
        try {
            return result.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof StoreUnavailable) {
                return new Result(id, new Problem("store_unavailable", "the store did not answer"));
            }
            throw e;
        }
    }

    private CompletableFuture<Result> result(DecodedCache.Key key, KeptRegion region, Contents contents) {
        String id = key.region().wire();
        if (region.region().exact()) {
            listener.decoded(true);
            return CompletableFuture.completedFuture(new Result(
                    id, new Decoded(region.region().text(), region.region().confidence()), null));
        }
        var cached = cache.find(key);
        listener.decoded(cached != null);
        return cached != null
                ? CompletableFuture.completedFuture(new Result(id, cached, null))
                : CompletableFuture.supplyAsync(() -> inTurn(id, () -> read(key, region, contents)), threads);
    }

    private interface Reading {
        Result of();
    }

    private Result inTurn(String id, Reading reading) {
        try {
            if (!places.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                return new Result(
                        id, new Problem("decoder_busy", "too many regions are being read; its turn did not come"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Result(id, new Problem("cancelled", "the server is stopping"));
        }
        try {
            return reading.of();
        } finally {
            places.release();
        }
    }

    @SuppressWarnings("IllegalCatch") // whatever a region makes a decoder throw, the others are to be answered
    private Result read(DecodedCache.Key key, KeptRegion region, Contents contents) {
        String id = key.region().wire();
        try {
            var content = contents.of(key.region().document());
            if (content == null) {
                return new Result(id, new Problem("region_not_found", "there is no region '" + id + "'"));
            }
            var decoded = decoder.decode(content.file(), region.page(), region.region(), key.fidelity());
            cache.keep(key, decoded);
            return new Result(id, decoded, null);
        } catch (DocumentFailure e) {
            return new Result(id, new Problem(e.code(), told(e)));
        } catch (StoreUnavailable | OutOfMemoryError e) {
            throw e;
        } catch (Throwable e) {
            faults.accept(e);
            return new Result(id, new Problem("internal_error", "the server failed to read the region"));
        }
    }

    private static String told(DocumentFailure failure) {
        String told = Objects.requireNonNullElse(failure.getMessage(), failure.code());
        return failure.kind() == Kind.UNAVAILABLE ? told + "; the same may work later" : told;
    }

    /** The bytes of a request's documents, each opened once. */
    private static final class Contents implements AutoCloseable {

        private final Documents documents;
        private final Scope scope;
        private final Map<String, Documents.@Nullable Content> opened = new HashMap<>();

        Contents(Documents documents, Scope scope) {
            this.documents = documents;
            this.scope = scope;
        }

        synchronized Documents.@Nullable Content of(String document) {
            if (!opened.containsKey(document)) {
                opened.put(document, documents.open(scope, document));
            }
            return opened.get(document);
        }

        @Override
        public synchronized void close() {
            for (var each : opened.values()) {
                if (each != null) {
                    each.close();
                }
            }
        }
    }
}
