package io.perpetua.application.memory;

import static java.util.stream.Collectors.joining;

import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.memory.Passages;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Makes the vectors of turns and passages, side by side as far as the embedder allows. Safe for concurrent use. */
final class TurnVectors {

    private final PassageVectors texts;
    private final Executor threads;
    private final AtomicLong refused = new AtomicLong();

    /**
     * Asks {@code embedder}.
     *
     * @param threads runs the calls; the embedder bounds how many of them work at once
     */
    TurnVectors(Embedder embedder, Executor threads) {
        this.texts = new PassageVectors(embedder);
        this.threads = threads;
    }

    /**
     * The vectors that belong to a turn.
     *
     * @param own none for a turn that the embedder refuses
     * @param passage at most one, see {@link IndexedTurn}
     */
    record Made(List<float[]> own, List<float[]> passage) {}

    /**
     * The vectors of some turns, in their order.
     *
     * @param path the turns, after as many of those before them as passages may hold
     * @param from where in {@code path} the turns begin
     * @throws EmbedderUnavailable if the embedder does not answer at all
     */
    List<Made> of(List<Turn> path, int from) {
        var own = new ArrayList<CompletableFuture<List<float[]>>>();
        var passages = new ArrayList<CompletableFuture<List<float[]>>>();
        for (int i = from; i < path.size(); i++) {
            String text = spoken(path.get(i));
            var passage = Passages.ending(path, i);
            own.add(CompletableFuture.supplyAsync(() -> turn(text), threads));
            passages.add(
                    passage.isEmpty()
                            ? CompletableFuture.completedFuture(List.of())
                            : CompletableFuture.supplyAsync(() -> passage(passage), threads));
        }
        return IntStream.range(0, own.size())
                .mapToObj(i -> new Made(result(own.get(i)), result(passages.get(i))))
                .toList();
    }

    /** Counts turns as refused that failed elsewhere on their way. */
    void refuse(int turns) {
        refused.addAndGet(turns);
    }

    /** How many turns were refused. */
    long refused() {
        return refused.get();
    }

    private List<float[]> turn(String text) {
        var vectors = texts.of(text);
        if (vectors == null) {
            refused.incrementAndGet();
            return List.of();
        }
        return vectors;
    }

    private List<float[]> passage(List<Turn> turns) {
        var vectors = texts.of(turns.stream().map(TurnVectors::spoken).collect(joining("\n")));
        return vectors == null || vectors.isEmpty() ? List.of() : List.of(mean(vectors));
    }

    /** What a text that is too long for one vector is about in all. */
    private static float[] mean(List<float[]> vectors) {
        float[] mean = new float[vectors.getFirst().length];
        for (float[] vector : vectors) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += vector[i] / vectors.size();
            }
        }
        return mean;
    }

    private static List<float[]> result(CompletableFuture<List<float[]>> call) {
        try {
            return call.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof EmbedderUnavailable unavailable) {
                throw unavailable;
            }
            throw e;
        }
    }

    /** What is embedded: the speaker is part of the meaning where it has a name. */
    private static String spoken(Turn turn) {
        String name = turn.message().name();
        return name == null
                ? turn.message().text()
                : name + ": " + turn.message().text();
    }
}
